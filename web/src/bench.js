// The page that measures how fast the engine is on this machine. What it
// measures with is the trainer program itself, in a Worker.

import { Chart } from "./bench-chart.js";
import { Tables } from "./bench-table.js";
import { Boot } from "./boot.js";
import { byID } from "./dom.js";
import { followTheme } from "./theme.js";
import { Trainer } from "./trainer.js";

/** @import { Result } from "./bench-table.js" */

const SETS = ["steps", "sweep", "kernels"];

/**
 * How to measure: a link such as #sets=steps,start&laps=1&millis=5&match=M1
 * says it in place of the controls.
 * @typedef {{sets: string[], laps: number, millis: number, precision: string, match: string}} Wish
 */

/** @returns {Wish} */
function wish() {
  const link = new URLSearchParams(location.hash.slice(1));
  const [laps, millis] = byID("effort").value.split(" ");
  return {
    sets: link.get("sets")?.split(",") ?? [...SETS, "start"],
    laps: Number(link.get("laps") ?? laps),
    millis: Number(link.get("millis") ?? millis),
    precision: byID("precision").value,
    match: link.get("match") ?? "",
  };
}

class Bench {
  constructor() {
    /** @type {{[set: string]: Result[]}} */
    this.results = {};
    /** @type {{[mark: string]: number}} */
    this.marks = {};
    this.stopping = false;
    /** @type {Trainer | null} */
    this.trainer = null;
    /** What the measuring of one set adds to the whole. */
    this.from = 0;
    this.part = 1;
  }

  async open() {
    const module = await Boot.compile("trainer", () => {});
    this.trainer = new Trainer("The bench", module, {
      progress: ({ what, share }) => far(this.from + share * this.part, what),
      dead: (_, words) => say(`The bench has stopped: ${words}.`, true),
    });
    await this.trainer.ready;
  }

  /**
   * Measures a set of cases.
   * @param {string} set @param {Wish} how
   * @returns {Promise<Result[]>}
   */
  async measure(set, { laps, millis, precision, match }) {
    const request = { do: "bench", set, laps, millis, precision, match };
    const { head } = await /** @type {Trainer} */ (this.trainer).request(request);
    this.results[set] = head.results;
    return head.results;
  }

  /** Measures all that is wished for, and shows each part as it is there. @param {Wish} how */
  async run(how) {
    this.stopping = false;
    this.results = {};
    this.marks = {};
    // The sweep has the most cases, the start has none.
    const weight = (/** @type {string} */ set) => ({ steps: 2, sweep: 6, kernels: 3 }[set] ?? 1);
    const whole = how.sets.reduce((sum, set) => sum + weight(set), 0);
    this.from = 0;
    for (const set of how.sets) {
      if (this.stopping) break;
      this.part = weight(set) / whole;
      if (set === "start") await this.start();
      else await this.measure(set, how);
      this.from += this.part;
      this.show();
    }
  }

  stop() {
    this.stopping = true;
    return this.trainer?.request({ do: "pause" });
  }

  /** Opens the page in a frame and listens to how far it is. */
  async start() {
    far(this.from, "opening the page");
    byID("part-start").hidden = false;
    const frame = byID("page");
    frame.hidden = false;
    // What is out of sight is not drawn at full rate.
    frame.scrollIntoView({ block: "nearest" });
    const drawn = new Promise((resolve) => {
      const end = setTimeout(resolve, 60_000); // where there are no pictures
      addEventListener("message", ({ source, data }) => {
        if (source !== frame.contentWindow || typeof data?.mark !== "string") return;
        this.marks[data.mark] = data.at;
        if (data.mark !== "first picture") return;
        clearTimeout(end);
        resolve(null);
      });
    });
    frame.src = `index.html?${Date.now()}#preset=helmholtz&models=M1,M4`;
    await drawn;
    frame.removeAttribute("src"); // its models would train on
    frame.hidden = true;
  }

  show() {
    const { steps, kernels, sweep } = this.results;
    byID("part-steps").hidden = !steps?.length;
    if (steps) Tables.show(byID("steps"), Tables.steps(steps));
    byID("part-kernels").hidden = !kernels?.length;
    if (kernels) Tables.show(byID("kernels"), Tables.kernels(kernels));
    byID("part-sweep").hidden = !sweep?.length;
    if (sweep) {
      byID("charts").replaceChildren(...[...Tables.sweeps(sweep)].map(([along, dots]) => Chart.figure(along, dots)));
    }
    Tables.show(byID("marks"), Tables.marks(this.marks));
  }

  /** @returns {string} all that was measured */
  markdown() {
    const { steps, kernels, sweep } = this.results;
    const machine = machineFacts().map(([name, value]) => `- ${name}: ${value}\n`).join("");
    const rows = [];
    if (steps?.length) rows.push(Tables.steps(steps));
    if (kernels?.length) rows.push(Tables.kernels(kernels));
    if (sweep) for (const [along, dots] of Tables.sweeps(sweep)) rows.push(Tables.sweep(along, dots));
    if (Object.keys(this.marks).length > 0) rows.push(Tables.marks(this.marks));
    return `PINN Lab on this machine\n\n${machine}\n${rows.map(Tables.markdown).join("")}`;
  }
}

/** @returns {[string, string][]} */
function machineFacts() {
  return [
    ["Browser", navigator.userAgent],
    ["Cores", String(navigator.hardwareConcurrency)],
    ["Precision", byID("precision").value],
    ["Date", new Date().toISOString().slice(0, 10)],
  ];
}

function showMachine() {
  byID("machine").replaceChildren(...machineFacts().flatMap(([name, value]) => {
    const [dt, dd] = [document.createElement("dt"), document.createElement("dd")];
    dt.textContent = name;
    dd.textContent = value;
    return [dt, dd];
  }));
}

/** @param {string} words @param {boolean} error */
function say(words, error = false) {
  byID("message").textContent = words;
  byID("message").className = error ? "error" : "";
}

/** @param {number} share @param {string} what is measured now */
function far(share, what) {
  byID("share").value = share;
  byID("now").textContent = what.replace(/=float(32|64)/, "").replaceAll("/", " · ");
}

/** @param {boolean} on */
function measuring(on) {
  byID("start").textContent = on ? "Stop" : "Start";
  byID("far").hidden = !on;
  for (const id of ["effort", "precision"]) byID(id).disabled = on;
  byID("copy").disabled = on || Object.keys(bench.results).length === 0;
}

let busy = false;

async function startOrStop() {
  if (busy) return void bench.stop();
  busy = true;
  measuring(true);
  say("");
  showMachine();
  try {
    await bench.run(wish());
    say(bench.stopping ? "Stopped. What was measured until then is below." : "Done.");
  } catch (error) {
    say(/** @type {Error} */ (error).message, true);
  }
  busy = false;
  measuring(false);
}

async function copy() {
  try {
    await navigator.clipboard.writeText(bench.markdown());
    say("Copied.");
  } catch {
    say("This browser does not let the page copy. Select the tables, and copy them by hand.", true);
  }
}

const bench = new Bench();

async function bootBench() {
  followTheme(() => {});
  showMachine();
  Boot.check();
  await bench.open();
  byID("choice").addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    startOrStop();
  });
  byID("copy").addEventListener("click", () => copy().catch((error) => say(error.message, true)));
  byID("start").disabled = false;
}

const ready = bootBench();
ready.catch((error) => say(error.message, true));

Object.assign(window, { bench, ready }); // for the command that measures, and for tests
