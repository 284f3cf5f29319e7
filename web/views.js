// @ts-check
// How the pictures are shown: the tabs, and the choices that belong to each.
// None of them touches a run.
"use strict";

const TABS = ["overview", "gradients", "stiffness", "curves"];

/**
 * The choices that go to the canvas: name, control, and what off and on are
 * called where the control is a box to tick.
 * @type {[name: string, id: string, words?: [string, string]][]}
 */
const CHOICES = [
  ["field", "view-field"],
  ["errorAxis", "view-errors"],
  ["points", "view-points", ["off", "on"]],
  ["gradAxis", "view-gradients"],
  ["gradWeighted", "view-weighted"],
  ["gradPooled", "view-pooled"],
];

class Views {
  /**
   * @param {() => void} changed the pictures should be shown otherwise
   * @param {(wanted: {budget: number, subset: string}) => void} measure the curvature
   */
  constructor(changed, measure) {
    this.changed = changed;
    this.measure = measure;
    this.tab = "overview";
    for (const tab of TABS) {
      byID(`tab-${tab}`).addEventListener("click", () => this.choose(tab));
    }
    byID("tabs").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.press(event));
    for (const [, id] of CHOICES) byID(id).addEventListener("change", changed);
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

  /** Offers the fields of a problem. @param {string[]} names */
  offer(names) {
    const select = byID("view-field");
    const was = select.value;
    select.replaceChildren(...names.map((v) => new Option(v)));
    if (names.includes(was)) select.value = was;
    this.show();
  }

  /** @returns {{[name: string]: string}} what the canvas is told */
  read() {
    return Object.fromEntries([["tab", this.tab], ...CHOICES.map(([name, id, words]) =>
      [name, words ? words[Number(byID(id).checked)] : byID(id).value])]);
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
    const [, id, words] = CHOICES.find(([n]) => n === name) ?? [];
    if (!id) throw new RequestError(`${name}: there is no such choice`, name);
    if (!words) pick(id, String(value), name);
    else if (words.includes(value)) byID(id).checked = value === words[1];
    else throw new RequestError(`${name}: ${value} is not ${words.join(" or ")}`, name);
  }
}

/** Picks an option of a select, which must have it. @param {string} id @param {string} value @param {string} name */
function pick(id, value, name) {
  const options = [.../** @type {HTMLSelectElement} */ (byID(id)).options].map((o) => o.value);
  if (!options.includes(value)) {
    throw new RequestError(`${name}: ${value} is not one of ${options.join(", ")}`, name);
  }
  byID(id).value = value;
}
