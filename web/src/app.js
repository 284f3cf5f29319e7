// The page: what its buttons do, and how it all starts.

import { api } from "./api.js";
import { Boot } from "./boot.js";
import { byID } from "./dom.js";
import { Experiments } from "./experiments.js";
import { Files } from "./files.js";
import { Frame } from "./frame.js";
import { Ghosts } from "./ghosts.js";
import { hang } from "./hooks.js";
import { Keep, pointWords } from "./keep.js";
import { Keys } from "./keys.js";
import { Lab } from "./lab.js";
import { LessonPanel } from "./lesson.js";
import { listener } from "./listener.js";
import {
  act, bring, controls, frame, ghosts, furnish, keep, lab, numbers, pace, reset, say, scrubber, showMoment, stopped, take, trail, undo,
  view, views, waysOn,
} from "./page.js";
import { informAll } from "./popover.js";
import { Report } from "./report.js";
import { noPictures, progress } from "./stage.js";
import { Take } from "./take.js";
import { followTheme } from "./theme.js";
import { replayWords } from "./words.js";

/** @import { Head } from "./trainer.js" */

const togglePlay = () => act(Report.running(lab) ? lab.pause() : lab.play());

function step() {
  lab.step(Number(byID("step-count").value)).catch((error) => {
    // Steps broken off by Pause or Reset are as asked for; a divergence is said already.
    if (error.done === undefined) say(error.message, "error", waysOn());
  });
}

function reseed() {
  const [seed] = crypto.getRandomValues(new Uint32Array(1));
  return act(lab.set({ seed }, controls.scopeOf({ seed })));
}

async function share() {
  trail.write();
  const what = replayWords(lab);
  try {
    await navigator.clipboard.writeText(location.href);
    say(`Link copied. ${what}`);
  } catch {
    say(`The address of this page is now the link: copy it from the address bar. ${what}`);
  }
}

async function exportRun() {
  const text = await lab.savepoints.export();
  Files.save(`${take.stem()}-run.json`, text);
  say("Saved the settings and weights to a file.");
}

async function copyTable() {
  try {
    await navigator.clipboard.writeText(numbers.text());
  } catch {
    throw new Error("This browser does not let the page copy. Select the table, and copy it by hand.");
  }
  say("Copied the table.");
}

async function importRun() {
  const [file] = byID("file").files;
  byID("file").value = ""; // so that the same file can be chosen again
  if (!file) return;
  const before = await lab.savepoints.import(await Files.text(file));
  stopped.clear();
  say(`Loaded ${file.name}. Play goes on from there.`, "info", undo(before));
}

function openHelp() {
  byID("help-text").showModal();
  // Not what stands last; and by no attribute, which acts as the page loads.
  byID("help-title").focus();
}

const keys = new Keys({
  " ": () => { if (lab) togglePlay(); },
  s: () => { if (lab) step(); },
  r: () => { if (lab) act(reset()); },
  "?": openHelp,
});

/** Shows all panels again, where one has all the room. */
function shrink() {
  if (views.enlarged !== "" && !document.querySelector("dialog[open]")) views.set({ enlarge: "" });
}

function wire() {
  /** @param {string} id @param {() => any} f */
  const onClick = (id, f) => byID(id).addEventListener("click", f);
  onClick("play", togglePlay);
  onClick("step", step);
  onClick("reset", () => act(reset()));
  onClick("reseed", reseed);
  onClick("share", share);
  onClick("export", () => act(exportRun()));
  onClick("import", () => byID("file").click());
  onClick("help", openHelp);
  byID("file").addEventListener("change", () => act(importRun()));
  onClick("copy", () => act(copyTable()));
  onClick("density", () => {
    if (byID("density").ariaBusy === "true") return say("The spectral density is being measured already.");
    act(lab.density().then(() => say("The spectral density is being measured, beside the training. The button says how far it is.")));
  });
  byID("pace").addEventListener("change", () => pace(byID("pace").checked ? "step" : "free"));
  addEventListener("resize", () => view());
  addEventListener("keydown", (event) => { if (event.key === "Escape") shrink(); });
  for (const id of ["play", "step", "reset"]) byID(id).disabled = false;
}

/**
 * Calls f whenever the page is on a screen with other pixels, or zoomed. It
 * looks now and then: browsers do not always tell (Chromium, with an emulated
 * screen, changes the ratio without any event).
 * @param {() => void} f
 */
function followPixels(f) {
  let last = devicePixelRatio;
  const look = () => {
    if (devicePixelRatio === last) return;
    last = devicePixelRatio;
    f();
  };
  addEventListener("resize", look);
  setInterval(look, 500);
}

