// The settings of the lab: what is asked for is judged by the engine, and then
// acts on the running models or starts them again.

import { BROUGHT, configOf, familyOf, inOrder, lineupOf, meantOf, methodOf, MODELS, named, ownOf, SHARED, tidy } from "./lineup.js";
import { RequestError } from "./trainer.js";
import { isRecord, problemWords, restartWords, sayable } from "./words.js";

/**
 * @import { Lab } from "./lab.js"
 * @import { Config, Problem } from "./link.js"
 * @import { Head } from "./trainer.js"
 */

/** What acts on running models; the rest starts them again. */
const LIVE = ["learningRate", "alpha"];

/** What a change of the problem keeps; the rest becomes the paper's. */
const KEPT = ["seed", "precision", "models"];

/** Milliseconds between two values of a slider that moves: each is a move that a link has to replay. */
const LIVE_EVERY = 300;

export class Settings {
  /** @param {Lab} lab */
  constructor(lab) {
    this.lab = lab;
    /** @type {Map<string, {[field: string]: any}>} the newest slider values, not yet sent, by contestant; "" for all */
    this.pending = new Map();
    this.sent = -LIVE_EVERY; // when slider values were sent last
    this.queued = false; // whether it is their turn soon
    /** @type {Promise<any>} that the newest values act */
    this.moving = Promise.resolve();
    /** @type {Promise<any>} that those act which were sent, or are in the queue */
    this.acting = this.moving;
  }

  /**
   * Completes a Config and names what is wrong with it.
   * @param {{[field: string]: any}} raw @param {string[]} models
   * @returns {Promise<{config: Config, problem: string, problems: Problem[]}>} problem is its name by the engine
   */
  async check(raw, models) {
    const { models: _, own = {}, spec, ...fields } = sayable(raw);
    const first = methodOf({ params: {}, models, own }, models[0]);
    const plain = this.lab.tables.methods.some((m) => m.name === first && !m.settings);
    const method = plain ? first : MODELS[0]; // what is wrong with another is told with its contestant
    const { head } = await this.lab.ask({ do: "check", config: { ...fields, method } });
    const { method: __, ...config } = head.config;
    const entry = this.lab.catalogue.find((p) => p.name === config.preset);
    const defaults = (entry?.parameters ?? []).map((/** @type {any} */ p) => [p.name, p.value]);
    config.params = { ...Object.fromEntries(defaults), ...config.params };
    const problems = [...head.problems];
    if (spec !== undefined) problems.push({ field: "spec", message: "this page has presets only" });
    const whole = { ...config, models, own: {} };
    for (const key of models) problems.push(...await this.checkOwn(whole, key, own[key]));
    return { config: tidy(whole), problem: head.problem, problems };
  }

  /**
   * Completes what a contestant has for itself.
   * @param {Config} config takes it over @param {string} key @param {any} raw
   * @returns {Promise<Problem[]>}
   */
  async checkOwn(config, key, raw) {
    if (!isRecord(raw) || Object.keys(raw).length === 0) return [];
    const own = Object.fromEntries(Object.entries(raw).filter(([f]) => !SHARED.includes(f)));
    const { head } = await this.lab.ask({ do: "check", config: configOf({ ...config, own: { [key]: own } }, key) });
    const { method, ...done } = head.config;
    const wrong = head.problems.map((/** @type {Problem} */ p) => p.field);
    const known = Object.keys(own).filter((f) => f !== "method" && (f in done || !wrong.includes(f)));
    config.own[key] = {
      ...(MODELS.includes(key) ? {} : { method }),
      ...(own.weighting || own.rule ? Object.fromEntries(BROUGHT.map((f) => [f, done[f]])) : {}),
      ...Object.fromEntries(known.map((f) => [f, done[f] ?? own[f]])),
    };
    const shared = Object.keys(raw).filter((f) => SHARED.includes(f))
      .map((field) => ({ field, message: "all contestants share it", of: key }));
    return [...shared, ...head.problems.map((/** @type {Problem} */ p) => ({ ...p, of: key }))];
  }

