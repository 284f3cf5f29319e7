// What runs in the canvas' document, behind Go's wasm_exec.js: the canvas
// program, and what the page has to hear of it.

import { Program } from "./go.js";

/** @param {{is: string, [name: string]: any}} head */
const post = (head) => parent.postMessage({ head: JSON.stringify(head), body: null }, "*");

// A click into the pictures takes the keyboard there: the page's keys go on.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (![" ", "s", "r", "?", "Escape"].includes(event.key)) return;
  post({ is: "key", key: event.key });
  event.preventDefault();
}, true);

addEventListener("message", async ({ data }) => {
  if (!data.module) return;
  const program = new Program(data.module);
  const end = (/** @type {string} */ words) => {
    post({ is: "crash", message: program.last || words });
    // Frames and timers that are still to come find nothing to wake.
    for (const id of program.go._scheduledTimeouts.values()) clearTimeout(id);
    program.go._scheduledTimeouts.clear();
    program.go._resume = () => {};
  };
  addEventListener("error", (event) => end(event.message));
  end(await program.run());
});

post({ is: "loaded" });
