// The panels in which a person interferes with a model, and goes back to a
// point that was kept.

import { byID, labelled, make, put } from "./dom.js";
import { isGhost } from "./ghosts.js";
import { INFO } from "./info.js";
import { matesOf } from "./interfere.js";
import { pointTitle } from "./keep.js";
import { Link } from "./link.js";
import { MOST_SAVEPOINTS } from "./savepoints.js";
import { closePanels, infoButton, placeAside, tie } from "./popover.js";
import { verdictOf } from "./report.js";

/**
 * @import { Lab } from "./lab.js"
 * @import { Savepoint } from "./savepoints.js"
 */

export class Experiments {
  /**
   * @param {Lab} lab @param {(promise: Promise<any>) => Promise<any>} act does it and says what fails
   * @param {{
   *   say: (words: string, kind?: "info" | "error", actions?: [string, () => void][]) => void,
   *   undo: (before: Savepoint | null) => [string, () => void][],
   *   bring: (point: Savepoint) => void,
   *   ghost: (id: string, on: boolean) => void,
   *   trouble: () => string,
   * }} page says something; offers the way back to what was replaced; brings back a point; shows its curves; says why nothing is kept
   */
  constructor(lab, act, page) {
    this.lab = lab;
    this.act = act;
    this.page = page;
    /** @type {HTMLElement[]} */
    this.panels = [];
    tie(byID("kept-list"), byID("kept"), () => this.fillKept());
    byID("keep").addEventListener("click", () => this.keep());
    this.showKept();
  }

  /** Forgets the panels of models that were. */
  clear() {
    for (const panel of this.panels) panel.remove();
    this.panels = [];
  }

  /** @param {string} model @returns {HTMLElement} the button that opens its panel */
  button(model) {
    const button = make("button", {
      type: "button", className: "model menu", textContent: model, id: `experiments-${model}`,
    });
    button.setAttribute("aria-label", `${model}: experiments`);
    const panel = make("div", { id: `panel-${model}`, className: "menu-panel" });
    panel.popover = "auto";
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", `Experiments with ${this.lab.nameOf(model)}`);
    panel.dataset.model = model;
    document.body.append(panel);
    this.panels.push(panel);
    tie(panel, button, () => this.fill(panel, model), placeAside);
    return button;
  }

  /** @param {HTMLElement} panel @param {string} model */
  fill(panel, model) {
    const state = this.lab.trainers.get(model)?.latest?.state;
    panel.replaceChildren(make("h2", { className: "at" }), make("p", { className: "words" }),
      this.freezing(model, state), this.weights(model, state), this.forking(model));
    this.write(panel, model);
  }

  /** The numbers of an open panel go with the run. @param {string} model */
  refresh(model) {
    const panel = this.panels.find((p) => p.dataset.model === model);
    if (panel?.matches(":popover-open")) this.write(panel, model);
  }

  /** @param {HTMLElement} panel @param {string} model */
  write(panel, model) {
    const head = this.lab.trainers.get(model)?.latest;
    const verdict = verdictOf(head);
    const name = [...new Set([model, this.lab.nameOf(model)])].join(", ");
    put(/** @type {HTMLElement} */ (panel.querySelector(".at")), `${name}, iteration ${head?.state.iteration ?? 0}`);
    put(/** @type {HTMLElement} */ (panel.querySelector(".words")), verdict ? `${verdict.words} ${verdict.numbers ?? ""}` : "");
    for (const [group, value] of Object.entries(head?.state.lambdas ?? {})) {
      const input = byID(`lambda-${model}-${group}`);
      // What a person is writing stays.
      if (input && input !== document.activeElement && !input.dataset.typed) input.value = weight(value);
    }
    const frozen = byID(`freeze-${model}`);
    if (frozen && frozen !== document.activeElement) frozen.checked = head?.state.frozen === true;
  }

  /** @param {string} model @param {any} state @returns {HTMLElement} */
  freezing(model, state) {
    const box = make("input", { type: "checkbox", id: `freeze-${model}`, checked: state?.frozen === true });
    box.addEventListener("change", () => {
      this.act(this.lab.interfere.freeze(model, box.checked)).catch(() => { box.checked = !box.checked; });
    });
    const label = make("label", { className: "toggle" }, box, make("span", { textContent: "Freeze λ" }));
    return make("div", { className: "row" }, label, infoButton("freezing λ", INFO.freeze, box));
  }

