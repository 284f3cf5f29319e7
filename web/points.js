// @ts-check
// What can be done with runs beside training them: points to come back to, in
// memory and in files; one model going on from another; weights by hand.
"use strict";

/** How many points are kept, and how many bytes of them. */
const MOST_POINTS = 6;
const MOST_POINT_BYTES = 64 << 20;

/**
 * @typedef {{model: string, checkpoint: ArrayBuffer}} SavedRun
 * @typedef {{id: number, iteration: number, time: Date, config: Config, runs: SavedRun[]}} Point
 */

class Points {
  /** @param {Lab} lab */
  constructor(lab) {
    this.lab = lab;
    /** @type {Point[]} oldest first */
    this.kept = [];
    this.nextID = 1;
  }

  /** @returns {Promise<SavedRun[]>} all that each model is */
  async checkpoints() {
    const { config, trainers } = this.lab;
    const alive = config.models.map((m) => trainers.get(m)).filter((t) => t?.alive && t.latest);
    return Promise.all(alive.map(async (t) => {
      const { body } = await /** @type {Trainer} */ (t).request({ do: "checkpoint" });
      return { model: /** @type {Trainer} */ (t).name, checkpoint: /** @type {ArrayBuffer} */ (body) };
    }));
  }

  /** @param {{config: Config, runs: SavedRun[]}} saved */
  async restore({ config, runs }) {
    const { lab } = this;
    const playing = lab.playing;
    lab.playing = false;
    const { problem } = await lab.check(config, config.models);
    await lab.use(structuredClone(config), problem);
    lab.playing = playing;
    await Promise.all(runs.map((r) => lab.begin(r.model, { do: "restore" }, r.checkpoint)));
    if (playing) lab.race.go();
  }

  /** @returns {Promise<string>} the run as a file's text */
  export() {
    return this.lab.inTurn(async () => Files.write(this.lab.config, await this.checkpoints()));
  }

  /** Goes on from a file, paused. @param {string} text */
  import(text) {
    return this.lab.inTurn(async () => {
      const file = Files.read(text);
      const models = MODELS.filter((m) => file.runs.some((r) => r.model === m));
      const { config, problems } = await this.lab.check(file.config, models);
      if (problems.length > 0) throw new RequestError(problemWords(problems), problems[0].field);
      this.lab.playing = false;
      await this.restore({ config, runs: file.runs });
    });
  }

  /** Keeps this point of all models; the oldest go when there are too many. @returns {Promise<number>} its id */
  keep() {
    return this.lab.inTurn(async () => {
      const runs = await this.checkpoints();
      if (runs.length === 0) throw new Error("There is no run to keep yet.");
      const { lab } = this;
      const iteration = Math.max(...Report.state(lab).models.map((m) => m.iteration));
      const config = { ...structuredClone(lab.config), models: runs.map((r) => r.model) };
      this.kept.push({ id: this.nextID++, iteration, time: new Date(), config, runs });
      const bytes = () => this.kept.flatMap((p) => p.runs).reduce((sum, r) => sum + r.checkpoint.byteLength, 0);
      while (this.kept.length > MOST_POINTS || this.kept.length > 1 && bytes() > MOST_POINT_BYTES) this.kept.shift();
      lab.on.points();
      return this.kept[this.kept.length - 1].id;
    });
  }

  /** Goes back to a kept point, the newest if none is named. @param {number=} id */
  back(id) {
    return this.lab.inTurn(async () => {
      const point = id === undefined ? this.kept.at(-1) : this.kept.find((p) => p.id === id);
      if (!point) throw new Error("There is no such kept point.");
      await this.restore(point);
      return point.iteration;
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

  /** Has the model "to" go on from where "from" is, under its own rule. @param {string} from @param {string} to */
  fork(from, to) {
    return this.lab.inTurn(async () => {
      if (MATES[from] !== to) {
        throw new RequestError(`${to} cannot go on from ${from}: their networks differ.`, "models");
      }
      const { lab } = this;
      const { body } = await this.runOf(from).request({ do: "checkpoint" });
      const playing = lab.playing;
      lab.playing = false; // no step before the fork
      if (!lab.config.models.includes(to)) {
        lab.config = { ...lab.config, models: MODELS.filter((m) => m === to || lab.config.models.includes(m)) };
        lab.on.config(lab.config, lab.preset);
        await lab.arrange();
      }
      lab.playing = playing;
      await lab.begin(to, { do: "fork" }, body);
      if (playing) lab.race.go();
    });
  }
}

/** Models with the same network, one with annealing and one without. */
const MATES = /** @type {{[model: string]: string}} */ ({ M1: "M2", M2: "M1", M3: "M4", M4: "M3" });
