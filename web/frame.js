// @ts-check
// The canvas program fills its document, so it has one of its own, in an
// iframe. It draws what it is shown. When a lost WebGL context makes it load
// again, or it fails and is started again, the page shows everything again.
"use strict";

/** @typedef {Partial<canvas.request> & {do: string}} CanvasRequest what is left out stays as it is */

/** Runs inside the iframe, so it may use nothing from outside. */
function insideFrame() {
  const post = (/** @type {any} */ head) =>
    parent.postMessage({ head: JSON.stringify(head), body: null }, "*");

  // A click into the pictures takes the keyboard there: the page's keys go on.
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (![" ", "s", "r", "?", "Escape"].includes(event.key)) return;
    post({ is: "key", key: event.key });
    event.preventDefault();
  }, true);

  addEventListener("message", async ({ data }) => {
    if (!data.module) return;
    // A Go program that fails prints why; the first line is for the page.
    let last = "";
    const print = console.log;
    console.log = (...words) => {
      const line = words.join(" ");
      if (/^(panic|fatal error):/.test(line)) last = line;
      print(...words);
    };
    const go = new (/** @type {any} */ (window).Go)();
    const end = (/** @type {string} */ words) => {
      post({ is: "crash", message: last || words });
      // Frames and timers that are still to come find nothing to wake.
      for (const id of go._scheduledTimeouts.values()) clearTimeout(id);
      go._scheduledTimeouts.clear();
      go._resume = () => {};
    };
    addEventListener("error", (event) => end(event.message));
    try {
      await go.run(await WebAssembly.instantiate(data.module, go.importObject));
      end("the program ended");
    } catch (error) {
      end(String(error));
    }
  });

  post({ is: "loaded" });
}

/** So often within a minute the canvas program is started again by itself. */
const MOST_CRASHES = 3;

class Frame {
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
    const { runtime } = /** @type {Dist} */ (Boot.dist());
    this.element.srcdoc = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title><style>body { margin: 0 }</style>
<body><script>${runtime}<\/script><script>(${insideFrame})()<\/script>`;
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
