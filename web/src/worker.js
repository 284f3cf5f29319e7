// What runs in each Worker, behind Go's wasm_exec.js. The first message says
// which of two things to do:
//
//   {expand: base64}   expand and compile a gzipped program, post {compiling}, then {module}
//   {run: module, lock: name}   run the program; all further messages are its own
//
// The lock is held as long as the Worker lives, so that the page learns of its
// end however it comes.

import { Program } from "./go.js";

self.onmessage = async (event) => {
  self.onmessage = null;
  try {
    if (event.data.run) await run(event.data.run, event.data.lock);
    else self.postMessage({ module: await expand(event.data.expand) });
  } catch (error) {
    self.postMessage({ failed: String(error) });
  }
};

/** @param {string} base64 @returns {Promise<WebAssembly.Module>} */
function expand(base64) {
  // Not a Blob's stream: WebKit cannot read one in a Worker of a page from a file.
  const zipped = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (new Response(bytes(base64)).body);
  self.postMessage({ compiling: true });
  const wasm = zipped.pipeThrough(new DecompressionStream("gzip"));
  const headers = { "Content-Type": "application/wasm" };
  return WebAssembly.compileStreaming(new Response(wasm, { headers }));
}

/** @param {string} base64 @returns {Uint8Array<ArrayBuffer>} */
function bytes(base64) {
  if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

/** @param {WebAssembly.Module} module @param {string} lock */
async function run(module, lock) {
  await hold(lock);
  self.postMessage({ failed: await new Program(module).run() });
}

/**
 * Holds a lock until the Worker ends; where there are no locks does nothing.
 * @param {string} lock
 * @returns {Promise<void>} that it is held
 */
function hold(lock) {
  return new Promise((held) => {
    if (!navigator.locks) return held();
    navigator.locks.request(lock, () => {
      held();
      return new Promise(() => {});
    }).catch(() => held());
  });
}