  /**
   * Has the engine judge the moves of a link.
   * @param {Config} config @param {{[model: string]: string}} moves as in a link
   * @returns {Promise<{script: {[model: string]: Head}, faults: Problem[]}>}
   */
  async readMoves(config, moves) {
    /** @type {{[model: string]: Head}} */
    const script = {};
    const faults = [];
    const names = Object.keys(moves);
    for (const name of names) {
      const of = config.models.filter((m) => name === "" ? !names.includes(m) : m === name);
      for (const key of name === "" ? of.slice(0, 1) : of) {
        const { head } = await this.lab.ask({ do: "check", config: { ...configOf(config, key), moves: moves[name] } });
        faults.push(...head.problems);
        for (const m of of) {
          const { learningRate, alpha } = configOf(config, m);
          script[m] = { learningRate, alpha, moves: head.config.moves ?? "" };
        }
      }
    }
    return { script, faults };
  }

  /**
   * Changes settings of all contestants, or of one; nothing changes if one of
   * them is wrong.
   * @param {{[field: string]: any}} partial a setting of one contestant that is null is that of all again
   * @param {string} key of the one
   */
  async set(partial, key = "") {
    const { lab } = this, old = lab.config;
    const raw = key === "" ? this.changed(partial) : this.changedOf(partial, key);
    const models = inOrder(raw.models);
    const { config, problem, problems } = await lab.check(raw, models);
    if (problems.length > 0) throw new RequestError(problemWords(problems), problems[0].field);
    const fields = Object.keys(config).filter((f) => f !== "models" && f !== "own" && JSON.stringify(config[f]) !== JSON.stringify(old[f]));
    if (fields.some((f) => !LIVE.includes(f))) {
      const before = await lab.savepoints.aside();
      await lab.use(config, problem);
      lab.on.say(restartWords(config, old, fields, lab.preset), before);
      return;
    }
    await this.arrange(config);
    await this.tell(old);
  }

  /**
   * Has other contestants train, the others going on: whose own settings have
   * changed begins anew, unless they act on a running model.
   * @param {Config} config
   */
  async arrange(config) {
    const { lab } = this, old = lab.config;
    const gone = old.models.filter((key) => !config.models.includes(key));
    const anew = config.models.filter((key) => old.models.includes(key) && structure(config, key) !== structure(old, key));
    const before = gone.length + anew.length > 0 ? await lab.savepoints.aside([...gone, ...anew]) : null;
    lab.adopt(config, lab.problem);
    await lab.cast.arrange();
    for (const key of anew) {
      delete lab.cast.script[key];
      await lab.cast.begin(key, { do: "start" });
    }
    if (anew.length > 0 && lab.playing) lab.race.go();
    if (!before) return;
    const names = (/** @type {string[]} */ keys) => keys.map((key) => lab.nameOf(key, old)).join(" and ");
    const words = [
      ...(gone.length > 0 ? [`${names(gone)} ended at iteration ${before.iteration.toLocaleString("en")}.`] : []),
      ...(anew.length > 0 ? [`Restarted: ${anew.map((key) => lab.nameOf(key)).join(" and ")}.`] : []),
    ];
    lab.on.say(words.join(" "), before);
  }

  /** Tells the trainers what has changed and acts on running models. @param {Config} old */
  async tell(old) {
    const { lab } = this;
    await lab.each(async (t) => {
      if (!old.models.includes(t.name) || structure(old, t.name) !== structure(lab.config, t.name)) return; // it has begun anew
      const [was, is] = [old, lab.config].map((c) => configOf(c, t.name));
      const values = LIVE.filter((f) => is[f] !== was[f]).map((f) => [f, is[f]]);
      if (values.length > 0) await t.request({ do: "set", ...Object.fromEntries(values) });
    });
  }

