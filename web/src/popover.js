// Panels that open beside their button, and the small i at the controls.

import { byID, make } from "./dom.js";
import { INFO } from "./info.js";

/**
 * Puts an open popover under its button, or over it where there is more room.
 * @param {HTMLElement} panel @param {HTMLElement} button
 */
export function place(panel, button) {
  const edge = 8;
  const at = button.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const below = innerHeight - at.bottom - edge, above = at.top - edge;
  const up = height > below && above > below;
  const left = Math.min(at.left, innerWidth - width - edge);
  panel.style.left = `${Math.max(edge, left)}px`;
  panel.style.top = up ? "auto" : `${at.bottom + 4}px`;
  panel.style.bottom = up ? `${innerHeight - at.top + 4}px` : "auto";
  panel.style.maxHeight = `${Math.max(up ? above : below, 120) - 4}px`;
}

/**
 * Puts an open popover over the settings, so that the pictures stay in sight;
 * on a narrow screen at the bottom.
 * @param {HTMLElement} panel @param {HTMLElement} button
 */
export function placeAside(panel, button) {
  const side = byID("side").getBoundingClientRect(), at = button.getBoundingClientRect();
  const narrow = side.right > innerWidth / 2;
  const { height } = panel.getBoundingClientRect();
  const top = Math.min(at.top, innerHeight - height - 8);
  Object.assign(panel.style, narrow
    ? { left: "8px", top: "auto", bottom: "8px", width: "calc(100vw - 16px)", maxHeight: "50vh" }
    : { left: "8px", top: `${Math.max(8, top)}px`, bottom: "auto", width: `${side.width - 16}px`, maxHeight: "calc(100vh - 16px)" });
}

/**
 * Ties a popover to the button that opens it.
 * @param {HTMLElement} panel @param {HTMLElement} button @param {() => void} fill before it opens
 * @param {(panel: HTMLElement, button: HTMLElement) => void} arrange where it opens
 */
export function tie(panel, button, fill = () => {}, arrange = place) {
  button.setAttribute("popovertarget", panel.id);
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  panel.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") fill();
  });
  panel.addEventListener("toggle", (event) => {
    const open = /** @type {ToggleEvent} */ (event).newState === "open";
    if (open) arrange(panel, button);
    button.setAttribute("aria-expanded", String(open));
  });
}

/** Closes whatever panel is open. */
export function closePanels() {
  for (const panel of document.querySelectorAll("[popover]:popover-open")) {
    /** @type {HTMLElement} */ (panel).hidePopover();
  }
}

let infos = 0;

/**
 * Makes the button that tells about a control.
 * @param {string} about what it is about, in words
 * @param {string} text
 * @param {HTMLElement | null} control which it describes
 * @returns {HTMLElement} the button, and with it what it opens
 */
export function infoButton(about, text, control = null) {
  const id = `info-${++infos}`;
  const panel = Object.assign(document.createElement("div"), { id, className: "info-panel", textContent: text });
  panel.popover = "auto";
  // It is no stop of the Tab key: with the keyboard on its control, F1 opens it.
  const button = make("button", { type: "button", className: "info", tabIndex: -1 },
    make("span", { textContent: "i" }));
  button.setAttribute("aria-label", `About ${about}`);
  button.setAttribute("aria-describedby", id);
  tie(panel, button);
  if (control) {
    const others = control.getAttribute("aria-describedby");
    control.setAttribute("aria-describedby", others ? `${others} ${id}` : id);
  }
  return make("span", { className: "about" }, button, panel);
}

/** Gives every element that asks for it with data-info its i. @param {ParentNode} root */
export function informAll(root) {
  for (const name of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-info]"))) {
    const text = INFO[String(name.dataset.info)];
    const label = /** @type {HTMLLabelElement} */ (name);
    const control = label.htmlFor ? document.getElementById(label.htmlFor) : null;
    const words = name.dataset.about ?? String(name.textContent);
    const box = document.createElement("span");
    box.className = "name";
    name.replaceWith(box);
    box.append(name, infoButton(words, text, control));
  }
}
