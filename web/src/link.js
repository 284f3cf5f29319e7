// The settings as the part of the page's address behind #: readable pairs such
// as v=1&preset=helmholtz&models=M1,M4&width=50&p.k=1. What a contestant has for
// itself is under its key: models=M1,A&A=M4,width:30. A link replays a run.

import { inOrder, KEYS, MODELS, MOST, ownOf } from "./lineup.js";

/** @import { Head } from "./trainer.js" */

/**
 * @typedef {{[name: string]: any, params: {[name: string]: any}, models: string[],
 *   own: {[key: string]: {[field: string]: any}}}} Config the settings of all, the contestants' keys, and what each has for itself
 * @typedef {{field: string, message: string, using?: string, of?: string}} Problem of one contestant, if not of all
 */

export const Link = {
  /** Settings whose name in a link is shorter. */
  short: /** @type {{[field: string]: string}} */ ({ version: "v", learningRate: "lr" }),

  /** What a link says of the page, not of the runs. */
  page: ["tab", "pace", "lesson", "enlarge", "field", "shown", "errorAxis", "points", "over", "gradAxis", "gradWeighted", "gradPooled",
    "budget", "subset", "scrub"],

  /**
   * @param {Config} config
   * @param {{[name: string]: string}} page what is to be said of the page
   * @param {{[key: string]: Head}} replays what makes each contestant's run again, where that is known
   * @returns {string} with the #
   */
  write(config, page = {}, replays = {}) {
    const { start, moves } = Link.script(config, replays);
    const { params, own: _, ...shared } = { ...config, ...start };
    const pairs = Object.entries(shared).map(([field, value]) => [Link.short[field] ?? field, value]);
    for (const [name, value] of Object.entries(params)) pairs.push([`p.${name}`, value]);
    for (const key of config.models) {
      const text = Link.own({ ...ownOf(config, key), ...pick(replays[key]?.start, ownOf(config, key)) });
      if (text !== "") pairs.push([key, text]);
    }
    pairs.push(...moves, ...Object.entries(page));
    const text = (/** @type {any} */ v) =>
      encodeURIComponent(typeof v === "object" && !Array.isArray(v) ? JSON.stringify(v) : String(v));
    return "#" + pairs.map((pair) => pair.map(text).join("=")).join("&")
      .replaceAll("%2C", ",").replaceAll("%40", "@").replaceAll("%3A", ":");
  },

  /** @param {{[field: string]: any}} own @returns {string} what a contestant has for itself, its method first */
  own({ method, ...pins }) {
    const pairs = Object.entries(pins).map(([field, v]) => `${Link.short[field] ?? field}:${v}`);
    return [...(method === undefined ? [] : [method]), ...pairs].join(",");
  },

  /**
   * What moved in the runs, for a link: the values at the start, those of the
   * first that shares them, and moves=..., or moves.M2=... for each where they differ.
   * @param {Config} config @param {{[key: string]: Head}} replays
   * @returns {{start: Head, moves: [string, string][]}}
   */
  script(config, replays) {
    const known = config.models.filter((m) => replays[m]);
    /** @type {Head} */
    const start = {};
    for (const m of known.toReversed()) Object.assign(start, pick(replays[m].start, ownOf(config, m), false));
    const moves = known.map((m) => {
      const own = replays[m].start, usual = { ...own, ...pick(start, ownOf(config, m), false) };
      return [
        ...(own.learningRate === usual.learningRate ? [] : [`lr@0:${own.learningRate}`]),
        ...(own.alpha === usual.alpha ? [] : [`alpha@0:${own.alpha}`]),
        ...(replays[m].moves === "" ? [] : [replays[m].moves]),
      ].join(",");
    });
    if (known.length === config.models.length && moves.every((t) => t === moves[0])) {
      return { start, moves: moves.length === 0 || moves[0] === "" ? [] : [["moves", moves[0]]] };
    }
    return { start, moves: known.flatMap((m, i) => moves[i] === "" ? [] : [[`moves.${m}`, moves[i]]]) };
  },

  /**
   * The pairs of a link over those of another, which stands for what is not said.
   * @param {string} usual @param {string} hash @returns {string} with the #
   */
  over(usual, hash) {
    const [pairs, own] = [usual, hash].map((h) => h.replace(/^#/, "").split("&").filter((p) => p !== ""));
    const name = (/** @type {string} */ pair) => pair.split("=")[0];
    const said = new Set(own.map(name));
    return "#" + [...pairs.filter((p) => !said.has(name(p))), ...own].join("&");
  },

  /**
   * Reads a link. Values are not judged here: the trainer knows which settings
   * there are and what they may be.
   * @param {string} hash
   * @returns {{raw: {[field: string]: any}, models: string[], moves: {[key: string]: string}, paused: boolean,
   *   page: {[name: string]: string}, problems: Problem[]}} moves of all models under ""
   */
  read(hash) {
    const fields = Object.fromEntries(Object.entries(Link.short).map(([f, n]) => [n, f]));
    /** @type {{[field: string]: any}} */
    const raw = {};
    /** @type {Problem[]} */
    const problems = [];
    let models = ["M1", "M4"];
    /** @type {string | null} */
    let asked = null;
    let paused = false;
    /** @type {{[name: string]: string}} */
    const page = {};
    /** @type {{[model: string]: string}} */
    const moves = {};
    const seen = new Set();
    for (const [name, text] of new URLSearchParams(hash.replace(/^#/, ""))) {
      if (seen.has(name)) problems.push({ field: name, message: "is given twice; the last one counts" });
      seen.add(name);
      if (name === "paused") paused = text !== "0";
      else if (Link.page.includes(name)) page[name] = text;
      else if (name === "moves") moves[""] = text;
      else if (KEYS.includes(name)) (raw.own ??= {})[name] = Link.readOwn(name, text, fields);
      else if (KEYS.some((key) => name === `moves.${key}`)) moves[name.slice("moves.".length)] = text;
      else if (name === "models") asked = text;
      else if (name.startsWith("p.")) (raw.params ??= {})[name.slice(2)] = Link.value(text);
      else raw[fields[name] ?? name] = Link.value(text);
    }
    if (asked !== null) models = Link.readModels(asked, raw.own ?? {}, problems) ?? models;
    return { raw, models, moves, paused, page, problems };
  },

  /**
   * @param {string} key @param {string} text such as M4,width:30 @param {{[name: string]: string}} fields by their names in a link
   * @returns {{[field: string]: any}} what the contestant has for itself
   */
  readOwn(key, text, fields) {
    const parts = text.split(",").filter((p) => p !== "");
    const method = MODELS.includes(key) || parts.length === 0 || parts[0].includes(":") ? {} : { method: parts.shift() };
    return { ...method, ...Object.fromEntries(parts.map((part) => {
      const [name, ...value] = part.split(":");
      return [fields[name] ?? name, Link.value(value.join(":"))];
    })) };
  },

  /**
   * @param {string} text @param {{[key: string]: {[field: string]: any}}} own @param {Problem[]} problems
   * @returns {string[] | null} the contestants' keys in order; null for none
   */
  readModels(text, own, problems) {
    const asked = text.split(",").filter((m) => m !== "");
    const known = (/** @type {string} */ m) => MODELS.includes(m) || KEYS.includes(m) && own[m]?.method !== undefined;
    for (const m of asked) {
      if (!known(m)) problems.push({ field: "models", message: `has no ${m}` });
    }
    const models = inOrder(asked.filter(known));
    if (models.length > MOST) problems.push({ field: "models", message: `at most ${MOST} train side by side` });
    if (models.length === 0) {
      problems.push({ field: "models", message: "names no model of M1 to M4 and GN" });
      return null;
    }
    return models.slice(0, MOST);
  },

  /**
   * A number or an object where text is one, else the text.
   * @param {string} text @returns {any}
   */
  value(text) {
    const number = Number(text);
    if (text.trim() !== "" && Number.isFinite(number)) return number;
    if (!text.startsWith("{")) return text;
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  },
};

/** @param {Head | undefined} values @param {Head} own @param {boolean} inside @returns {Head} the values that own has too, or those that it has not */
function pick(values, own, inside = true) {
  return Object.fromEntries(Object.entries(values ?? {}).filter(([f]) => f in own === inside));
}
