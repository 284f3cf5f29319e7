// Light or dark: as the system has it, or as a person chose.

import { Remember } from "./remember.js";

const THEMES = ["auto", "light", "dark"];
const darkSystem = matchMedia("(prefers-color-scheme: dark)");

/** @returns {string} auto, light or dark */
function chosenTheme() {
  const chosen = document.documentElement.dataset.theme;
  return chosen && THEMES.includes(chosen) ? chosen : "auto";
}

/** @returns {"light" | "dark"} what is seen */
export function theme() {
  const chosen = chosenTheme();
  if (chosen === "auto") return darkSystem.matches ? "dark" : "light";
  return chosen === "dark" ? "dark" : "light";
}

/** @param {string} chosen */
export function setTheme(chosen) {
  document.documentElement.dataset.theme = chosen;
  const button = /** @type {HTMLElement} */ (document.getElementById("theme"));
  const words = { auto: "Auto", light: "Light", dark: "Dark" }[chosen];
  button.textContent = words ?? "";
  button.setAttribute("aria-label", `Colours: ${words}`);
  Remember.set("theme", chosen);
}

/** Restores the choice and calls changed whenever the colours change. @param {() => void} changed */
export function followTheme(changed) {
  const kept = Remember.get("theme");
  setTheme(kept && THEMES.includes(kept) ? kept : "auto");
  document.getElementById("theme")?.addEventListener("click", () => {
    setTheme(THEMES[(THEMES.indexOf(chosenTheme()) + 1) % THEMES.length]);
    changed();
  });
  darkSystem.addEventListener("change", changed);
}
