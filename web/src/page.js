// The page: what it says of the lab and how it shows it.

import { Contestants } from "./contestants.js";
import { Controls } from "./controls.js";
import { byID } from "./dom.js";
import { typed } from "./format.js";
import { Scrubber } from "./history.js";
import { Intro } from "./intro.js";
import { pointWords } from "./keep.js";
import { LessonPanel } from "./lesson.js";
import { familyOf, lineupOf, methodOf, MOST, onSeeds, ownOf, seedsOf } from "./lineup.js";
import { Link } from "./link.js";
import { Notice } from "./notice.js";
import { Numbers } from "./numbers.js";
import { ProblemView } from "./problem.js";
import { Reading } from "./reading.js";
import { Report } from "./report.js";
import { room } from "./stage.js";
import { theme } from "./theme.js";
import { Trail } from "./trail.js";
import { RequestError } from "./trainer.js";
import { Views } from "./views.js";
import { errorWords } from "./words.js";

/**
 * @import { Experiments } from "./experiments.js"
 * @import { Frame } from "./frame.js"
 * @import { Ghosts } from "./ghosts.js"
 * @import { Keep } from "./keep.js"
 * @import { Lab } from "./lab.js"
 * @import { Savepoint } from "./savepoints.js"
 * @import { Take } from "./take.js"
 */

/** @type {Lab} */
export let lab;
/** @type {Frame | null} */
export let frame = null;

/** @type {Experiments} */
export let experiments;
/** @type {Take} */
export let take;
/** @type {Keep} */
export let keep;
/** @type {Ghosts} */
export let ghosts;

/**
 * Takes over what is made while the page starts.
 * @param {{lab?: Lab, frame?: Frame, experiments?: Experiments, take?: Take, keep?: Keep, ghosts?: Ghosts}} made
 */
export function furnish(made) {
  ({ lab = lab, frame = frame, experiments = experiments, take = take, keep = keep, ghosts = ghosts } = made);
}

export const numbers = new Numbers(byID("numbers"));
export const reading = new Reading();
export const problem = new ProblemView(byID("problem"), (config) => lab.sheet(config));
export const scrubber = new Scrubber(showMoment);
export const views = new Views(
  () => { view(); note(); if (lab?.preset) act(lab.survey(views.surveys())).catch(() => {}); },
  (wanted) => { act(lab.measure(wanted)).catch(() => {}); });
/** @type {Controls} */
export const controls = new Controls(
  (partial) => act(lab.set(partial, controls.scopeOf(partial))),
  (partial) => lab.settings.live(partial, controls.scope),
  (words) => say(words));
export const contestants = new Contestants({
  add: (key, own) => act(lab.set({ contestants: [...Report.config(lab).contestants, { key, ...own }] })),
  remove(key) {
    const gone = familyOf(lab.config, key);
    act(lab.set({ models: lab.config.models.filter((m) => !gone.includes(m)) })).catch(() => {});
  },
  seeds: (key, n) => act((async () => {
    if (!Number.isInteger(n) || n < 1 || n > MOST) throw new RequestError(`seeds: must be a whole number from 1 to ${MOST}`, "seeds");
    const seeds = seedsOf(lab.config);
    const firsts = key === "" ? lab.config.models.filter((m) => !(m in seeds)) : [key];
    let { config } = lab;
    for (const first of firsts) config = { ...config, ...lineupOf(onSeeds(config, first, n), config.seed) };
    await lab.set({ contestants: config.models.map((k) => ({ key: k, method: methodOf(config, k), ...ownOf(config, k) })) });
  })()),
  scope(key) {
    controls.choose(key);
    contestants.show(lab.config, controls.scope);
  },
  tables: () => lab.tables,
});

const notice = new Notice();

/**
 * Says something, with buttons for what can be done.
 * @param {string} words
 * @param {"info" | "error"} kind
 * @param {[string, () => void][]} actions
 */
export function say(words, kind = "info", actions = []) { notice.show(words, kind, actions); }

/** @type {Map<string, string>} why models diverged, by model */
export const stopped = new Map();

/** @returns {[string, () => void][]} the ways on for models that diverged */
export function waysOn() {
  if (stopped.size === 0) return [];
  const smaller = Number((lab.config.learningRate / 10).toPrecision(3));
  return [
    ["Reset", () => act(reset())],
    [`Reset with learning rate ${typed(smaller)}`, () => act(reset({ learningRate: smaller }))],
  ];
}

/**
 * Says what went wrong with something that was asked for.
 * @template T @param {Promise<T>} promise @returns {Promise<T>}
 */
export function act(promise) {
  promise.then(() => notice.solved(), (error) => {
    error.message = errorWords(error);
    say(error.message, "error", waysOn());
    notice.refusal = true;
  });
  return promise;
}

