// The controls of the settings: they show a Config and say what a person
// changes. They judge nothing. What is refused stays where it was typed, with the
// reason beside it, until it is right or something else comes into force.

import { byID } from "./dom.js";
import { Faults } from "./faults.js";
import { typed } from "./format.js";
import { familyOf, meantOf, MODELS, ownOf, SHARED } from "./lineup.js";
import { Link } from "./link.js";
import { paramSlider, tick } from "./param-slider.js";
import { Parts } from "./parts.js";
import { Pins } from "./pins.js";
import { Tables } from "./tables.js";
import { fieldName } from "./words.js";

/**
 * @import { Config } from "./link.js"
 */

/** What α does, in MathML and words. */
const AVERAGE = "<math><mrow><msub><mi>λ</mi><mi>i</mi></msub><mo>←</mo><mo>(</mo><mn>1</mn><mo>−</mo><mi>α</mi><mo>)</mo>" +
  "<msub><mi>λ</mi><mi>i</mi></msub><mo>+</mo><mi>α</mi><msub><mover><mi>λ</mi><mo stretchy='false'>^</mo></mover><mi>i</mi></msub></mrow></math>" +
  "<br>α is the weight of the new estimate. M1 and M3 keep λ = 1.";

/** What a rule makes of the gradients; L_r is the residual's loss. @param {weigh.Kind | undefined} rule @returns {string} */
function formulaOf(rule) {
  if (!rule) return "";
  if (rule.still) return rule.words;
  return `<math><mrow>${rule.formula}</mrow></math><br>${AVERAGE}<br>${rule.words}`;
}

