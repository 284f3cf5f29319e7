// Workers that take a part of a model's steps: cores that no model uses. The
// bits of a run do not depend on them.

import { Trainer } from "./trainer.js";

/** The most workers that one model has. */
const CREW = 8;

export class Crews {
  /** @param {WebAssembly.Module} module */
  constructor(module) {
    this.module = module;
    /** @type {Map<string, Trainer[]>} by model */
    this.hands = new Map();
    /** @type {Map<string, Trainer>} whose links lead to them */
    this.led = new Map();
  }

  /** @returns {number} the cores of this machine, as far as the browser tells */
  get cores() {
    return navigator.hardwareConcurrency || 1;
  }

  /**
   * Gives every model as many hands as there are cores and parts of its steps.
   * @param {Trainer[]} trainers of all models, each with a run
   */
  async gather(trainers) {
    const each = Math.min(CREW, Math.floor(this.cores / Math.max(1, trainers.length)));
    await Promise.all(trainers.map((t) => this.lead(t, Math.min(each, t.latest?.shards ?? 1) - 1)));
  }

  /** @param {Trainer} t @param {number} count */
  async lead(t, count) {
    const old = (this.hands.get(t.name) ?? []).filter((h) => h.alive);
    if (old.length === Math.max(0, count) && this.led.get(t.name) === t) return;
    const hands = old.slice(0, Math.max(0, count));
    for (const h of old.slice(hands.length)) h.close();
    while (hands.length < count) {
      // One that dies is missed by its run after a while, which goes on alone.
      hands.push(new Trainer(`A hand of ${t.name}`, this.module, {}));
    }
    this.hands.set(t.name, hands);
    this.led.set(t.name, t);
    const channels = hands.map(() => new MessageChannel());
    try {
      await Promise.all(hands.map((h, i) => h.request({ do: "assist" }, null, [channels[i].port1])));
      await t.request({ do: "gather" }, null, channels.map((c) => c.port2));
    } catch { // a hand that does not start must not keep its model from training
      this.dismiss(t.name);
      if (t.alive) await t.request({ do: "gather" });
    }
  }

  /** Ends a model's hands. @param {string} model */
  dismiss(model) {
    for (const h of this.hands.get(model) ?? []) h.close();
    this.hands.delete(model);
    this.led.delete(model);
  }

  /** @param {string} model @returns {number} the workers that step it */
  size(model) {
    return 1 + (this.hands.get(model) ?? []).filter((h) => h.alive).length;
  }
}
