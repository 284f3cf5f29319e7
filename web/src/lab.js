// The lab: one Config, a trainer for each model, and what can be done with
// them. It knows nothing of the page; it tells its listener.

import { Crews } from "./crews.js";
import { Link, MODELS } from "./link.js";
import { Points } from "./points.js";
import { Race } from "./race.js";
import { RequestError, Trainer } from "./trainer.js";
import { isRecord, problemWords, restartWords, sayable } from "./words.js";

/**
 * @import { Config, Problem } from "./link.js"
 * @import { Point, SavedRun } from "./points.js"
 * @import { Head, TrainerRequest } from "./trainer.js"
 */

/**
 * @typedef {{
 *   config: (config: Config, preset: any) => void,
 *   models: (models: string[], preset: any) => void,
 *   state: (t: Trainer) => void,
 *   drop: (model: string) => void,
 *   lineup: () => void,
 *   anew: (model: string) => void,
 *   points: () => void,
 *   progress: (model: string, head: Head) => void,
 *   leave: () => string,
 *   loaded: (problems: Problem[], page: {[name: string]: string}, preset: any, before: Point | null) => void,
 *   say: (words: string, before?: Point | null) => void,
 *   halt: (model: string, words: string) => void,
 *   dead: (model: string, words: string) => void,
 *   fault: (words: string) => void,
 * }} Listener
 */

/** @typedef {{name: string, title: string, formula: string, words: string, source: string, alpha: number, period: number, still: boolean}} Rule */

/** What acts on running models; the rest starts them again. */
const LIVE = ["learningRate", "alpha"];

/** What a change of the problem keeps; the rest becomes the paper's. */
const KEPT = ["seed", "precision", "models"];

const NOBODY = "No model can go on. Reset starts them again.";

export class Lab {
  /** @param {WebAssembly.Module} module @param {Listener} on */
  constructor(module, on) {
    this.module = module;
    this.on = on;
    /** @type {any[]} */
    this.catalogue = [];
    /** @type {{[field: string]: [number, number]}} */
    this.limits = {};
    /** @type {Rule[]} the rules for lambda */
    this.rules = [];
    /** @type {Config} */
    this.config = { params: {}, models: [] };
    this.problem = ""; // the engine's name of the config's problem, with its parameters
    this.runs = 0; // begun so far
    /** @type {{[model: string]: Head}} settings at the start and moves, of models that a link makes move */
    this.script = {};
    this.playing = false;
    this.race = new Race(this);
    this.points = new Points(this);
    this.crews = new Crews(module);
    /** What every trainer is told once it has a run. */
    this.stiffness = { budget: 0, subset: "trunk" };
    this.surveyed = false; // whether Snapshots carry residuals
    /** @type {Map<string, Trainer>} */
    this.trainers = new Map();
    this.desk = new Trainer("The checking of settings", module, { fault: on.fault });
    /** @type {Promise<any>} the latest of what is done one after the other */
    this.turn = Promise.resolve();
    /** @type {{[field: string]: any} | null} the newest slider values, not yet sent */
    this.pending = null;
  }

  /** Learns the catalogue. */
  async open() {
    const { head } = await this.desk.request({ do: "offer" });
    this.catalogue = head.catalogue;
    this.limits = head.limits;
    this.rules = head.rules;
  }

  /** @returns {any} the catalogue's entry of the problem */
  get preset() {
    return this.catalogue.find((p) => p.name === this.config.preset);
  }

  /**
   * Does f when all that was asked before is done.
   * @template T @param {() => Promise<T>} f @returns {Promise<T>}
   */
  inTurn(f) {
    const done = this.turn.then(f);
    this.turn = done.catch(() => {});
    return done;
  }

  /**
   * Completes a Config and names what is wrong with it.
   * @param {{[field: string]: any}} raw @param {string[]} models
   * @returns {Promise<{config: Config, problem: string, problems: Problem[]}>} problem is its name by the engine
   */
  async check(raw, models) {
    const { models: _, spec, ...fields } = sayable(raw);
    const { head } = await this.ask({ do: "check", config: { ...fields, model: models[0] } });
    const { method: __, ...config } = head.config;
    const entry = this.catalogue.find((p) => p.name === config.preset);
    const defaults = (entry?.parameters ?? []).map((/** @type {any} */ p) => [p.name, p.value]);
    config.params = { ...Object.fromEntries(defaults), ...config.params };
    const problems = [...head.problems];
    if (spec !== undefined) problems.push({ field: "spec", message: "this page has presets only" });
    return { config: { ...config, models }, problem: head.problem, problems };
  }

