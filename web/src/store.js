// The browser's own storage, in which runs outlive the page: IndexedDB, which
// works from a file too. Several tabs share it; each writes under a name of its
// own, and holds a lock of that name as long as it lives.

import { KEYS } from "./lineup.js";

/**
 * @import { Config } from "./link.js"
 * @import { SavedRun } from "./savepoints.js"
 */

/**
 * What is known of a kept run without its weights.
 * @typedef {{id: string, tab: string, schema: number, kind: "last" | "earlier" | "kept", time: number,
 *   iteration: number, part: boolean, playing: boolean, entries: string[], bytes: number, config: Config}} KeptRun
 */

/** The version of a KeptRun; others are of no use. */
export const RECORD_SCHEMA = 1;

/** Runs of tabs that are gone stay for so long, so many, and of so many bytes. */
const MOST_LEFT = { days: 14, runs: 12, bytes: 128 << 20 };

/** Milliseconds that the browser may take for one answer while the page starts. */
const PATIENCE = 5000;

export class Store {
  constructor() {
    /** @type {IDBDatabase | null} */
    this.db = null;
    this.tab = ""; // this tab's name
    /** @type {string[]} the addresses of this tab's run, the latest two; at first those before it was loaded again */
    this.hashes = [];
  }

  /**
   * Opens the storage; throws where the browser refuses it, after a while too.
   * @returns {Promise<void>}
   */
  async open() {
    if (this.tab === "") await this.claim();
    const db = await within(PATIENCE, new Promise((resolve, reject) => {
      const asked = indexedDB.open("pinnlab", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("records", { keyPath: "id" });
        asked.result.createObjectStore("runs");
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    }));
    db.onversionchange = () => db.close(); // a later program of another tab wants it
    this.db = db;
  }

  /** Gives the storage up, of which there is no answer. */
  close() {
    this.db?.close();
    this.db = null;
  }

  /** Finds this tab's name: that of before, unless another tab has it, of which this is a copy. */
  async claim() {
    const noted = sessionNote();
    const mine = typeof noted.tab === "string" && await holdTab(noted.tab);
    this.tab = mine ? noted.tab : String(crypto.getRandomValues(new Uint32Array(2)).join("-"));
    if (!mine) await holdTab(this.tab);
    else if (Array.isArray(noted.hashes)) this.hashes = noted.hashes;
  }

  /**
   * Notes this tab's address, so that it knows its run again; and the one before:
   * a page that is being loaded again comes back with it if the address changes
   * meanwhile.
   * @param {boolean} another whether it is another run's
   */
  remember(another = false) {
    const { hash } = location;
    if (hash !== this.hashes[0]) this.hashes = [hash, ...another ? [] : this.hashes.slice(0, 1)];
    try {
      sessionStorage.setItem("pinnlab", JSON.stringify({ tab: this.tab, hashes: this.hashes }));
    } catch { /* then a reload is like a new tab */ }
  }

  /**
   * @template T @param {IDBTransactionMode} mode
   * @param {(records: IDBObjectStore, runs: IDBObjectStore) => IDBRequest<T> | void} f
   * @returns {Promise<T>} the result of what f returned, once all is written
   */
  work(mode, f) {
    return new Promise((resolve, reject) => {
      if (!this.db) return reject(new Error("there is no storage"));
      const work = this.db.transaction(["records", "runs"], mode);
      const asked = f(work.objectStore("records"), work.objectStore("runs"));
      // A page may be frozen as it is left: what it began must not wait for it, as the
      // next page would.
      if (mode === "readwrite") work.commit?.();
      work.oncomplete = () => resolve(/** @type {T} */ (asked ? asked.result : undefined));
      work.onabort = () => reject(work.error ?? new Error("it was broken off"));
    });
  }

  /** @param {KeptRun} record @param {SavedRun[]} runs */
  put(record, runs) {
    return this.work("readwrite", (records, all) => {
      records.put(record);
      all.put(runs, record.id);
    });
  }

  /** @param {string[]} ids */
  remove(ids) {
    if (ids.length === 0) return Promise.resolve();
    return this.work("readwrite", (records, runs) => {
      for (const id of ids) {
        records.delete(id);
        runs.delete(id);
      }
    });
  }

  /** @param {string} id @returns {Promise<SavedRun[]>} */
  async runs(id) {
    const runs = await within(4 * PATIENCE, this.work("readonly", (_, all) => all.get(id)));
    const sound = Array.isArray(runs) && runs.length > 0 &&
      runs.every((r) => KEYS.includes(r?.model) && r.checkpoint instanceof ArrayBuffer);
    if (!sound) throw new Error("This run is no longer in the browser’s storage.");
    return runs;
  }

  /**
   * The records of this tab, and those of tabs that are gone, oldest first;
   * those that are old, damaged or too many are thrown away.
   * @returns {Promise<{own: KeptRun[], left: KeptRun[]}>}
   */
  async list() {
    const all = await within(PATIENCE, this.work("readonly", (records) => records.getAll()));
    const sound = all.filter(isKept).sort((a, b) => a.time - b.time);
    const living = await livingTabs();
    const own = sound.filter((r) => r.tab === this.tab);
    let left = sound.filter((r) => r.tab !== this.tab && !living(r));
    const old = Date.now() - MOST_LEFT.days * 86_400_000;
    let bytes = 0, runs = 0;
    const stay = new Set(left.toReversed().filter((r) => {
      bytes += r.bytes;
      runs++;
      return r.time > old && runs <= MOST_LEFT.runs && bytes <= MOST_LEFT.bytes;
    }));
    const gone = [...all.filter((r) => !isKept(r)).map((r) => r?.id), ...left.filter((r) => !stay.has(r)).map((r) => r.id)];
    await within(PATIENCE, this.remove(gone.filter((id) => typeof id === "string")));
    left = left.filter((r) => stay.has(r));
    return { own, left };
  }
}

/** @param {any} r @returns {r is KeptRun} */
function isKept(r) {
  return r?.schema === RECORD_SCHEMA && typeof r.id === "string" && typeof r.tab === "string" &&
    ["last", "earlier", "kept"].includes(r.kind) && Number.isFinite(r.time) && Number.isInteger(r.iteration) &&
    Number.isFinite(r.bytes) && Array.isArray(r.entries) && Array.isArray(r.config?.models) && r.config.models.length > 0;
}

/** @returns {any} what this tab noted */
function sessionNote() {
  try {
    return JSON.parse(sessionStorage.getItem("pinnlab") ?? "{}") ?? {};
  } catch {
    return {};
  }
}

/**
 * Holds the lock of a tab's name for the life of the page. A page that is
 * loaded again may have to wait for the one it was; a copy of a tab is told by
 * that one that the name is taken.
 * @param {string} tab @returns {Promise<boolean>} false if another tab has it
 */
function holdTab(tab) {
  const name = `pinnlab-tab-${tab}`;
  return new Promise((resolve) => {
    if (!navigator.locks) return resolve(true);
    const stop = new AbortController();
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => { if (data === "taken") stop.abort(); };
    const hold = () => {
      channel.onmessage = ({ data }) => { if (data === "free?") channel.postMessage("taken"); };
      resolve(true);
      return new Promise(() => {});
    };
    navigator.locks.request(name, { signal: stop.signal }, hold).catch((error) => {
      channel.close();
      resolve(error.name !== "AbortError"); // else there are no locks here
    });
    channel.postMessage("free?");
    setTimeout(() => stop.abort(), 15_000);
  });
}

/** @returns {Promise<(r: KeptRun) => boolean>} whether the tab that wrote a record is open */
async function livingTabs() {
  try {
    const { held } = await within(PATIENCE, navigator.locks.query());
    const names = new Set((held ?? []).map((l) => l.name));
    return (r) => names.has(`pinnlab-tab-${r.tab}`);
  } catch { // no locks, or no answer: one that has written lately is
    return (r) => Date.now() - r.time < 60_000;
  }
}

/** @template T @param {number} ms @param {Promise<T>} promise @returns {Promise<T>} */
function within(ms, promise) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("it does not answer")), ms));
  return Promise.race([promise, late]);
}
