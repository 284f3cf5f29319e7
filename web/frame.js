// @ts-check
// The canvas program fills its document, so it has one of its own, in an
// iframe. It draws what it is shown; when a lost
// WebGL context makes it load again, the page shows everything again.
"use strict";

/** Runs inside the iframe, so it may use nothing from outside. */
function insideFrame() {
  const post = (/** @type {any} */ head) =>
    parent.postMessage({ head: JSON.stringify(head), body: null }, "*");

  // A click into the pictures takes the keyboard there: the page's keys go on.
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (![" ", "s", "r", "?"].includes(event.key)) return;
    post({ is: "key", key: event.key });
    event.preventDefault();
  }, true);

  addEventListener("message", async ({ data }) => {
    if (!data.module) return;
    const go = new (/** @type {any} */ (window).Go)();
    await go.run(await WebAssembly.instantiate(data.module, go.importObject));
    post({ is: "ended" });
  });

  post({ is: "loaded" });
}

class Frame {
  /**
   * @param {HTMLIFrameElement} element
   * @param {WebAssembly.Module} module the canvas program
   * @param {(head: Head, body: ArrayBuffer | null) => void} on messages from the canvas
   */
  constructor(element, module, on) {
    this.element = element;
    addEventListener("message", (event) => {
      if (event.source !== element.contentWindow || typeof event.data?.head !== "string") return;
      const head = JSON.parse(event.data.head);
      if (head.is === "loaded") {
        element.contentWindow?.postMessage({ module }, "*");
      } else {
        if (head.is === "ready") Boot.mark("canvas ready");
        if (head.is === "panels") Boot.mark("first picture"); // sent as it is drawn
        on(head, event.data.body ?? null);
      }
    });
    const { runtime } = /** @type {Dist} */ (Boot.dist());
    element.srcdoc = `<!doctype html><meta charset="utf-8"><style>body { margin: 0 }</style>
<body><script>${runtime}<\/script><script>(${insideFrame})()<\/script>`;
    element.hidden = false;
  }

  /**
   * Sends a message; body is copied.
   * @param {Head} head
   * @param {ArrayBuffer | null} body
   */
  send(head, body = null) {
    this.element.contentWindow?.postMessage({ head: JSON.stringify(head), body }, "*");
  }
}
