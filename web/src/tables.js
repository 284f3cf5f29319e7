// What the engine told of its methods and their parts: the page asks here, and
// names none of them itself.

import { typed } from "./format.js";
import { learn, methodOf, ownOf } from "./lineup.js";
import { fieldName } from "./words.js";

/** @import { Config } from "./link.js" */

/** The four parts of a method, and where the engine lists what each can be. */
export const PARTS = /** @type {const} */ ({ network: "networks", weighting: "weightings", optimiser: "optimisers", sampler: "samplers" });

/** The settings that name a method's part where its paper leaves it open. */
const OPEN = /** @type {{[part: string]: string}} */ ({ network: "gated", weighting: "rule" });

/** What differs is said shorter than a setting's name. */
const SHORT = /** @type {{[field: string]: string}} */ ({ learningRate: "η", alpha: "α", precision: "" });

export class Tables {
  /** @param {trainer.offered | null} ready what it told; null before that */
  constructor(ready) {
    this.methods = ready?.methods ?? [];
    learn(this.methods);
    this.fields = ready?.fields ?? [];
    /** @type {{[part: string]: any[]}} */
    this.kinds = Object.fromEntries(Object.entries(PARTS).map(([part, list]) => [part, ready?.[list] ?? []]));
  }

  /** @param {string} part @param {string} name @returns {any} what the engine tells of one */
  kind(part, name) {
    return this.kinds[part].find((k) => k.name === name);
  }

  /** @param {Config} config @param {string} key @returns {{[part: string]: string}} the parts that a contestant has */
  partsOf(config, key) {
    const all = { ...config, ...ownOf(config, key) };
    const row = /** @type {any} */ (this.methods.find((m) => m.name === methodOf(config, key)) ?? {});
    return Object.fromEntries(Object.keys(PARTS).map((part) => [part, all[part] || row[part] || all[OPEN[part]]]));
  }

  /** @param {Config} config @param {string} key @returns {any[]} the settings that its parts alone have */
  settingsOf(config, key) {
    const parts = Object.values(this.partsOf(config, key));
    return this.fields.filter((f) => f.of?.some((name) => parts.includes(name)));
  }

  /**
   * @param {Config} config @param {string} key
   * @returns {string} a contestant's short name: its method, and what it has for itself, such as M4 · width 30
   */
  nameOf(config, key) {
    const own = ownOf(config, key);
    const brought = this.kind("weighting", own.weighting || own.rule); // what a weighting brings along is not said
    const differs = Object.keys(own).filter((f) => f !== "method" && !(brought && ["alpha", "period"].includes(f) && own[f] === brought[f]));
    return [methodOf(config, key), ...differs.map((f) => this.words(f, own[f]))].join(" · ");
  }

  /** @param {string} field @param {any} value @returns {string} such as width 30, or NTK */
  words(field, value) {
    const part = field in PARTS ? field : Object.keys(OPEN).find((p) => OPEN[p] === field);
    if (part) return this.kind(part, value)?.short ?? (value === "" ? `its own ${part}` : value);
    return [SHORT[field] ?? fieldName(field).toLowerCase(), typeof value === "number" ? typed(value) : value].filter(Boolean).join(" ");
  }

  /**
   * How the settings of one run differ from those of another of the same problem.
   * @param {Config} config @param {Config} other @returns {string} such as width 12 instead of 9; "" where they do not
   */
  difference(config, other) {
    if (config.preset !== other.preset) return "";
    const rest = (/** @type {Config} */ { params, models: _, own: __, preset: ___, version: ____, ...settings }) =>
      ({ ...settings, ...Object.fromEntries(Object.entries(params).map(([p, v]) => [`params.${p}`, v])) });
    const [a, b] = /** @type {{[field: string]: any}[]} */ ([config, other].map(rest));
    return Object.keys(a).filter((f) => a[f] !== b[f] && b[f] !== undefined).map((f) => {
      const x = f.startsWith("params.") ? `${f.slice(7)} ${typed(a[f])}` : this.words(f, a[f]);
      return `${x} instead of ${typeof b[f] === "number" ? typed(b[f]) : this.words(f, b[f])}`;
    }).join(", ");
  }
}
