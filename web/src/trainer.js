// One Worker with the trainer program, and the requests on their way to it.

import { Boot } from "./boot.js";

/**
 * @typedef {{[name: string]: any}} Head
 * @typedef {Partial<trainer.request> & {do: string}} TrainerRequest what is left out is zero there
 * @typedef {{head: Head, body: ArrayBuffer | null}} Message
 * @typedef {{resolve: (m: Message) => void, reject: (e: Error) => void}} Waiting
 */

/** An error about one field of the settings, or of steps that were broken off. */
export class RequestError extends Error {
  /** @param {string} message @param {string=} field @param {number=} done steps, if broken off */
  constructor(message, field, done) {
    super(message);
    this.field = field ?? "";
    this.done = done;
  }
}

export class Trainer {
  static count = 0;

  /**
   * @param {string} name of the model, for words
   * @param {WebAssembly.Module} module
   * @param {{state?: (t: Trainer, m: Message) => void, fault?: (words: string) => void, progress?: (head: Head) => void,
   *   dead?: (t: Trainer, words: string) => void}} on
   */
  constructor(name, module, on) {
    this.name = name;
    this.on = on;
    this.alive = true;
    this.played = 0; // moves of a link that have acted, as far as the page knows
    this.run = 0; // the number of the run whose states count
    /** @type {trainer.state | null} its latest */
    this.latest = null;
    /** @type {ArrayBuffer | null} its latest Snapshot */
    this.snapshot = null;
    /** @type {Map<number, Waiting>} */
    this.waiting = new Map();
    this.nextID = 1;
    /** @type {Promise<any>} */
    this.ready = new Promise((resolve, reject) => {
      this.waiting.set(0, { resolve, reject });
    });
    this.ready.catch(() => {}); // whoever waits for it hears of it

    this.worker = Boot.worker();
    this.worker.onmessage = ({ data }) => this.receive(data);
    this.worker.onmessageerror = () => this.die("a message could not be read");
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.die(event.message || "the worker could not be started");
    };
    const lock = `pinnlab-${Math.random()}-${Trainer.count++}`;
    this.worker.postMessage({ run: module, lock });
    this.ready.then(() => this.watch(lock), () => {});
  }

  /**
   * Waits for the Worker's lock, which is free once the Worker is gone.
   * @param {string} lock
   */
  watch(lock) {
    navigator.locks?.request(lock, () => this.die("its worker is gone")).catch(() => {});
  }

  /** @param {any} data */
  receive(data) {
    if (data.failed) return this.die(data.failed);
    /** @type {Message} */
    const m = { head: JSON.parse(data.head), body: data.body };
    if (m.head.is === "ready") Boot.mark("trainer ready");
    const id = m.head.is === "ready" ? 0 : m.head.re;
    if (id !== undefined) {
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      if (m.head.error) waiting?.reject(new RequestError(m.head.error, m.head.field, m.head.done));
      else waiting?.resolve(m);
    } else if (m.head.is === "state") {
      if (m.head.run !== this.run) return; // of one that is being replaced
      this.latest = /** @type {trainer.state} */ (m.head);
      this.snapshot = m.body;
      if (m.head.first > 0) Boot.mark("first step", m.head.first - performance.timeOrigin);
      this.on.state?.(this, m);
    } else if (m.head.is === "progress") {
      this.on.progress?.(m.head);
    } else if (m.head.is === "fault") {
      this.on.fault?.(m.head.message);
    } else if (m.head.is === "crash") {
      this.die(m.head.message);
    }
  }

  /**
   * Awaits the states of a run that is about to begin, and forgets the one before.
   * @param {number} run @returns {Pick<Trainer, "run" | "latest" | "snapshot">} that, for resume
   */
  expect(run) {
    const { run: old, latest, snapshot } = this;
    Object.assign(this, { run, latest: null, snapshot: null });
    return { run: old, latest, snapshot };
  }

  /** Goes on with the run before: the new one did not begin. @param {Pick<Trainer, "run" | "latest" | "snapshot">} before */
  resume(before) {
    Object.assign(this, before);
  }

  /**
   * Sends a request; the promise is for its answer.
   * @param {TrainerRequest} head
   * @param {ArrayBuffer | null} body
   * @param {MessagePort[]} ports that go with it
   * @returns {Promise<Message>}
   */
  async request(head, body = null, ports = []) {
    await this.ready;
    if (!this.alive) throw new Error(`${this.name} has stopped.`);
    const id = this.nextID++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ head: JSON.stringify({ ...head, id }), body }, ports);
    });
  }

  /** @param {string} words why */
  die(words) {
    if (!this.alive) return;
    this.close(words);
    this.on.dead?.(this, words);
  }

  /** Ends the Worker. What is still asked of it fails. */
  close(words = "its worker was closed") {
    this.alive = false;
    this.worker.terminate();
    for (const w of this.waiting.values()) {
      w.reject(new Error(`${this.name} has stopped: ${words}.`));
    }
    this.waiting.clear();
  }
}
