// Savepoints: where runs can come back to, kept by hand or set aside before a run is
// replaced.

import { Files } from "./files.js";
import { configOf, inOrder, MOST, moved, ownOf, tidy } from "./lineup.js";
import { RequestError } from "./trainer.js";
import { problemWords } from "./words.js";

/**
 * @import { Lab } from "./lab.js"
 * @import { Config } from "./link.js"
 * @import { Head } from "./trainer.js"
 */

/** How many savepoints there are of a kind, and how many bytes of them; the oldest go. */
export const MOST_SAVEPOINTS = { kept: 6, earlier: 8 };
const MOST_BYTES = 64 << 20;

/**
 * Where a model is: its checkpoint; where known, the run, what replays it, and the Snapshot with its curves.
 * @typedef {{model: string, checkpoint: ArrayBuffer, iteration: number, replay?: Head, seconds?: number, spent?: number, run?: number, snapshot?: ArrayBuffer}} SavedRun
 *
 * A savepoint is of all models, or of a part of them beside which the others went on.
 * Its runs are null if they are in the browser's storage only. inStep says how the models played, ghost whether
 * the curves are to be seen. Points are numbered as they come.
 * @typedef {{id: string, kind: "last" | "earlier" | "kept", iteration: number, time: Date, config: Config,
 *   runs: SavedRun[] | null, part: boolean, playing: boolean, inStep?: boolean, entries: string[], bytes: number, number?: number, ghost?: boolean}} Savepoint
 */

export class Savepoints {
  /** @param {Lab} lab */
  constructor(lab) {
    this.lab = lab;
    /** @type {Savepoint[]} by hand, oldest first */
    this.kept = [];
    /** @type {Savepoint[]} set aside before another run took their place, oldest first */
    this.earlier = [];
    /** @type {Savepoint[]} of tabs that are gone, oldest first */
    this.left = [];
    /** @type {Map<string, SavedRun>} the newest checkpoint of each model, should its trainer die */
    this.newest = new Map();
    /** @type {{put: (p: Savepoint) => Promise<void>, remove: (p: Savepoint[]) => Promise<void>, runs: (p: Savepoint) => Promise<SavedRun[]>} | null} */
    this.store = null;
  }

  /** @param {string} model @returns {SavedRun | undefined} the newest checkpoint of its present run */
  newestOf(model) {
    const saved = this.newest.get(model);
    return saved && saved.run === this.lab.trainers.get(model)?.run ? saved : undefined;
  }

  /**
   * All that models are. One whose trainer has died is where it was last seen.
   * @param {string[]} models @returns {Promise<SavedRun[]>}
   */
  async checkpoints(models = this.lab.config.models) {
    const all = await Promise.all(models.map(async (model) => {
      const t = this.lab.trainers.get(model);
      if (!t?.alive || !t.latest) return this.newestOf(model);
      try {
        const { head: { iteration, replay, seconds, spent }, body } = await t.request({ do: "checkpoint" });
        const checkpoint = /** @type {ArrayBuffer} */ (body);
        return { model, checkpoint, iteration, replay, seconds, spent, run: t.run, snapshot: t.snapshot ?? undefined };
      } catch {
        return this.newestOf(model);
      }
    }));
    return /** @type {SavedRun[]} */ (all.filter((r) => r !== undefined));
  }

  /**
   * A point of now.
   * @param {Savepoint["kind"]} kind @param {SavedRun[]} runs
   * @param {string[]} models of them; those without a run are at their start @returns {Savepoint}
   */
  point(kind, runs, models = this.lab.config.models) {
    const { config, playing } = this.lab;
    return {
      id: `${Date.now()}-${Math.random()}`, kind, iteration: Math.max(...runs.map((r) => r.iteration)), time: new Date(),
      config: tidy({ ...structuredClone(config), models }), runs, part: models.length < config.models.length, playing,
      inStep: this.lab.race.inStep, entries: [],
      bytes: runs.reduce((sum, r) => sum + r.checkpoint.byteLength + (r.snapshot?.byteLength ?? 0), 0),
    };
  }

