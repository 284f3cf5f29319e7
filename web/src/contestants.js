// The line-up on the page: the contestants beside those of the chips, a way to
// add one, and whose settings are shown.

import { byID, labelled, make } from "./dom.js";
import { coloursOf, familyOf, freeLetter, methodOf, MODELS, MOST, seedsOf } from "./lineup.js";
import { closePanels, tie } from "./popover.js";

/**
 * @import { Config } from "./link.js"
 * @import { Tables } from "./tables.js"
 */

export class Contestants {
  /**
   * @param {{
   *   add: (key: string, own: {[field: string]: any}) => Promise<any>,
   *   remove: (key: string) => void,
   *   seeds: (key: string, n: number) => Promise<any>,
   *   scope: (key: string) => void,
   *   tables: () => Tables,
   * }} page what a person asks for, and what the engine has
   */
  constructor(page) {
    this.page = page;
    /** @type {Config | null} */
    this.config = null;
    this.scope = ""; // whose settings are shown; "" for those of all
    tie(byID("add-panel"), byID("add"), () => this.fill());
    byID("seeds").addEventListener("change", () => page.seeds(this.scope, Number(byID("seeds").value))
      .catch(() => { if (this.config) this.show(this.config, this.scope); }));
    byID("scope").addEventListener("change", () => page.scope(byID("scope").value));
  }

  /** @param {Config} config @param {string} scope */
  show(config, scope) {
    this.config = config;
    this.scope = scope;
    for (const [key, place] of Object.entries(coloursOf(config))) {
      document.documentElement.style.setProperty(`--${key}`, `var(--M${place + 1})`);
    }
    const seeds = seedsOf(config);
    const firsts = config.models.filter((key) => !(key in seeds));
    byID("others").replaceChildren(...firsts.filter((key) => !MODELS.includes(key)).map((key) => this.item(config, key)));
    byID("add").disabled = freeLetter(config) === "";
    byID("add").title = byID("add").disabled ? `At most ${MOST} train side by side` : "Another contestant on the same problem";
    const names = firsts.map((key) => new Option(MODELS.includes(key) ? this.page.tables().nameOf(config, key) : `${key}: ${this.page.tables().nameOf(config, key)}`, key));
    byID("scope").replaceChildren(new Option("all", ""), ...names);
    byID("scope").value = scope;
    byID("scope-field").hidden = firsts.length < 2;
    const counts = (scope === "" ? firsts : [scope]).map((key) => familyOf(config, key).length);
    byID("seeds").value = counts.every((n) => n === counts[0]) ? String(counts[0]) : "";
  }

  /** @param {Config} config @param {string} key @returns {HTMLElement} */
  item(config, key) {
    const count = familyOf(config, key).length;
    const name = this.page.tables().nameOf(config, key) + (count > 1 ? ` × ${count} seeds` : "");
    const choose = make("button", { type: "button", className: "who", title: `Settings of ${key}` },
      make("b", { textContent: key }), ` ${name}`);
    choose.addEventListener("click", () => this.page.scope(key));
    const remove = labelled("✕", `remove-${key}`, () => this.page.remove(key));
    remove.setAttribute("aria-label", `Take ${key}, ${name}, away`);
    remove.disabled = config.models.length === 1;
    const item = make("div", { className: "other" }, choose, remove);
    item.dataset.model = key;
    item.classList.toggle("chosen", key === this.scope);
    return item;
  }

  /** What a contestant can be: its method first. */
  fill() {
    const methods = this.page.tables().methods;
    const method = make("select", { id: "add-method" }, ...methods.map((m) => new Option(`${m.name}, ${m.words}`, m.name)));
    const last = this.config?.models.at(-1);
    if (this.config && last) method.value = methodOf(this.config, last);
    const add = labelled("Add", "add-go", () => {
      const key = this.config ? freeLetter(this.config) : "";
      closePanels();
      this.page.add(key, { method: method.value }).then(() => this.page.scope(key)).catch(() => {});
    });
    add.className = "primary";
    byID("add-panel").replaceChildren(
      make("h2", { textContent: "Another contestant" }),
      make("div", { className: "row" }, make("label", { htmlFor: "add-method", textContent: "Method" }), method),
      make("p", { className: "note", textContent: "It trains beside the others, on the same problem. The settings below are then its own: what you change there differs from the rest." }),
      make("div", { className: "row" }, add));
  }
}