  /** Asks the trainer that has no run. @param {TrainerRequest} head @param {ArrayBuffer | null} body */
  ask(head, body = null) {
    if (!this.desk.alive) {
      this.desk = new Trainer(this.desk.name, this.module, { fault: this.on.fault });
    }
    return this.desk.request(head, body);
  }

  /** The problem of a Config, typeset. @param {Config} config @returns {Promise<any>} */
  async sheet(config) {
    const { models: [model], ...fields } = config;
    return (await this.ask({ do: "sheet", config: { ...fields, model } })).head.sheet;
  }

  /**
   * Loads a link: what is wrong is named, the rest is used.
   * @param {string} hash
   * @param {(Point & {runs: SavedRun[]}) | null} saved a run of this link to go on with
   * @returns {Promise<string>} why that cannot be used, or ""
   */
  load(hash, saved = null) {
    return this.inTurn(async () => {
      const link = Link.read(hash);
      const { config, problem, problems } = await this.check(link.raw, link.models);
      const { script, faults } = await this.readMoves(config, link.moves);
      const before = await this.points.aside();
      this.playing = saved ? saved.playing : !link.paused;
      this.race.inStep = link.page.pace === "step";
      const preset = this.catalogue.find((p) => p.name === config.preset);
      this.on.loaded([...link.problems, ...problems, ...faults], link.page, preset, before);
      let fault = "";
      if (saved) {
        try {
          await this.points.restore(saved);
          return "";
        } catch (error) {
          fault = /** @type {Error} */ (error).message;
        }
      }
      await this.use(config, problem, { script });
      return fault;
    });
  }

  /**
   * Has the engine judge the moves of a link.
   * @param {Config} config @param {{[model: string]: string}} moves as in a link
   * @returns {Promise<{script: {[model: string]: Head}, faults: Problem[]}>}
   */
  async readMoves({ models, ...config }, moves) {
    const { learningRate, alpha } = config;
    /** @type {{[model: string]: Head}} */
    const script = {};
    const faults = [];
    const names = Object.keys(moves);
    for (const name of names) {
      const of = name === "" ? models.filter((m) => !names.includes(m)) : models.filter((m) => m === name);
      if (of.length === 0) continue;
      const { head } = await this.ask({ do: "check", config: { ...config, model: of[0], moves: moves[name] } });
      faults.push(...head.problems);
      for (const m of of) script[m] = { learningRate, alpha, moves: head.config.moves ?? "" };
    }
    return { script, faults };
  }

  /**
   * Changes settings; nothing changes if one of them is wrong.
   * @param {{[field: string]: any}} partial
   * @returns {Promise<void>}
   */
  set(partial) {
    return this.inTurn(() => this.setNow(partial));
  }

  /** @param {{[field: string]: any}} partial */
  async setNow(partial) {
    if (!isRecord(partial)) throw new RequestError("set takes an object of settings, such as {width: 30}", "config");
    if (partial.params !== undefined && !isRecord(partial.params)) {
      throw new RequestError("params takes an object of numbers, such as {k: 1}", "params");
    }
    const old = this.config;
    if (partial.moves !== undefined) throw new RequestError("moves: they belong into a link or a file of settings", "moves");
    const moved = partial.preset !== undefined && partial.preset !== old.preset;
    const kept = moved ? Object.fromEntries(KEPT.map((f) => [f, old[f]])) : old;
    const raw = { ...kept, ...partial };
    if (partial.rule !== undefined) { // each rule has its own
      for (const field of ["alpha", "period"]) if (partial[field] === undefined) delete raw[field];
    }
    if (!moved && partial.params) raw.params = { ...old.params, ...partial.params };
    const asked = Array.isArray(raw.models) ? raw.models : [];
    const models = MODELS.filter((m) => asked.includes(m));
    if (models.length === 0 || models.length !== asked.length) {
      throw new RequestError("models: choose at least one of M1 to M4, each once, in a list", "models");
    }
    const { config, problem, problems } = await this.check(raw, models);
    if (problems.length > 0) throw new RequestError(problemWords(problems), problems[0].field);

    const changed = Object.keys(config).filter(
      (f) => f !== "models" && JSON.stringify(config[f]) !== JSON.stringify(old[f]));
    const structural = changed.filter((f) => !LIVE.includes(f));
    if (structural.length > 0) {
      const before = await this.points.aside();
      await this.use(config, problem);
      this.on.say(restartWords(config, old, changed, this.preset), before);
      return;
    }
    const gone = old.models.filter((m) => !models.includes(m));
    const before = gone.length > 0 ? await this.points.aside(gone) : null;
    this.config = config;
    this.on.config(config, this.preset);
    await this.arrange();
    if (before) this.on.say(`${gone.join(" and ")} ended at iteration ${before.iteration.toLocaleString("en")}.`, before);
    if (changed.length > 0) {
      const values = Object.fromEntries(changed.map((f) => [f, config[f]]));
      await this.each((t) => t.request({ do: "set", ...values }));
    }
  }

