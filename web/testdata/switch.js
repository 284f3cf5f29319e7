// Runs in the page: changes the preset through every ordered pair, several
// times, while one, two and four models train, with all that a person might do
// in between, at random from a seed; and watches that nothing of one problem is
// shown with another. Its result is window.switching.
(() => {
  /** @param {number} seed @returns {() => number} in [0, 1): mulberry32 */
  const generator = (seed) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  let random = generator(1);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const mix = (list) => list.map((x) => [random(), x]).sort((a, b) => a[0] - b[0]).map((x) => x[1]);

  /** A walk through every ordered pair of different names, once (Hierholzer). */
  function walk(names) {
    const left = new Map(names.map((a) => [a, mix(names.filter((b) => b !== a))]));
    const stack = [names[0]], out = [];
    while (stack.length > 0) {
      const next = left.get(stack.at(-1)).pop();
      if (next) stack.push(next);
      else out.unshift(stack.pop());
    }
    return out;
  }

  /** @type {string[]} what must not be */
  const wrong = [];
  const note = (words) => { if (!wrong.includes(words)) wrong.push(words); };

  /** What of the page is listened to: numbers, Snapshots and errors that are said. */
  function listen() {
    const { show } = numbers;
    numbers.show = function (model, head, ...rest) {
      if (head.run !== lab.trainers.get(model)?.run) note(`the table shows run ${head.run} of ${model}`);
      const strangers = Object.keys(head.state.losses).filter((t) => !lab.preset.terms.includes(t));
      if (strangers.length > 0) note(`the table of ${lab.config.preset} shows ${strangers}`);
      return show.call(this, model, head, ...rest);
    };
    if (frame) {
      const { send } = frame;
      frame.send = function (head, body) {
        if (head.do === "show" && problemOf(body) !== lab.problem) note(`a Snapshot of ${problemOf(body)} goes to ${lab.problem}`);
        return send.call(this, head, body);
      };
    }
    new MutationObserver(() => {
      if (byID("notice").classList.contains("error")) note(`said: ${byID("message").textContent}`);
      if (frame && byID("pictures").textContent) note(`pictures: ${byID("pictures").textContent}`);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }

  /** @param {ArrayBuffer} body @returns {string} the problem that a Snapshot says it is of */
  function problemOf(body) {
    const length = new DataView(body).getUint32(1, true);
    return new TextDecoder().decode(new Uint8Array(body, 5, length));
  }

  const TABS = ["overview", "overview", "gradients", "stiffness", "curves"];

  /** What a person might do meanwhile. Nothing of it is waited for. */
  const deeds = [
    () => window.pinnlab.view({ tab: pick(TABS) }),
    () => byID("theme").click(),
    () => {
      byID("stage").style.width = pick(["", "40%", "70%", "300px"]);
      dispatchEvent(new Event("resize"));
    },
    () => window.pinnlab.scrub(pick([null, 0, 5, 20])),
    () => window.pinnlab.reset(),
    () => pick([window.pinnlab.pause, window.pinnlab.play])(),
    () => window.pinnlab.view({ gradAxis: pick(["linear", "log"]), errorAxis: pick(["linear", "log"]), points: pick(["off", "on"]) }),
    () => window.pinnlab.view({ field: pick([...byID("view-field").options]).value }),
    () => window.pinnlab.set({ seed: Math.floor(1000 * random()) }),
    () => window.pinnlab.pace(pick(["step", "free"])),
    () => point(random(), random()),
  ];

  /** Moves the pointer over the pictures. */
  function point(x, y) {
    if (!frame) return;
    const inside = byID("canvas").contentWindow;
    inside.dispatchEvent(new inside.PointerEvent("pointermove",
      { clientX: x * inside.innerWidth, clientY: y * inside.innerHeight, pointerType: "mouse" }));
  }

  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  async function until(holds) {
    while (!await holds()) await wait(20);
  }

  /** Chooses the preset of one place of the plan. */
  async function step(i) {
    const { preset, models } = plan[i];
    const chosen = window.pinnlab.set({ preset, models, width: 6, depth: 2, batch: 8 });
    for (const deed of mix(deeds).slice(0, Math.floor(4 * random()))) {
      if (random() < 0.5) await wait(60 * random());
      Promise.resolve(deed()).catch((error) => note(`a deed: ${error.message}`));
    }
    await chosen;
    if (random() < 0.5) return; // the next comes while this one begins
    await window.pinnlab.play();
    await until(async () => (await window.pinnlab.state()).models.every((m) => m.iteration > 0));
    await wait(150 * random());
  }

  /** @type {{preset: string, models: string[]}[]} */
  let plan = [];

  window.switching = {
    wrong,
    step,
    /** @returns {number} how many changes there are */
    begin(seed) {
      random = generator(seed);
      listen();
      const casts = mix([[pick(MODELS)], mix(MODELS).slice(0, 2).sort(), MODELS]);
      plan = casts.flatMap((models) =>
        walk(mix(lab.catalogue.map((p) => p.name))).map((preset) => ({ preset, models: [...models] })));
      return plan.length;
    },
    /** Waits until all is at rest and drawn; says what the canvas shows. */
    async end() {
      byID("stage").style.width = "";
      dispatchEvent(new Event("resize"));
      await window.pinnlab.view({ tab: "overview" });
      await window.pinnlab.scrub(null);
      await window.pinnlab.play();
      await until(async () => (await window.pinnlab.state()).models.every((m) => m.iteration > 5));
      await window.pinnlab.pause();
      if (!frame) return null; // a browser without WebGL2 has none
      await until(() => lab.config.models.every((m) => take.panels.some((p) => p.id.startsWith(`${m}-`))));
      const picture = await take.ask("all", 1);
      const colours = new Set(new Uint32Array(picture.body));
      return {
        colours: colours.size, crashes: frame.crashes.length,
        strangers: take.panels.map((p) => p.id).filter((id) => /^M[1-4]-/.test(id) && !lab.config.models.includes(id.slice(0, 2))),
      };
    },
  };
})()
