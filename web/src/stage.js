// The place of the pictures: how much room there is, how far they are, and why
// there are none.

import { byID, make, put } from "./dom.js";

/** @returns {number} CSS pixels for the pictures, so that nothing has to be scrolled */
export function room() {
  const top = byID("stage").getBoundingClientRect().top + scrollY;
  const rest = innerHeight - top;
  const table = document.body.scrollHeight - (byID("stage").getBoundingClientRect().bottom + scrollY);
  return Math.max(320, Math.floor(rest - table >= 640 ? rest - table : rest - 4));
}

/** @param {string} words */
export function progress(words) { put(byID("progress"), words); }

/**
 * Says in place of the pictures why there are none; "" once there are.
 * @param {string} words @param {(() => void) | null} again starts them
 */
export function noPictures(words, again = null) {
  byID("pictures").textContent = words;
  if (!again) return;
  const button = make("button", { type: "button", textContent: "Start the pictures again" });
  button.addEventListener("click", () => {
    noPictures("The pictures are being started …");
    again();
  });
  byID("pictures").append(" ", button);
}
