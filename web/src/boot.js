// Checks what the browser has, and makes programs out of what build.sh packed
// into dist/*.js: gzipped WebAssembly as base64, and scripts as text.

/**
 * @typedef {{trainer: string, canvas?: string, runtime: string, worker: string, inside: string}} Dist
 */

export const Boot = {
  /** @returns {Dist | null} what build.sh made, or null where that is not whole */
  dist() {
    const made = /** @type {any} */ (window).pinnlabDist;
    return made && made.trainer && made.runtime ? made : null;
  },

  /**
   * Notes that the start has come to something, once; a page that holds this one
   * in a frame hears of it.
   * @param {string} name
   * @param {number} at milliseconds since the page was opened
   */
  mark(name, at = performance.now()) {
    if (performance.getEntriesByName(name, "mark").length > 0) return;
    performance.mark(name, { startTime: at });
    if (parent !== window) parent.postMessage({ mark: name, at }, "*");
  },

  /** Throws, with words for a person, where the page cannot train. */
  check() {
    if (!Boot.dist()) throw new Error("Parts of this page are missing: run ./build.sh again, then load it again.");
    const missing = Boot.missing();
    if (missing.length === 0) return;
    throw new Error(`This browser lacks ${missing.join(" and ")}, which the training needs. ` +
      "A current Chrome, Edge, Firefox or Safari has it.");
  },

  /** @returns {string[]} what training needs and the browser lacks, in words */
  missing() {
    const lacks = [];
    if (typeof WebAssembly !== "object") return ["WebAssembly"];
    // (func (result v128) i32.const 0, i8x16.splat, i8x16.popcnt)
    const simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0,
      10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
    if (!WebAssembly.validate(new Uint8Array(simd))) lacks.push("WebAssembly SIMD");
    if (typeof DecompressionStream !== "function") lacks.push("DecompressionStream");
    if (typeof Worker !== "function") lacks.push("Web Workers");
    return lacks;
  },

  /** @returns {boolean} whether pictures can be drawn */
  hasWebGL2() {
    const context = document.createElement("canvas").getContext("webgl2");
    if (!context) return false;
    context.getExtension("WEBGL_lose_context")?.loseContext(); // browsers allow only a few
    return true;
  },

  /**
   * A new Worker with Go's runtime. Its source is a Blob, since a page opened
   * from a file may not start a Worker from another file.
   * @returns {Worker}
   */
  worker() {
    const { runtime, worker } = /** @type {Dist} */ (Boot.dist());
    Boot.source ??= URL.createObjectURL(
      new Blob([runtime, "\n", worker], { type: "text/javascript" }));
    return new Worker(Boot.source);
  },
  /** @type {string | undefined} */
  source: undefined,

  /**
   * Expands and compiles a program off the page's thread.
   * @param {"trainer" | "canvas"} name
   * @param {(words: string) => void} report progress
   * @returns {Promise<WebAssembly.Module>}
   */
  async compile(name, report) {
    const dist = /** @type {Dist} */ (Boot.dist());
    report("decoding …");
    // The larger program's script does not keep the page from starting.
    if (!dist[name] && document.readyState !== "complete") {
      await new Promise((loaded) => addEventListener("load", loaded, { once: true }));
    }
    if (!dist[name]) throw new Error(`dist/${name}.js could not be read`);
    const worker = Boot.worker();
    return new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }) => {
        Boot.mark(`${name} ${data.compiling ? "decoded" : "compiled"}`);
        if (data.compiling) return report("compiling …");
        worker.terminate();
        if (data.module) resolve(data.module);
        else reject(new Error(`the ${name} could not be compiled: ${data.failed}`));
      };
      worker.postMessage({ expand: dist[name] });
      dist[name] = "done"; // megabytes that nobody needs again
    });
  },
};

Boot.mark("programs read");
