// The line-up: up to six contestants on one problem. A Config has the settings
// that all of them share, the contestants' keys, and for each what is its own.
// The key of a method that has a chip is its name, so M1 to M4 are at hand; others
// get a letter.

import { RequestError } from "./trainer.js";
import { isRecord } from "./words.js";

/** @import { Config } from "./link.js" */

/** The methods that have a chip: the paper's, and the one of second order. */
export const MODELS = ["M1", "M2", "M3", "M4", "GN"];

/** The letters of others. */
const LETTERS = ["A", "B", "C", "D", "E", "F"];

/** All keys there may be, in the order in which contestants stand. */
export const KEYS = [...MODELS, ...LETTERS];

/** So many contestants train at once. */
export const MOST = 6;

/** What one contestant cannot have for itself: they race on one problem. */
export const SHARED = ["preset", "params", "spec", "version", "models", "own"];

/** What each weighting has its own values of, unless they are said with it. */
export const BROUGHT = ["alpha", "period"];

/** @param {string[]} keys @returns {string[]} in the order of the line-up */
export const inOrder = (keys) => KEYS.filter((k) => keys.includes(k));

/** @param {Config} config @param {string} key @returns {{[field: string]: any}} what is the contestant's own */
export const ownOf = (config, key) => config.own?.[key] ?? {};

/** @param {Config} config @param {string} key @returns {string} the name of its method in the engine's table */
export const methodOf = (config, key) => ownOf(config, key).method ?? key;

/** The settings that each method is meant with, by its name, as the engine's table has them. @type {{[method: string]: {[field: string]: any}}} */
const MEANT = {};

/** Learns what methods are meant with. @param {{name: string, settings?: {[field: string]: any}}[]} methods */
export function learn(methods) {
  for (const m of methods) MEANT[m.name] = m.settings ?? {};
}

/** @param {Config} config @param {string} key @returns {{[field: string]: any}} what its method is meant with: unless it is the contestant's own, it stands instead of the setting of all */
export const meantOf = (config, key) => MEANT[methodOf(config, key)] ?? {};

/** @param {Config} config @param {string} key @returns {{[field: string]: any}} the contestant's whole Config, as the engine takes it */
export function configOf(config, key) {
  const { models: _, own: __, ...shared } = config;
  const { method = key, ...own } = ownOf(config, key);
  if (own.weighting || own.rule) for (const field of BROUGHT) delete shared[field];
  return { ...shared, ...meantOf(config, key), ...own, method };
}

/** @param {Config} config @returns {string} the first letter that is free; "" where there is no room */
export function freeLetter(config) {
  if (config.models.length >= MOST) return "";
  return LETTERS.find((k) => !config.models.includes(k)) ?? "";
}

/**
 * The colours of contestants that have none of their own, as places in the
 * palette: those come first that no method of the paper has.
 * @param {Config} config @returns {{[key: string]: number}}
 */
export function coloursOf(config) {
  const free = [4, 5, 0, 1, 2, 3].filter((place) => !config.models.includes(MODELS[place]));
  const seeds = seedsOf(config);
  const firsts = config.models.filter((k) => LETTERS.includes(k) && !(k in seeds));
  const colours = Object.fromEntries(firsts.map((k, i) => [k, free[i]]));
  for (const [k, first] of Object.entries(seeds)) colours[k] = colours[first] ?? MODELS.indexOf(first);
  return colours;
}

/**
 * Contestants that differ in nothing but the seed are drawn as one.
 * @param {Config} config @returns {{[key: string]: string}} each such but the first, and which that is
 */
export function seedsOf(config) {
  /** @type {Map<string, string>} */
  const first = new Map();
  /** @type {{[key: string]: string}} */
  const of = {};
  for (const key of config.models) {
    const { seed: _, ...rest } = configOf(config, key);
    const text = JSON.stringify(Object.entries(rest).sort(([a], [b]) => a < b ? -1 : 1));
    const one = first.get(text);
    if (one === undefined) first.set(text, key);
    else of[key] = one;
  }
  return of;
}

/** @param {Config} config @param {string} key @returns {string[]} it and those that differ from it in the seed alone, the first first */
export function familyOf(config, key) {
  const seeds = seedsOf(config), first = seeds[key] ?? key;
  return config.models.filter((k) => k === first || seeds[k] === first);
}

/**
 * A list of contestants in which one is trained on so many seeds, its own and the next.
 * @param {Config} config @param {string} key @param {number} n @returns {{[field: string]: any}[]} as set takes them
 */
export function onSeeds(config, key, n) {
  const [first, ...others] = familyOf(config, key);
  const { seed } = configOf(config, first);
  const wanted = Array.from({ length: n - 1 }, (_, i) => seed + 1 + i);
  const stay = others.filter((k) => wanted.includes(configOf(config, k).seed));
  const fresh = wanted.filter((s) => !stay.some((k) => configOf(config, k).seed === s));
  const one = (/** @type {string} */ k) => ({ method: methodOf(config, k), ...ownOf(config, k) });
  return [
    ...config.models.filter((k) => !others.includes(k) || stay.includes(k)).map((k) => ({ key: k, ...one(k) })),
    ...fresh.map((s) => ({ ...one(first), seed: s })),
  ];
}

