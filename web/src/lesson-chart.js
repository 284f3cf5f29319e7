// The runs of one lesson side by side: their errors as curves and in a table,
// so that none wipes what another has shown.

import { labelled, make } from "./dom.js";
import { formatNumber } from "./format.js";

/** @import { Savepoint } from "./savepoints.js" */

/**
 * What is left of a run: its error and its λ over the iterations, and its end.
 * @typedef {{label: string, model: string, points: {iteration: number, error: number, lambda: number | null}[],
 *   point: Savepoint}} LessonResult
 */

const CHART = { width: 264, height: 132, left: 34, right: 6, top: 8, bottom: 18 };

/** How the curves are told apart, beside their places in the table. */
const DASHES = ["", "6 3", "2 3", "8 3 2 3"];

/** @param {string} tag @param {{[name: string]: string | number}} attributes @param {(Node | string)[]} children */
function svg(tag, attributes, ...children) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, String(value));
  e.append(...children);
  return e;
}

/** @param {LessonResult[]} results @returns {SVGElement} their errors, on a logarithmic axis */
function lessonChart(results) {
  const points = results.flatMap((r) => r.points).filter((p) => p.error > 0);
  const last = Math.max(1, ...points.map((p) => p.iteration));
  const decades = points.map((p) => Math.log10(p.error));
  const low = Math.min(0, ...decades) - 0.1, high = Math.max(0, ...decades) + 0.1;
  const { width, height, left, right, top, bottom } = CHART;
  const x = (/** @type {number} */ i) => left + (width - left - right) * i / last;
  const y = (/** @type {number} */ d) => top + (height - top - bottom) * (high - d) / (high - low);
  const grid = [];
  const steps = high - low > 1.5 ? [1] : [1, 2, 5];
  for (let decade = Math.floor(low); decade <= high; decade++) {
    for (const d of steps.map((s) => decade + Math.log10(s)).filter((d) => d >= low && d <= high)) {
      grid.push(svg("line", { x1: left, x2: width - right, y1: y(d), y2: y(d), class: "grid" }),
        svg("text", { x: left - 4, y: y(d) + 4, "text-anchor": "end" }, formatNumber(10 ** d, 1)));
    }
  }
  const curves = results.map((r, i) => svg("polyline", {
    class: "curve", "data-run": i % DASHES.length, "stroke-dasharray": DASHES[i % DASHES.length],
    points: r.points.filter((p) => p.error > 0)
      .map((p) => `${x(p.iteration).toFixed(1)},${y(Math.log10(p.error)).toFixed(1)}`).join(" "),
  }));
  const ends = results.map((r) => `${r.label} ends at ${formatNumber(r.points.at(-1)?.error, 2)}`);
  return svg("svg", {
    viewBox: `0 0 ${width} ${height}`, role: "img", class: "lesson-chart",
    "aria-label": `Relative L² error over the iterations: ${ends.join(", ")}.`,
  }, ...grid, ...curves,
    svg("text", { x: left, y: height - 4 }, "0"),
    svg("text", { x: width - right, y: height - 4, "text-anchor": "end" }, `iteration ${last}`));
}

/**
 * @param {LessonResult[]} results
 * @param {(result: LessonResult) => void} show brings the pictures of a run back
 * @returns {HTMLElement[]}
 */
export function lessonResults(results, show) {
  if (results.length === 0) return [];
  const cell = (/** @type {Node | string} */ content, tag = /** @type {"td" | "th"} */ ("td")) => make(tag, {}, content);
  const head = make("tr", {}, ...["Run", "error", "λ", ""].map((t) => Object.assign(cell(t, "th"), { scope: "col" })));
  const rows = results.map((r, i) => {
    const key = svg("svg", { viewBox: "0 0 20 8", class: "key", "aria-hidden": "true" },
      svg("line", { x1: 0, x2: 20, y1: 4, y2: 4, class: "curve", "data-run": i % DASHES.length, "stroke-dasharray": DASHES[i % DASHES.length] }));
    const name = Object.assign(make("th", {}, key, r.label), { scope: "row" });
    const back = labelled("Show", `lesson-show-${i + 1}`, () => show(r));
    back.setAttribute("aria-label", `Show ${r.label} again`);
    const end = r.points.at(-1);
    return make("tr", {}, name, cell(formatNumber(end?.error, 2)), cell(formatNumber(end?.lambda, 2)), cell(back));
  });
  return [
    make("h3", { textContent: "Your runs" }),
    make("p", { className: "note", textContent: "Relative L² error" }), /** @type {any} */ (lessonChart(results)),
    make("table", { className: "results" }, make("thead", {}, head), make("tbody", {}, ...rows)),
  ];
}
