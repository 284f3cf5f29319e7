// The race in step: rounds of a few iterations, the same for each model, so
// that all stand at the same iteration whenever they pause.

import { RequestError } from "./trainer.js";

/**
 * @import { Lab } from "./lab.js"
 * @import { Trainer } from "./trainer.js"
 */

export class Race {
  /** @param {Lab} lab */
  constructor(lab) {
    this.lab = lab;
    this.inStep = false; // how the models play: in step, or each as fast as it can
    this.on = false; // rounds are being run
    this.count = 1; // iterations of the next round
    /** @type {number | null} the iteration at which rounds end; null for never */
    this.goal = null;
    this.turns = 0; // tells one series of rounds from the next
  }

  /** Starts rounds if models play in step; they end when the lab no longer plays. */
  go() {
    if (!this.inStep || this.on) return;
    this.goal = null;
    this.rounds().catch(() => {});
  }

  /** Breaks rounds off. It is called between two of them. */
  stop() {
    this.on = false;
    this.goal = null;
    this.count = 1;
    this.turns++;
  }

  /**
   * Chooses how the models play. @param {boolean} inStep
   * @returns {Promise<void>}
   */
  choose(inStep) {
    return this.lab.inTurn(async () => {
      if (inStep === this.inStep) return;
      this.inStep = inStep;
      this.stop();
      if (!this.lab.playing) return;
      await this.lab.each((t) => t.request({ do: inStep ? "pause" : "play" }));
      this.go();
    });
  }

  /** Takes n iterations with each model, those behind catching up first. @param {number} n */
  async run(n) {
    const bounds = this.lab.limits.steps ?? [1, 1e6];
    if (!Number.isInteger(n) || n < bounds[0] || n > bounds[1]) {
      throw new RequestError(`steps must be ${bounds[0]} to ${bounds[1]}, not ${n}`);
    }
    const first = await this.lab.inTurn(async () => {
      await this.lab.each((t) => t.request({ do: "pause" }));
      this.stop();
      return Math.max(...this.lab.able().map(iterationOf));
    });
    this.goal = first + n;
    if (!await this.rounds()) throw new RequestError("paused", "", 0);
  }

  /** @returns {Promise<boolean>} whether the goal was reached */
  async rounds() {
    this.on = true;
    const turn = ++this.turns;
    const mine = () => turn === this.turns && this.on;
    try {
      while (mine() && (this.lab.playing || this.goal !== null)) {
        const more = await this.lab.inTurn(async () => mine() && this.round());
        if (!more) break;
      }
      return mine();
    } finally {
      if (turn === this.turns) {
        this.on = false;
        this.goal = null;
        for (const t of this.lab.able()) this.lab.on.state(t); // they rest now
      }
    }
  }

  /** One round; false if there was nothing left to do. @returns {Promise<boolean>} */
  async round() {
    const able = this.lab.able();
    if (able.length === 0) return false;
    const last = Math.min(...able.map(iterationOf));
    if (this.goal !== null && last >= this.goal) return false;
    const next = Math.min(this.goal ?? Infinity, ...able.map(iterationOf).filter((i) => i > last));
    const n = Math.min(this.count, next - last);
    const behind = able.filter((t) => iterationOf(t) === last);
    const spent = behind.map((t) => t.latest?.seconds ?? 0);
    const began = performance.now();
    // A model that diverges or dies on the way says so itself.
    await Promise.all(behind.map((t) => t.request({ do: "step", n }).catch(() => {})));
    if (n < this.count) return true;
    const took = performance.now() - began;
    const steps = 1000 * Math.max(...behind.map((t, i) => (t.latest?.seconds ?? 0) - spent[i]));
    // Long enough that showing what was done costs little beside doing it.
    const wanted = Math.min(600, Math.max(150, 8 * (took - steps)));
    this.count = Math.max(1, Math.round(n * Math.min(2, Math.max(0.5, wanted / took))));
    return true;
  }
}

/** @param {Trainer} t @returns {number} */
const iterationOf = (t) => t.latest?.state.iteration ?? 0;