  /** @param {string} model @param {any} state @returns {HTMLElement} */
  weights(model, state) {
    const rows = Object.entries(state?.lambdas ?? {}).map(([group, value], i) => {
      const id = `lambda-${model}-${group}`;
      const input = make("input", { type: "text", inputMode: "decimal", id, value: weight(value) });
      input.addEventListener("input", () => { input.dataset.typed = "yes"; });
      const name = make("span", { className: "name" }, make("label", { htmlFor: id, textContent: `λ ${group}` }));
      if (i === 0) name.append(infoButton("weights by hand", INFO.lambda));
      const set = make("button", { type: "submit", textContent: "Set" });
      const form = make("form", { className: "row" }, name, input, set);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        delete input.dataset.typed;
        this.act(this.lab.interfere.setLambda(model, { [group]: Link.value(input.value) })).then(() => {
          byID(`freeze-${model}`).checked = true;
          this.page.say(`λ ${group} of ${model} is ${input.value} from the next iteration on, and frozen.`);
        }).catch(() => {});
      });
      return form;
    });
    return make("div", {}, ...rows);
  }

  /** @param {string} model @returns {HTMLElement} */
  forking(model) {
    const mates = matesOf(this.lab, model);
    const buttons = mates.map((mate, i) => labelled(`Go on from here as ${mate}`, i === 0 ? `fork-${model}` : `fork-${model}-${mate}`, () => {
      closePanels();
      this.act(this.lab.interfere.fork(model, mate)).then((before) =>
        this.page.say(`${mate} goes on from ${model}’s point, with its own rule.`, "info", this.page.undo(before))).catch(() => {});
    }));
    if (buttons.length === 0) return make("div", {});
    return make("div", { className: "row" }, ...buttons, infoButton("going on as another model", INFO.fork, buttons[0]));
  }

  keep() {
    return this.act(this.lab.savepoints.keep()).then(() => {
      const point = this.lab.savepoints.kept.at(-1);
      this.page.say(`Kept iteration ${point?.iteration}. Back returns to it.`);
    }).catch(() => {});
  }

  /** Whether there is anything to go back to. */
  showKept() {
    const { kept, earlier, left } = this.lab.savepoints;
    byID("kept").disabled = kept.length + earlier.length + left.length === 0;
    if (byID("kept-list").matches(":popover-open")) this.fillKept();
  }

  fillKept() {
    const trouble = this.page.trouble();
    const { savepoints } = this.lab, { kept, earlier, left } = savepoints;
    const part = (/** @type {string} */ title, /** @type {Savepoint[]} */ points, /** @type {string} */ words) =>
      points.length === 0 ? [] : [make("h2", { textContent: title }), ...points.toReversed().map((p) => this.item(p)),
        ...(words === "" ? [] : [make("p", { className: "note", textContent: words })])];
    byID("kept-list").replaceChildren(
      ...part("Back to a kept point", kept, kept.length < MOST_SAVEPOINTS.kept ? "" : `The newest ${kept.length} are kept.`),
      ...part("Runs that were replaced", earlier, `The newest ${MOST_SAVEPOINTS.earlier} are kept, as long as they are not too large.`),
      ...(earlier.length < 2 ? [] : [labelled("Throw all of these away", "discard-all", () => savepoints.discard(earlier.map((p) => p.id)))]),
      ...part("Runs of closed pages", left, "For two weeks."),
      ...(trouble === "" ? [] : [make("p", { className: "note", textContent: trouble })]));
  }

  /** @param {Savepoint} point @returns {HTMLElement} the button that brings it back; beside it what else can be done with it */
  item(point) {
    const today = point.time.toDateString() === new Date().toDateString();
    const when = point.time.toLocaleString([], today ? { timeStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" });
    const differs = this.lab.tables.difference(point.config, this.lab.config);
    const button = make("button", { type: "button", className: "item" },
      make("b", { textContent: `${point.number ? `#${point.number}: i` : "I"}teration ${point.iteration.toLocaleString("en")}` }),
      make("span", { textContent: `${pointTitle(point, this.lab)} · ${when}` }),
      ...(differs === "" ? [] : [make("span", { className: "differs", textContent: differs })]));
    button.addEventListener("click", () => {
      closePanels();
      this.page.bring(point);
    });
    if (!this.lab.savepoints.list().includes(point)) return button;
    const ghost = make("input", { type: "checkbox", checked: isGhost(point) });
    ghost.addEventListener("change", () => this.page.ghost(point.id, ghost.checked));
    const discard = make("button", { type: "button", textContent: "✕" });
    discard.setAttribute("aria-label", `Throw #${point.number} away`);
    discard.addEventListener("click", () => this.lab.savepoints.discard([point.id]));
    return make("div", { className: "point" }, button, make("label", { title: "Show its curves beside those of now" }, ghost, "curves"), discard);
  }
}

/** @param {any} lambda @returns {string} to be read and typed over */
const weight = (lambda) => String(Number(Number(lambda).toPrecision(4)));
