// The table of numbers: what the pictures show, to be read.

import { formatNumber, formatRate, formatTime } from "./format.js";

/** @import { Head } from "./trainer.js" */

/** The place of the relative L2 error among a row's cells. */
const RELL2 = 3;

export class Numbers {
  /** @param {HTMLTableElement} table */
  constructor(table) {
    this.head = /** @type {HTMLTableSectionElement} */ (table.tHead);
    this.body = table.tBodies[0];
    /** @type {Map<string, HTMLTableCellElement[]>} cells by model */
    this.rows = new Map();
    /** @type {string[]} */
    this.terms = [];
    /** @type {string[]} */
    this.groups = [];
    this.cavity = false; // whether there is an error in the authors' measure
    const box = /** @type {HTMLElement} */ (table.parentElement);
    new ResizeObserver(() => { // the keyboard has to get there only where there is something to scroll
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }).observe(table);
  }

  /**
   * Lays the table out anew, empty.
   * @param {{[key: string]: string}} names of the contestants
   * @param {{terms: string[], groups: string[], reference?: string}} preset
   */
  layOut(names, preset) {
    this.terms = preset.terms;
    this.groups = preset.groups.slice(1); // the residual has no lambda
    this.cavity = preset.reference === "cavity";
    const titles = ["model", "iteration", "steps/s", "time", "relative L²",
      ...(this.cavity ? ["authors’ error"] : []), ...this.terms.map((t) => `loss ${t}`), ...this.groups.map((g) => `λ ${g}`), "status"];
    const row = document.createElement("tr");
    row.append(...titles.map((title) => {
      const th = document.createElement("th");
      th.scope = "col";
      th.textContent = title;
      return th;
    }));
    this.head.replaceChildren(row);
    this.rows.clear();
    this.body.replaceChildren(...Object.entries(names).map(([key, name]) => this.row(key, name, titles.length - 1)));
  }

  /** @param {string} key @param {string} name @param {number} cells @returns {HTMLTableRowElement} */
  row(key, name, cells) {
    const tr = document.createElement("tr");
    tr.dataset.model = key;
    const th = document.createElement("th");
    th.scope = "row";
    th.textContent = name.startsWith(key) ? name : `${key} ${name}`;
    const tds = Array.from({ length: cells }, () => document.createElement("td"));
    for (const td of tds) td.textContent = "–";
    tr.append(th, ...tds);
    this.rows.set(key, tds);
    return tr;
  }

  /**
   * @param {string} model
   * @param {Head} head the state message
   * @param {string} status
   * @param {boolean} past whether it is of a moment in the past
   */
  show(model, head, status, past = false) {
    const cells = this.rows.get(model);
    if (!cells) return;
    const s = head.state;
    const row = /** @type {HTMLElement} */ (cells[0].parentElement);
    row.classList.toggle("past", past);
    const texts = [
      String(s.iteration), formatRate(head.rate), formatTime(head.seconds), formatNumber(s.relL2) + (s.omitted ? " *" : ""),
      ...(this.cavity ? [formatNumber(s.authorsError)] : []),
      ...this.terms.map((t) => formatNumber(s.losses?.[t])),
      ...this.groups.map((g) => formatNumber(s.lambdas?.[g])),
      status,
    ];
    texts.forEach((text, i) => {
      if (cells[i].textContent !== text) cells[i].textContent = text;
    });
    const omitted = s.omitted ? `without ${s.omitted} node${s.omitted === 1 ? "" : "s"} of the grid, where the exact solution is not finite: ${s.omittedAt}` : "";
    if (cells[RELL2].title !== omitted) cells[RELL2].title = omitted;
    row.dataset.status = status;
  }

  /** Says on how many seeds a contestant is trained. @param {string} key @param {number} n */
  family(key, n) {
    const head = this.rows.get(key)?.[0].parentElement?.querySelector("th");
    if (head && n > 1) head.append(` × ${n} seeds`);
  }

  /** Shows the errors of several seeds: their median and range. @param {string} key @param {number[]} errors */
  spread(key, errors) {
    const cell = this.rows.get(key)?.[RELL2];
    const known = errors.filter((v) => v === v).sort((a, b) => a - b);
    if (!cell || errors.length < 2 || known.length === 0) return;
    const half = known.length / 2;
    const median = known.length % 2 === 1 ? known[Math.floor(half)] : (known[half - 1] + known[half]) / 2;
    cell.textContent = `${formatNumber(median)} (${formatNumber(known[0])} to ${formatNumber(known[known.length - 1])})`;
    cell.title = `median of ${known.length} seeds, and from the lowest to the highest; the other numbers are of the first`;
  }

  /** @returns {string} the table as text, with tabs between the columns */
  text() {
    const rows = [...this.head.rows, ...this.body.rows];
    return rows.map((r) => [...r.cells].map((c) => c.textContent).join("\t")).join("\n") + "\n";
  }
}
