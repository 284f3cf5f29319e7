// @ts-check
// The page: starts everything, and ties the lab to what a person sees.
"use strict";

/** @type {Lab} */
let lab;
/** @type {Frame | null} */
let frame = null;

const numbers = new Numbers(byID("numbers"));
const controls = new Controls(
  (partial) => act(lab.set(partial)).catch(() => controls.show(lab.config, lab.preset)),
  (partial) => lab.live(partial));

/**
 * Says something in the message line, with buttons for what can be done.
 * @param {string} words
 * @param {"info" | "error"} kind
 * @param {[string, () => void][]} actions
 */
function say(words, kind = "info", actions = []) {
  byID("message").textContent = words;
  byID("notice").className = words === "" ? "" : kind;
  byID("actions").replaceChildren(...actions.map(([text, f]) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    button.addEventListener("click", f);
    return button;
  }));
}

/** @type {Map<string, string>} why models diverged, by model */
const stopped = new Map();

/** @returns {[string, () => void][]} the ways on for models that diverged */
function waysOn() {
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
function act(promise) {
  promise.catch((error) => say(error.message, "error", waysOn()));
  return promise;
}

/** @param {{[field: string]: any} | null} partial changed on the way */
async function reset(partial = null) {
  stopped.clear();
  if (partial) await lab.set(partial);
  await lab.reset();
  say("");
}

/** @type {number} */
let writing = 0;

/** @type {Listener} */
const listener = {
  config(config, preset) {
    controls.show(config, preset);
    byID("title").textContent = preset.title;
    byID("equation").textContent = preset.equation;
    // Browsers bound how often an address may change.
    clearTimeout(writing);
    writing = setTimeout(() => history.replaceState(null, "", Link.write(lab.config)), 200);
  },
  models(models, preset) {
    numbers.layOut(models, preset);
    offerFields(preset.views);
    for (const m of models) {
      const t = lab.trainers.get(m);
      if (t?.latest) listener.state(t);
    }
    view();
  },
  state(t) {
    if (lab.trainers.get(t.name) !== t || !t.latest) return;
    numbers.show(t.name, t.latest, Lab.status(t));
    frame?.send({ do: "show", slot: t.name }, t.snapshot);
    if (!t.latest.halt) stopped.delete(t.name);
    showTransport();
  },
  drop(model) {
    stopped.delete(model);
    frame?.send({ do: "drop", slot: model });
    view();
  },
  loaded(problems) {
    stopped.clear();
    if (problems.length === 0) say("");
    else say(`The link has what cannot be used; the rest is loaded. ${problemWords(problems, true)}.`, "error");
  },
  say,
  halt(model, words) {
    stopped.set(model, `diverged at ${words}. Its last good picture stays.`);
    say([...stopped].map(([m, why]) => `${m} ${why}`).join(" "), "error", waysOn());
    showTransport();
  },
  dead(model, words) {
    const t = lab.trainers.get(model);
    if (t?.latest) numbers.show(model, t.latest, "stopped");
    say(`${model} stopped: ${words}.`, "error", [
      [`Restart ${model}`, () => act(lab.inTurn(() => lab.start(model)).then(() => say("")))],
    ]);
    showTransport();
  },
  fault: (words) => say(words, "error"),
};

/** Shows whether the models run. */
function showTransport() {
  const running = lab.state().running;
  byID("play").textContent = running ? "Pause" : "Play";
  byID("play").classList.toggle("running", running);
}

/** Tells the canvas how to show things. */
function view() {
  const chips = MODELS.map((m) => [m, document.querySelector(`[data-model=${m}] span`)?.textContent]);
  frame?.send({
    do: "view", theme: theme(), title: lab.preset?.title ?? "", titles: Object.fromEntries(chips),
    field: byID("view-field").value, gradAxis: byID("view-gradients").value,
    errorAxis: byID("view-errors").value, dpr: devicePixelRatio,
  });
}

/** Offers the fields of a problem, if there is a choice. @param {string[]} views */
function offerFields(views) {
  const select = byID("view-field");
  const was = select.value;
  select.replaceChildren(...views.map((v) => new Option(v)));
  if (views.includes(was)) select.value = was;
  byID("field-choice").hidden = views.length < 2;
}

const togglePlay = () => act(lab.state().running ? lab.pause() : lab.play());

function step() {
  lab.step(Number(byID("step-count").value)).catch((error) => {
    // Steps broken off by Pause or Reset are as asked for; a divergence is said already.
    if (error.done === undefined) say(error.message, "error", waysOn());
  });
}

function reseed() {
  const [seed] = crypto.getRandomValues(new Uint32Array(1));
  return act(lab.set({ seed }));
}

async function share() {
  history.replaceState(null, "", Link.write(lab.config));
  try {
    await navigator.clipboard.writeText(location.href);
    say("Link copied. It replays this run from iteration 0.");
  } catch {
    say("The address of this page is now the link: copy it from the address bar.");
  }
}

async function exportRun() {
  const text = await lab.export();
  const most = Math.max(...lab.state().models.map((m) => m.iteration));
  Files.save(`pinnlab-${lab.config.preset}-${most}.json`, text);
  say("Saved the settings and weights to a file.");
}

async function importRun() {
  const [file] = byID("file").files;
  byID("file").value = ""; // so that the same file can be chosen again
  if (!file) return;
  stopped.clear();
  await lab.import(await file.text());
  say(`Loaded ${file.name}. Play goes on from there.`);
}

/** @param {string} key @returns {boolean} whether the key is one of the page's */
function press(key) {
  const keys = /** @type {{[key: string]: () => void}} */ ({
    " ": togglePlay, s: step, r: () => act(reset()), "?": () => byID("help-text").showModal(),
  });
  if (!keys[key] || !lab || byID("help-text").open) return false;
  keys[key]();
  return true;
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
  onClick("help", () => byID("help-text").showModal());
  byID("file").addEventListener("change", () => act(importRun()));
  addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (target.closest("input:not([type=checkbox]), select, button, summary, dialog")) return;
    if (event.key === " " && target.closest("input")) return;
    if (press(event.key)) event.preventDefault();
  });
  addEventListener("hashchange", () => act(lab.load(location.hash)));
  for (const id of ["view-field", "view-gradients", "view-errors"]) byID(id).addEventListener("change", view);
  for (const id of ["play", "step", "reset"]) byID(id).disabled = false;
}

