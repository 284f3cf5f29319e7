// The numbers of a lab as one object, as scripts get them.

/**
 * @import { Lab } from "./lab.js"
 * @import { Config } from "./link.js"
 * @import { Head, Trainer } from "./trainer.js"
 */

/** What can be said of a lab. */
export const Report = {
  /** @param {Lab} lab @returns {{config: Config, pace: string, running: boolean, models: any[]}} */
  state(lab) {
    const models = lab.config.models.map((model) => {
      const t = lab.trainers.get(model);
      const s = t?.latest?.state;
      return {
        model,
        iteration: s?.iteration ?? 0,
        iterationsPerSecond: t?.latest?.rate ?? 0,
        workers: lab.crews.size(model),
        learningRate: s?.learningRate ?? lab.config.learningRate,
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
    return structuredClone({ config: lab.config, pace, running, models });
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
