// The lab: one Config, a trainer for each model, and what can be done with
// them. It knows nothing of the page; it tells its listener.

import { Cast } from "./cast.js";
import { Interfere } from "./interfere.js";
import { configOf } from "./lineup.js";
import { Link } from "./link.js";
import { Savepoints } from "./savepoints.js";
import { Race } from "./race.js";
import { Settings } from "./settings.js";
import { Tables } from "./tables.js";
import { RequestError, Trainer } from "./trainer.js";
import { learn } from "./words.js";

/**
 * @import { Crews } from "./crews.js"
 * @import { Config, Problem } from "./link.js"
 * @import { Savepoint, SavedRun } from "./savepoints.js"
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
 *   savepoints: () => void,
 *   progress: (model: string, head: Head) => void,
 *   leave: () => string,
 *   loaded: (problems: Problem[], page: {[name: string]: string}, preset: any, before: Savepoint | null) => void,
 *   say: (words: string, before?: Savepoint | null) => void,
 *   halt: (model: string, words: string) => void,
 *   dead: (key: string, words: string, again: boolean) => void,
 *   revived: (key: string, words: string, iteration: number) => void,
 *   fault: (words: string) => void,
 * }} Listener
 */

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
    this.tables = new Tables(null); // of methods, parts and fields
    /** @type {Config} */
    this.config = { params: {}, models: [], own: {} };
    this.problem = ""; // the engine's name of the config's problem, with its parameters
    this.playing = false;
    this.race = new Race(this);
    this.savepoints = new Savepoints(this);
    this.interfere = new Interfere(this);
    /** What every trainer is told once it has a run. */
    this.stiffness = { budget: 0, subset: "trunk" };
    this.surveyed = false; // whether Snapshots carry residuals
    this.cast = new Cast(this);
    this.settings = new Settings(this);
    this.desk = new Trainer("The checking of settings", module, { fault: on.fault });
    /** @type {Promise<any>} the latest of what is done one after the other */
    this.turn = Promise.resolve();
  }

  /** Learns the catalogue. */
  async open() {
    const { head } = await this.desk.request({ do: "offer" });
    this.catalogue = head.catalogue;
    this.limits = head.limits;
    this.tables = new Tables(/** @type {trainer.offered} */ (head));
    learn(head.fields);
  }

  /** @returns {Map<string, Trainer>} by contestant */
  get trainers() {
    return this.cast.trainers;
  }

  /** @returns {Crews} the workers that help each */
  get crews() {
    return this.cast.crews;
  }

  /** @param {string} key @param {Config} config @returns {string} a contestant's short name, which says what differs */
  nameOf(key, config = this.config) {
    return this.tables.nameOf(config, key);
  }

  /** @param {string} key @returns {boolean} whether the weights of its losses move */
  anneals(key) {
    const { weighting } = this.tables.partsOf(this.config, key);
    return !this.tables.kind("weighting", weighting)?.still;
  }

  /** @param {string} named a contestant, by its key or its short name @returns {string} its key; what nobody is called stays */
  keyOf(named) {
    return this.config.models.find((key) => this.nameOf(key) === named) ?? named;
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
    this.settings.flush();
    const done = this.turn.then(f);
    this.turn = done.catch(() => {});
    return done;
  }

  /**
   * Completes a Config and names what is wrong with it.
   * @param {{[field: string]: any}} raw @param {string[]} models
   */
  check(raw, models) {
    return this.settings.check(raw, models);
  }

  /**
   * Changes settings of all contestants, or of one; nothing changes if one of
   * them is wrong.
   * @param {{[field: string]: any}} partial @param {string} key of the one
   * @returns {Promise<void>}
   */
  set(partial, key = "") {
    return this.inTurn(() => this.settings.set(partial, key));
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
    return (await this.ask({ do: "sheet", config: configOf(config, config.models[0]) })).head.sheet;
  }

  /**
   * Loads a link: what is wrong is named, the rest is used.
   * @param {string} hash
   * @param {(Savepoint & {runs: SavedRun[]}) | null} saved a run of this link to go on with
   * @returns {Promise<{fault: string, before: Savepoint | null}>} why that cannot be used, or ""; and what was replaced
   */
  load(hash, saved = null) {
    return this.inTurn(async () => {
      const link = Link.read(hash);
      const { config, problem, problems } = await this.check(link.raw, link.models);
      const { script, faults } = await this.settings.readMoves(config, link.moves);
      const before = await this.savepoints.aside();
      this.playing = saved ? saved.playing : !link.paused;
      this.race.inStep = link.page.pace === "step";
      const preset = this.catalogue.find((p) => p.name === config.preset);
      this.on.loaded([...link.problems, ...problems, ...faults], link.page, preset, before);
      let fault = "";
      if (saved) {
        try {
          await this.savepoints.restore(saved);
          return { fault: "", before };
        } catch (error) {
          fault = /** @type {Error} */ (error).message;
        }
      }
      await this.use(config, problem, { script });
      return { fault, before };
    });
  }

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
    this.cast.script = script;
    this.adopt(config, problem);
    await this.cast.arrange(true, runs);
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
   * @returns {Promise<Savepoint | null>} what it was, to undo it with
   */
  reset() {
    return this.inTurn(async () => {
      const before = await this.savepoints.aside();
      await this.use(this.config, this.problem);
      return before;
    });
  }
}
