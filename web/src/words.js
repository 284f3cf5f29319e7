// Sentences about settings.

/**
 * @import { Lab } from "./lab.js"
 * @import { Config, Problem } from "./link.js"
 */

/** What the page calls what is no plain setting of the engine. */
const NAMES = /** @type {{[field: string]: string}} */ ({ preset: "Problem", models: "Models", steps: "Steps" });

/** Takes over what the engine calls its settings. @param {train.Field[]} fields */
export function learn(fields) {
  for (const { name, title } of fields) NAMES[name] = title;
}

/** @param {string} field as the engine calls it @returns {string} as the page does */
export function fieldName(field) {
  const param = field.startsWith("params.") ? field.slice(7) : "";
  if (param !== "") return NAMES[param] ? `${param} of the equation` : param;
  return NAMES[field] ?? field;
}

/** @param {any} error @returns {string} what it says, with the page's name of its field */
export function errorWords(error) {
  const { field, message } = error;
  if (!field || !message.startsWith(`${field}: `)) return message;
  return `${fieldName(field)}: ${message.slice(field.length + 2)}`;
}

/** @param {any} value @returns {boolean} whether it is an object with fields */
export const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON has no NaN; as a word it can be refused. @param {any} value @returns {any} */
export function sayable(value) {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, sayable(v)]));
}

/**
 * @param {Problem[]} problems
 * @param {boolean} loaded whether what stands in for them is used
 * @returns {string}
 */
export function problemWords(problems, loaded = false) {
  return problems.map((p) => {
    const of = p.of ? `${p.of}, ` : "";
    const words = p.field ? `${of}${fieldName(p.field)}: ${p.message}` : p.message;
    return loaded && p.using ? `${words} (using ${p.using})` : words;
  }).join("; ");
}

/**
 * @param {Config} config @param {Config} old @param {string[]} fields that changed
 * @param {any} preset of config
 */
export function restartWords(config, old, fields, preset) {
  if (fields.includes("preset")) return `Started ${preset.title} with the paper’s settings.`;
  const words = fields.flatMap((f) => {
    if (f !== "params") return [`${fieldName(f)} is now ${config[f]}`];
    return Object.keys(config.params)
      .filter((p) => config.params[p] !== old.params[p])
      .map((p) => `${fieldName(`params.${p}`)} is now ${config.params[p]}`);
  });
  return `Restarted: ${words.join(", ")}.`;
}

/** @param {Lab} lab @returns {string} what the link to its runs replays */
export function replayWords(lab) {
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