  /**
   * Changes settings while a slider moves: the newest values win, and one
   * request is on its way at a time.
   * @param {{[field: string]: any}} partial
   * @returns {Promise<void>} that they act
   */
  live(partial) {
    const idle = this.pending === null;
    this.pending = { ...this.pending, ...partial };
    if (idle) {
      this.moving = this.inTurn(async () => {
        const values = this.pending ?? {};
        this.pending = null;
        // A slider has no wrong values, so nobody needs to be asked first.
        this.config = { ...this.config, ...values };
        this.on.config(this.config, this.preset);
        await this.each((t) => t.request({ do: "set", ...values }));
      });
      this.moving.catch((error) => this.on.fault(error.message));
    }
    return this.moving;
  }
  moving = Promise.resolve();

  /** Takes a Config over. @param {Config} config @param {string} problem its problem's name */
  adopt(config, problem) {
    this.config = config;
    this.problem = problem;
    this.on.config(config, this.preset);
  }

  /**
   * Takes a Config over and has every model begin anew.
   * @param {Config} config @param {string} problem
   * @param {{runs?: SavedRun[], script?: {[model: string]: Head}}} from where, if not at iteration 0, and what moves
   */
  async use(config, problem, { runs = [], script = {} } = {}) {
    this.script = script;
    this.adopt(config, problem);
    await this.arrange(true, runs);
  }

  /** @returns {{problem: string, runs: {[model: string]: number}}} what is to be shown, and nothing else */
  lineup() {
    const runs = this.config.models.map((m) => [m, this.trainers.get(m)?.run ?? 0]);
    return { problem: this.problem, runs: Object.fromEntries(runs) };
  }

  /**
   * Starts the models that should train, all of them if anew, and ends the others.
   * @param {boolean} anew @param {SavedRun[]} runs where they go on, if not at iteration 0
   */
  async arrange(anew = false, runs = []) {
    const { models } = this.config;
    for (const [model, t] of this.trainers) {
      if (models.includes(model)) continue;
      t.close();
      this.crews.dismiss(model);
      this.trainers.delete(model);
      this.on.drop(model);
    }
    const fresh = models.filter((m) => anew || !this.trainers.has(m));
    if (fresh.length === 0 && models.length === this.shownModels) return;
    this.shownModels = models.length;
    for (const m of fresh) this.trainer(m).expect(++this.runs); // nothing of before is shown any more
    this.on.models(models, this.preset);
    if (anew) this.race.stop();
    await Promise.all(fresh.map((m) => this.start(m, runs.find((r) => r.model === m))));
    await this.crews.gather(this.able());
    if (this.playing) this.race.go();
  }
  shownModels = 0;

  /**
   * Starts one model at iteration 0 or where it was saved, in a new Worker if the old one is dead.
   * @param {string} model @param {SavedRun=} saved
   */
  start(model, saved) {
    return saved ? this.begin(model, { do: "restore" }, saved.checkpoint) : this.begin(model, { do: "start" });
  }

  /**
   * Has a model begin another run, in a new Worker if the old one is dead. If
   * that fails the run before stays.
   * @param {string} model @param {TrainerRequest} head start, restore or fork @param {ArrayBuffer | null} body
   */
  async begin(model, head, body = null) {
    const t = this.trainer(model);
    const before = t.expect(++this.runs);
    this.on.lineup();
    const { models: _, ...config } = this.config;
    if (head.do === "start") Object.assign(config, this.script[model]);
    try {
      await t.request({ ...head, config: { ...config, model }, slot: model, run: t.run }, body);
    } catch (error) {
      t.resume(before);
      this.on.lineup();
      throw error;
    }
    this.on.anew(model);
    await this.follow(t);
  }

  /**
   * Starts one model again while the others go on, where it was last seen.
   * @param {string} model @returns {Promise<number>} the iteration from which on
   */
  async revive(model) {
    const saved = this.points.newestOf(model);
    await this.start(model, saved);
    await this.crews.gather(this.able());
    return saved?.iteration ?? 0;
  }

