// The problem, typeset: its equations near the title, and all of it in a panel
// that stays open while its parameters are changed. The engine writes the
// MathML.

import { make } from "./dom.js";
import { place, tie } from "./popover.js";

/** @import { Config } from "./link.js" */

/**
 * @typedef {{label?: string, mathml?: string, text?: string, note?: string}} SheetLine
 * @typedef {{equations: SheetLine[], sections: {title: string, lines: SheetLine[]}[]}} Sheet
 */

export class ProblemView {
  /**
   * @param {HTMLElement} box to fill
   * @param {(config: Config) => Promise<Sheet>} describe asks the engine
   */
  constructor(box, describe) {
    this.describe = describe;
    /** @type {Config | null} */
    this.config = null;
    /** @type {any} the catalogue's entry */
    this.preset = null;
    this.title = make("b", { id: "title" });
    this.equation = make("span", { id: "equation" });
    this.button = make("button", { type: "button", id: "problem-open", title: "Domain, conditions, solution and loss" },
      this.title, this.equation, make("span", { className: "more", textContent: "Whole problem" }));
    this.panel = make("div", { id: "problem-sheet", popover: "manual" });
    this.panel.setAttribute("role", "dialog");
    this.panel.setAttribute("aria-label", "The problem");
    tie(this.panel, this.button, () => this.fill());
    box.replaceChildren(this.button, this.panel);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.open) this.close();
    });
    addEventListener("resize", () => this.open && place(this.panel, this.button));
  }

  get open() { return this.panel.matches(":popover-open"); }

  close() {
    this.panel.hidePopover();
    this.button.focus();
  }

  /** Shows the problem of a Config. @param {Config} config @param {any} preset */
  show(config, preset) {
    const other = preset !== this.preset;
    const moved = other || JSON.stringify([config.params, config.batch]) !==
      JSON.stringify([this.config?.params, this.config?.batch]);
    this.config = config;
    this.preset = preset;
    if (other) {
      this.title.textContent = preset.title;
      this.equation.innerHTML = preset.sheet.equations.map((/** @type {SheetLine} */ l) => l.mathml).join("");
      this.write(preset.sheet); // until the engine has told about these parameters
    }
    if (moved && this.open) this.fill();
  }

  /** Asks the engine for the sheet and shows it, unless another is wanted by then. */
  async fill() {
    const { config, preset } = this;
    if (!config) return;
    try {
      const sheet = await this.describe(config);
      if (this.config === config && this.preset === preset) this.write(sheet);
    } catch {
      // The sheet of the catalogue stays; whatever is wrong is said elsewhere.
    }
  }

  /** @param {Sheet} sheet */
  write(sheet) {
    const at = this.panel.scrollTop;
    const close = make("button", { type: "button", className: "quiet", textContent: "✕", onclick: () => this.close() });
    close.setAttribute("aria-label", "Close the problem");
    const sources = this.preset.sources ?? [];
    const had = this.panel.contains(document.activeElement);
    this.panel.replaceChildren(
      make("div", { className: "row" }, make("h2", { textContent: this.preset.title }), close),
      make("p", { textContent: this.preset.description ?? "" }),
      ...sheet.sections.map(section),
      ...(sources.length ? [make("section", {}, make("h3", { textContent: "From" }),
        ...sources.map((/** @type {string} */ s) => make("p", { textContent: s })))] : []));
    this.panel.scrollTop = at;
    if (had) close.focus();
  }
}

/** @param {{title: string, lines: SheetLine[]}} part @returns {HTMLElement} */
function section({ title, lines }) {
  const list = make("ul", {}, ...lines.map((l) => {
    const item = make("li", {});
    if (l.label) item.append(make("code", { textContent: l.label }));
    if (l.mathml) {
      const formula = make("span", { className: "math" });
      formula.innerHTML = l.mathml; // made by the engine: names are letters, digits and _
      item.append(formula);
    }
    if (l.note) item.append(make("small", { textContent: l.note }));
    return item;
  }));
  const labelled = lines.some((l) => l.label);
  return make("section", { className: labelled ? "labelled" : "" }, make("h3", { textContent: title }), list);
}