/** @param {{[field: string]: any} | null} partial changed on the way */
export async function reset(partial = null) {
  stopped.clear();
  if (partial) await lab.set(partial);
  const before = await lab.reset();
  say(before ? "Reset to iteration 0." : "", "info", undo(before));
}

/** @param {Savepoint | null=} point what was replaced @returns {[string, () => void][]} the way back to it */
export function undo(point) {
  return point ? [["Undo", () => bring(point)]] : [];
}

/** Brings back a point, and says so. @param {Savepoint | string} of or its id */
export function bring(of) {
  stopped.clear();
  return act(lab.savepoints.bring(of)).then(({ point, before }) => {
    const paused = Report.running(lab) ? "" : " Paused: Play goes on.";
    say(`Back at iteration ${point.iteration.toLocaleString("en")}: ${pointWords(point, lab)}.${paused}`, "info", undo(before));
  }).catch(() => {});
}

/** Shows a moment of the past, or the present again. @param {number | null} at */
export function showMoment(at) {
  note();
  frame?.send({ do: "view", past: at });
  for (const t of lab.trainers.values()) {
    if (!t.latest) continue;
    const moment = at === null ? null : scrubber.past(t.name).nearest(at);
    if (at !== null && !moment) continue;
    frame?.send({ do: "show", slot: t.name }, moment ? moment.body : t.snapshot);
    reading.show(t.name, moment ? moment.head : t.latest, moment !== null);
    if (moment) numbers.show(t.name, moment.head, "past", true);
    else numbers.show(t.name, t.latest, Report.status(lab, t));
  }
}

/** @type {Map<string, string>} the moves that the link has, by model */
export const replays = new Map();

/** The page's address. */
export const trail = new Trail(link, async (entry) => {
  const point = lab.savepoints.earlier.findLast((p) => p.entries.includes(entry));
  if (point) await bring(point);
  return point !== undefined;
}, () => act(lab.load(LessonPanel.whole(location.hash))), (another) => keep?.store.remember(another));

/** Writes the link, in a while. */
export function note() {
  if (lab?.preset) trail.note();
}

/** @returns {string} the link to what is seen now */
function link() {
  const of = lab.config.models.map((m) => [m, lab.trainers.get(m)?.latest?.replay ?? lab.cast.replayOf(m)]);
  return Link.write(lab.config, {
    ...views.chosen(),
    ...(scrubber.at === null ? {} : { scrub: String(scrubber.at) }),
    ...(lab.race.inStep ? { pace: "step" } : {}),
    ...(lesson.number > 0 ? { lesson: String(lesson.number) } : {}),
  }, Object.fromEntries(of));
}

/** Tells the canvas how to show things. */
export function view() {
  if (!lab) return;
  const titles = lab.config.models.map((key) => {
    const chip = document.querySelector(`.chip[data-model=${key}] > span`)?.textContent;
    return [key, chip ? [chip, ...lab.nameOf(key).split(" · ").slice(1)].join(" · ") : lab.nameOf(key)];
  });
  const marks = (lab.preset?.profiles ?? []).filter((/** @type {any} */ p) => p.re === lab.config.params.Re);
  frame?.send({
    do: "view", lineup: lab.cast.lineup(), theme: theme(), title: lab.preset?.title ?? "", titles: Object.fromEntries(titles),
    ...views.read(), callouts: intro.open ? "on" : "off", past: scrubber.at, marks, height: room(), dpr: devicePixelRatio,
  });
}

export const intro = new Intro(() => view(), () => lesson.open(1));

export const lesson = new LessonPanel({
  async load(hash) {
    const { before } = await act(lab.load(hash));
    return before;
  },
  run: (steps) => lab.step(steps),
  views: () => views.all(),
  view: (partial) => views.set(partial),
  now: () => lab.inTurn(() => lab.savepoints.now()),
  bring,
  curve: () => {
    const [model] = lab.config.models;
    const points = scrubber.past(model).moments.map(({ iteration, head }) =>
      ({ iteration, error: head.state.relL2, lambda: Number(Object.values(head.state.lambdas ?? {})[0] ?? NaN) }));
    return { model, points };
  },
  say: (words, actions) => say(words, "info", actions),
  changed: () => { if (lab?.preset) note(); },
});

/** @param {string} mode step or free @returns {Promise<any>} */
export function pace(mode) {
  if (mode !== "step" && mode !== "free") throw new RequestError(`pace is step or free, not ${mode}`, "pace");
  return act(lab.race.choose(mode === "step").then(() => {
    byID("pace").checked = lab.race.inStep;
    note();
  }));
}
