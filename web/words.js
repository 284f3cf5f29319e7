// @ts-check
// Sentences about settings.
"use strict";

/**
 * @param {Problem[]} problems
 * @param {boolean} loaded whether what stands in for them is used
 * @returns {string}
 */
function problemWords(problems, loaded = false) {
  return problems.map((p) => {
    const words = p.field ? `${p.field}: ${p.message}` : p.message;
    return loaded && p.using ? `${words} (using ${p.using})` : words;
  }).join("; ");
}

/**
 * @param {Config} config @param {Config} old @param {string[]} fields that changed
 * @param {any} preset of config
 */
function restartWords(config, old, fields, preset) {
  if (fields.includes("preset")) return `Started ${preset.title} with the paper’s settings.`;
  const words = fields.flatMap((f) => {
    if (f !== "params") return [`${f} is now ${config[f]}`];
    return Object.keys(config.params)
      .filter((p) => config.params[p] !== old.params[p])
      .map((p) => `${p} is now ${config.params[p]}`);
  });
  return `Restarted: ${words.join(", ")}.`;
}