export class Controls {
  /**
   * @param {(partial: {[field: string]: any}) => Promise<any>} change a person changed a setting
   * @param {(partial: {[field: string]: any}) => Promise<any>} live the same, while a slider moves
   * @param {(words: string) => void} hint says what a value that is not taken yet waits for
   */
  constructor(change, live, hint) {
    this.change = change;
    this.hint = hint;
    /**
     * What a person has changed and is not yet in force, by control. An older
     * Config that comes into force meanwhile must not undo it.
     * @type {Map<string, symbol>}
     */
    this.held = new Map();
    /** @type {Map<string, any>} what was in force when an entry was refused, by control */
    this.refused = new Map();
    /** @type {any} the preset's catalogue entry */
    this.preset = null;
    /** @type {weigh.Kind[]} the table of weightings */
    this.rules = [];
    this.tables = new Tables(null);
    this.rule = ""; // whose formula is shown
    /** @type {Config | null} the settings that are shown */
    this.config = null;
    /** @type {Config | null} those of all */
    this.shared = null;
    this.scope = ""; // the contestant whose settings are shown; "" for those of all
    this.pins = new Pins((field) => change({ [field]: null }));
    this.parts = new Parts({
      // The method's own part, and no pin, where the one of all is that already.
      choose: (id, value) => this.ask(id, change({ [id]: value === "" && this.scope !== "" && !this.shared?.[id] ? null : value })),
      typedIn: (input, field) => this.typedIn(input, field),
      held: this.held,
    });

    byID("controls").addEventListener("submit", (/** @type {Event} */ e) => e.preventDefault());
    byID("controls").addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
      const { id } = /** @type {HTMLElement} */ (e.target);
      if (e.key !== "Escape" || !this.refused.has(id)) return;
      this.held.delete(id);
      this.accept(id);
      this.showAgain();
    });
    for (const id of ["preset", "rule", "precision", "gated"]) {
      byID(id).addEventListener("change", () => this.ask(id, change({ [id]: byID(id).value })));
    }
    for (const id of ["width", "depth", "batch", "seed"]) this.typedIn(byID(id), id);
    this.typedIn(byID("lr-value"), "learningRate");
    this.typedIn(byID("alpha-value"), "alpha");
    const exponent = () => Number((10 ** Number(byID("lr").value)).toPrecision(3));
    this.slides("lr", "learningRate", exponent, live);
    this.slides("alpha", "alpha", () => Number(byID("alpha").value), live);
    for (const m of MODELS) {
      byID(`model-${m}`).addEventListener("change", () => this.changeModels());
    }
    for (const button of document.querySelectorAll("button.default")) {
      const field = String(/** @type {HTMLElement} */ (button).dataset.default);
      button.addEventListener("click", () => change({ [field]: this.preset.settings[field] }));
    }
  }

  /**
   * Leaves a control as the person left it until what was asked for is done or
   * refused; an entry in error is marked.
   * @param {string} id @param {Promise<any>} asked @param {string} field that is typed into; none for others
   */
  ask(id, asked, field = "") {
    const hold = Symbol();
    this.held.set(id, hold);
    const settled = () => {
      if (this.held.get(id) !== hold) return; // the person has gone on
      this.held.delete(id);
      this.accept(id);
      this.showAgain();
    };
    asked.then(settled, (error) => {
      if (field === "" || error.field !== field || this.held.get(id) !== hold) return settled();
      const was = this.inForce(field);
      this.refused.set(id, { field, was });
      const words = error.message.replace(`${this.scope}, `, "").replace(`${fieldName(field)}: `, "");
      Faults.mark(id, `${words}. It stays ${typeof was === "number" ? typed(was) : was}.`);
    });
  }

  showAgain() {
    if (this.shared) this.show(this.shared, this.preset);
  }

  /** Shows the settings of one contestant, or of all. @param {string} key */
  choose(key) {
    this.scope = key;
    this.held.clear();
    for (const id of this.refused.keys()) this.accept(id);
    this.showAgain();
  }

  /** @param {{[field: string]: any}} partial @returns {string} whose setting it changes: the problem is that of all */
  scopeOf(partial) {
    return Object.keys(partial).some((f) => SHARED.includes(f)) ? "" : this.scope;
  }

  /** @param {string} field such as width or params.k @returns {any} its value in force */
  inForce(field) {
    const [name, param] = field.split(".");
    return param === undefined ? this.config?.[name] : this.config?.params[param];
  }

  /** Forgets that a control was refused. @param {string} id */
  accept(id) {
    this.refused.delete(id);
    Faults.clear(id);
  }

  /** Lets go of refused entries whose setting has come to another value since. */
  settleRefused() {
    for (const [id, { field, was }] of this.refused) {
      if (this.inForce(field) === was) continue;
      this.held.delete(id);
      this.accept(id);
    }
  }

  /** Takes a field that is typed into when it is left. @param {HTMLInputElement} input @param {string} field */
  typedIn(input, field) {
    const { id } = input, typing = Symbol();
    input.addEventListener("input", () => this.held.set(id, typing));
    input.addEventListener("blur", () => {
      if (this.held.get(id) === typing && !this.refused.has(id)) this.held.delete(id); // typed, and typed back
    });
    const take = () => this.ask(id, this.change({ [field]: entry(id) }), field);
    if (input.type === "number") this.meant(input, take);
    else input.addEventListener("change", take);
  }

  /**
   * Takes a value that starts the models again once it is meant: typed, or let
   * go of by the pointer. Arrow keys and a field's own arrows pass through many
   * values; theirs is taken at Enter or when the control is left.
   * @param {HTMLInputElement} input @param {() => void} take
   */
  meant(input, take) {
    let passing = false;
    const settled = () => {
      if (!passing) return;
      passing = false;
      take();
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") settled();
      else if (/^(Arrow|Page|Home|End)/.test(event.key)) passing = true;
    });
    input.addEventListener("pointerdown", () => { passing = input.type === "number"; });
    input.addEventListener("change", () => {
      if (!passing) return take();
      const { value } = input;
      setTimeout(() => { // unless it is being left
        if (passing && input.value === value) this.hint(`Press Enter, or leave the field, to start again with ${value}.`);
      });
    });
    input.addEventListener("blur", settled);
  }

  /**
   * Takes a slider while it moves, its typed entry with it.
   * @param {string} id @param {string} field @param {() => number} value
   * @param {(partial: {[field: string]: any}) => Promise<any>} live
   */
  slides(id, field, value, live) {
    byID(id).addEventListener("input", () => {
      byID(`${id}-value`).value = typed(value());
      const asked = live({ [field]: value() });
      this.ask(id, asked);
      this.ask(`${id}-value`, asked);
    });
  }

  changeModels() {
    const models = this.shared?.models ?? [];
    const gone = models.filter((m) => MODELS.includes(m) && !byID(`model-${m}`).checked)
      .flatMap((m) => this.shared && familyOf(this.shared, m)[0] === m ? familyOf(this.shared, m) : [m]); // with its other seeds
    const checked = MODELS.filter((m) => byID(`model-${m}`).checked);
    this.ask("models", this.change({ models: [...checked, ...models.filter((m) => !MODELS.includes(m))].filter((m) => !gone.includes(m)) }));
  }

  /**
   * Fills in what the trainer knows, once.
   * @param {any[]} catalogue
   * @param {{[field: string]: [number, number]}} limits
   * @param {Tables} tables
   */
  fill(catalogue, limits, tables) {
    this.tables = tables;
    this.rules = tables.kinds.weighting;
    this.pins.weightings = this.rules;
    this.parts.fill(tables);
    byID("rule").replaceChildren(...this.rules.map((r) => new Option(r.title, r.name)));
    byID("preset").replaceChildren(...catalogue.map((p) => new Option(p.title, p.name)));
    for (const id of ["width", "depth", "batch"]) {
      if (limits[id]) [byID(id).min, byID(id).max] = limits[id].map(String);
    }
  }

  /**
   * Shows config, of the problem preset.
   * @param {Config} config
   * @param {any} preset
   */
  show(config, preset) {
    if (!config.models.includes(this.scope)) this.scope = "";
    const shared = this.shared = config;
    this.parts.show(config, this.scope);
    this.pins.show(config, this.scope);
    config = { ...config, ...meantOf(config, this.scope), ...ownOf(config, this.scope) };
    this.config = config;
    this.settleRefused();
    if (preset !== this.preset) {
      this.preset = preset;
      for (const id of this.held.keys()) { // sliders that are no more
        if (!id.startsWith("param-")) continue;
        this.held.delete(id);
        this.refused.delete(id);
      }
      this.layOutParams();
      this.markDefaults();
      byID("description").textContent = preset.description ?? "";
    }
    for (const id of ["preset", "rule", "precision", "gated", "width", "depth", "batch", "seed"]) {
      if (!this.held.has(id)) byID(id).value = String(config[id]);
    }
    for (const m of this.held.has("models") ? [] : MODELS) byID(`model-${m}`).checked = config.models.includes(m);
    this.showSlider("lr", Math.log10(config.learningRate), config.learningRate);
    this.showSlider("alpha", config.alpha, config.alpha);
    for (const p of preset.parameters ?? []) {
      this.showSlider(`param-${p.name}`, config.params[p.name], config.params[p.name]);
    }
    const weighting = this.scope === "" ? config.weighting || config.rule : this.tables.partsOf(shared, this.scope).weighting;
    const rule = `${weighting} of ${config.preset}`;
    if (this.rule !== rule) this.explain(weighting);
    this.rule = rule;
    byID("rule").disabled = Boolean(config.weighting); // another is chosen in its place
    byID("alpha").disabled = byID("alpha-value").disabled = this.rules.find((r) => r.name === weighting)?.still === true;
    this.showRate(shared);
    this.fadeDefaults();
  }

  /** The learning rate acts where an optimiser has one. @param {Config} config */
  showRate(config) {
    const who = this.scope === "" ? config.models : [this.scope];
    const optimisers = who.map((k) => this.tables.kind("optimiser", this.tables.partsOf(config, k).optimiser));
    const none = optimisers.every((o) => o?.rateless);
    byID("lr").disabled = byID("lr-value").disabled = none;
    byID("lr-none").hidden = !none;
    byID("lr-none").textContent = none ? `${optimisers[0].short} has no learning rate.` : "";
  }

  /** Says what a rule does, and which α it is. @param {string} name */
  explain(name) {
    const rule = this.rules.find((r) => r.name === name);
    byID("formula").innerHTML = formulaOf(rule);
    if (rule && !rule.still && this.preset.symbols.alpha) byID("formula").append(" This α is not the one in the equation.");
  }

  /** @param {string} id @param {number} position @param {number} value */
  showSlider(id, position, value) {
    if (!this.held.has(id)) byID(id).value = String(position);
    if (!this.held.has(`${id}-value`)) byID(`${id}-value`).value = typed(value);
    byID(id).setAttribute("aria-valuetext", typed(value));
  }

  /** Makes a slider for each of the problem's own parameters. */
  layOutParams() {
    byID("params").replaceChildren(...(this.preset.parameters ?? []).map((/** @type {any} */ p) => paramSlider(p, this.preset.symbols[p.name])));
    for (const p of this.preset.parameters ?? []) {
      const [slider, box] = [`param-${p.name}`, `param-${p.name}-value`];
      const dragging = Symbol();
      byID(slider).addEventListener("input", () => {
        byID(box).value = byID(slider).value;
        for (const id of [slider, box]) this.held.set(id, dragging);
      });
      for (const id of [slider, box]) {
        this.meant(byID(id), () => {
          const asked = this.change({ params: { [p.name]: entry(id) } });
          this.ask(slider, asked);
          this.ask(box, asked, id === box ? `params.${p.name}` : "");
        });
      }
      byID(box).addEventListener("input", () => this.held.set(box, dragging));
      byID(`param-${p.name}-default`).addEventListener("click", () => this.change({ params: { [p.name]: p.value } }));
    }
  }

  /** Writes the paper's value beside each control, and a tick on each slider. */
  markDefaults() {
    const settings = this.preset.settings;
    for (const button of document.querySelectorAll("button.default[data-default]")) {
      const value = settings[String(/** @type {HTMLElement} */ (button).dataset.default)];
      button.textContent = `paper ${typeof value === "number" ? typed(value) : value}`;
    }
    tick("lr", Math.log10(settings.learningRate));
    tick("alpha", settings.alpha);
    for (const p of this.preset.parameters ?? []) tick(`param-${p.name}`, p.value);
  }

  /** A value that is the paper's already needs no button to get there. */
  fadeDefaults() {
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (
      document.querySelectorAll("button.default"))) {
      const { default: field, param } = button.dataset;
      const same = param
        ? this.config?.params[param] === Number(button.value)
        : this.config?.[String(field)] === this.preset.settings[String(field)];
      button.disabled = same;
    }
  }
}

/**
 * What was typed: a number where it is one. A browser gives no text of an entry
 * for numbers that is none.
 * @param {string} id @returns {any}
 */
function entry(id) {
  return byID(id).validity.badInput ? "…" : Link.value(byID(id).value);
}
