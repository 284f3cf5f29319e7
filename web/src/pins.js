// What contestants have for themselves, said at the controls: the setting of one
// that differs from that of all, with the way back.

import { byID, labelled, make } from "./dom.js";
import { typed } from "./format.js";
import { BROUGHT, meantOf, ownOf } from "./lineup.js";

/** @import { Config } from "./link.js" */

/** Controls of settings that a contestant may have for itself. */
const CONTROLS = { learningRate: "lr", alpha: "alpha", rule: "rule", width: "width", depth: "depth", batch: "batch",
  precision: "precision", gated: "gated", seed: "seed" };

/** @param {any} v @returns {string} */
const words = (v) => typeof v === "number" ? typed(v) : String(v || "the method’s own");

export class Pins {
  /** @param {(field: string) => void} unpin takes the setting of all again */
  constructor(unpin) {
    this.unpin = unpin;
    /** @type {weigh.Kind[]} each of which brings values along */
    this.weightings = [];
  }

  /** @param {Config} config @param {string} scope whose settings are shown; "" for those of all */
  show(config, scope) {
    const made = [...document.querySelectorAll("#parts [data-field]")].map((e) => String(/** @type {HTMLElement} */ (e).dataset.field));
    for (const [field, id] of [...Object.entries(CONTROLS), ...made.map((name) => [name, name])]) {
      const box = /** @type {HTMLElement} */ (byID(id).closest(".slider, .field"));
      const parts = scope === "" ? this.others(config, field) : this.own(config, field, scope);
      box.classList.toggle("pinned", parts.length > 0 && scope !== "");
      const line = box.querySelector("p.own");
      if (parts.length === 0) line?.remove();
      else if (line) line.replaceChildren(...parts);
      else box.append(make("p", { className: "own" }, ...parts));
    }
  }

  /** @param {Config} config @param {string} field @returns {(Node | string)[]} who has another value */
  others(config, field) {
    const of = (/** @type {string} */ key) => ({ ...meantOf(config, key), ...ownOf(config, key) });
    return config.models.filter((key) => field in of(key) && of(key)[field] !== config[field]).map((key) => {
      const one = make("span", {}, make("b", { textContent: key }), ` ${words(of(key)[field])}`);
      one.dataset.model = key;
      return one;
    });
  }

  /** @param {Config} config @param {string} field @param {string} key @returns {(Node | string)[]} that it is its own */
  own(config, field, key) {
    const own = ownOf(config, key), meant = meantOf(config, key);
    if (!(field in own)) return field in meant ? [make("b", { textContent: key }), " is meant with it"] : [];
    const weighting = BROUGHT.includes(field) ? this.weightings.find((k) => k.name === (own.weighting || own.rule)) : undefined;
    const usual = weighting ?? (field in meant ? meant : undefined);
    const back = usual ? /** @type {any} */ (usual)[field] : config[field] ?? "";
    if (usual && back === own[field]) return [];
    const one = make("span", {}, make("b", { textContent: key }), " alone");
    one.dataset.model = key;
    return [one, labelled(`${usual ? "as usual" : "as all"}: ${words(back)}`, `unpin-${field}`, () => this.unpin(field))];
  }
}