  /** @param {string} model @returns {Head} what makes a run again that has not begun yet, as in a state */
  replayOf(model) {
    /** @type {Head} */
    const { learningRate, alpha, moves = "" } = { ...this.config, ...this.script[model] };
    return { start: { learningRate, alpha }, moves };
  }

  /** A move of a link has acted: the settings shown are those in force. @param {Trainer} t */
  follows(t) {
    const { played = 0, now } = t.latest?.replay ?? {};
    const more = played > t.played;
    t.played = played;
    if (!more || this.pending) return;
    this.config = { ...this.config, ...now };
    this.on.config(this.config, this.preset);
  }

  /** Has a trainer with a new run do what the others do. @param {Trainer} t */
  async follow(t) {
    if (this.surveyed) await t.request({ do: "survey", on: true });
    if (this.stiffness.budget > 0) await t.request({ do: "stiffness", ...this.stiffness });
    if (this.playing && !this.race.inStep) await t.request({ do: "play" });
  }

  /**
   * Measures the curvature beside the training.
   * @param {{budget: number, subset: string}} wanted
   * @returns {Promise<any>}
   */
  measure(wanted) {
    if (JSON.stringify(wanted) === JSON.stringify(this.stiffness)) return Promise.resolve();
    this.stiffness = wanted;
    return this.inTurn(() => this.each((t) => t.request({ do: "stiffness", ...wanted })));
  }

  /** Has the trainers evaluate residuals for the pictures, or not. @param {boolean} on @returns {Promise<any>} */
  survey(on) {
    if (on === this.surveyed) return Promise.resolve();
    this.surveyed = on;
    return this.inTurn(() => this.each((t) => t.request({ do: "survey", on })));
  }

  /** Asks for spectral densities, once. */
  density() {
    return this.inTurn(() => this.each((t) => t.request({ do: "density" })));
  }

  /** @param {string} model @returns {Trainer} a live one */
  trainer(model) {
    const old = this.trainers.get(model);
    if (old?.alive) return old;
    const t = new Trainer(model, this.module, {
      state: (t, m) => {
        this.follows(t);
        this.on.state(t);
        if (m.head.halt) this.halted(model, m.head.halt);
      },
      fault: this.on.fault,
      progress: (head) => this.on.progress(model, head),
      dead: (_, words) => {
        this.settle();
        this.on.dead(model, words);
      },
    });
    this.trainers.set(model, t);
    return t;
  }

  /** @param {string} model @param {string} words */
  halted(model, words) {
    this.settle();
    this.on.halt(model, words);
  }

  /** Nothing plays any more once no model can step. */
  settle() {
    if (this.able().length === 0) this.playing = false;
  }

  /** @returns {Trainer[]} those that can take steps, in the models' order */
  able() {
    const all = this.config.models.map((m) => this.trainers.get(m));
    return /** @type {Trainer[]} */ (all.filter((t) => t?.alive && !t.latest?.halt));
  }

  /** @template T @param {(t: Trainer) => Promise<T>} f */
  each(f) {
    return Promise.all(this.able().map(f));
  }

  play() {
    return this.inTurn(async () => {
      if (this.able().length === 0) throw new Error(NOBODY);
      this.playing = true;
      if (this.race.inStep) this.race.go();
      else await this.each((t) => t.request({ do: "play" }));
    });
  }

  pause() {
    return this.inTurn(async () => {
      this.playing = false;
      this.race.stop();
      await this.each((t) => t.request({ do: "pause" }));
    });
  }

  /** Takes n steps with each model, then pauses. @param {number} n */
  async step(n = 1) {
    const most = this.limits.steps[1];
    if (!Number.isInteger(n) || n < 1 || n > most) {
      throw new RequestError(`steps: ${n} is not a whole number from 1 to ${most}`, "steps");
    }
    if (this.able().length === 0) throw new Error(NOBODY);
    this.playing = false;
    if (this.race.inStep) return this.race.run(n);
    // Sending takes its turn; the steps themselves must not keep Pause waiting.
    const done = await this.inTurn(async () => ({ steps: this.each((t) => t.request({ do: "step", n })) }));
    await done.steps;
  }

  /**
   * Starts every model again, same seed, playing on if it played.
   * @returns {Promise<Point | null>} what it was, to undo it with
   */
  reset() {
    return this.inTurn(async () => {
      const before = await this.points.aside();
      await this.use(this.config, this.problem);
      return before;
    });
  }
}
