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

/** @param {Lab} lab @returns {string} what the link to its runs replays */
function replayWords(lab) {
  const all = lab.config.models.map((m) => ({ model: m, replay: lab.trainers.get(m)?.latest?.replay }));
  const moves = Math.max(0, ...all.map(({ replay }) => replay?.moves ? replay.moves.split(",").length : 0));
  const apart = all.filter(({ replay }) => replay?.apart);
  const what = apart.length === 0 ? "this run" : all.length === apart.length ? "" : all.filter((a) => !apart.includes(a)).map((a) => a.model).join(" and ");
  const changes = moves === 0 ? "" : `, with the ${moves === 1 ? "change" : `${moves} changes`} of settings on the way`;
  return [
    what === "" ? "It starts these settings at iteration 0." : `It replays ${what} from iteration 0${changes}.`,
    ...apart.map(({ model, replay }) => `It does not replay ${model}: ${replay?.apart}. Save run keeps that.`),
  ].join(" ");
}
