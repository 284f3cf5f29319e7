// Small choices of a person that outlast a visit: theme, keys, lessons done.

export const Remember = {
  /** @param {string} name @returns {string | null} null for none, or where nothing is kept */
  get(name) {
    try {
      return localStorage.getItem(`pinnlab-${name}`);
    } catch {
      return null; // some browsers keep nothing for pages opened from a file
    }
  },

  /** @param {string} name @param {string} value */
  set(name, value) {
    try {
      localStorage.setItem(`pinnlab-${name}`, value);
    } catch {
      // As above: it holds for this visit.
    }
  },
};
