// The curves of runs that were replaced, beside those that train: of each run
// that is set aside or kept, until it is thrown away.

/**
 * @import { CanvasRequest } from "./frame.js"
 * @import { Lab } from "./lab.js"
 * @import { Savepoint } from "./savepoints.js"
 */

export class Ghosts {
  /**
   * @param {Lab} lab
   * @param {(head: CanvasRequest, body?: ArrayBuffer) => void} send a message to the canvas
   */
  constructor(lab, send) {
    this.lab = lab;
    this.send = send;
    /** @type {Set<string>} those that the canvas has */
    this.sent = new Set();
    /** @type {Promise<void>} */
    this.turn = Promise.resolve();
  }

  /** The canvas has begun anew and has none. */
  forget() {
    this.sent.clear();
    this.refresh();
  }

  /** Has the canvas show those that are to be seen, and no others. */
  refresh() {
    this.turn = this.turn.then(() => this.tell()).catch(() => {});
  }

  async tell() {
    const wanted = new Set();
    for (const point of this.lab.savepoints.list().filter(isGhost)) {
      for (const { model, snapshot } of await this.lab.savepoints.runsOf(point)) {
        if (!snapshot) continue;
        const ghost = `${point.id} ${model}`;
        wanted.add(ghost);
        if (!this.sent.has(ghost)) this.send({ do: "ghost", ghost, slot: model, name: `#${point.number}` }, snapshot);
      }
    }
    this.sent = wanted;
    this.send({ do: "view", ghosts: [...wanted] });
  }

  /** @param {string} id of a point @param {boolean} on whether its curves are to be seen */
  async show(id, on) {
    const point = this.lab.savepoints.named(id);
    point.ghost = on;
    this.lab.on.savepoints();
    await this.lab.savepoints.store?.put(point);
  }
}

/** @param {Savepoint} point @returns {boolean} whether its curves are to be seen: those of a run that was replaced usually are */
export const isGhost = (point) => point.ghost ?? point.kind === "earlier";