  /**
   * Sets models aside before they are replaced, once they have taken steps.
   * @param {string[]} models @returns {Promise<Savepoint | null>} to undo it with
   */
  async aside(models = this.lab.config.models) {
    const runs = await this.checkpoints(models);
    if (!runs.some((r) => r.iteration > 0)) return null;
    let point = this.point("earlier", runs, models);
    const same = this.earlier.find((p) => sameRuns(p.runs, runs));
    if (same) { // brought back and left as it was
      this.earlier.splice(this.earlier.indexOf(same), 1);
      point = Object.assign(same, { time: point.time, playing: point.playing });
    }
    if (!point.part) point.entries.push(this.lab.on.leave());
    this.add(this.earlier, point);
    return point;
  }

  /** @param {Savepoint[]} list @param {Savepoint} point newest of it; the oldest go when there are too many */
  add(list, point) {
    list.push(point);
    point.number ??= 1 + Math.max(0, ...this.list().map((p) => p.number ?? 0));
    const most = point.kind === "kept" ? MOST_SAVEPOINTS.kept : MOST_SAVEPOINTS.earlier;
    const gone = [];
    const bytes = () => list.reduce((sum, p) => sum + p.bytes, 0);
    while (list.length > most || list.length > 1 && bytes() > MOST_BYTES) gone.push(/** @type {Savepoint} */ (list.shift()));
    this.store?.put(point);
    this.store?.remove(gone);
    this.lab.on.savepoints();
  }

  /** @returns {Savepoint[]} those of this page, oldest first */
  list() {
    return [...this.kept, ...this.earlier].sort((a, b) => Number(a.time) - Number(b.time));
  }

  /** @param {string} id @returns {Savepoint} */
  named(id) {
    const point = this.list().find((p) => p.id === id);
    if (!point) throw new Error("This point is no longer kept.");
    return point;
  }

  /** @param {Savepoint} point @returns {Promise<SavedRun[]>} its runs; none if they are gone */
  async runsOf(point) {
    point.runs ??= await this.store?.runs(point).catch(() => null) ?? null;
    return point.runs ?? [];
  }

  /** Throws points away. @param {string[]} ids */
  async discard(ids) {
    const gone = ids.map((id) => this.named(id));
    this.kept = this.kept.filter((p) => !gone.includes(p));
    this.earlier = this.earlier.filter((p) => !gone.includes(p));
    this.lab.on.savepoints();
    await this.store?.remove(gone);
  }

  /**
   * Has the engine try checkpoints without touching any run; throws if one is no good.
   * @param {Config} config @param {SavedRun[]} runs
   * @returns {Promise<Head[]>} of each its iteration and what replays it
   */
  async verify(config, runs) {
    const told = [];
    for (const { model, checkpoint } of runs) {
      try {
        told.push((await this.lab.ask({ do: "verify", config: configOf(config, model) }, checkpoint)).head);
      } catch (error) {
        throw new Error(`The run of ${this.lab.nameOf(model, config)} cannot be used: ${/** @type {Error} */ (error).message}.`);
      }
    }
    return told;
  }

  /**
   * Replaces what trains by saved runs, if all of them are good; else nothing changes.
   * @param {{config: Config, runs: SavedRun[], part?: boolean, playing?: boolean, inStep?: boolean}} saved paused, unless it says otherwise, and as models play now
   * @returns {Promise<Savepoint | null>} what was replaced
   */
  async restore({ config: theirs, runs, part = false, playing = false, inStep = this.lab.race.inStep }) {
    const { lab } = this;
    if (runs.length === 0) throw new Error("It is no longer in the browser’s storage.");
    const models = inOrder(theirs.models);
    const { config: checked, problem, problems } = await lab.check(theirs, models);
    if (problems.length > 0) throw new RequestError(problemWords(problems), problems[0].field);
    const told = await this.verify(checked, runs);
    // Where shared values have moved, the first contestant's are those of all.
    const config = runs.reduceRight((c, r, i) => moved(c, r.model, told[i].replay.now), checked);
    if (part && this.fits(config)) return this.join(runs, config);
    const before = await this.aside();
    const was = { config: lab.config, problem: lab.problem, playing: lab.playing, inStep: lab.race.inStep };
    lab.playing = playing;
    lab.race.inStep = inStep;
    try {
      await lab.use(config, problem, { runs });
    } catch (error) { // a trainer died on the way
      lab.playing = was.playing;
      lab.race.inStep = was.inStep;
      if (was.config.models.length > 0) await lab.use(was.config, was.problem, { runs: before?.runs ?? [] });
      throw error;
    }
    return before;
  }

