// Reading aids: what is going on with each model, in a line, and the rule's
// formula with the numbers of the moment.

import { byID, make, put } from "./dom.js";
import { brief } from "./format.js";
import { INFO } from "./info.js";
import { infoButton } from "./popover.js";
import { verdictOf } from "./report.js";

/** @import { Head } from "./trainer.js" */

export class Reading {
  constructor() {
    this.box = byID("verdicts");
    /** @type {Map<string, {line: HTMLElement, words: HTMLElement, figures: HTMLElement}>} */
    this.lines = new Map();
    /** @type {Map<string, HTMLElement>} by model and group */
    this.estimates = new Map();
    this.layout = ""; // of the estimates
  }

  /**
   * Makes a line for each contestant, its experiments' button at the start.
   * @param {{[key: string]: string}} names @param {(key: string) => HTMLElement} button
   */
  layOut(names, button) {
    const models = Object.keys(names);
    this.lines.clear();
    this.box.dataset.count = String(models.length);
    this.box.replaceChildren(...models.map((model) => {
      const words = make("span", { className: "words" }), figures = make("span", { className: "figures" });
      const name = names[model] === model ? [] : [make("span", { className: "name", textContent: names[model] })];
      const line = make("p", { className: "verdict" }, button(model), ...name, words, figures);
      line.dataset.model = model;
      this.lines.set(model, { line, words, figures });
      return line;
    }));
  }

  /**
   * @param {string} model @param {Head} head of its state, of now or of a moment of the past
   * @param {boolean} past
   */
  show(model, head, past = false) {
    this.showEstimates(model, head.state, past);
    const parts = this.lines.get(model);
    const verdict = verdictOf(head);
    if (!parts) return;
    const at = past ? `at iteration ${head.state.iteration}` : "";
    put(parts.words, verdict?.words ?? "");
    put(parts.figures, [at, verdict?.numbers].filter(Boolean).join(" · "));
    parts.line.dataset.kind = verdict?.kind ?? "";
    parts.line.classList.toggle("past", past);
  }

  /**
   * Makes a line for each model that anneals and each of its weights.
   * @param {string[]} annealing @param {string[]} groups those with a weight
   */
  layOutEstimates(annealing, groups) {
    const layout = JSON.stringify([annealing, groups]);
    if (layout === this.layout) return; // as with every move of a slider
    this.layout = layout;
    this.estimates.clear();
    const rows = annealing.flatMap((model) => groups.map((group) => {
      const numbers = make("span", { textContent: "–" });
      const row = make("p", { className: "estimate" }, make("b", { textContent: model }), make("span", { textContent: group }), numbers);
      row.dataset.model = model;
      this.estimates.set(`${model} ${group}`, numbers);
      return row;
    }));
    if (rows.length > 0) rows[0].lastElementChild?.before(infoButton("the estimate of λ", INFO.estimate));
    byID("estimates").replaceChildren(...rows);
  }

  /** @param {string} model @param {any} state @param {boolean} past */
  showEstimates(model, state, past) {
    for (const [group, lambda] of Object.entries(state.lambdas ?? {})) {
      const line = this.estimates.get(`${model} ${group}`);
      if (!line) continue;
      put(line, this.words(state, group, /** @type {number} */ (lambda)) + (past ? ` at iteration ${state.iteration}` : ""));
      line.classList.toggle("past", past);
    }
  }

  /** As the engine made the estimate. @param {any} state @param {string} group @param {number} lambda @returns {string} */
  words(state, group, lambda) {
    const now = `λ = ${brief(lambda)}${state.frozen ? ", frozen" : ""}`;
    const hat = state.lambdaHats?.[group], { top, bottom } = state.estimates?.[group] ?? {};
    if (typeof hat !== "number") return now;
    const parts = typeof top === "number" && typeof bottom === "number" ? `${brief(top)} / ${brief(bottom)} = ` : "";
    return `λ̂ = ${parts}${brief(hat)}, ${now}`;
  }
}
