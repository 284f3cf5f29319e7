// Results of a bench as rows: for the page and as Markdown.

/** @import { Dot } from "./bench-chart.js" */

/**
 * @typedef {{name: string, laps: number[], count: number[], flop?: number, move?: number, bytes: number, allocs: number}} Result
 * A cell's words, and how they look: the part is of the longest bar in a column.
 * @typedef {{words: string, look?: string, part?: number}} Cell
 * @typedef {{title: string, columns: string[], rows: {name: string[], cells: Cell[]}[]}} Rows
 */

/** What presets are called here. */
const PROBLEMS = /** @type {{[preset: string]: string}} */ ({
  helmholtz: "Helmholtz",
  klein_gordon: "Klein–Gordon",
  cavity_streamfunction: "Cavity, streamfunction",
});

/** What a sweep goes along, in words. */
export const ALONG = /** @type {{[along: string]: string}} */ ({
  points: "points per set",
  width: "neurons per layer",
  depth: "hidden layers",
  order: "order of the derivatives",
});

export const Tables = {
  /** The slower of the two in the middle, as the program takes it. @param {Result} r @returns {number} nanoseconds */
  median(r) {
    const laps = [...r.laps].sort((a, b) => a - b);
    return laps[Math.floor(laps.length / 2)];
  },

  /** Three digits, or all that stand before the point. @param {number} v */
  short: (v) => (v >= 100 ? v.toFixed(0) : v.toPrecision(3)),

  /** The parts of a name: {model: "M1", n: "128"}. @param {string} name @returns {{[key: string]: string}} */
  parts: (name) => Object.fromEntries(name.split("/").slice(1).map((p) => {
    const [key, value] = p.split("=");
    return value === undefined ? ["kernel", key] : [key, value];
  })),

  /** @param {Result[]} results @returns {Rows} */
  steps(results) {
    const products = new Map(results.filter((r) => r.name.startsWith("Products/"))
      .map((r) => [r.name.slice("Products/".length), r]));
    const rows = results.filter((r) => r.name.startsWith("Step/")).map((r) => {
      const { preset, model, n, w } = Tables.parts(r.name);
      const p = products.get(r.name.slice("Step/".length));
      return {
        name: [`${PROBLEMS[preset] ?? preset} ${model}`, `${n} points, width ${w}`],
        cells: [
          { words: Tables.short(1e9 / Tables.median(r)), look: "main" },
          { words: p ? Tables.short((p.flop ?? 0) / Tables.median(p)) : "" },
          { words: p ? `${(100 * Tables.median(p) / Tables.median(r)).toFixed(0)} %` : "" },
          { words: r.bytes.toFixed(0) },
        ],
      };
    });
    return { title: "Step", columns: ["steps/s", "products, GFLOP/s", "share of the step", "bytes per step"], rows };
  },

  /** @param {Result[]} results @returns {Rows} */
  kernels(results) {
    const twins = new Map(results.filter((r) => r.name.endsWith("/impl=twin"))
      .map((r) => [r.name.replace("/impl=twin", "/impl=fast"), r]));
    const own = results.filter((r) => r.name.endsWith("/impl=fast"));
    const rate = (/** @type {Result} */ r) => (r.flop ?? 0) / Tables.median(r);
    const top = Math.max(...own.map(rate));
    const rows = own.map((r) => {
      const { kernel, type, impl, ...size } = Tables.parts(r.name);
      const twin = twins.get(r.name);
      const words = (/** @type {Result | undefined} */ of) => (of && rate(of) > 0 ? Tables.short(rate(of)) : "");
      return {
        name: [kernel, Object.entries(size).map(([k, v]) => `${k} = ${v}`).join(", ")],
        cells: [
          { words: words(r), look: "rate", part: rate(r) / top },
          { words: words(twin) },
          { words: twin ? `${Tables.short(Tables.median(twin) / Tables.median(r))}×` : "" },
          { words: r.move ? Tables.short(r.move / Tables.median(r)) : "" },
        ],
      };
    });
    return { title: "Kernel", columns: ["GFLOP/s", "twin", "faster", "GB/s"], rows };
  },

  /** @param {{[mark: string]: number}} marks milliseconds @returns {Rows} */
  marks(marks) {
    const rows = Object.entries(marks).sort((a, b) => a[1] - b[1])
      .map(([name, at]) => ({ name: [name], cells: [{ words: at.toFixed(0) }] }));
    return { title: "Reached", columns: ["ms"], rows };
  },

  /** The dots of the charts, by what a sweep goes along. @param {Result[]} results @returns {Map<string, Dot[]>} */
  sweeps(results) {
    /** @type {Map<string, Dot[]>} */
    const charts = new Map();
    for (const r of results) {
      if (!r.name.startsWith("Sweep/")) continue;
      const { along, model, at } = Tables.parts(r.name);
      const dots = charts.get(along) ?? [];
      charts.set(along, [...dots, { name: model, at: Number(at), rate: 1e9 / Tables.median(r) }]);
    }
    return charts;
  },

  /** @param {string} along @param {Dot[]} dots @returns {Rows} a row for each place, a column for each model */
  sweep(along, dots) {
    const models = [...new Set(dots.map((d) => d.name))];
    const rows = [...new Set(dots.map((d) => d.at))].map((at) => ({
      name: [String(at)],
      cells: models.map((m) => {
        const dot = dots.find((d) => d.name === m && d.at === at);
        return { words: dot ? Tables.short(dot.rate) : "" };
      }),
    }));
    return { title: ALONG[along] ?? along, columns: models.map((m) => `${m}, steps/s`), rows };
  },

  /** Fills a table of the page. @param {HTMLElement} table @param {Rows} r */
  show(table, r) {
    const row = (/** @type {string} */ tag, /** @type {(string | Node)[]} */ first, /** @type {Cell[]} */ cells) => {
      const tr = document.createElement("tr");
      const th = document.createElement("th");
      th.scope = tag === "th" ? "col" : "row";
      th.append(...first);
      tr.append(th, ...cells.map((c) => {
        const cell = document.createElement(tag);
        cell.textContent = c.words;
        cell.className = c.look ?? "";
        if (c.part !== undefined) cell.style.setProperty("--part", c.part.toFixed(4));
        return cell;
      }));
      return tr;
    };
    const styled = (/** @type {string} */ tag, /** @type {string} */ words) => {
      const e = document.createElement(tag);
      e.textContent = words;
      return e;
    };
    const head = document.createElement("thead");
    head.append(row("th", [r.title], r.columns.map((words) => ({ words }))));
    const body = document.createElement("tbody");
    for (const { name: [first, ...more], cells } of r.rows) {
      body.append(row("td", [styled("b", first), ...more.map((m) => styled("small", m))], cells));
    }
    table.replaceChildren(head, body);
  },

  /** @param {Rows} r @returns {string} */
  markdown(r) {
    const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |\n`;
    return line([r.title, ...r.columns]) + line(["---", ...r.columns.map(() => "---:")]) +
      r.rows.map((row) => line([row.name.filter(Boolean).join(", "), ...row.cells.map((c) => c.words)])).join("") + "\n";
  },
};