/** On a narrow screen the settings fold away; on a wide one they are a column. */
function openSettings() {
  const narrow = matchMedia("(max-width: 800px)");
  const fold = () => { byID("settings").open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
  byID("settings").addEventListener("toggle", () => {
    byID("settings-toggle").setAttribute("aria-expanded", String(byID("settings").open));
    view();
  });
  byID("settings-toggle").addEventListener("click", () => {
    byID("settings").open = !byID("settings").open;
    if (!byID("settings").open) return;
    scrollTo(0, 0);
    byID("preset").focus({ preventScroll: true });
  });
}

/** The link to the pictures leaves the page's address as it is. */
function wireSkip() {
  byID("skip").addEventListener("click", (/** @type {Event} */ event) => {
    event.preventDefault();
    byID("stage").focus({ preventScroll: true });
    byID("stage").scrollIntoView();
  });
}

/**
 * Starts the pictures, which keeps the page's thread busy for a while.
 * @param {Promise<WebAssembly.Module>} compiled
 */
async function startCanvas(compiled) {
  const module = await compiled;
  if (!Boot.hasWebGL2()) {
    progress("");
    noPictures("This browser lacks WebGL2, so there are no pictures. The models train all the same: their numbers are below.");
    return;
  }
  progress("Pictures: starting …");
  furnish({ frame: new Frame(byID("canvas"), module, { message: hear, crash: losePictures }) });
}

/** Takes a message of the canvas. @param {Head} head @param {ArrayBuffer | null} body */
function hear(head, body) {
  take.receive(head, body);
  if (head.is === "ready") feed();
  else if (head.is === "size") byID("canvas").style.height = `${head.height}px`;
  else if (head.is === "reading") byID("reading").textContent = head.text;
  else if (head.is === "panels") views.offerPanels(head.panels);
  else if (head.is === "enlarge") views.set({ enlarge: head.id });
  else if (head.is === "key" && head.key === "Escape") shrink();
  else if (head.is === "key") keys.press(head.key);
  else if (head.is === "fault") listener.fault(`The pictures: ${head.message}.`);
}

/** Shows a canvas that has just started all there is. */
function feed() {
  progress("");
  noPictures("");
  view();
  showMoment(scrubber.at);
  ghosts.forget();
  take.askAgain();
}

/**
 * Says in place of the pictures that they stopped.
 * @param {string} words why @param {(() => void) | null} again starts them; null where that is on its way
 */
function losePictures(words, again) {
  take.lose();
  byID("reading").textContent = "";
  const why = `The pictures stopped (${words}).`;
  if (again) noPictures(`${why} They are off now; training goes on.`, again);
  else noPictures(`${why} They are being started again; training goes on.`);
}

/** Says something unless there is something else to read. @param {string} words @param {[string, () => void][]} actions */
function sayQuietly(words, actions = []) {
  const { className } = byID("notice");
  if (className === "" || className.includes("gone")) say(words, "info", actions);
}

/** Goes on with what this tab had before it was loaded again, or takes the link and offers the last run. */
async function resume() {
  const saved = await keep.resumed();
  const { fault } = await act(lab.load(LessonPanel.whole(location.hash), saved));
  if (fault !== "") say(`What this browser kept of the run cannot be used, so it starts again. ${fault}`, "error");
  lab.on.savepoints();
  keep.tell();
  if (saved && fault === "") return;
  await keep.putBehind();
  const last = keep.lastRun();
  if (last) sayQuietly(`Your last run: ${pointWords(last, lab)}.`, [["Bring back", () => bring(last)]]);
}

async function boot() {
  followTheme(() => view());
  followPixels(() => view());
  openSettings();
  wireSkip();
  informAll(document);
  Boot.check();
  const module = await Boot.compile("trainer", (words) => progress(`Trainer: ${words}`));
  progress("Trainer: starting …");
  furnish({ lab: new Lab(module, listener) });
  furnish({ keep: new Keep(lab, sayQuietly), ghosts: new Ghosts(lab, (head, body) => frame?.send(head, body ?? null)) });
  const opened = keep.open();
  furnish({
    experiments: new Experiments(lab, act, { say, undo, bring, ghost: (id, on) => ghosts.show(id, on), trouble: () => keep.trouble }),
    take: new Take(lab, (head) => {
      if (!frame) throw new Error(byID("pictures").textContent || "There are no pictures yet.");
      frame.send(head);
    }, act, { run: exportRun, copy: copyTable, field: () => byID("view-field").value, say }),
  });
  const canvas = Boot.compile("canvas", (words) => progress(`Pictures: ${words}`));
  canvas.catch(() => {}); // startCanvas says it
  await lab.open();
  controls.fill(lab.catalogue, lab.limits, lab.tables);
  wire();
  await opened;
  await resume().catch(() => {}); // said; the page works on
  startCanvas(canvas).catch((error) => {
    progress("");
    noPictures(`There are no pictures: ${error.message}.`);
  });
}

const booted = boot();
act(booted).catch(() => progress(""));

Object.assign(window, { pinnlab: api(booted) });
hang();
