// The sentence that says what one sees, and the call-outs on the pictures that
// go with it, until a person has read them.

import { byID } from "./dom.js";
import { Remember } from "./remember.js";

export class Intro {
  /** @param {() => void} changed it was opened or closed @param {() => void} lesson opens the first lesson */
  constructor(changed, lesson) {
    this.changed = changed;
    this.box = byID("intro");
    this.box.hidden = Remember.get("intro") === "read";
    byID("intro-close").addEventListener("click", () => {
      this.show(false);
      byID("play").focus({ preventScroll: true });
    });
    byID("intro-lesson").addEventListener("click", lesson);
    byID("intro-again").addEventListener("click", () => {
      byID("help-text").close();
      this.show(true);
      scrollTo(0, 0);
    });
  }

  get open() { return !this.box.hidden; }

  /** @param {boolean} open */
  show(open) {
    this.box.hidden = !open;
    Remember.set("intro", open ? "unread" : "read");
    this.changed();
  }
}
