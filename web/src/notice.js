// The message of the moment, over the page so that nothing moves: what was
// done, what went wrong, and what can be done about it.

import { byID, make } from "./dom.js";

/** How long words stay that only confirm, and those that offer something, in ms. */
const STAYS = { told: 10_000, offered: 60_000 };

export class Notice {
  constructor() {
    this.box = byID("notice");
    this.line = byID("message");
    this.kind = "info";
    /** Whether it is about something asked for; what succeeds next takes it away. */
    this.refusal = false;
    this.timer = 0;
    byID("notice-close").addEventListener("click", () => this.close());
    for (const type of ["pointerenter", "focusin"]) this.box.addEventListener(type, () => clearTimeout(this.timer));
    for (const type of ["pointerleave", "focusout"]) this.box.addEventListener(type, () => this.leaveLater());
    addEventListener("focusin", () => this.dodge());
    this.show("", "info", []);
  }

  /**
   * @param {string} words @param {"info" | "error"} kind
   * @param {[string, () => void][]} actions buttons for what can be done
   */
  show(words, kind, actions) {
    this.kind = kind;
    this.refusal = false;
    const error = kind === "error";
    this.line.setAttribute("role", error ? "alert" : "status");
    this.line.setAttribute("aria-live", error ? "assertive" : "polite");
    this.line.textContent = words;
    this.box.className = words === "" ? "" : kind;
    byID("actions").replaceChildren(...actions.map(([text, f]) => {
      const button = make("button", { type: "button", textContent: text });
      button.addEventListener("click", f);
      return button;
    }));
    this.leaveLater();
    this.dodge();
  }

  /** What went wrong stays until it is right or closed; the rest goes by itself. */
  leaveLater() {
    clearTimeout(this.timer);
    if (this.box.className === "" || this.kind === "error") return;
    const offers = byID("actions").childElementCount > 0;
    this.timer = setTimeout(() => this.box.classList.add("gone"), offers ? STAYS.offered : STAYS.told);
  }

  /** It must not lie over what has the keyboard: then it moves to the top. */
  dodge() {
    this.box.classList.remove("top");
    const focused = document.activeElement;
    if (!focused || focused === document.body || this.box.contains(focused)) return;
    const a = focused.getBoundingClientRect(), b = this.box.getBoundingClientRect();
    const over = a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
    this.box.classList.toggle("top", over && a.height < b.height * 4);
  }

  /** Takes away what was refused, now that something was done. */
  solved() {
    if (this.refusal) this.show("", "info", []);
  }

  close() {
    const inside = this.box.contains(document.activeElement);
    this.show("", "info", []);
    if (inside) byID("play").focus();
  }
}
