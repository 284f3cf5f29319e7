// @ts-check
// The panel of the lessons: predict, run, observe.
"use strict";

class LessonPanel {
  /**
   * @param {{load: (hash: string) => Promise<any>, run: (steps: number) => Promise<any>,
   *   view: (partial: {[name: string]: any}) => void, changed: () => void}} page
   */
  constructor(page) {
    this.page = page;
    this.number = 0; // of the lesson that is open, from 1 on; 0 for none
    this.panel = byID("lesson");
    this.select = byID("lesson-choice");
    this.select.append(...LESSONS.map((l, i) => new Option(`${i + 1}. ${l.title}`, String(i + 1))));
    this.select.addEventListener("change", () => this.open(Number(this.select.value)));
    byID("lessons").addEventListener("click", () => this.open(this.number > 0 ? 0 : 1));
    byID("lesson-close").addEventListener("click", () => {
      this.open(0);
      byID("lessons").focus();
    });
  }

  /** @param {string} text a number as in a link @returns {number} 0 for none */
  static number(text) {
    const n = Number(text);
    return Number.isInteger(n) && n >= 1 && n <= LESSONS.length ? n : 0;
  }

  /** @param {number} n of the lesson; 0 closes */
  open(n) {
    if (n === this.number) return;
    this.number = n;
    this.panel.hidden = n === 0;
    document.body.classList.toggle("lesson", n > 0);
    byID("lessons").setAttribute("aria-expanded", String(n > 0));
    if (n > 0) this.show(LESSONS[n - 1]);
    this.page.changed();
  }

  /** @param {Lesson} lesson */
  show(lesson) {
    this.select.value = String(this.number);
    const name = `prediction-${this.number}`;
    const choices = lesson.choices.map((text, i) => make("label", { className: "prediction" },
      make("input", { type: "radio", name, value: String(i) }), make("span", { textContent: text })));
    const answer = make("div", { id: "lesson-answer", hidden: true },
      make("p", {}, "Answer: ", make("b", { textContent: lesson.choices[lesson.answer] })),
      make("h3", { textContent: "What you should observe" }),
      make("ul", {}, ...lesson.observe.map((text) => make("li", { textContent: text }))));
    const reveal = labelled("Show the answer", "lesson-reveal", () => {
      answer.hidden = false;
      reveal.hidden = true;
    });
    const runs = lesson.runs.map((run, i) => {
      const button = labelled(run.label, `lesson-run-${i + 1}`, () => this.run(run, reveal));
      if (i === 0) button.className = "primary";
      return button;
    });
    byID("lesson-body").replaceChildren(
      make("h2", { id: "lesson-title", textContent: lesson.title }),
      make("h3", { textContent: "Predict" }), make("p", { id: "lesson-question", textContent: lesson.question }),
      fieldset(choices, "lesson-question"),
      make("h3", { textContent: "Run" }), make("div", { className: "runs" }, ...runs),
      make("p", { className: "note", textContent: lesson.look }),
      make("h3", { textContent: "Observe" }), reveal, answer);
  }

  /** @param {LessonRun} run @param {HTMLElement} reveal */
  async run(run, reveal) {
    const number = this.number;
    await this.page.load(LessonPanel.link(number, run));
    this.page.view({ tab: run.tab, ...run.view });
    await this.page.run(run.steps).catch(() => {}); // broken off, or said already
    if (this.number === number) reveal.classList.add("ready");
  }

  /** @param {number} number @param {LessonRun} run @returns {string} */
  static link(number, run = LESSONS[number - 1].runs[0]) {
    return `#${run.link}&tab=${run.tab}&lesson=${number}&paused=1`;
  }
}

/** @param {HTMLElement[]} choices @param {string} question id of the question */
function fieldset(choices, question) {
  const set = make("fieldset", {}, ...choices);
  set.setAttribute("aria-labelledby", question);
  return set;
}
