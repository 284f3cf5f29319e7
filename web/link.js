// @ts-check
// The settings as the part of the page's address behind #: readable pairs such
// as v=1&preset=helmholtz&models=M1,M4&width=50&p.k=1. A link replays a run.
"use strict";

/**
 * @typedef {{[name: string]: any, params: {[name: string]: any}, models: string[]}} Config
 * @typedef {{field: string, message: string, using?: string}} Problem
 */

const MODELS = ["M1", "M2", "M3", "M4"];

const Link = {
  /** Settings whose name in a link is shorter. */
  short: /** @type {{[field: string]: string}} */ ({ version: "v", learningRate: "lr" }),

  /** What a link says of the page, not of the runs. */
  page: ["tab", "pace", "lesson"],

  /**
   * @param {Config} config
   * @param {{[name: string]: string}} page what is to be said of the page
   * @returns {string} with the #
   */
  write(config, page = {}) {
    const pairs = [];
    for (const [field, value] of Object.entries(config)) {
      if (field !== "params") pairs.push([Link.short[field] ?? field, value]);
    }
    for (const [name, value] of Object.entries(config.params)) pairs.push([`p.${name}`, value]);
    pairs.push(...Object.entries(page));
    const text = (/** @type {any} */ v) =>
      encodeURIComponent(typeof v === "object" && !Array.isArray(v) ? JSON.stringify(v) : String(v));
    return "#" + pairs.map((pair) => pair.map(text).join("=")).join("&").replaceAll("%2C", ",");
  },

  /**
   * Reads a link. Values are not judged here: the trainer knows which settings
   * there are and what they may be.
   * @param {string} hash
   * @returns {{raw: {[field: string]: any}, models: string[], paused: boolean,
   *   page: {[name: string]: string}, problems: Problem[]}}
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
    const seen = new Set();
    for (const [name, text] of new URLSearchParams(hash.replace(/^#/, ""))) {
      if (seen.has(name)) problems.push({ field: name, message: "is given twice; the last one counts" });
      seen.add(name);
      if (name === "paused") paused = text !== "0";
      else if (Link.page.includes(name)) page[name] = text;
      else if (name === "models") models = Link.readModels(text, problems) ?? models;
      else if (name.startsWith("p.")) (raw.params ??= {})[name.slice(2)] = Link.value(text);
      else raw[fields[name] ?? name] = Link.value(text);
    }
    return { raw, models, paused, page, problems };
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