/** @param {Config} config of which only contestants that train are kept @returns {Config} */
export function tidy(config) {
  const own = config.models.map((k) => [k, ownOf(config, k)]).filter(([, o]) => Object.keys(o).length > 0);
  return { ...config, own: Object.fromEntries(own) };
}

/**
 * A Config in which a contestant comes to other values: its own where it has
 * them for itself, else those of all.
 * @param {Config} config @param {string} key @param {{[field: string]: any}} values @returns {Config}
 */
export function moved(config, key, values) {
  const own = ownOf(config, key);
  const mine = Object.fromEntries(Object.entries(values).filter(([f]) => f in own));
  const shared = Object.fromEntries(Object.entries(values).filter(([f]) => !(f in own)));
  return tidy({ ...config, ...shared, own: { ...config.own, [key]: { ...own, ...mine } } });
}

/**
 * The line-up that a list of names asks for: keys of those that train, and
 * methods by name.
 * @param {any} asked @param {Config} old @param {string[]} methods there are
 * @returns {{models: string[], own: Config["own"]}}
 */
export function named(asked, old, methods) {
  const list = Array.isArray(asked) ? asked : [];
  const known = (/** @type {any} */ m) => MODELS.includes(m) || old.models.includes(m);
  if (list.length === 0 || new Set(list).size < list.length || !list.every((m) => known(m) || methods.includes(m))) {
    throw new RequestError("models: choose at least one of M1 to M4 and GN, each once, in a list", "models");
  }
  const stay = list.filter(known);
  /** @type {Config["own"]} */
  const own = Object.fromEntries(stay.map((key) => [key, ownOf(old, key)]));
  for (const method of list.filter((m) => !known(m))) {
    const key = KEYS.find((k) => old.models.includes(k) && !(k in own) && methodOf(old, k) === method && Object.keys(ownOf(old, k)).length === 1) ??
      LETTERS.find((k) => !(k in own) && !old.models.includes(k));
    if (key !== undefined) own[key] = { method };
  }
  const models = inOrder(Object.keys(own));
  return bounded({ models: models.length < list.length ? list : models, own });
}

/**
 * The line-up that a list of contestants asks for.
 * @param {any} asked such as [{method: "M4", width: 30}, ...]; a key, as in config(), keeps who is who, and seeds: 3 stands for three
 * @param {number} usual the seed of those that have none of their own
 * @returns {{models: string[], own: Config["own"]}}
 */
export function lineupOf(asked, usual) {
  const list = (Array.isArray(asked) ? asked : []).flatMap((c) => onePerSeed(c, usual));
  if (list.length === 0 || !list.every((c) => isRecord(c) && typeof c.method === "string")) {
    throw new RequestError("contestants takes a list of objects, such as [{method: \"M4\", width: 30}]", "contestants");
  }
  /** @type {Config["own"]} */
  const own = {};
  const taken = new Set(list.map((c) => c.key).filter((k) => KEYS.includes(k)));
  for (const { key, name: _, ...one } of list) {
    const plain = MODELS.includes(one.method) && Object.keys(one).length === 1 && !taken.has(one.method) && !(one.method in own);
    const mine = KEYS.includes(key) && !(key in own) ? key : plain ? one.method : LETTERS.find((k) => !taken.has(k) && !(k in own));
    if (mine === undefined) break; // too many, which is told below
    if (MODELS.includes(mine) && mine !== one.method) throw new RequestError(`contestants: ${mine} is no ${one.method}`, "contestants");
    const { method, ...pins } = one;
    own[mine] = MODELS.includes(mine) ? pins : { method, ...pins };
  }
  const models = inOrder(Object.keys(own));
  return bounded({ models: models.length < list.length ? [...models, ...list] : models, own });
}

/** @param {any} one a contestant @param {number} usual seed @returns {any[]} */
function onePerSeed(one, usual) {
  if (!isRecord(one) || one.seeds === undefined) return [one];
  const { seeds, key, ...rest } = /** @type {any} */ (one);
  if (!Number.isInteger(seeds) || seeds < 1) throw new RequestError("seeds: must be a whole number from 1 on", "seeds");
  const first = key === undefined ? rest : { key, ...rest };
  return [first, ...Array.from({ length: Math.min(seeds, MOST + 1) - 1 }, (_, i) => ({ ...rest, seed: (rest.seed ?? usual) + i + 1 }))];
}

/** @template {{models: any[]}} T @param {T} lineup @returns {T} that is not too long */
function bounded(lineup) {
  if (lineup.models.length > MOST) throw new RequestError(`models: at most ${MOST} train side by side`, "models");
  return lineup;
}