  /** @param {Config} config @returns {boolean} whether its models can train beside those that do */
  fits(config) {
    const shared = ({ models, own, learningRate, alpha, ...rest } = config) => JSON.stringify(sorted(rest));
    return shared(config) === shared(this.lab.config);
  }

  /** Takes models back beside those that train. @param {SavedRun[]} runs @param {Config} config theirs */
  async join(runs, config) {
    const { lab } = this;
    const back = runs.map((r) => r.model);
    const present = back.filter((m) => lab.config.models.includes(m));
    const before = present.length > 0 ? await this.aside(present) : null;
    const models = inOrder([...back, ...lab.config.models]);
    if (models.length > MOST) throw new Error(`At most ${MOST} train side by side: take another away first.`);
    const own = Object.fromEntries(back.map((key) => [key, ownOf(config, key)]));
    lab.adopt(tidy({ ...lab.config, models, own: { ...lab.config.own, ...own } }), lab.problem);
    await lab.cast.arrange(false, runs);
    for (const r of runs) {
      if (present.includes(r.model)) await lab.cast.begin(r.model, { do: "restore", spent: r.spent ?? 0 }, r.checkpoint);
    }
    return before;
  }

  /** @returns {Promise<string>} the run as a file's text */
  export() {
    return this.lab.inTurn(async () => Files.write(this.lab.config, await this.checkpoints()));
  }

  /** Goes on from a file, paused. @param {string} text @returns {Promise<Savepoint | null>} what was replaced */
  import(text) {
    return this.lab.inTurn(async () => {
      try {
        return await this.restore(Files.read(text));
      } catch (error) {
        throw new Error(`Nothing was loaded, and nothing has changed. ${/** @type {Error} */ (error).message}`);
      }
    });
  }

  /** @returns {Promise<Savepoint | null>} a point of now, on no list; null before there are runs */
  async now() {
    const runs = await this.checkpoints();
    return runs.length === 0 ? null : this.point("earlier", runs);
  }

  /** Keeps this point of all models. @returns {Promise<string>} its id */
  keep() {
    return this.lab.inTurn(async () => {
      const runs = await this.checkpoints();
      if (runs.length === 0) throw new Error("There is no run to keep yet.");
      const point = this.point("kept", runs);
      this.add(this.kept, point);
      return point.id;
    });
  }

  /** Goes back to a kept point, the newest if none is named. @param {string=} id @returns {Promise<number>} its iteration */
  async back(id = this.kept.at(-1)?.id) {
    return (await this.bring(id ?? "")).point.iteration;
  }

  /**
   * Brings back a point of any kind.
   * @param {Savepoint | string} wanted or its id @returns {Promise<{point: Savepoint, before: Savepoint | null}>} before is what it replaced
   */
  bring(wanted) {
    return this.lab.inTurn(async () => {
      const point = typeof wanted !== "string" ? wanted : [...this.kept, ...this.earlier, ...this.left].find((p) => p.id === wanted);
      if (!point) throw new Error("This point is no longer kept.");
      point.runs ??= await /** @type {NonNullable<Savepoints["store"]>} */ (this.store).runs(point);
      // What was kept by hand is gone back to in passing; what was replaced goes on as it did.
      const { playing, race: { inStep } } = this.lab;
      const before = await this.restore({ ...point, ...(point.kind === "kept" ? { playing, inStep } : {}), runs: point.runs });
      return { point, before };
    });
  }

}

/** @param {{[name: string]: any}} object @returns {any[]} its parts in the order of their names */
const sorted = (object) => Object.entries(object).sort(([a], [b]) => a < b ? -1 : 1)
  .map(([name, v]) => [name, v && typeof v === "object" ? sorted(v) : v]);

/** @param {SavedRun[] | null} a @param {SavedRun[]} b @returns {boolean} whether every bit is the same */
function sameRuns(a, b) {
  return a !== null && a.length === b.length && a.every((r, i) => {
    if (r.model !== b[i].model || r.checkpoint.byteLength !== b[i].checkpoint.byteLength) return false;
    const [x, y] = [r, b[i]].map((s) => new Uint8Array(s.checkpoint));
    return x.every((v, k) => v === y[k]);
  });
}
