// The Export menu: pictures, curves, fields, weights and the run, as files
// whose names say what they are.

import { byID, labelled, make } from "./dom.js";
import { Files } from "./files.js";
import { MODELS } from "./lineup.js";
import { closePanels, tie } from "./popover.js";
import { Report } from "./report.js";

/**
 * @import { CanvasRequest } from "./frame.js"
 * @import { Lab } from "./lab.js"
 * @import { Head } from "./trainer.js"
 */

export class Take {
  /**
   * @param {Lab} lab
   * @param {(head: CanvasRequest) => void} send a message to the canvas
   * @param {(promise: Promise<any>) => Promise<any>} act does it and says what fails
   * @param {{run: () => Promise<void>, copy: () => Promise<void>, field: () => string, say: (words: string) => void}} page
   */
  constructor(lab, send, act, page) {
    this.lab = lab;
    this.send = send;
    this.act = act;
    this.page = page;
    /** @type {{id: string, title: string}[]} the panels of the canvas */
    this.panels = [];
    /** @type {Map<number, {asked: CanvasRequest, came: (picture: {head: Head, body: ArrayBuffer}) => void}>} pictures asked for */
    this.waiting = new Map();
    this.nextID = 1;
    this.model = "all models"; // whose data was taken last
    tie(byID("take-menu"), byID("take"), () => this.fill());
  }

  fill() {
    const all = "all models", { models } = this.lab.config;
    const model = make("select", { id: "take-model" }, new Option(all),
      ...models.map((key) => new Option(this.lab.nameOf(key), key)));
    if (models.includes(this.model)) model.value = this.model;
    model.addEventListener("change", () => { this.model = model.value; });
    const chosen = () => model.value === all ? models : [model.value];
    const panel = make("select", { id: "take-panel" }, ...this.panels.map((p) => new Option(p.title, p.id)));
    const item = (/** @type {string} */ id, /** @type {string} */ title, /** @type {string} */ words,
      /** @type {() => Promise<any>} */ f) => {
      const button = make("button", { type: "button", className: "item", id },
        make("b", { textContent: title }), make("span", { textContent: words }));
      button.addEventListener("click", () => this.take(f));
      return button;
    };
    const save = (/** @type {string} */ what) => () => this.save(what, chosen());
    byID("take-menu").replaceChildren(
      make("h2", { textContent: "Export" }),
      item("take-png", "Picture", "all that is shown, PNG at twice the size", () => this.picture("all")),
      ...(this.panels.length === 0 ? [] : [make("div", { className: "row" },
        make("label", { htmlFor: "take-panel", textContent: "One panel" }), panel,
        labelled("PNG", "take-part", () => this.take(() => this.picture(panel.value))))]),
      item("take-table", "Table", "the numbers, to the clipboard", this.page.copy),
      make("div", { className: "row rule" },
        make("label", { htmlFor: "take-model", textContent: "Data of" }), model),
      item("take-curves", "Curves", "losses, λ and errors over iterations, CSV", save("curves.csv")),
      item("take-fields", "Fields", "prediction and solution on the grid, CSV", save("fields.csv")),
      item("take-npy", `Field ${this.page.field()}`, "prediction and solution as an array, NPY", save("field.npy")),
      item("take-weights", "Weights", "settings and weight matrices, JSON", save("weights.json")),
      item("take-run", "Run", "all that is needed to go on from here", this.page.run));
  }

  /** Closes the menu, does what was chosen and says so. @param {() => Promise<string[] | void>} f */
  take(f) {
    closePanels();
    byID("take").focus();
    this.act(f()).then((files) => {
      if (files?.length) this.page.say(`Saved ${files.join(", ")} with your downloads.`);
    }).catch(() => {});
  }

  /** @returns {string} the start of a file's name: what, by whom, when */
  stem(models = this.lab.config.models) {
    const most = Math.max(0, ...Report.state(this.lab).models
      .filter((m) => models.includes(m.key)).map((m) => m.iteration));
    return ["pinnlab", this.lab.config.preset, ...models, `it${most}`].join("-");
  }

  /**
   * Saves data of models, a file each.
   * @param {string} what @param {string[]} models @returns {Promise<string[]>} the files
   */
  async save(what, models) {
    const files = [];
    for (const model of models) {
      const t = this.lab.interfere.runOf(model);
      const { head, body } = await t.request({ do: "save", what, field: this.page.field() });
      // Of one's own there may be several of a method.
      const name = MODELS.includes(model) ? head.name : head.name.replace(/-(it\d+-)/, `-${model}-$1`);
      Files.save(name, /** @type {ArrayBuffer} */ (body), head.type);
      files.push(name);
    }
    return files;
  }

  /**
   * @param {string} part a panel's id, or all @param {number} scale pixels to one of CSS
   * @returns {Promise<{head: Head, body: ArrayBuffer}>} the canvas's answer: the picture, or that the canvas has stopped
   */
  ask(part, scale) {
    const id = this.nextID++;
    /** @type {CanvasRequest} */
    const asked = { do: "picture", id, scale, part, notes: this.notes() };
    return new Promise((came) => {
      this.send(asked);
      this.waiting.set(id, { asked, came });
    });
  }

  /** @param {string} part a panel's id, or all @returns {Promise<string[]>} the file */
  async picture(part) {
    const { head, body } = await this.ask(part, 2);
    if (head.error) throw new Error(head.error);
    const canvas = make("canvas", { width: head.width, height: head.height });
    const pixels = new ImageData(new Uint8ClampedArray(body), head.width, head.height);
    canvas.getContext("2d")?.putImageData(pixels, 0, 0);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("This browser cannot make a picture of that size.");
    // A panel of one contestant is named after that one alone.
    const [key, rest] = part.split(/-(.*)/);
    const file = rest && this.lab.config.models.includes(key) ? `${this.stem([key])}-${rest}.png` : `${this.stem()}-${head.name}.png`;
    Files.save(file, blob);
    return [file];
  }

  /** @returns {string[]} what a picture is of: the problem and the settings; the canvas adds how far what it shows has come */
  notes() {
    const c = this.lab.config, params = Object.entries(c.params).map(([name, v]) => `${name} = ${v}`);
    const shared = [`${c.width} × ${c.depth} neurons`, c.precision, `batch ${c.batch}`, `seed ${c.seed}`, `rule ${c.rule}, α ${c.alpha}`];
    return [["PINN Lab", this.lab.preset.title, ...params].join(", "), shared.join(", ")];
  }

  /** The canvas has stopped: what was asked of it will not come. */
  lose() {
    this.panels = [];
    for (const { came } of this.waiting.values()) {
      came({ head: { error: "The pictures have stopped." }, body: new ArrayBuffer(0) });
    }
    this.waiting.clear();
  }

  /** A canvas that has just started knows nothing of what the one before it was asked. */
  askAgain() {
    for (const { asked } of this.waiting.values()) this.send(asked);
  }

  /** Takes a message of the canvas. @param {Head} head @param {ArrayBuffer | null} body */
  receive(head, body) {
    if (head.is === "panels") this.panels = head.panels;
    const waiting = this.waiting.get(head.id);
    if (head.is !== "picture" || !waiting) return;
    this.waiting.delete(head.id);
    waiting.came({ head, body: body ?? new ArrayBuffer(0) });
  }
}
