// The controls of a method's parts, and of the settings that single parts have:
// made from what the engine tells of them.

import { byID, make } from "./dom.js";
import { typed } from "./format.js";
import { ownOf } from "./lineup.js";
import { infoButton } from "./popover.js";
import { PARTS } from "./tables.js";

/**
 * @import { Config } from "./link.js"
 * @import { Tables } from "./tables.js"
 */

export class Parts {
  /**
   * @param {{
   *   choose: (id: string, value: string) => void,
   *   typedIn: (input: HTMLInputElement, field: string) => void,
   *   held: Map<string, symbol>,
   * }} controls takes what is chosen, follows what is typed, and knows what a person has changed and is not yet in force
   */
  constructor(controls) {
    this.controls = controls;
    this.made = ""; // the settings that there are controls of
    this.tables = /** @type {Tables | null} */ (null);
  }

  /** Makes the four choices. @param {Tables} tables */
  fill(tables) {
    this.tables = tables;
    byID("part-choices").replaceChildren(...Object.keys(PARTS).map((part) => {
      const kinds = tables.kinds[part], { title, words } = /** @type {train.Field} */ (tables.fields.find((f) => f.name === part));
      const select = make("select", { id: part }, new Option("the method’s own", ""), ...kinds.map((k) => new Option(k.title, k.name)));
      select.addEventListener("change", () => this.controls.choose(part, select.value));
      const all = kinds.map((k) => `${k.title}: ${k.words}`).join("\n\n");
      return field(part, title, `${words}\n\n${all}`, select);
    }));
  }

  /** @param {Config} config @param {string} scope whose settings are shown; "" for those of all */
  show(config, scope) {
    const { tables } = this;
    if (!tables) return;
    const shown = scope === "" ? config.models : [scope];
    const settings = tables.fields.filter((f) => shown.some((key) => tables.settingsOf(config, key).includes(f)));
    const made = settings.map((f) => f.name).join(" ");
    if (made !== this.made) byID("part-settings").replaceChildren(...settings.map((f) => this.setting(f)));
    this.made = made;
    const all = { ...config, ...ownOf(config, scope) };
    for (const part of Object.keys(PARTS)) this.put(part, all[part] ?? "");
    for (const f of settings) this.put(f.name, all[f.name] ?? f.usual);
  }

  /** @param {string} id @param {any} value */
  put(id, value) {
    if (!this.controls.held.has(id)) byID(id).value = typeof value === "number" && !Number.isInteger(value) ? typed(value) : String(value);
  }

  /** @param {train.Field} f @returns {HTMLElement} */
  setting(f) {
    const input = f.choices ? make("select", { id: f.name }, ...f.choices.map((c) => new Option(c, c)))
      : make("input", { id: f.name, type: "text", inputMode: "decimal" });
    const box = field(f.name, f.title, `${f.words} Usually ${f.usual}.`, input);
    if (f.choices) input.addEventListener("change", () => this.controls.choose(f.name, input.value));
    else this.controls.typedIn(/** @type {HTMLInputElement} */ (input), f.name);
    return box;
  }
}

/** @param {string} id @param {string} title @param {string} words @param {HTMLElement} control @returns {HTMLElement} */
function field(id, title, words, control) {
  const label = make("label", { htmlFor: id, textContent: title });
  const box = make("div", { className: "field" }, make("span", { className: "name" }, label, infoButton(title, words, control)), control);
  box.dataset.field = id;
  return box;
}
