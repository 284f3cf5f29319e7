// The trainers of the line-up: started, replaced, and brought back when one
// dies.

import { Crews } from "./crews.js";
import { coloursOf, configOf, MODELS, moved, seedsOf } from "./lineup.js";
import { Trainer } from "./trainer.js";

/**
 * @import { Lab } from "./lab.js"
 * @import { SavedRun } from "./savepoints.js"
 * @import { Head, TrainerRequest } from "./trainer.js"
 */

/** So often within a minute a trainer that died is brought back by itself. */
const MOST_DEATHS = 3;

export class Cast {
  /** @param {Lab} lab */
  constructor(lab) {
    this.lab = lab;
    /** @type {Map<string, Trainer>} by contestant */
    this.trainers = new Map();
    this.crews = new Crews(lab.module);
    /** @type {{[key: string]: Head}} settings at the start and moves, of contestants that a link makes move */
    this.script = {};
    this.begun = 0; // runs so far
    this.shown = ""; // the contestants that the page was told of
    /** @type {Map<string, number[]>} when its trainer died lately, by contestant */
    this.deaths = new Map();
  }

  /** @returns {canvas.Lineup} what is to be shown, and nothing else */
  lineup() {
    const runs = this.lab.config.models.map((key) => [key, this.trainers.get(key)?.run ?? 0]);
    return { problem: this.lab.problem, runs: Object.fromEntries(runs), colours: coloursOf(this.lab.config), seeds: seedsOf(this.lab.config) };
  }

  /**
   * Starts the contestants that should train, all of them if anew, and ends the others.
   * @param {boolean} anew @param {SavedRun[]} runs where they go on, if not at iteration 0
   */
  async arrange(anew = false, runs = []) {
    const { lab } = this, { models } = lab.config;
    for (const key of this.trainers.keys()) {
      if (!models.includes(key)) this.dismiss(key);
    }
    const fresh = models.filter((key) => anew || !this.trainers.has(key));
    const shown = models.map((key) => `${key} ${lab.nameOf(key)}`).join(", ");
    if (fresh.length === 0 && shown === this.shown) return;
    this.shown = shown;
    for (const key of fresh) this.trainer(key).expect(++this.begun); // nothing of before is shown any more
    lab.on.models(models, lab.preset);
    if (anew) lab.race.stop();
    await Promise.all(fresh.map((key) => this.start(key, runs.find((r) => r.model === key))));
    await this.crews.gather(lab.able());
    if (lab.playing) lab.race.go();
  }

  /** Ends a contestant. @param {string} key */
  dismiss(key) {
    this.trainers.get(key)?.close();
    this.crews.dismiss(key);
    this.trainers.delete(key);
    this.deaths.delete(key);
    if (!MODELS.includes(key)) delete this.script[key]; // the letter may be another's next
    this.lab.on.drop(key);
  }

  /**
   * Starts one contestant at iteration 0 or where it was saved, in a new Worker if the old one is dead.
   * @param {string} key @param {SavedRun=} saved
   */
  start(key, saved) {
    return saved ? this.begin(key, { do: "restore", spent: saved.spent ?? 0 }, saved.checkpoint) : this.begin(key, { do: "start" });
  }

  /**
   * Has a contestant begin another run, in a new Worker if the old one is dead.
   * If that fails the run before stays.
   * @param {string} key @param {TrainerRequest} head start, restore or fork @param {ArrayBuffer | null} body
   */
  async begin(key, head, body = null) {
    const { lab } = this, t = this.trainer(key);
    const before = t.expect(++this.begun);
    lab.on.lineup();
    const config = configOf(lab.config, key);
    if (head.do === "start") Object.assign(config, this.script[key]);
    try {
      await t.request({ ...head, config, slot: key, run: t.run }, body);
    } catch (error) {
      t.resume(before);
      lab.on.lineup();
      throw error;
    }
    lab.on.anew(key);
    await this.follow(t);
  }

  /**
   * Starts one contestant again while the others go on, where it was last seen.
   * @param {string} key @returns {Promise<number>} the iteration from which on
   */
  async revive(key) {
    const saved = this.lab.savepoints.newestOf(key);
    await this.start(key, saved);
    await this.crews.gather(this.lab.able());
    return saved?.iteration ?? 0;
  }

  /** A person asks for it. @param {string} key @returns {Promise<number>} the iteration from which on */
  reviveByHand(key) {
    this.deaths.delete(key);
    return this.lab.inTurn(() => this.revive(key));
  }

  /** A trainer has died: it is brought back, unless that has not helped. @param {Trainer} t @param {string} words why */
  dead(t, words) {
    const { lab } = this, key = t.name;
    const now = performance.now();
    const deaths = [...(this.deaths.get(key) ?? []).filter((at) => now - at < 60_000), now];
    this.deaths.set(key, deaths);
    const again = deaths.length <= MOST_DEATHS;
    if (!again) lab.settle();
    lab.on.dead(key, words, again);
    if (again) {
      lab.inTurn(async () => {
        if (this.trainers.get(key) !== t) return; // another has taken its place
        lab.on.revived(key, words, await this.revive(key));
      }).catch(() => {}); // it has died again, which is told like this
    }
  }

  /** @param {string} key @returns {Head} what makes a run again that has not begun yet, as in a state */
  replayOf(key) {
    /** @type {Head} */
    const { learningRate, alpha, moves = "" } = { ...configOf(this.lab.config, key), ...this.script[key] };
    return { start: { learningRate, alpha }, moves };
  }

  /** A move of a link has acted: the settings shown are those in force. @param {Trainer} t */
  follows(t) {
    const { lab } = this;
    const { played = 0, now } = t.latest?.replay ?? {};
    const more = played > t.played;
    t.played = played;
    if (!more || lab.settings.pending.size > 0) return;
    lab.config = moved(lab.config, t.name, now ?? {});
    lab.on.config(lab.config, lab.preset);
  }

  /** Has a trainer with a new run do what the others do. @param {Trainer} t */
  async follow(t) {
    const { lab } = this;
    if (lab.surveyed) await t.request({ do: "survey", on: true });
    if (lab.stiffness.budget > 0) await t.request({ do: "stiffness", ...lab.stiffness });
    if (lab.playing && !lab.race.inStep) await t.request({ do: "play" });
  }

  /** @param {string} key @returns {Trainer} a live one */
  trainer(key) {
    const { lab } = this;
    const old = this.trainers.get(key);
    if (old?.alive) return old;
    const t = new Trainer(key, lab.module, {
      state: (t, m) => {
        this.follows(t);
        lab.on.state(t);
        if (m.head.halt) lab.halted(key, m.head.halt);
      },
      fault: lab.on.fault,
      progress: (head) => lab.on.progress(key, head),
      dead: (t, words) => this.dead(t, words),
    });
    this.trainers.set(key, t);
    return t;
  }
}
