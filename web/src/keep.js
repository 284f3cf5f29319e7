// The run and its points outlive the page: now and then, and whenever something
// ends, what trains is written to the browser's storage, and a page that is
// loaded again goes on from there.

import { RECORD_SCHEMA, Store } from "./store.js";

/**
 * @import { Lab } from "./lab.js"
 * @import { Savepoint, SavedRun } from "./savepoints.js"
 * @import { KeptRun } from "./store.js"
 */

/** Milliseconds between two writings while models train, at the least, and after something ended. */
const KEEP_EVERY = 3000;
const KEEP_SOON = 150;

/** Writing may cost one part in so many of the time, and write so many bytes a second. */
const KEEP_SHARE = 50;
const KEEP_RATE = 2e6;

export class Keep {
  /**
   * @param {Lab} lab @param {(words: string, actions?: [string, () => void][]) => void} say quietly
   */
  constructor(lab, say) {
    this.lab = lab;
    this.say = say;
    this.store = new Store();
    this.trouble = ""; // why nothing is written, in words
    /** @type {Savepoint | null} what this tab had before it was loaded again */
    this.last = null;
    this.timer = 0;
    this.due = 0;
    this.rest = KEEP_EVERY; // until the next writing
    this.written = ""; // what was written last
    this.whole = false; // whether the latest writing found all that trains, and has it in the storage
    /** @type {Promise<void>} the latest writing */
    this.work = Promise.resolve();
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.save(); });
    addEventListener("pagehide", () => this.save());
  }

  /** Finds what was kept before this page was loaded. */
  async open() {
    const points = this.lab.savepoints;
    try {
      const { own, left } = await this.found();
      points.kept = own.filter((r) => r.kind === "kept").map(pointOf);
      points.earlier = own.filter((r) => r.kind === "earlier").map(pointOf);
      points.left = left.map(pointOf);
      this.last = own.filter((r) => r.kind === "last").map(pointOf)[0] ?? null;
      points.store = {
        put: (p) => this.put(p),
        remove: (gone) => this.store.remove(gone.map((p) => p.id)).then(() => {}, () => {}),
        runs: (p) => this.store.runs(p.id),
      };
    } catch (error) {
      this.note(/** @type {Error} */ (error)); // said once the page has taken its link
    }
  }

  /** @returns {Promise<{own: KeptRun[], left: KeptRun[]}>} what the storage has; asked twice, if it does not answer at first */
  async found() {
    for (let tries = 2; ; tries--) {
      try {
        await this.store.open();
        return await this.store.list();
      } catch (error) {
        this.store.close();
        if (tries === 1) throw error;
      }
    }
  }

  /**
   * The run that a page loaded again goes on with, if its address is what it was.
   * @returns {Promise<Savepoint & {runs: SavedRun[]} | null>}
   */
  async resumed() {
    if (!this.last || !this.store.hashes.includes(location.hash)) return null;
    try {
      return { ...this.last, runs: await this.store.runs(this.last.id) };
    } catch {
      return { ...this.last, runs: [] }; // restoring says so
    }
  }

  /** @returns {Savepoint | null} the newest run that is not the present one, and had come somewhere */
  lastRun() {
    const { left, earlier } = this.lab.savepoints;
    return [...left, ...earlier].filter((p) => p.iteration > 0 && !p.part).sort((a, b) => Number(b.time) - Number(a.time))[0] ?? null;
  }

  /** The link is of another run than the tab had: that becomes one to come back to. */
  async putBehind() {
    const { last } = this;
    this.last = null;
    if (!last || last.iteration === 0) return;
    try {
      const runs = await this.store.runs(last.id);
      this.lab.savepoints.add(this.lab.savepoints.earlier, { ...last, kind: "earlier", id: `${last.id}-${Number(last.time)}`, runs });
    } catch { /* it is no longer there */ }
  }

  /** Something has changed. @param {boolean} soon whether nothing more will change for now */
  touch(soon) {
    const at = performance.now() + (soon ? KEEP_SOON : this.rest);
    if (this.timer !== 0 && at >= this.due) return;
    clearTimeout(this.timer);
    this.due = at;
    this.timer = setTimeout(() => this.save(), at - performance.now());
  }

  /** Writes what trains, one writing after the other. @returns {Promise<void>} */
  save() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.work = this.work.then(() => this.saveNow()).catch((error) => this.refuse(error));
    return this.work;
  }

  async saveNow() {
    const { lab } = this;
    this.whole = false;
    const before = lab.cast.begun;
    const runs = await lab.savepoints.checkpoints();
    if (lab.cast.begun !== before || runs.length === 0) return; // they are being replaced, or built
    for (const r of runs) lab.savepoints.newest.set(r.model, r);
    const took = 1000 * Math.max(...runs.map((r) => r.seconds ?? 0));
    const point = lab.savepoints.point("last", runs);
    this.rest = Math.max(KEEP_EVERY, KEEP_SHARE * took, 1000 * point.bytes / KEEP_RATE);
    const what = JSON.stringify([before, point.playing, point.config, runs.map((r) => [r.iteration, r.replay])]);
    if (!this.store.db) return;
    if (what !== this.written) await this.store.put(this.record({ ...point, id: `${this.store.tab}-last` }), runs);
    this.store.remember(); // the address, which may still wait to be rewritten
    this.written = what;
    this.whole = true;
  }

  /** @param {Savepoint} point @returns {KeptRun} */
  record({ runs: _, time, ...rest }) {
    return { ...rest, time: Number(time), tab: this.store.tab, schema: RECORD_SCHEMA };
  }

  /** @param {Savepoint} point @returns {Promise<void>} that it is written, or cannot be */
  async put(point) {
    if (!point.runs) return;
    await this.store.put(this.record(point), point.runs).catch((error) => this.refuse(error));
  }

  /** Says once that runs are kept no longer than the page, and why. @param {Error} error */
  refuse(error) {
    const first = this.trouble === "";
    this.note(error);
    if (first) this.tell();
  }

  /** Says why runs are not kept, if they are not. */
  tell() {
    if (this.trouble !== "") this.say(`${this.trouble} Training goes on; Save run writes it to a file.`);
  }

  /** @param {Error} error why nothing can be written */
  note(error) {
    this.trouble = error.name === "QuotaExceededError"
      ? "The browser’s storage is full, so this run is kept no longer than this page is open."
      : "This browser lets the page store nothing, so this run is kept no longer than the page is open.";
  }
}

/** @param {KeptRun} record @returns {Savepoint} whose runs are in the storage */
function pointOf({ tab: _, schema: __, time, ...rest }) {
  return { ...rest, time: new Date(time), runs: null };
}

/** @param {Savepoint} point @param {Lab} lab @returns {string} what run it is */
export function pointTitle({ config }, lab) {
  const names = config.models.map((key) => lab.nameOf(key, config));
  const apart = names.some((n) => n.includes(" ")) ? ", " : " ";
  return `${lab.catalogue.find((p) => p.name === config.preset)?.title ?? config.preset}, ${names.join(apart)}`;
}

/** @param {Savepoint} point @param {Lab} lab @returns {string} what run it is, and how far */
export function pointWords(point, lab) {
  return `${pointTitle(point, lab)}, iteration ${point.iteration.toLocaleString("en")}`;
}
