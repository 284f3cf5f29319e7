// The settings as the part of the page's address behind #: readable pairs such
// as v=1&preset=helmholtz&models=M1,M4&width=50&p.k=1. A link replays a run.

/** @import { Head } from "./trainer.js" */

/**
 * @typedef {{[name: string]: any, params: {[name: string]: any}, models: string[]}} Config
 * @typedef {{field: string, message: string, using?: string}} Problem
 */

export const MODELS = ["M1", "M2", "M3", "M4"];

export const Link = {
  /** Settings whose name in a link is shorter. */
  short: /** @type {{[field: string]: string}} */ ({ version: "v", learningRate: "lr" }),

  /** What a link says of the page, not of the runs. */
  page: ["tab", "pace", "lesson", "enlarge", "field", "shown", "errorAxis", "points", "gradAxis", "gradWeighted", "gradPooled",
    "budget", "subset", "scrub"],

  /**
   * @param {Config} config
   * @param {{[name: string]: string}} page what is to be said of the page
   * @param {{[model: string]: Head}} replays what makes each model's run again, where that is known
   * @returns {string} with the #
   */
  write(config, page = {}, replays = {}) {
    const { start, moves } = Link.script(config, replays);
    const pairs = [];
    for (const [field, value] of Object.entries({ ...config, ...start })) {
      if (field !== "params") pairs.push([Link.short[field] ?? field, value]);
    }
    for (const [name, value] of Object.entries(config.params)) pairs.push([`p.${name}`, value]);
    pairs.push(...moves, ...Object.entries(page));
    const text = (/** @type {any} */ v) =>
      encodeURIComponent(typeof v === "object" && !Array.isArray(v) ? JSON.stringify(v) : String(v));
    return "#" + pairs.map((pair) => pair.map(text).join("=")).join("&")
      .replaceAll("%2C", ",").replaceAll("%40", "@").replaceAll("%3A", ":");
  },

  /**
   * What moved in the runs, for a link: the values at the start, those of the
   * first model, and moves=..., or moves.M2=... for each where they differ.
   * @param {Config} config @param {{[model: string]: Head}} replays
   * @returns {{start: Head, moves: [string, string][]}}
   */
  script(config, replays) {
    const known = config.models.filter((m) => replays[m]);
    if (known.length === 0) return { start: {}, moves: [] };
    const { start } = replays[known[0]];
    const moves = known.map((m) => {
      const own = replays[m].start;
      return [
        ...(own.learningRate === start.learningRate ? [] : [`lr@0:${own.learningRate}`]),
        ...(own.alpha === start.alpha ? [] : [`alpha@0:${own.alpha}`]),
        ...(replays[m].moves === "" ? [] : [replays[m].moves]),
      ].join(",");
    });
    if (known.length === config.models.length && moves.every((t) => t === moves[0])) {
      return { start, moves: moves[0] === "" ? [] : [["moves", moves[0]]] };
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
   * @returns {{raw: {[field: string]: any}, models: string[], moves: {[model: string]: string}, paused: boolean,
   *   page: {[name: string]: string}, problems: Problem[]}} moves of all models under ""
   */
  read(hash) {
    const fields = Object.fromEntries(Object.entries(Link.short).map(([f, n]) => [n, f]));
    /** @type {{[field: string]: any}} */
    const raw = {};
    /** @type {Problem[]} */
    const problems = [];
    let models = ["M1", "M4"];
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
      else if (MODELS.some((m) => name === `moves.${m}`)) moves[name.slice("moves.".length)] = text;
      else if (name === "models") models = Link.readModels(text, problems) ?? models;
      else if (name.startsWith("p.")) (raw.params ??= {})[name.slice(2)] = Link.value(text);
      else raw[fields[name] ?? name] = Link.value(text);
    }
    return { raw, models, moves, paused, page, problems };
  },

  /**
   * @param {string} text @param {Problem[]} problems
   * @returns {string[] | null} the models in order; null for none
   */
  readModels(text, problems) {
    const asked = text.split(",").filter((m) => m !== "");
    for (const m of asked) {
      if (!MODELS.includes(m)) problems.push({ field: "models", message: `has no ${m}` });
    }
    const models = MODELS.filter((m) => asked.includes(m));
    if (models.length === 0) {
      problems.push({ field: "models", message: "names no model of M1 to M4" });
      return null;
    }
    return models;
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
