// The page: what it says of the lab and how it shows it.

import { Controls } from "./controls.js";
import { byID, make, put } from "./dom.js";
import { typed } from "./format.js";
import { Scrubber } from "./history.js";
import { Intro } from "./intro.js";
import { pointWords } from "./keep.js";
import { LessonPanel } from "./lesson.js";
import { Link, MODELS } from "./link.js";
import { Notice } from "./notice.js";
import { Numbers } from "./numbers.js";
import { ProblemView } from "./problem.js";
import { Reading } from "./reading.js";
import { Report } from "./report.js";
import { theme } from "./theme.js";
import { Trail } from "./trail.js";
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
export const controls = new Controls(
  (partial) => act(lab.set(partial)),
  (partial) => lab.live(partial),
  (words) => say(words));

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

/** Brings back a point, and says so. @param {Point} point */
export function bring({ id }) {
  stopped.clear();
  return act(lab.points.bring(id)).then(({ point, before }) => {
    const paused = Report.running(lab) ? "" : " Paused: Play goes on.";
    say(`Back at iteration ${point.iteration.toLocaleString("en")}: ${pointWords(point, lab.catalogue)}.${paused}`, "info", undo(before));
  }).catch(() => {});
}

/** @type {Listener} */
export const listener = {
  config(config, preset) {
    controls.show(config, preset);
    problem.show(config, preset);
    byID("pace").checked = lab.race.inStep;
    reading.layOutEstimates(config.models, preset.groups.slice(1), config.rule);
    note();
  },
  models(models, preset) {
    numbers.layOut(models, preset);
    experiments.clear();
    reading.layOut(models, (m) => experiments.button(m));
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
      say(`Set aside: ${pointWords(before, lab.catalogue)}.`, "info", undo(before));
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
  dead(model, words) {
    const t = lab.trainers.get(model);
    if (t?.latest) numbers.show(model, t.latest, "stopped");
    const from = lab.points.newestOf(model)?.iteration ?? 0;
    say(`${model} stopped: ${words}.`, "error", [
      [`Go on from iteration ${from.toLocaleString("en")}`, () => act(lab.inTurn(() => lab.revive(model)))
        .then((at) => say(`${model} goes on from iteration ${at.toLocaleString("en")}.`)).catch(() => {})],
    ]);
    showTransport();
  },
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
  const of = lab.config.models.map((m) => [m, lab.trainers.get(m)?.latest?.replay ?? lab.replayOf(m)]);
  return Link.write(lab.config, {
    ...views.chosen(),
    ...(scrubber.at === null ? {} : { scrub: String(scrubber.at) }),
    ...(lab.race.inStep ? { pace: "step" } : {}),
    ...(lesson.number > 0 ? { lesson: String(lesson.number) } : {}),
  }, Object.fromEntries(of));
}

/** @returns {number} CSS pixels for the pictures, so that nothing has to be scrolled */
function room() {
  const top = byID("stage").getBoundingClientRect().top + scrollY;
  const rest = innerHeight - top;
  const table = document.body.scrollHeight - (byID("stage").getBoundingClientRect().bottom + scrollY);
  return Math.max(320, Math.floor(rest - table >= 640 ? rest - table : rest - 4));
}

/** Tells the canvas how to show things. */
export function view() {
  if (!lab) return;
  const chips = MODELS.map((m) => [m, document.querySelector(`.chip[data-model=${m}] > span`)?.textContent]);
  const marks = (lab.preset?.profiles ?? []).filter((/** @type {any} */ p) => p.re === lab.config.params.Re);
  frame?.send({
    do: "view", lineup: lab.lineup(), theme: theme(), title: lab.preset?.title ?? "", titles: Object.fromEntries(chips),
    ...views.read(), callouts: intro.open ? "on" : "off", past: scrubber.at, marks, height: room(), dpr: devicePixelRatio,
  });
}

export const intro = new Intro(() => view(), () => lesson.open(1));

/** @param {string} words */
export function progress(words) { put(byID("progress"), words); }

/**
 * Says in place of the pictures why there are none; "" once there are.
 * @param {string} words @param {(() => void) | null} again starts them
 */
export function noPictures(words, again = null) {
  byID("pictures").textContent = words;
  if (!again) return;
  const button = make("button", { type: "button", textContent: "Start the pictures again" });
  button.addEventListener("click", () => {
    noPictures("The pictures are being started …");
    again();
  });
  byID("pictures").append(" ", button);
}

/** @returns {Promise<(() => Promise<any>) | null>} the way back to the runs as they are now; null for none */
async function hold() {
  if (!Report.state(lab).models.some((m) => m.iteration > 0)) return null;
  const saved = await lab.inTurn(async () =>
    ({ config: structuredClone(lab.config), runs: await lab.points.checkpoints(), inStep: lab.race.inStep }));
  return () => act(lab.inTurn(async () => {
    lab.playing = false;
    await lab.points.restore({ ...saved, config: { ...saved.config, models: saved.runs.map((r) => r.model) } });
    lab.race.inStep = saved.inStep;
    byID("pace").checked = saved.inStep;
    say("The run is back, paused.");
  }));
}

export const lesson = new LessonPanel({
  load: (hash) => act(lab.load(hash)),
  run: (steps) => lab.step(steps),
  views: () => views.all(),
  view: (partial) => views.set(partial),
  hold,
  curve: () => {
    const [model] = lab.config.models;
    const points = scrubber.past(model).moments.map(({ iteration, head }) =>
      ({ iteration, error: head.state.relL2, lambda: Number(Object.values(head.state.lambdas ?? {})[0] ?? NaN) }));
    return { model, points };
  },
  say: (words, actions) => say(words, "info", actions),
  changed: () => { if (lab?.preset) note(); },
});
