// What the page does with all that the lab tells it.

import { byID, put } from "./dom.js";
import { pointWords } from "./keep.js";
import { LessonPanel } from "./lesson.js";
import { familyOf, seedsOf } from "./lineup.js";
import {
  act, contestants, controls, experiments, frame, ghosts, keep, lab, lesson, note, numbers, problem, reading, replays, say, scrubber,
  stopped, trail, undo, view, views, waysOn,
} from "./page.js";
import { Report } from "./report.js";
import { progress } from "./stage.js";
import { problemWords } from "./words.js";

/** @import { Listener } from "./lab.js" */

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
    const seeds = seedsOf(lab.config);
    const names = Object.fromEntries(models.filter((m) => !(m in seeds)).map((m) => [m, lab.nameOf(m)]));
    numbers.layOut(names, preset);
    experiments.clear();
    reading.layOut(names, (m) => experiments.button(m));
    views.offer(preset.views, preset.residuals);
    act(lab.survey(views.surveys())).catch(() => {});
    for (const m of Object.keys(names)) {
      numbers.family(m, familyOf(lab.config, m).length);
    }
    view();
    for (const m of models) {
      const t = lab.trainers.get(m);
      if (t?.latest) listener.state(t);
    }
  },
  state(t) {
    if (lab.trainers.get(t.name) !== t || !t.latest) return;
    scrubber.add(t);
    experiments.refresh(t.name);
    if (scrubber.at === null) {
      reading.show(t.name, t.latest);
      numbers.show(t.name, t.latest, Report.status(lab, t));
      numbers.spread(...errorsOf(t.name));
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
  savepoints() {
    experiments.showKept();
    ghosts.refresh();
  },
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
      const from = lab.savepoints.newestOf(key)?.iteration ?? 0;
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

/** @param {string} key @returns {[string, number[]]} the first of its seeds, and the errors of all */
function errorsOf(key) {
  const family = familyOf(lab.config, key);
  return [family[0], family.map((k) => lab.trainers.get(k)?.latest?.state.relL2 ?? NaN)];
}

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
