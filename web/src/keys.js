// The keyboard: keys of one letter, which a person can turn off, and the key
// that tells about the control in use.

import { byID } from "./dom.js";
import { Remember } from "./remember.js";

export class Keys {
  /** @param {{[key: string]: () => void}} keys what the page's keys do */
  constructor(keys) {
    this.keys = keys;
    this.box = byID("shortcuts");
    this.box.checked = Remember.get("keys") !== "off";
    this.box.addEventListener("change", () => Remember.set("keys", this.box.checked ? "on" : "off"));
    addEventListener("keydown", (event) => this.down(event));
    addEventListener("focusin", (event) => hint(/** @type {Element} */ (event.target)));
    addEventListener("focusout", () => hint(null));
  }

  /** @param {KeyboardEvent} event */
  down(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "F1") {
      if (tellAbout(target)) event.preventDefault();
      return;
    }
    // Where a key means something already, it keeps its meaning.
    if (target.closest("input:not([type=checkbox]):not([type=range]), select, dialog")) return;
    if (event.key === " " && target.closest("input, button, summary, label, a, [popover]")) return;
    if (this.press(event.key)) event.preventDefault();
  }

  /** @param {string} key @returns {boolean} whether the key is one of the page's */
  press(key) {
    if (!this.box.checked || !this.keys[key] || document.querySelector("dialog[open]")) return false;
    this.keys[key]();
    return true;
  }
}

/**
 * The i that tells about a control: the nearest one that stands with it.
 * @param {Element | null} control @returns {HTMLElement | null}
 */
function infoOf(control) {
  for (let e = control; e && !e.matches("form, main, section:not(.grid), header, .choices"); e = e.parentElement) {
    const info = /** @type {HTMLElement | null} */ (e.querySelector("button.info"));
    if (info) return info;
  }
  return null;
}

/** Shows at its i that a key tells about the control in use. @param {Element | null} control */
function hint(control) {
  for (const e of document.querySelectorAll("button.info.near")) e.classList.remove("near");
  if (control?.matches(":focus-visible")) infoOf(control)?.classList.add("near");
}

/** Opens or closes what tells about a control. @param {Element} control @returns {boolean} whether there is any */
function tellAbout(control) {
  const panel = infoOf(control)?.nextElementSibling;
  if (panel) /** @type {HTMLElement} */ (panel).togglePopover();
  return Boolean(panel);
}
