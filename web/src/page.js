// The page: what it says of the lab and how it shows it.

import { Contestants } from "./contestants.js";
import { Controls } from "./controls.js";
import { byID, put } from "./dom.js";
import { typed } from "./format.js";
import { Scrubber } from "./history.js";
import { Intro } from "./intro.js";
import { pointWords } from "./keep.js";
import { LessonPanel } from "./lesson.js";
import { Link } from "./link.js";
import { Notice } from "./notice.js";
import { Numbers } from "./numbers.js";
import { ProblemView } from "./problem.js";
import { Reading } from "./reading.js";
import { Report } from "./report.js";
import { progress, room } from "./stage.js";
import { theme } from "./theme.js";
import { Trail } from "./trail.js";
import { RequestError } from "./trainer.js";
import { Views } from "./views.js";
import { errorWords, problemWords } from "./words.js";

/**
 * @import { Experiments } from "./experiments.js"
 * @import { Frame } from "./frame.js"
 * @import { Keep } from "./keep.js"
 * @import { Lab, Listener } from "./lab.js"
 * @import { Point } from "./points.js"
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

/**
 * Takes over what is made while the page starts.
 * @param {{lab?: Lab, frame?: Frame, experiments?: Experiments, take?: Take, keep?: Keep}} made
 */
export function furnish(made) {
  ({ lab = lab, frame = frame, experiments = experiments, take = take, keep = keep } = made);
}

export const numbers = new Numbers(byID("numbers"));
const reading = new Reading();
const problem = new ProblemView(byID("problem"), (config) => lab.sheet(config));
export const scrubber = new Scrubber(showMoment);
export const views = new Views(
  () => { view(); note(); if (lab?.preset) act(lab.survey(views.surveys())).catch(() => {}); },
  (wanted) => { act(lab.measure(wanted)).catch(() => {}); });
/** @type {Controls} */
export const controls = new Controls(
  (partial) => act(lab.set(partial, controls.scopeOf(partial))),
  (partial) => lab.settings.live(partial, controls.scope),
  (words) => say(words));
