// What tests and the console find on window, beside window.pinnlab: the page
// from inside. Nothing on the page itself looks here.

import { Boot } from "./boot.js";
import { byID } from "./dom.js";
import { toBase64 } from "./files.js";
import { formatNumber } from "./format.js";
import { Past } from "./history.js";
import { LESSONS } from "./lessons.js";
import { MODELS } from "./lineup.js";
import { listener } from "./listener.js";
import { experiments, frame, ghosts, intro, keep, lab, lesson, numbers, say, scrubber, take, trail, view, views } from "./page.js";
import { closePanels } from "./popover.js";
import { setTheme } from "./theme.js";
import { Trainer } from "./trainer.js";

/** What is made as the page starts: looked up when it is asked for. */
const MADE = {
  experiments: { get: () => experiments },
  frame: { get: () => frame },
  ghosts: { get: () => ghosts },
  keep: { get: () => keep },
  lab: { get: () => lab },
  take: { get: () => take },
};

export function hang() {
  Object.assign(window, {
    Boot, LESSONS, MODELS, Past, Trainer, byID, closePanels, formatNumber, intro, lesson, listener, numbers, say, scrubber,
    setTheme, toBase64, trail, view, views,
  });
  Object.defineProperties(window, MADE);
}