/** Calls f whenever the page moves to a screen with other pixels. @param {() => void} f */
function followPixels(f) {
  matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => {
    followPixels(f);
    f();
  }, { once: true });
}

/** On a narrow screen the settings fold away; on a wide one they are a column. */
function openSettings() {
  const narrow = matchMedia("(max-width: 800px)");
  const fold = () => { byID("settings").open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
}

/** @param {string} words */
const progress = (words) => { byID("progress").textContent = words; };

/** Starts the pictures; training does not wait for them. */
async function startCanvas() {
  if (!Boot.hasWebGL2()) {
    progress("This browser lacks WebGL2, so there are no pictures. The numbers above are live.");
    return;
  }
  const module = await Boot.compile("canvas", (words) => progress(`Pictures: ${words}`));
  progress("Pictures: starting …");
  frame = new Frame(byID("canvas"), module, (head) => {
    if (head.is === "ready") {
      progress("");
      view();
      for (const t of lab.trainers.values()) {
        if (t.snapshot) frame?.send({ do: "show", slot: t.name }, t.snapshot);
      }
    } else if (head.is === "size") byID("canvas").style.height = `${head.height}px`;
    else if (head.is === "reading") byID("reading").textContent = head.text;
    else if (head.is === "key") press(head.key);
    else if (head.is === "fault") listener.fault(`The pictures: ${head.message}.`);
    else if (head.is === "ended") progress("The pictures have stopped. Load the page again to see them; a saved run goes on.");
  });
}

async function boot() {
  followTheme(() => view());
  followPixels(() => view());
  openSettings();
  if (!Boot.dist()) {
    throw new Error("This page is not built yet: run ./build.sh first, then load it again.");
  }
  const missing = Boot.missing();
  if (missing.length > 0) {
    throw new Error(`This browser lacks ${missing.join(" and ")}, which the training needs. ` +
      "A current Chrome, Edge, Firefox or Safari has it.");
  }
  const module = await Boot.compile("trainer", (words) => progress(`Trainer: ${words}`));
  progress("Trainer: starting …");
  lab = new Lab(module, listener);
  startCanvas().catch((error) => progress(`No pictures: ${error.message}`));
  await lab.open();
  controls.fill(lab.catalogue, lab.limits);
  wire();
  await act(lab.load(location.hash)).catch(() => {}); // said; the page works on
}

const booted = boot();
act(booted).catch(() => progress(""));

/** @param {(...args: any[]) => any} f @returns {(...args: any[]) => Promise<any>} */
const onceBooted = (f) => async (...args) => {
  await booted;
  return f(...args);
};

/** What the page's controls do, for scripts. */
Object.assign(window, {
  pinnlab: {
    config: onceBooted(() => structuredClone(lab.config)),
    set: onceBooted((partial) => act(lab.set(partial))),
    play: onceBooted(() => act(lab.play())),
    pause: onceBooted(() => act(lab.pause())),
    step: onceBooted((n = 1) => act(lab.step(n))),
    reset: onceBooted(() => act(reset())),
    state: onceBooted(() => lab.state()),
  },
});