const contestants = new Contestants({
  add: (key, own) => act(lab.set({ contestants: [...Report.config(lab).contestants, { key, ...own }] })),
  remove: (key) => act(lab.set({ models: lab.config.models.filter((m) => m !== key) })).catch(() => {}),
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

/** @param {Point | null=} point what was replaced @returns {[string, () => void][]} the way back to it */
export function undo(point) {
  return point ? [["Undo", () => bring(point)]] : [];
}

/** Brings back a point, and says so. @param {Point | string} of or its id */
export function bring(of) {
  stopped.clear();
  return act(lab.points.bring(of)).then(({ point, before }) => {
    const paused = Report.running(lab) ? "" : " Paused: Play goes on.";
    say(`Back at iteration ${point.iteration.toLocaleString("en")}: ${pointWords(point, lab)}.${paused}`, "info", undo(before));
  }).catch(() => {});
}

/** @type {Listener} */
export const listener = {
  config(config, preset) {
    controls.show(config, preset);
    contestants.show(config, controls.scope);
    problem.show(config, preset);
    byID("pace").checked = lab.race.inStep;
    reading.layOutEstimates(config.models.filter((key) => lab.anneals(key)), preset.groups.slice(1));
    note();
  },
  models(models, preset) {
    const names = Object.fromEntries(models.map((m) => [m, lab.nameOf(m)]));
    numbers.layOut(names, preset);
    experiments.clear();
    reading.layOut(names, (m) => experiments.button(m));
    views.offer(preset.views, preset.residuals);
    act(lab.survey(views.surveys())).catch(() => {});
    for (const m of models) {
      const t = lab.trainers.get(m);
      if (t?.latest) listener.state(t);
    }
    view();
  },
  state(t) {
    if (lab.trainers.get(t.name) !== t || !t.latest) return;
    scrubber.add(t);
    experiments.refresh(t.name);
    if (scrubber.at === null) {
      reading.show(t.name, t.latest);
      numbers.show(t.name, t.latest, Report.status(lab, t));
      frame?.send({ do: "show", slot: t.name }, t.snapshot);
    }
    showDensity();
    if (t.latest.state.iteration > 0) progress("");
    if (t.latest.replay.moves !== replays.get(t.name)) {
      replays.set(t.name, t.latest.replay.moves);
      note();
    }
    keep.touch(!Report.running(lab));
    if (scrubber.wanted !== null) scrubber.seek();
    if (!t.latest.halt) stopped.delete(t.name);
    showTransport();
  },
  drop(model) {
    stopped.delete(model);
    scrubber.drop(model);
    view();
  },
  lineup: () => view(),
  anew: (model) => {
    progress("");
    scrubber.clear(model);
    const t = lab.trainers.get(model);
    if (t) listener.state(t);
  },
  points: () => experiments.showKept(),
  progress(model, head) {
    const part = typeof head.share === "number" ? ` (${Math.round(100 * head.share)} %)` : "";
    progress(`${model}: ${head.what}${part}`);
  },
  leave: () => trail.leave(),
  loaded(problems, page, preset, before) {
    stopped.clear();
    views.offer(preset.views, preset.residuals);
    problems = [...problems, ...views.take(page)];
    if (page.scrub !== undefined && !/^\d+$/.test(page.scrub)) {
      problems = [...problems, { field: "scrub", message: `${page.scrub} is no iteration` }];
    }
    scrubber.wanted = /^\d+$/.test(page.scrub ?? "") ? Number(page.scrub) : null;
    if (page.pace !== undefined && !["step", "free"].includes(page.pace)) {
      problems = [...problems, { field: "pace", message: "is step or free" }];
    }
    lesson.open(LessonPanel.number(page.lesson ?? ""));
    if (problems.length > 0) {
      say(`The link has what cannot be used; the rest is loaded. ${problemWords(problems, true)}.`, "error", undo(before));
    } else if (before) {
      say(`Set aside: ${pointWords(before, lab)}.`, "info", undo(before));
    } else {
      say("");
    }
  },
  say: (words, before) => say(words, "info", undo(before)),
  halt(model, words) {
    stopped.set(model, `diverged at ${words}. Its last good picture stays.`);
    say([...stopped].map(([m, why]) => `${m} ${why}`).join(" "), "error", waysOn());
    showTransport();
  },
  dead(key, words, again) {
    const t = lab.trainers.get(key);
    if (t?.latest) numbers.show(key, t.latest, again ? "starting again" : "stopped");
    if (!again) {
      const from = lab.points.newestOf(key)?.iteration ?? 0;
      say(`${lab.nameOf(key)} stopped again: ${words}.`, "error", [
        [`Go on from iteration ${from.toLocaleString("en")}`, () => act(lab.cast.reviveByHand(key))
          .then((at) => say(`${lab.nameOf(key)} goes on from iteration ${at.toLocaleString("en")}.`)).catch(() => {})],
      ]);
    }
    showTransport();
  },
  revived: (key, words, at) =>
    say(`${lab.nameOf(key)} stopped (${words}) and goes on from iteration ${at.toLocaleString("en")}.`),
  fault: (words) => say(words, "error"),
};

/** Shows whether the models run. */
function showTransport() {
  const running = Report.running(lab);
  byID("play").textContent = running ? "Pause" : "Play";
  byID("play").classList.toggle("running", running);
}

/** Shows how far the spectral densities are that were asked for: the last model counts. */
function showDensity() {
  const parts = [...lab.trainers.values()].map((t) => t.alive ? t.latest?.density : undefined).filter((d) => typeof d === "number");
  const done = parts.length > 0 ? Math.min(...parts) : null;
  const button = byID("density");
  button.setAttribute("aria-busy", String(done !== null));
  put(button, done === null ? "Spectral density" : `Spectral density: ${Math.round(100 * done)} %`);
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
const replays = new Map();

/** The page's address. */
export const trail = new Trail(link, async (entry) => {
  const point = lab.points.earlier.findLast((p) => p.entries.includes(entry));
  if (point) await bring(point);
  return point !== undefined;
}, () => act(lab.load(LessonPanel.whole(location.hash))), (hash) => keep?.store.remember(hash));

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
  now: () => lab.inTurn(() => lab.points.now()),
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
