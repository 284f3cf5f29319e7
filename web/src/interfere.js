// What a person can do to models as they train: weights by hand, and one model
// going on from another.

import { configOf, inOrder, MODELS, MOST } from "./lineup.js";
import { RequestError } from "./trainer.js";
import { isRecord, sayable } from "./words.js";

/**
 * @import { Lab } from "./lab.js"
 * @import { Savepoint } from "./savepoints.js"
 * @import { Trainer } from "./trainer.js"
 */

/** What makes a network, beside its kind. */
const NETWORK = ["width", "depth", "precision"];

/**
 * @param {Lab} lab @param {string} key
 * @returns {string[]} contestants, and methods that have a chip, that differ in the weighting at most: they can go on from where it is
 */
export function matesOf({ config, tables }, key) {
  const network = (/** @type {string} */ k) => {
    const { weighting: _, ...parts } = tables.partsOf(config, k);
    return JSON.stringify([parts, ...NETWORK.map((f) => configOf(config, k)[f])]);
  };
  const all = inOrder([...config.models, ...(config.models.length < MOST ? MODELS : [])]);
  return all.filter((k) => k !== key && network(k) === network(key));
}

export class Interfere {
  /** @param {Lab} lab */
  constructor(lab) {
    this.lab = lab;
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
   * @returns {Promise<Savepoint | null>} the run of "to" that this replaced
   */
  fork(from, to) {
    return this.lab.inTurn(async () => {
      if (!matesOf(this.lab, from).includes(to)) {
        throw new RequestError(`${to} cannot go on from ${from}: their networks differ.`, "models");
      }
      const { lab } = this;
      const { body } = await this.runOf(from).request({ do: "checkpoint" });
      const before = lab.config.models.includes(to) ? await lab.savepoints.aside([to]) : null;
      const playing = lab.playing;
      lab.playing = false; // no step before the fork
      if (!lab.config.models.includes(to)) {
        lab.adopt({ ...lab.config, models: inOrder([to, ...lab.config.models]) }, lab.problem);
        await lab.cast.arrange();
      }
      lab.playing = playing;
      await lab.cast.begin(to, { do: "fork" }, body);
      if (playing) lab.race.go();
      return before;
    });
  }
}
