// The page's address and the browser's Back and Forward. While settings only
// move, the address is rewritten; where a run is replaced a new entry begins,
// and going back to an entry brings back the run that was there.

export class Trail {
  /**
   * @param {() => string} link to what is seen now
   * @param {(entry: string) => Promise<boolean>} back brings back the run that an entry had; false if it is gone
   * @param {() => void} load takes the link in the address
   * @param {(hash: string) => void} written the address is another
   */
  constructor(link, back, load, written) {
    this.link = link;
    this.written = written;
    this.timer = 0;
    this.fresh = false; // the next address begins an entry
    this.entry = String(history.state?.entry ?? this.name());
    history.replaceState({ entry: this.entry }, "");
    /** @type {string | null} the entry that the browser shows and the page has not yet taken over */
    this.arriving = null;
    addEventListener("popstate", async ({ state }) => {
      if (state?.entry === undefined) return; // an address typed: hashchange follows
      this.arriving = String(state.entry);
      if (!await back(this.arriving)) load();
    });
    addEventListener("hashchange", () => {
      if (history.state?.entry !== undefined) return;
      this.arriving = this.name();
      load();
    });
  }

  /** @returns {string} a name for an entry */
  name() {
    return `${Date.now()}-${Math.random()}`;
  }

  /** The run at hand is about to be replaced. @returns {string} the entry that it had */
  leave() {
    const left = this.entry;
    if (this.arriving === null) {
      this.write(); // so that the entry left has the link to that run
      this.fresh = true;
    } else {
      this.settle();
    }
    return left;
  }

  /** Takes over the entry that the browser came to. */
  settle() {
    if (this.arriving !== null) this.entry = this.arriving;
    this.arriving = null;
  }

  /** Writes the link, in a while: browsers bound how often an address may change. */
  note() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), 200);
  }

  /** Writes the link at once. */
  write() {
    clearTimeout(this.timer);
    // An address that was just typed is heard of soon, and must not be written over.
    if (this.arriving === null && history.state?.entry !== this.entry) return;
    this.settle();
    const begins = this.fresh;
    this.fresh = false;
    if (begins) this.entry = this.name();
    history[begins ? "pushState" : "replaceState"]({ entry: this.entry }, "", this.link());
    this.written(location.hash);
  }
}
