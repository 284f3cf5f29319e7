// What is wrong with an entry, said beside it: to be seen there, and heard where
// the entry is read out.

import { byID, make } from "./dom.js";

export const Faults = {
  /**
   * @param {string} id of an input @param {string} words
   */
  mark(id, words) {
    Faults.clear(id);
    const input = byID(id);
    const note = make("p", { id: `${id}-fault`, className: "fault", textContent: words });
    (input.closest(".field, .slider") ?? input.parentElement).append(note);
    input.setAttribute("aria-invalid", "true");
    const others = input.getAttribute("aria-describedby");
    input.setAttribute("aria-describedby", others ? `${others} ${note.id}` : note.id);
  },

  /** @param {string} id */
  clear(id) {
    const input = byID(id), note = byID(`${id}-fault`);
    if (!note) return;
    note.remove();
    input?.removeAttribute("aria-invalid");
    const others = (input?.getAttribute("aria-describedby") ?? "").split(" ").filter((/** @type {string} */ n) => n !== `${id}-fault`);
    if (others.length > 0) input?.setAttribute("aria-describedby", others.join(" "));
    else input?.removeAttribute("aria-describedby");
  },
};
