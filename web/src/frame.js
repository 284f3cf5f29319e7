// The canvas program fills its document, so it has one of its own, in an
// iframe. It draws what it is shown. When a lost WebGL context makes it load
// again, or it fails and is started again, the page shows everything again.

import { Boot } from "./boot.js";

/**
 * @import { Dist } from "./boot.js"
 * @import { Head } from "./trainer.js"
 */

/** @typedef {Partial<canvas.request> & {do: string}} CanvasRequest what is left out stays as it is */

/** So often within a minute the canvas program is started again by itself. */
const MOST_CRASHES = 3;

export class Frame {
  /**
   * @param {HTMLIFrameElement} element
   * @param {WebAssembly.Module} module the canvas program
   * @param {{message: (head: Head, body: ArrayBuffer | null) => void, crash: (words: string, again: (() => void) | null) => void}} on
   *   messages from the canvas, and that it has failed: with a way to start it
   *   again where it is not tried by itself
   */
  constructor(element, module, on) {
    this.element = element;
    this.on = on;
    this.down = true; // what it says is not to be heard
    /** @type {number[]} when it failed lately */
    this.crashes = [];
    addEventListener("message", (event) => {
      if (event.source !== element.contentWindow || typeof event.data?.head !== "string") return;
      const head = JSON.parse(event.data.head);
      if (head.is === "loaded") {
        this.down = false;
        element.contentWindow?.postMessage({ module }, "*");
      } else if (!this.down) this.receive(head, event.data.body ?? null);
    });
    element.hidden = false;
    this.start();
  }

  /** Loads the iframe, and with it the program. */
  start() {
    const { runtime, inside } = /** @type {Dist} */ (Boot.dist());
    this.element.srcdoc = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title><style>body { margin: 0 }</style>
<body><script>${runtime}<\/script><script>${inside}<\/script>`;
  }

  /** @param {Head} head @param {ArrayBuffer | null} body */
  receive(head, body) {
    if (head.is === "crash") return this.crash(head.message);
    if (head.is === "ready") Boot.mark("canvas ready");
    if (head.is === "panels") Boot.mark("first picture"); // sent as it is drawn
    this.on.message(head, body);
  }

  /** Starts it again, soon at first and then later, unless it fails all the time. @param {string} words why */
  crash(words) {
    this.down = true;
    clearTimeout(this.timer);
    const now = performance.now();
    this.crashes = [...this.crashes.filter((t) => now - t < 60_000), now];
    const count = this.crashes.length;
    if (count > MOST_CRASHES) {
      return this.on.crash(words, () => {
        this.crashes = [];
        this.start();
      });
    }
    this.on.crash(words, null);
    this.timer = setTimeout(() => this.start(), 200 * 4 ** (count - 1));
  }
  timer = 0;

  /**
   * Sends a message; body is copied.
   * @param {CanvasRequest} head
   * @param {ArrayBuffer | null} body
   */
  send(head, body = null) {
    this.element.contentWindow?.postMessage({ head: JSON.stringify(head), body }, "*");
  }
}