  /** @param {{[field: string]: any}} partial of all @returns {{[field: string]: any}} all settings with it, to be judged */
  changed(partial) {
    if (!isRecord(partial)) throw new RequestError("set takes an object of settings, such as {width: 30}", "config");
    if (partial.params !== undefined && !isRecord(partial.params)) {
      throw new RequestError("params takes an object of numbers, such as {k: 1}", "params");
    }
    const old = this.lab.config;
    if (partial.moves !== undefined) throw new RequestError("moves: they belong into a link or a file of settings", "moves");
    const moved = partial.preset !== undefined && partial.preset !== old.preset;
    const kept = moved ? Object.fromEntries(KEPT.map((f) => [f, old[f]])) : old;
    const { contestants, ...raw } = /** @type {{[field: string]: any}} */ ({ ...kept, ...partial });
    if (partial.rule !== undefined || partial.weighting !== undefined) {
      for (const field of BROUGHT) if (partial[field] === undefined) delete raw[field];
    }
    this.withPrecision(raw, partial);
    if (!moved && partial.params) raw.params = { ...old.params, ...partial.params };
    if (contestants !== undefined) Object.assign(raw, lineupOf(contestants, raw.seed));
    else Object.assign(raw, named(raw.models, old, this.lab.tables.methods.map((m) => m.name)));
    const lineup = /** @type {Config} */ (raw);
    if (partial.seed !== undefined && contestants === undefined && !moved) { // the next seeds follow
      for (const first of old.models.filter((k) => ownOf(old, k).seed === undefined)) {
        familyOf(old, first).slice(1).forEach((k, i) => {
          if (k in raw.own) raw.own = { ...raw.own, [k]: { ...raw.own[k], seed: partial.seed + 1 + i } };
        });
      }
    }
    for (const field of Object.keys(partial)) { // where all are meant with another, it becomes their own
      if (lineup.models.some((k) => !(field in meantOf(lineup, k)))) continue;
      raw.own = Object.fromEntries(lineup.models.map((k) => [k, { ...ownOf(lineup, k), [field]: partial[field] }]));
    }
    return raw;
  }

  /** An optimiser that has but one precision brings it along. @param {{[field: string]: any}} raw @param {{[field: string]: any}} partial what was asked for */
  withPrecision(raw, partial) {
    if (partial.precision === undefined && this.lab.tables.kind("optimiser", partial.optimiser)?.float64) raw.precision = "float64";
  }

  /** @param {{[field: string]: any}} partial @param {string} key @returns {{[field: string]: any}} all settings with it, of all its seeds, to be judged */
  changedOf(partial, key) {
    const old = this.lab.config;
    const all = familyOf(old, key).map((k, i) => {
      const was = { ...ownOf(old, k) };
      if (partial.rule !== undefined || partial.weighting !== undefined) for (const field of BROUGHT) delete was[field];
      this.withPrecision(was, partial);
      const next = i > 0 && "seed" in partial ? { ...partial, seed: (partial.seed ?? old.seed) + i } : partial;
      return [k, Object.fromEntries(Object.entries({ ...was, ...next }).filter(([, v]) => v !== null))];
    });
    return { ...old, own: { ...old.own, ...Object.fromEntries(all) } };
  }

  /**
   * Changes settings while a slider moves: a few times a second, and always to
   * the newest values.
   * @param {{[field: string]: any}} partial @param {string} key of one contestant, if not of all
   * @returns {Promise<void>} that they act
   */
  live(partial, key = "") {
    const waits = this.pending.size > 0;
    this.pending.set(key, { ...this.pending.get(key), ...partial });
    if (waits) return this.moving;
    const rest = Math.max(0, this.sent + LIVE_EVERY - performance.now());
    this.moving = new Promise((resolve) => { setTimeout(resolve, rest); }).then(() => this.flush());
    return this.moving;
  }

  /** Sends slider values that wait, before anything else is done. @returns {Promise<void>} that all sent so far act */
  flush() {
    const { lab } = this;
    if (this.pending.size === 0 || this.queued) return this.acting;
    this.queued = true;
    this.acting = lab.inTurn(async () => {
      const old = lab.config, pending = [...this.pending];
      this.pending.clear();
      this.queued = false;
      this.sent = performance.now();
      // A slider has no wrong values, so nobody needs to be asked first.
      for (const [key, values] of pending) {
        lab.config = key === "" ? { ...lab.config, ...values } : tidy({ ...lab.config, own: { ...lab.config.own, [key]: { ...ownOf(lab.config, key), ...values } } });
      }
      lab.on.config(lab.config, lab.preset);
      await this.tell(old);
    });
    this.acting.catch((error) => lab.on.fault(error.message));
    return this.acting;
  }
}

/** @param {Config} config @param {string} key @returns {string} what of a contestant cannot be changed as it runs */
function structure(config, key) {
  const fields = Object.entries(configOf(config, key)).filter(([f]) => !LIVE.includes(f));
  return JSON.stringify(fields.sort(([a], [b]) => a < b ? -1 : 1));
}
