// The few things that everything on the page does with its elements.

/** @param {string} id @returns {any} */
export const byID = (id) => document.getElementById(id);

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {{[property: string]: any}} properties
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** @param {string} text @param {string} id @param {() => void} f @returns {HTMLButtonElement} */
export function labelled(text, id, f) {
  const button = make("button", { type: "button", id, textContent: text });
  button.addEventListener("click", f);
  return button;
}

/** Changes a text only where it differs. @param {HTMLElement} element @param {string} text */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
