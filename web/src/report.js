// The numbers of a lab as one object, as scripts get them.

import { configOf, methodOf, ownOf } from "./lineup.js";

/**
 * @import { Lab } from "./lab.js"
 * @import { Head, Trainer } from "./trainer.js"
 */

/** What can be said of a lab. */
export const Report = {
  /** @param {Lab} lab @returns {{[field: string]: any}} the settings, and what each contestant has for itself */
  config(lab) {
    const { own: _, ...config } = lab.config;
    const contestants = config.models.map((key) => ({ key, name: lab.nameOf(key), method: methodOf(lab.config, key), ...ownOf(lab.config, key) }));
    return structuredClone({ ...config, contestants });
  },

  /** @param {Lab} lab @returns {{config: {[field: string]: any}, pace: string, running: boolean, models: any[]}} */
  state(lab) {
    const models = lab.config.models.map((key) => {
      const t = lab.trainers.get(key);
      const s = t?.latest?.state;
      return {
        model: lab.nameOf(key),
        key,
        iteration: s?.iteration ?? 0,
        iterationsPerSecond: t?.latest?.rate ?? 0,
        workers: lab.crews.size(key),
        learningRate: s ? s.learningRate : configOf(lab.config, key).learningRate, // null where there is none
        losses: s?.losses ?? {},
        lambdas: s?.lambdas ?? {},
        lambdaHats: s?.lambdaHats ?? {},
        estimates: s?.estimates ?? {},
        gradients: s?.gradients ?? {},
        frozen: s?.frozen ?? false,
        relL2: s?.relL2 ?? null,
        ...(s?.omitted ? { omitted: s.omitted, omittedAt: s.omittedAt } : {}),
        errorBands: s?.errorBands ?? [],
        ...(s?.authorsError === undefined ? {} : { authorsError: s.authorsError }),
        verdict: verdictOf(t?.latest),
        status: Report.status(lab, t),
      };
    });
    const running = Report.running(lab);
    const pace = lab.race.inStep ? "step" : "free";
    return structuredClone({ config: Report.config(lab), pace, running, models });
  },

  /** @param {Lab} lab @returns {boolean} */
  running(lab) {
    return lab.config.models.some((m) => Report.status(lab, lab.trainers.get(m)) === "running");
  },

  /** @param {Lab} lab @param {Trainer | undefined} t @returns {string} */
  status(lab, t) {
    if (!t?.latest) return t && !t.alive ? "stopped" : "starting";
    if (!t.alive) return "stopped";
    if (t.latest.halt) return "diverged";
    if (t.latest.running || lab.race.on) return "running";
    return t.latest.state.iteration === 0 ? "ready" : "paused";
  },
};

/** @param {Head | null | undefined} head of a state @returns {any} its verdict, or null */
export const verdictOf = (head) => head?.verdict ?? head?.state.verdict ?? null;
