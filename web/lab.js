// @ts-check
// The lab: one Config, a trainer for each model, and what can be done with
// them. It knows nothing of the page; it tells its listener.
"use strict";

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
 *   loaded: (problems: Problem[], page: {[name: string]: string}) => void,
 *   say: (words: string) => void,
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

class Lab {
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
    const head = await this.desk.ready;
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
    const { model: __, ...config } = head.config;
    const entry = this.catalogue.find((p) => p.name === config.preset);
    const defaults = (entry?.parameters ?? []).map((/** @type {any} */ p) => [p.name, p.value]);
    config.params = { ...Object.fromEntries(defaults), ...config.params };
    const problems = [...head.problems];
    if (spec !== undefined) problems.push({ field: "spec", message: "this page has presets only" });
    return { config: { ...config, models }, problem: head.problem, problems };
  }

  /** Asks the trainer that has no run. @param {TrainerRequest} head */
  ask(head) {
    if (!this.desk.alive) {
      this.desk = new Trainer(this.desk.name, this.module, { fault: this.on.fault });
    }
    return this.desk.request(head);
  }

  /** The problem of a Config, typeset. @param {Config} config @returns {Promise<any>} */
  async sheet(config) {
    const { models: [model], ...fields } = config;
    return (await this.ask({ do: "sheet", config: { ...fields, model } })).head.sheet;
  }

  /** Loads a link: what is wrong is named, the rest is used. @param {string} hash */
  load(hash) {
    return this.inTurn(async () => {
      const link = Link.read(hash);
      const { config, problem, problems } = await this.check(link.raw, link.models);
      this.playing = !link.paused;
      this.race.inStep = link.page.pace === "step";
      this.on.loaded([...link.problems, ...problems], link.page);
      await this.use(config, problem);
    });
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
      await this.use(config, problem);
      this.on.say(restartWords(config, old, changed, this.preset));
      return;
    }
    this.config = config;
    this.on.config(config, this.preset);
    await this.arrange();
    if (changed.length > 0) {
      const { learningRate, alpha } = config;
      await this.each((t) => t.request({ do: "set", learningRate, alpha }));
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

  /** Takes a Config over and starts every model anew. @param {Config} config @param {string} problem */
  async use(config, problem) {
    this.adopt(config, problem);
    await this.arrange(true);
  }

  /** @returns {{problem: string, runs: {[model: string]: number}}} what is to be shown, and nothing else */
  lineup() {
    const runs = this.config.models.map((m) => [m, this.trainers.get(m)?.run ?? 0]);
    return { problem: this.problem, runs: Object.fromEntries(runs) };
  }

  /** Starts the models that should train, all of them if anew, and ends the others. */
  async arrange(anew = false) {
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
    await Promise.all(fresh.map((m) => this.start(m)));
    await this.crews.gather(this.able());
    if (this.playing) this.race.go();
  }
  shownModels = 0;

  /** Starts one model at iteration 0, in a new Worker if the old one is dead. @param {string} model */
  start(model) {
    return this.begin(model, { do: "start" });
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

  /** Starts one model again while the others go on. @param {string} model */
  async revive(model) {
    await this.start(model);
    await this.crews.gather(this.able());
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

  /** Starts every model again, same seed, playing on if it played. */
  reset() {
    return this.inTurn(() => this.use(this.config, this.problem));
  }
}
