// Runs a Go program, in a Worker as in the canvas' document, behind Go's
// wasm_exec.js.

/**
 * A program that is about to run. A Go program that fails prints why; the
 * first line is for the page.
 */
export class Program {
  /** @param {WebAssembly.Module} module */
  constructor(module) {
    this.module = module;
    this.go = new (/** @type {any} */ (globalThis).Go)();
    this.last = ""; // what it said as it failed
    const print = console.log;
    console.log = (...words) => {
      const line = words.join(" ");
      if (/^(panic|fatal error):/.test(line)) this.last = line;
      print(...words);
    };
  }

  /** @returns {Promise<string>} why it ended, which it should not */
  async run() {
    try {
      await this.go.run(await WebAssembly.instantiate(this.module, this.go.importObject));
      return this.last || "the program ended";
    } catch (error) {
      return this.last || String(error);
    }
  }
}
