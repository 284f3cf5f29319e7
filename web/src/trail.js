// The page's address and the browser's Back and Forward. While settings only
// move, the address is rewritten; where a run is replaced a new entry begins,
// and going back to an entry brings back the run that was there.

export class Trail {
  /**
   * @param {() => string} link to what is seen now
   * @param {(entry: string) => Promise<boolean>} back brings back the run that an entry had; false if it is gone
   * @param {() => Promise<any>} load takes the link in the address
   * @param {(another: boolean) => void} written the address is rewritten, or another run's
   */
  constructor(link, back, load, written) {
    this.link = link;
    this.written = written;
    this.timer = 0;
    this.fresh = false; // the next address begins an entry
    this.entry = String(history.state?.entry ?? this.name());
    history.replaceState({ entry: this.entry }, "");
    this.arriving = 0; // how often the browser went elsewhere and the page has not yet followed
    this.turn = Promise.resolve();
    addEventListener("popstate", ({ state }) => {
      if (state?.entry === undefined) return; // an address typed: hashchange follows
      const entry = String(state.entry);
      this.arrive(entry, async () => await back(entry) || load());
    });
    addEventListener("hashchange", () => {
      if (history.state?.entry !== undefined) return;
      const entry = this.name();
      history.replaceState({ entry }, "");
      this.arrive(entry, load);
    });
  }

  /**
   * Follows the browser to an entry. Until the page is there the address is left
   * alone: what is seen is still of the entry before.
   * @param {string} entry @param {() => Promise<any>} bring has the page show what the entry had
   */
  arrive(entry, bring) {
    this.arriving++;
    this.fresh = false;
    this.turn = this.turn.then(bring).catch(() => {}).then(() => {
      this.entry = entry;
      this.arriving--;
      this.write(); // also where nothing could be brought: the page is as it was
    });
  }

  /** @returns {string} a name for an entry */
  name() {
    return `${Date.now()}-${Math.random()}`;
  }

  /** The run at hand is about to be replaced. @returns {string} the entry that it had */
  leave() {
    if (this.arriving === 0) {
      this.write(); // so that the entry left has the link to that run
      this.fresh = true;
    }
    return this.entry;
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
    if (this.arriving > 0 || history.state?.entry !== this.entry) return;
    const begins = this.fresh;
    this.fresh = false;
    if (begins) this.entry = this.name();
    history[begins ? "pushState" : "replaceState"]({ entry: this.entry }, "", this.link());
    this.written(begins);
  }
}
