// Charts of steps per second, drawn as SVG: one for each thing that a sweep
// changes, a line for each model, both axes with logarithms.

import { ALONG, Tables } from "./bench-table.js";

/** @typedef {{name: string, at: number, rate: number}} Dot */

export const Chart = {
  width: 520,
  height: 300,
  room: { left: 56, right: 36, top: 20, bottom: 48 },

  /**
   * @param {string} along @param {Dot[]} dots
   * @returns {HTMLElement} a figure
   */
  figure(along, dots) {
    const figure = document.createElement("figure");
    figure.dataset.along = along;
    const caption = document.createElement("figcaption");
    caption.textContent = `By ${ALONG[along] ?? along}`;
    figure.append(caption, Chart.svg(along, dots));
    return figure;
  },

  /** @param {string} along @param {Dot[]} dots */
  svg(along, dots) {
    const { width, height, room } = Chart;
    const x = Chart.scale(dots.map((d) => d.at), room.left, width - room.right, 1);
    const y = Chart.scale(dots.map((d) => d.rate), height - room.bottom, room.top, 1.15);
    const words = dots.map((d) => `${d.name} at ${d.at}: ${Tables.short(d.rate)}`).join("; ");
    const svg = Chart.make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Steps per second. ${words}` });
    for (const v of Chart.rates(y)) {
      svg.append(Chart.make("line", { class: "grid-line", x1: room.left, x2: width - room.right, y1: y.of(v), y2: y.of(v) }),
        Chart.text(room.left - 8, y.of(v) + 4, "end", Chart.plain(v)));
    }
    for (const v of Chart.places(dots, x)) {
      svg.append(Chart.make("line", { class: "grid-line", x1: x.of(v), x2: x.of(v), y1: room.top, y2: height - room.bottom }),
        Chart.text(x.of(v), height - room.bottom + 18, "middle", String(v)));
    }
    svg.append(Chart.text((room.left + width - room.right) / 2, height - 6, "middle", ALONG[along] ?? along),
      Chart.text(4, room.top - 4, "start", "steps/s"));
    const lines = [...new Set(dots.map((d) => d.name))].map((name) => dots.filter((d) => d.name === name));
    // The upper line's name comes first; the next keeps its distance.
    let free = -Infinity;
    const endOf = (/** @type {Dot[]} */ line) => y.of(line[line.length - 1].rate);
    for (const line of lines.sort((a, b) => endOf(a) - endOf(b))) {
      const at = Math.max(endOf(line), free);
      free = at + 16;
      svg.append(...Chart.line(line, x, y, at));
    }
    return svg;
  },

  /** A line, its dots, and its name beside its end. @param {Dot[]} own @param {Scale} x @param {Scale} y @param {number} named height of the name */
  line(own, x, y, named) {
    const { name } = own[0];
    const points = own.map((d) => `${x.of(d.at).toFixed(1)},${y.of(d.rate).toFixed(1)}`).join(" ");
    const last = own[own.length - 1];
    const parts = [Chart.make("polyline", { class: "line", points })];
    for (const d of own) {
      const dot = Chart.make("circle", { class: "dot", cx: x.of(d.at), cy: y.of(d.rate), r: 3.5 });
      const title = Chart.make("title", {});
      title.textContent = `${name} at ${d.at}: ${Tables.short(d.rate)} steps/s`;
      dot.append(title);
      parts.push(dot);
    }
    const label = Chart.text(x.of(last.at) + 8, named + 4, "start", name);
    label.setAttribute("class", "name");
    for (const p of [...parts, label]) p.setAttribute("data-line", name);
    return [...parts, label];
  },

  /**
   * @typedef {{of: (v: number) => number, lo: number, hi: number}} Scale
   * @param {number[]} values @param {number} from @param {number} to in pixels
   * @param {number} margin as a factor beyond the values
   * @returns {Scale}
   */
  scale(values, from, to, margin) {
    let lo = Math.min(...values) / margin;
    let hi = Math.max(...values) * margin;
    if (lo === hi) [lo, hi] = [lo / 2, hi * 2]; // a single place stands in the middle
    const part = (/** @type {number} */ v) => Math.log(v / lo) / Math.log(hi / lo);
    return { of: (v) => from + part(v) * (to - from), lo, hi };
  },

  /** Where the rates are labelled: the more decades, the fewer in each. @param {Scale} s */
  rates(s) {
    const span = s.hi / s.lo;
    const digits = span > 200 ? [1] : span > 8 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 7];
    const list = [];
    for (let k = Math.floor(Math.log10(s.lo)); k <= Math.log10(s.hi); k++) {
      for (const m of digits) {
        const v = Number(`${m}e${k}`);
        if (v >= s.lo && v <= s.hi) list.push(v);
      }
    }
    return list;
  },

  /** The places that were measured, less those that would touch another's label. @param {Dot[]} dots @param {Scale} x */
  places(dots, x) {
    const all = [...new Set(dots.map((d) => d.at))].sort((a, b) => a - b);
    /** @type {number[]} */
    const list = [];
    for (const v of all) {
      if (list.length === 0 || x.of(v) - x.of(list[list.length - 1]) > 40) list.push(v);
    }
    return list;
  },

  /** @param {number} v @returns {string} in full, with thin spaces between thousands */
  plain: (v) => (v >= 10000 ? v.toLocaleString("en").replaceAll(",", "\u202f") : String(v)),

  /** @param {number} x @param {number} y @param {string} anchor @param {string} words */
  text(x, y, anchor, words) {
    const e = Chart.make("text", { x, y, "text-anchor": anchor });
    e.textContent = words;
    return e;
  },

  /** @param {string} tag @param {{[name: string]: any}} attributes */
  make(tag, attributes) {
    const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, v] of Object.entries(attributes)) e.setAttribute(name, v);
    return e;
  },
};
