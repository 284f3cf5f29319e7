// Runs as files: the settings and, of each model, all that it is.

import { inOrder, KEYS } from "./lineup.js";

/**
 * @import { Config } from "./link.js"
 * @import { SavedRun } from "./savepoints.js"
 */

/** @param {ArrayBuffer} buffer @returns {string} */
export function toBase64(buffer) {
  const bytes = new Uint8Array(buffer);
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(text);
}

/** @param {string} text @returns {ArrayBuffer} */
function fromBase64(text) {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
}

/** The largest file that is read; no run is as large. */
const MOST_FILE_BYTES = 1 << 30;

export const Files = {
  /**
   * @param {Config} config
   * @param {{model: string, checkpoint: ArrayBuffer}[]} runs
   * @returns {string}
   */
  write(config, runs) {
    const models = runs.map((r) => ({ model: r.model, checkpoint: toBase64(r.checkpoint) }));
    return JSON.stringify({ pinnlab: 1, config, models }, null, 1);
  },

  /**
   * Reads what write wrote; throws with words for a person otherwise.
   * @param {string} text
   * @returns {{config: Config, runs: SavedRun[]}}
   */
  read(text) {
    const not = new Error("This file is not a run that PINN Lab saved.");
    let file;
    try {
      file = JSON.parse(text);
    } catch {
      throw not;
    }
    if (typeof file?.config !== "object" || !file.config || !Array.isArray(file.models) || file.pinnlab === undefined) throw not;
    if (file.pinnlab !== 1) throw new Error(`This file has version ${file.pinnlab}; this page reads version 1.`);
    const runs = file.models.map((/** @type {any} */ m) => {
      if (!KEYS.includes(m?.model) || typeof m.checkpoint !== "string") throw not;
      try {
        return { model: m.model, checkpoint: fromBase64(m.checkpoint), iteration: 0 };
      } catch {
        throw new Error(`The weights of ${m.model} in this file are damaged.`);
      }
    });
    const models = new Set(runs.map((/** @type {SavedRun} */ r) => r.model));
    if (runs.length === 0 || models.size < runs.length) throw not;
    return { config: { ...file.config, models: inOrder([...models]) }, runs };
  },

  /** @param {File} file @returns {Promise<string>} its text */
  text(file) {
    if (file.size > MOST_FILE_BYTES) throw new Error("This file is too large to be a run that PINN Lab saved.");
    return file.text();
  },

  /** @param {string} name @param {BlobPart} data @param {string} type */
  save(name, data, type = "application/json") {
    const url = URL.createObjectURL(data instanceof Blob ? data : new Blob([data], { type }));
    Object.assign(document.createElement("a"), { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  },
};
