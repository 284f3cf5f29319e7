// The panel of the lessons: predict, run, check the prediction. A lesson
// borrows the page: the run and the views that were there come back.

import { byID, labelled, make } from "./dom.js";
import { lessonResults } from "./lesson-chart.js";
import { LESSONS } from "./lessons.js";
import { Link } from "./link.js";
import { Remember } from "./remember.js";
import { Views } from "./views.js";

/**
 * @import { LessonResult } from "./lesson-chart.js"
 * @import { Lesson, LessonRun } from "./lessons.js"
 * @import { Savepoint } from "./savepoints.js"
 */

/**
 * @typedef {{
 *   load: (hash: string) => Promise<Savepoint | null>,
 *   run: (steps: number) => Promise<any>,
 *   views: () => {[name: string]: any},
 *   view: (partial: {[name: string]: any}) => void,
 *   now: () => Promise<Savepoint | null>,
 *   bring: (point: Savepoint) => Promise<any>,
 *   curve: () => {model: string, points: LessonResult["points"]},
 *   say: (words: string, actions?: [string, () => void][]) => void,
 *   changed: () => void,
 * }} LessonPage
 */

export class LessonPanel {
  /** @param {LessonPage} page */
  constructor(page) {
    this.page = page;
    this.number = 0; // of the lesson that is open, from 1 on; 0 for none
    this.panel = byID("lesson");
    /** Lessons whose prediction was checked. */
    this.done = new Set((Remember.get("lessons") ?? "").split(",").map(Number).filter((n) => n > 0));
    /** @type {{[name: string]: any} | null} the views that a person had before the lessons */
    this.views = null;
    /** @type {Savepoint | null} a person's own run */
    this.own = null;
    this.ran = false; // whether a lesson has taken the run's place
    /** @type {Map<number, LessonResult[]>} by lesson */
    this.results = new Map();
    byID("lesson-choice").append(...LESSONS.map((_, i) => labelled("", `lesson-${i + 1}`, () => this.open(i + 1))));
    byID("lessons").addEventListener("click", () => this.open(this.number > 0 ? 0 : this.next() || 1));
    byID("lesson-close").addEventListener("click", () => {
      this.open(0);
      byID("lessons").focus();
    });
    this.showProgress();
  }

  /** @param {string} text a number as in a link @returns {number} 0 for none */
  static number(text) {
    const n = Number(text);
    return Number.isInteger(n) && n >= 1 && n <= LESSONS.length ? n : 0;
  }

  /** @returns {number} the first lesson that is not done; 0 for none */
  next() {
    return LESSONS.findIndex((_, i) => !this.done.has(i + 1)) + 1;
  }

  /** @param {number} n of the lesson; 0 closes */
  open(n) {
    if (n === this.number) return;
    const was = this.number;
    this.number = n;
    this.panel.hidden = n === 0;
    document.body.classList.toggle("lesson", n > 0);
    byID("lessons").setAttribute("aria-expanded", String(n > 0));
    for (const e of document.querySelectorAll(".spot")) e.classList.remove("spot");
    if (was === 0) this.views = this.page.views();
    else if (n > 0) this.page.view(Views.defaults());
    if (n > 0) this.show(LESSONS[n - 1]);
    else this.leave();
    this.showProgress();
    this.page.changed();
  }

  /** Gives back what the lessons borrowed. */
  leave() {
    if (this.views) this.page.view(this.views);
    this.views = null;
    this.ran = false;
    const own = this.own;
    this.own = null;
    if (own) this.page.say("The lesson is closed. Your own run from before it is kept.", [["Bring my run back", () => this.page.bring(own)]]);
  }

