/**
 * Elements are built here and nowhere from markup: every string becomes a text node or an attribute value,
 * so a song title can never turn into HTML.
 */

/**
 * @typedef {Node | string | number | null | undefined | false | Array<Child>} Child
 */

/**
 * Make an element.
 *
 * `class`, `dataset` and `style` (an object of CSS properties) are set as such, `on…` keys with a function become
 * event listeners, booleans become present or absent attributes, everything else an attribute.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on") && typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "value") /** @type {any} */ (element).value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/**
 * @param {Element} parent
 * @param {Child} child
 */
export function append(parent, child) {
  if (Array.isArray(child)) for (const one of child) append(parent, one);
  else if (child instanceof Node) parent.append(child);
  else if (child !== null && child !== undefined && child !== false) parent.append(String(child));
}

/**
 * Replace everything inside `parent`.
 * @param {Element} parent
 * @param {...Child} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
}

/**
 * Text whose direction follows its own first letter.
 * @param {string} text
 * @param {string} [className]
 */
export function bidi(text, className = "") {
  return h("span", { dir: "auto", class: className || null, title: className.includes("cut") ? text : null }, text);
}

/** True while the person is typing, so that single-key shortcuts must stay quiet. */
export function isTyping() {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement)) return false;
  if (active instanceof HTMLInputElement) return !["range", "checkbox", "radio", "button"].includes(active.type);
  return active instanceof HTMLTextAreaElement || active.isContentEditable || active instanceof HTMLSelectElement;
}

/** @param {KeyboardEvent} event */
export function hasModifier(event) {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/**
 * Tab goes round inside `root`: for sheets that cover the page. Call it for every Tab key.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} root
 */
export function keepFocus(event, root) {
  const stops = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("button:not(:disabled), a[href], input:not(:disabled)")]).filter((stop) => stop.offsetParent);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}

let lastId = 0;

/** A fresh id for `aria-labelledby` and friends. */
export function freshId(prefix = "r") {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
