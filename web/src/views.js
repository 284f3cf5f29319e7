// How the pictures are shown: the tabs, and the choices that belong to each.
// None of them touches a run.

import { byID } from "./dom.js";
import { RequestError } from "./trainer.js";
import { isRecord } from "./words.js";

/** @import { Problem } from "./link.js" */

const TABS = ["overview", "gradients", "stiffness", "curves"];

/**
 * The choices that go to the canvas: name, control, and what off and on are
 * called where the control is a box to tick.
 * @type {[name: string, id: string, words?: [string, string]][]}
 */
const CHOICES = [
  ["field", "view-field"],
  ["shown", "view-shown"],
  ["errorAxis", "view-errors"],
  ["points", "view-points", ["off", "on"]],
  ["over", "view-over"],
  ["gradAxis", "view-gradients"],
  ["gradWeighted", "view-weighted"],
  ["gradPooled", "view-pooled"],
];

export class Views {
  /**
   * @param {() => void} changed the pictures should be shown otherwise
   * @param {(wanted: {budget: number, subset: string}) => void} measure the curvature
   */
  constructor(changed, measure) {
    this.changed = changed;
    this.measure = measure;
    this.tab = "overview";
    this.enlarged = ""; // the id of the panel that has all the room
    for (const tab of TABS) {
      byID(`tab-${tab}`).addEventListener("click", () => this.choose(tab));
    }
    byID("tabs").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.press(event));
    for (const [, id] of CHOICES) byID(id).addEventListener("change", changed);
    byID("view-enlarge").addEventListener("change", () => this.set({ enlarge: byID("view-enlarge").value }));
    for (const id of ["view-subset", "view-budget"]) {
      byID(id).addEventListener("change", () => this.measure(this.stiffness()));
    }
    this.show();
  }

  /** @returns {{budget: number, subset: string}} */
  stiffness() {
    return { budget: Number(byID("view-budget").value), subset: byID("view-subset").value };
  }

  /** @param {string} tab */
  choose(tab) {
    if (!TABS.includes(tab) || tab === this.tab) return;
    this.tab = tab;
    this.show();
    this.changed();
  }

  /** Shows which tab is chosen, and its choices only. */
  show() {
    for (const tab of TABS) {
      const button = byID(`tab-${tab}`);
      button.setAttribute("aria-selected", String(tab === this.tab));
      button.tabIndex = tab === this.tab ? 0 : -1;
    }
    byID("stage").setAttribute("aria-labelledby", `tab-${this.tab}`);
    for (const choice of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".choice[data-tab]"))) {
      const here = String(choice.dataset.tab).split(" ").includes(this.tab);
      choice.hidden = !here || choice.id === "field-choice" && byID("view-field").options.length < 2;
    }
  }

  /** Arrow keys, Home and End move between the tabs. @param {KeyboardEvent} event */
  press(event) {
    const at = TABS.indexOf(this.tab);
    const to = {
      ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.choose(String(TABS.at(to % TABS.length)));
    byID(`tab-${this.tab}`).focus();
  }

  /**
   * Offers the fields of a problem, and what can be shown beside them.
   * @param {string[]} names @param {string[]} residuals names of its terms
   */
  offer(names, residuals) {
    choices("view-field", names.map((v) => [v, v]));
    choices("view-shown", [["error", "error"], ...residuals.map((r) => [`residual ${r}`, r]), ["sides", "sides"]]);
    this.show();
  }

  /** Offers the panels that can be enlarged. @param {{id: string, title: string}[]} panels */
  offerPanels(panels) {
    choices("view-enlarge", [["all", ""], ...panels.map((p) => [p.title, p.id])]);
    byID("view-enlarge").value = panels.some((p) => p.id === this.enlarged) ? this.enlarged : "";
  }

  /** @returns {boolean} whether the trainers are to evaluate residuals for the pictures */
  surveys() {
    return byID("view-shown").value !== "error";
  }

  /** @returns {{[name: string]: string}} what the canvas is told */
  read() {
    const own = [["tab", this.tab], ["enlarge", this.enlarged]];
    return Object.fromEntries([...own, ...CHOICES.map(([name, id, words]) =>
      [name, words ? words[Number(byID(id).checked)] : byID(id).value])]);
  }

  /** @returns {{[name: string]: string}} for a link: the choices that are not the usual ones */
  chosen() {
    const usual = this.usual();
    return Object.fromEntries(Object.entries(this.all()).map(([name, v]) => [name, String(v)])
      .filter(([name, v]) => v !== usual[name]));
  }

  /** @returns {{[name: string]: string}} what is chosen until somebody chooses */
  usual() {
    const field = /** @type {HTMLSelectElement} */ (byID("view-field")).options[0]?.value;
    return { tab: TABS[0], enlarge: "", field, ...Views.defaults() };
  }

  /**
   * Takes the choices of a link, for the rest the usual ones.
   * @param {{[name: string]: string}} page @returns {Problem[]} what cannot be chosen
   */
  take(page) {
    /** @type {Problem[]} */
    const problems = [];
    const usual = this.usual();
    const wanted = { ...usual };
    for (const name of Object.keys(usual)) {
      if (page[name] === undefined) continue;
      try {
        this.set({ [name]: page[name] });
        wanted[name] = page[name];
      } catch (error) {
        problems.push({ field: name, message: /** @type {Error} */ (error).message.replace(`${name}: `, ""), using: usual[name] });
      }
    }
    this.set(wanted);
    return problems;
  }

  /** @returns {{[name: string]: any}} all choices, as set takes them */
  all() {
    return { ...this.read(), ...this.stiffness() };
  }

  /** @returns {{[name: string]: any}} the choices as the page begins with them, but the tab */
  static defaults() {
    const first = (/** @type {string} */ id) => {
      const options = [.../** @type {HTMLSelectElement} */ (byID(id)).options];
      return (options.find((o) => o.defaultSelected) ?? options[0])?.value;
    };
    const choices = CHOICES.filter(([name]) => name !== "field").map(([name, id, words]) =>
      [name, words ? words[Number(byID(id).defaultChecked)] : first(id)]);
    return { ...Object.fromEntries(choices), budget: first("view-budget"), subset: first("view-subset") };
  }

  /**
   * Takes choices from a script or a lesson; refuses what does not exist.
   * @param {{[name: string]: any}} partial names as in read, and budget and subset
   */
  set(partial) {
    if (!isRecord(partial)) throw new RequestError("view takes an object of choices, such as {tab: \"curves\"}", "view");
    const { tab, budget, subset, ...rest } = partial;
    if (tab !== undefined && !TABS.includes(tab)) throw new RequestError(`tab: there is no ${tab}`, "tab");
    for (const [name, value] of Object.entries(rest)) this.setOne(name, value);
    if (budget !== undefined) pick("view-budget", String(budget), "budget");
    if (subset !== undefined) pick("view-subset", subset, "subset");
    if (budget !== undefined || subset !== undefined) this.measure(this.stiffness());
    if (tab !== undefined) this.tab = tab;
    this.show();
    this.changed();
  }

  /** @param {string} name @param {any} value */
  setOne(name, value) {
    if (name === "enlarge") {
      this.enlarged = String(value);
      byID("view-enlarge").value = this.enlarged;
      return;
    }
    const [, id, words] = CHOICES.find(([n]) => n === name) ?? [];
    if (!id) throw new RequestError(`${name}: there is no such choice`, name);
    if (!words) pick(id, String(value), name);
    else if (words.includes(value)) byID(id).checked = value === words[1];
    else throw new RequestError(`${name}: ${value} is not ${words.join(" or ")}`, name);
  }
}

/**
 * Fills a select, which keeps its value if that is still among them.
 * @param {string} id @param {string[][]} options text and value
 */
function choices(id, options) {
  const select = byID(id);
  const was = select.value;
  select.replaceChildren(...options.map(([text, value]) => new Option(text, value)));
  if (options.some(([, value]) => value === was)) select.value = was;
}

/** Picks an option of a select, which must have it. @param {string} id @param {string} value @param {string} name */
function pick(id, value, name) {
  const options = [.../** @type {HTMLSelectElement} */ (byID(id)).options].map((o) => o.value);
  if (!options.includes(value)) {
    throw new RequestError(`${name}: ${value} is not one of ${options.join(", ")}`, name);
  }
  byID(id).value = value;
}
