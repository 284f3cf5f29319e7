// The past of each model: Snapshots kept as they came, thinned so that they
// stay within bounds, with the numbers that came with them.

import { byID, put } from "./dom.js";

/** @import { Head, Trainer } from "./trainer.js" */

/** @typedef {{iteration: number, head: Head, body: ArrayBuffer}} Moment */

/** Bytes and Snapshots of one model at the most. */
const MOST_HISTORY_BYTES = 24 << 20;
const MOST_MOMENTS = 256;

export class Past {
  /** @param {number} bytes @param {number} count */
  constructor(bytes = MOST_HISTORY_BYTES, count = MOST_MOMENTS) {
    this.most = { bytes, count };
    /** @type {Moment[]} in the order of their iterations */
    this.moments = [];
    this.bytes = 0;
    this.stride = 1; // iterations between two moments, at the least
    this.run = 0; // whose moments they are
  }

  clear() {
    this.moments = [];
    this.bytes = 0;
    this.stride = 1;
  }

  /** @param {Head} head of a state @param {ArrayBuffer} body its Snapshot */
  add(head, body) {
    if (head.run !== this.run) {
      this.clear();
      this.run = head.run;
    }
    const { iteration } = head.state;
    let last = this.moments.at(-1);
    while (last && last.iteration > iteration) { // the run went back
      this.bytes -= last.body.byteLength;
      this.moments.pop();
      last = this.moments.at(-1);
    }
    if (last && last.iteration === iteration) { // the same again, such as after a setting
      this.bytes += body.byteLength - last.body.byteLength;
      this.moments[this.moments.length - 1] = { iteration, head, body };
      return;
    }
    if (last && iteration < last.iteration + this.stride) return;
    this.moments.push({ iteration, head, body });
    this.bytes += body.byteLength;
    while (this.moments.length > 2 &&
      (this.bytes > this.most.bytes || this.moments.length > this.most.count)) this.halve();
  }

  /** Drops every other moment but the first. */
  halve() {
    this.moments = this.moments.filter((_, i) => i % 2 === 0);
    this.bytes = this.moments.reduce((sum, m) => sum + m.body.byteLength, 0);
    const span = this.moments[this.moments.length - 1].iteration - this.moments[0].iteration;
    this.stride = Math.max(2 * this.stride, Math.floor(span / (this.moments.length - 1)));
  }

  /** @param {number} iteration @returns {Moment | null} the nearest one kept */
  nearest(iteration) {
    let best = null;
    for (const m of this.moments) {
      if (!best || Math.abs(m.iteration - iteration) <= Math.abs(best.iteration - iteration)) best = m;
    }
    return best;
  }
}

export class Scrubber {
  /** @param {(iteration: number | null) => void} show past iteration, or null for the present */
  constructor(show) {
    this.show = show;
    /** @type {Map<string, Past>} by model */
    this.pasts = new Map();
    /** @type {number | null} the iteration that is shown, null for the present */
    this.at = null;
    this.first = 0; // before it there are no pictures: a run that was brought back has none of its past
    this.latest = 0;
    /** @type {number | null} an iteration of a link, to be shown once the run has come there */
    this.wanted = null;
    this.input = byID("scrub");
    this.drawing = false;
    this.input.addEventListener("input", () => this.to(Number(this.input.value)));
    this.input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.press(event));
    byID("live").addEventListener("click", () => this.to(null));
  }

  /** @param {string} model @returns {Past} */
  past(model) {
    let past = this.pasts.get(model);
    if (!past) this.pasts.set(model, past = new Past());
    return past;
  }

  /** @param {Trainer} t with a new state */
  add(t) {
    if (!t.latest || !t.snapshot) return;
    this.past(t.name).add(t.latest, t.snapshot);
    this.range();
  }

  /** @param {string} model whose run is a new one */
  clear(model) {
    this.pasts.get(model)?.clear();
    this.latest = 0;
    if (this.at !== null) this.to(null);
    this.range();
  }

  /** @param {string} model that is gone */
  drop(model) {
    this.pasts.delete(model);
    this.range();
  }

  /** Shows the iteration of a link, if all models have come there. */
  seek() {
    const ends = [...this.pasts.values()].map((p) => p.moments.at(-1)?.iteration ?? 0);
    if (this.wanted === null || Math.min(...ends) <= this.wanted) return;
    this.to(this.wanted);
  }

  /** Shows how far one can go. */
  range() {
    const ends = [...this.pasts.values()].map((p) => p.moments.at(-1)?.iteration ?? 0);
    const starts = [...this.pasts.values()].flatMap((p) => p.moments.slice(0, 1).map((m) => m.iteration));
    this.latest = Math.max(0, ...ends);
    this.first = starts.length === 0 ? 0 : Math.min(...starts);
    this.input.min = String(this.first);
    this.input.max = String(this.latest);
    this.input.disabled = this.latest === this.first;
    put(byID("scrub-from"), this.first === 0 ? "" : `pictures from ${this.first.toLocaleString("en")} on`);
    this.label();
  }

  label() {
    const live = this.at === null;
    if (live) this.input.value = this.input.max;
    const words = live ? "live" : `iteration ${this.at}`;
    byID("scrub-at").textContent = words;
    this.input.setAttribute("aria-valuetext", words);
    byID("live").disabled = live;
    byID("time").classList.toggle("past", !live);
  }

  /** @param {number | null} iteration to be shown; the latest is the present */
  to(iteration) {
    this.wanted = null;
    this.at = iteration === null || iteration >= this.latest ? null : Math.max(this.first, Math.round(iteration));
    if (this.at !== null) this.input.value = String(this.at);
    this.label();
    if (this.drawing) return;
    this.drawing = true; // a dragged thumb moves more often than a screen
    const draw = () => {
      this.drawing = false;
      this.show(this.at);
    };
    if (document.hidden) draw();
    else requestAnimationFrame(draw);
  }

  /** The arrow keys go from one kept iteration to the next. @param {KeyboardEvent} event */
  press(event) {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const all = [...this.pasts.values()].flatMap((p) => p.moments.map((m) => m.iteration));
    const kept = [...new Set(all)].sort((a, b) => a - b);
    const here = this.at ?? this.latest; // the present is the latest that is kept
    const before = kept.filter((i) => i < here), after = kept.filter((i) => i > here);
    if (by < 0) this.to(before.at(by) ?? kept[0] ?? null);
    else this.to(after[by - 1] ?? null);
  }
}
