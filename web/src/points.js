// What can be done with runs beside training them: points to come back to, kept
// by hand or set aside before a run is replaced; one model going on from
// another; weights by hand.

import { Files } from "./files.js";
import { MODELS } from "./link.js";
import { RequestError } from "./trainer.js";
import { isRecord, problemWords, sayable } from "./words.js";

/**
 * @import { Lab } from "./lab.js"
 * @import { Config } from "./link.js"
 * @import { Head, Trainer } from "./trainer.js"
 */

/** How many points there are of a kind, and how many bytes of them; the oldest go. */
export const MOST_POINTS = { kept: 6, earlier: 8 };
const MOST_POINT_BYTES = 64 << 20;

/**
 * Where a model is: its checkpoint; where known, the run and what replays it.
 * @typedef {{model: string, checkpoint: ArrayBuffer, iteration: number, replay?: Head, seconds?: number, run?: number}} SavedRun
 *
 * A point of all models, or of a part of them beside which the others went on.
 * Its runs are null if they are in the browser's storage only.
 * @typedef {{id: string, kind: "last" | "earlier" | "kept", iteration: number, time: Date, config: Config,
 *   runs: SavedRun[] | null, part: boolean, playing: boolean, entries: string[], bytes: number}} Point
 */

export class Points {
  /** @param {Lab} lab */
  constructor(lab) {
    this.lab = lab;
    /** @type {Point[]} by hand, oldest first */
    this.kept = [];
    /** @type {Point[]} set aside before another run took their place, oldest first */
    this.earlier = [];
    /** @type {Point[]} of tabs that are gone, oldest first */
    this.left = [];
    /** @type {Map<string, SavedRun>} the newest checkpoint of each model, should its trainer die */
    this.newest = new Map();
    /** @type {{put: (p: Point) => void, remove: (p: Point[]) => void, runs: (p: Point) => Promise<SavedRun[]>} | null} */
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
        const { head: { iteration, replay, seconds }, body } = await t.request({ do: "checkpoint" });
        const checkpoint = /** @type {ArrayBuffer} */ (body);
        return { model, checkpoint, iteration, replay, seconds, run: t.run };
      } catch {
        return this.newestOf(model);
      }
    }));
    return /** @type {SavedRun[]} */ (all.filter((r) => r !== undefined));
  }

  /**
   * A point of now.
   * @param {Point["kind"]} kind @param {SavedRun[]} runs
   * @param {string[]} models of them; those without a run are at their start @returns {Point}
   */
  point(kind, runs, models = this.lab.config.models) {
    const { config, playing } = this.lab;
    return {
      id: `${Date.now()}-${Math.random()}`, kind, iteration: Math.max(...runs.map((r) => r.iteration)), time: new Date(),
      config: { ...structuredClone(config), models }, runs, part: models.length < config.models.length, playing, entries: [],
      bytes: runs.reduce((sum, r) => sum + r.checkpoint.byteLength, 0),
    };
  }

  /**
   * Sets models aside before they are replaced, once they have taken steps.
   * @param {string[]} models @returns {Promise<Point | null>} to undo it with
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

  /** @param {Point[]} list @param {Point} point newest of it; the oldest go when there are too many */
  add(list, point) {
    list.push(point);
    const most = point.kind === "kept" ? MOST_POINTS.kept : MOST_POINTS.earlier;
    const gone = [];
    const bytes = () => list.reduce((sum, p) => sum + p.bytes, 0);
    while (list.length > most || list.length > 1 && bytes() > MOST_POINT_BYTES) gone.push(/** @type {Point} */ (list.shift()));
    this.store?.put(point);
    this.store?.remove(gone);
    this.lab.on.points();
  }

  /**
   * Has the engine try checkpoints without touching any run; throws if one is no good.
   * @param {Config} config @param {SavedRun[]} runs
   * @returns {Promise<Head[]>} of each its iteration and what replays it
   */
  async verify(config, runs) {
    const { models: _, ...fields } = config;
    const told = [];
    for (const { model, checkpoint } of runs) {
      try {
        told.push((await this.lab.ask({ do: "verify", config: { ...fields, model } }, checkpoint)).head);
      } catch (error) {
        throw new Error(`The run of ${model} cannot be used: ${/** @type {Error} */ (error).message}.`);
      }
    }
    return told;
  }

  /**
   * Replaces what trains by saved runs, if all of them are good; else nothing changes.
   * @param {{config: Config, runs: SavedRun[], part?: boolean, playing?: boolean}} saved paused, unless it says otherwise
   * @returns {Promise<Point | null>} what was replaced
   */
  async restore({ config: theirs, runs, part = false, playing = false }) {
    const { lab } = this;
    if (runs.length === 0) throw new Error("It is no longer in the browser’s storage.");
    const models = MODELS.filter((m) => theirs.models.includes(m));
    const { config, problem, problems } = await lab.check(theirs, models);
    if (problems.length > 0) throw new RequestError(problemWords(problems), problems[0].field);
    const [{ replay }] = await this.verify(config, runs);
    if (part && this.fits(config)) return this.join(runs);
    const before = await this.aside();
    const was = { config: lab.config, problem: lab.problem, playing: lab.playing };
    lab.playing = playing;
    try {
      await lab.use({ ...config, ...replay.now }, problem, { runs });
    } catch (error) { // a trainer died on the way
      lab.playing = was.playing;
      if (was.config.models.length > 0) await lab.use(was.config, was.problem, { runs: before?.runs ?? [] });
      throw error;
    }
    return before;
  }

  /** @param {Config} config @returns {boolean} whether its models can train beside those that do */
  fits(config) {
    const shared = ({ models, learningRate, alpha, ...rest } = config) => JSON.stringify(sorted(rest));
    return shared(config) === shared(this.lab.config);
  }

  /** Takes models back beside those that train. @param {SavedRun[]} runs */
  async join(runs) {
    const { lab } = this;
    const back = runs.map((r) => r.model);
    const present = back.filter((m) => lab.config.models.includes(m));
    const before = present.length > 0 ? await this.aside(present) : null;
    lab.adopt({ ...lab.config, models: MODELS.filter((m) => back.includes(m) || lab.config.models.includes(m)) }, lab.problem);
    await lab.arrange(false, runs);
    for (const r of runs) {
      if (present.includes(r.model)) await lab.begin(r.model, { do: "restore" }, r.checkpoint);
    }
    return before;
  }

  /** @returns {Promise<string>} the run as a file's text */
  export() {
    return this.lab.inTurn(async () => Files.write(this.lab.config, await this.checkpoints()));
  }

  /** Goes on from a file, paused. @param {string} text @returns {Promise<Point | null>} what was replaced */
  import(text) {
    return this.lab.inTurn(async () => {
      try {
        return await this.restore(Files.read(text));
      } catch (error) {
        throw new Error(`Nothing was loaded, and nothing has changed. ${/** @type {Error} */ (error).message}`);
      }
    });
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
   * @param {string} id @returns {Promise<{point: Point, before: Point | null}>} before is what it replaced
   */
  bring(id) {
    return this.lab.inTurn(async () => {
      const point = [...this.kept, ...this.earlier, ...this.left].find((p) => p.id === id);
      if (!point) throw new Error("This point is no longer kept.");
      point.runs ??= await /** @type {NonNullable<Points["store"]>} */ (this.store).runs(point);
      // What was kept by hand is gone back to in passing; what was replaced goes on as it did.
      const playing = point.kind === "kept" ? this.lab.playing : point.playing;
      const before = await this.restore({ ...point, runs: point.runs, playing });
      return { point, before };
    });
  }

  /** @param {string} model @returns {Trainer} one with a run */
  runOf(model) {
    const t = this.lab.trainers.get(model);
    if (!t?.alive || !t.latest) throw new RequestError(`${model} does not train here.`, "models");
    return t;
  }

  /** Stops the rule of a model from moving its weights, or lets it go on. @param {string} model @param {boolean} on */
  freeze(model, on = true) {
    return this.lab.inTurn(async () => {
      await this.runOf(model).request({ do: "freeze", on });
    });
  }

  /**
   * Sets weights by hand, which also freezes them: the rule would undo it.
   * @param {string} model @param {{[group: string]: number}} values
   */
  setLambda(model, values) {
    return this.lab.inTurn(async () => {
      const t = this.runOf(model);
      if (!isRecord(values)) throw new RequestError("setLambda takes an object of weights, such as {bcs: 10}", "lambda");
      for (const [group, value] of Object.entries(values)) {
        if (!Number.isFinite(value)) throw new RequestError(`lambda.${group}: ${JSON.stringify(sayable(value))} is not a number`, `lambda.${group}`);
      }
      const frozen = t.latest?.state.frozen === true;
      await t.request({ do: "freeze", on: true });
      try {
        await t.request({ do: "lambda", values });
      } catch (error) {
        if (!frozen) await t.request({ do: "freeze", on: false });
        throw error;
      }
    });
  }

  /**
   * Has the model "to" go on from where "from" is, under its own rule.
   * @param {string} from @param {string} to
   * @returns {Promise<Point | null>} the run of "to" that this replaced
   */
  fork(from, to) {
    return this.lab.inTurn(async () => {
      if (MATES[from] !== to) {
        throw new RequestError(`${to} cannot go on from ${from}: their networks differ.`, "models");
      }
      const { lab } = this;
      const { body } = await this.runOf(from).request({ do: "checkpoint" });
      const before = lab.config.models.includes(to) ? await this.aside([to]) : null;
      const playing = lab.playing;
      lab.playing = false; // no step before the fork
      if (!lab.config.models.includes(to)) {
        lab.adopt({ ...lab.config, models: MODELS.filter((m) => m === to || lab.config.models.includes(m)) }, lab.problem);
        await lab.arrange();
      }
      lab.playing = playing;
      await lab.begin(to, { do: "fork" }, body);
      if (playing) lab.race.go();
      return before;
    });
  }
}

/** Models with the same network, one with annealing and one without. */
export const MATES = /** @type {{[model: string]: string}} */ ({ M1: "M2", M2: "M1", M3: "M4", M4: "M3" });

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