  /** Ticks the lessons that are done. */
  showProgress() {
    LESSONS.forEach((lesson, i) => {
      const button = byID(`lesson-${i + 1}`), done = this.done.has(i + 1);
      button.textContent = done ? "✓" : String(i + 1);
      button.title = `${i + 1}. ${lesson.title}`;
      button.setAttribute("aria-label", `Lesson ${i + 1}: ${lesson.title}${done ? ", done" : ""}`);
      if (i + 1 === this.number) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
  }

  /** @param {Lesson} lesson */
  show(lesson) {
    const number = this.number;
    const name = `prediction-${number}`;
    const choices = lesson.choices.map((text, i) => make("label", { className: "prediction" },
      make("input", { type: "radio", name, value: String(i) }), make("span", { textContent: text })));
    const reveal = labelled("Check my prediction", "lesson-reveal", () => this.judge(lesson));
    reveal.disabled = true;
    const set = fieldset(choices, "lesson-question");
    set.addEventListener("change", () => {
      reveal.disabled = false;
      byID("lesson-first").hidden = true;
    });
    const runs = lesson.runs.map((run, i) => {
      const button = labelled(run.label, `lesson-run-${i + 1}`, () => this.run(run, reveal));
      if (i === 0) button.className = "primary";
      return button;
    });
    byID("lesson-body").replaceChildren(
      make("p", { className: "note", textContent: `Lesson ${number} of ${LESSONS.length} · ${this.done.size} done` }),
      make("h2", { id: "lesson-title", textContent: lesson.title }),
      make("h3", { textContent: "Predict" }), make("p", { id: "lesson-question", textContent: lesson.question }), set,
      make("h3", { textContent: "Run" }), make("div", { className: "runs" }, ...runs),
      make("p", { className: "note", textContent: lesson.look }),
      ...(lesson.setting ? [this.pointer(lesson.setting)] : []),
      make("div", { id: "lesson-results" }),
      make("h3", { textContent: "Check" }), reveal,
      make("p", { className: "note", id: "lesson-first", textContent: "Choose a prediction first." }),
      make("div", { id: "lesson-answer", hidden: true }));
    this.showResults();
  }

  /** @param {string} id of the control that the lesson is about @returns {HTMLElement} what leads there */
  pointer(id) {
    const box = /** @type {HTMLElement} */ (byID(id).closest(".slider, .field"));
    box.classList.add("spot");
    return labelled("Go to the setting", "lesson-setting", () => {
      byID("settings").open = true;
      box.scrollIntoView({ block: "center" });
      byID(id).focus({ preventScroll: true });
    });
  }

  /** Says whether the prediction was right, and why. @param {Lesson} lesson */
  judge(lesson) {
    const boxes = /** @type {HTMLInputElement[]} */ ([...this.panel.querySelectorAll(".prediction input")]);
    const chosen = boxes.findIndex((b) => b.checked);
    if (chosen < 0) return;
    const right = chosen === lesson.answer;
    boxes.forEach((box, i) => {
      box.disabled = true;
      const label = /** @type {HTMLElement} */ (box.parentElement);
      label.classList.toggle("right", i === lesson.answer);
      label.classList.toggle("wrong", i === chosen && !right);
    });
    this.done.add(this.number);
    Remember.set("lessons", [...this.done].sort().join(","));
    this.showProgress();
    const next = this.next();
    const answer = byID("lesson-answer");
    answer.replaceChildren(
      make("p", { id: "lesson-judgement", tabIndex: -1, className: right ? "right" : "wrong" },
        make("b", { textContent: right ? "Right. " : "Not so. " }),
        right ? lesson.choices[chosen] : `You said: ${lesson.choices[chosen]}. It is: ${lesson.choices[lesson.answer]}.`),
      make("h3", { textContent: "Why, and what to observe" }),
      make("ul", {}, ...lesson.observe.map((text) => make("li", { textContent: text }))),
      ...(next > 0 ? [labelled(`Next: ${LESSONS[next - 1].title}`, "lesson-next", () => this.open(next))]
        : [make("p", { textContent: "All lessons are done." })]));
    answer.hidden = false;
    byID("lesson-reveal").hidden = true;
    byID("lesson-judgement").focus();
  }

  /** @param {LessonRun} run @param {HTMLElement} reveal */
  async run(run, reveal) {
    const number = this.number;
    const before = await this.page.load(LessonPanel.link(number, run));
    if (!this.ran) this.own = before;
    this.ran = true;
    if (this.number !== number) return;
    this.page.view({ ...Views.defaults(), tab: run.tab, ...run.view });
    if (byID("stage").getBoundingClientRect().top > innerHeight / 2) byID("stage").scrollIntoView();
    try {
      await this.page.run(run.steps);
    } catch {
      return; // broken off, or said already
    }
    if (this.number !== number) return;
    if (LESSONS[number - 1].runs.length > 1) await this.keep(number, run);
    reveal.classList.add("ready");
    this.page.say("The run is done: check your prediction.", [["To the lesson", () => {
      reveal.scrollIntoView({ block: "center" });
      reveal.focus({ preventScroll: true });
    }]]);
  }

  /** Keeps what a run has shown beside the others. @param {number} number @param {LessonRun} run */
  async keep(number, run) {
    const point = await this.page.now();
    if (!point) return;
    const others = (this.results.get(number) ?? []).filter((r) => r.label !== run.label);
    const { runs } = LESSONS[number - 1];
    const order = (/** @type {LessonResult} */ r) => runs.findIndex((one) => one.label === r.label);
    const all = [...others, { label: run.label, point, ...this.page.curve() }];
    this.results.set(number, all.sort((a, b) => order(a) - order(b)));
    this.showResults();
  }

  showResults() {
    const results = this.results.get(this.number) ?? [];
    byID("lesson-results").replaceChildren(...lessonResults(results, (r) => this.page.bring(r.point)));
  }

  /** @param {number} number @param {LessonRun} run @returns {string} */
  static link(number, run = LESSONS[number - 1].runs[0]) {
    return `#${run.link}&tab=${run.tab}&lesson=${number}&paused=1`;
  }

  /**
   * Completes the link of a lesson by what the lesson starts with.
   * @param {string} hash @returns {string}
   */
  static whole(hash) {
    const number = LessonPanel.number(Link.read(hash).page.lesson ?? "");
    return number === 0 ? hash : Link.over(LessonPanel.link(number), hash);
  }
}

/** @param {HTMLElement[]} choices @param {string} question id of the question */
function fieldset(choices, question) {
  const set = make("fieldset", {}, ...choices);
  set.setAttribute("aria-labelledby", question);
  return set;
}
