// The slider of a parameter of the equation.

import { byID, make } from "./dom.js";
import { typed } from "./format.js";
import { INFO } from "./info.js";
import { infoButton } from "./popover.js";

/** Puts the mark of a slider's default. @param {string} id @param {number} value */
export function tick(id, value) {
  const input = byID(id);
  const at = (value - Number(input.min)) / (Number(input.max) - Number(input.min));
  input.nextElementSibling.style.setProperty("--at", String(at));
}

/** @param {any} p a parameter of the catalogue @param {string} symbol in MathML @returns {HTMLElement} */
export function paramSlider(p, symbol) {
  const box = document.createElement("div");
  box.className = "slider param";
  box.title = p.description ?? "";
  const label = Object.assign(document.createElement("label"), {
    htmlFor: `param-${p.name}`, innerHTML: symbol,
  });
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "default", id: `param-${p.name}-default`,
    value: String(p.value), textContent: `paper ${typed(p.value)}`,
  });
  button.dataset.param = p.name;
  const about = p.description ? `${p.name}: ${p.description}. ` : "";
  const name = make("span", { className: "name" }, label, infoButton(p.name, about + INFO.param));
  const track = document.createElement("div");
  track.className = "track";
  track.append(Object.assign(document.createElement("input"), {
    id: `param-${p.name}`, type: "range", min: String(p.min), max: String(p.max),
    step: String(p.step || "any"),
  }), document.createElement("i"));
  // The label is a formula, which not every reader of the screen can say.
  track.firstElementChild?.setAttribute("aria-label", `${p.name} of the equation`);
  const text = Object.assign(document.createElement("input"), {
    id: `param-${p.name}-value`, type: "text", inputMode: "decimal",
  });
  text.setAttribute("aria-label", `${p.name} of the equation, typed`);
  box.append(name, button, track, text);
  return box;
}
