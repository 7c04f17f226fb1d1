/** A menu at a button: arrow keys move, Enter chooses, Esc closes and focus goes back. */

import { h } from "../dom.js";
import { icon } from "../icons.js";

/** @typedef {{label: string, icon?: string, action?: () => unknown, checked?: boolean, hint?: string} | "line"} Entry */

const GAP_PX = 6;

/** @type {(() => void) | null} */
let closeOpen = null;

/**
 * @param {HTMLElement} anchor
 * @param {Entry[]} entries
 * @param {string} label
 */
export function openMenu(anchor, entries, label) {
  const wasOpen = anchor.getAttribute("aria-expanded") === "true";
  closeOpen?.();
  if (wasOpen) return;

  const menu = h("div", { class: "menu", role: "menu", "aria-label": label });
  for (const entry of entries) {
    if (entry === "line") {
      menu.append(h("div", { class: "menu-line", role: "separator" }));
      continue;
    }
    const isChoice = entry.checked !== undefined;
    menu.append(
      h(
        "button",
        {
          type: "button",
          class: "menu-item",
          role: isChoice ? "menuitemradio" : "menuitem",
          "aria-checked": isChoice ? String(entry.checked) : null,
          tabindex: -1,
          onclick: (/** @type {Event} */ event) => {
            event.stopPropagation();
            close();
            entry.action?.();
          },
        },
        icon(entry.icon ?? (entry.checked ? "check" : "song"), isChoice && !entry.checked && !entry.icon ? "hidden" : ""),
        h("span", { dir: "auto" }, entry.label, entry.hint && h("small", {}, entry.hint)),
        isChoice && entry.icon && entry.checked && icon("check"),
      ),
    );
  }

  const life = new AbortController();
  const close = () => {
    life.abort();
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (closeOpen === close) closeOpen = null;
    if (document.activeElement === document.body || menu.contains(document.activeElement)) anchor.focus();
  };
  closeOpen = close;

  anchor.setAttribute("aria-expanded", "true");
  anchor.setAttribute("aria-haspopup", "menu");
  (anchor.closest("dialog") ?? document.body).append(menu);
  place(menu, anchor);
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll(".menu-item")]);
  items[0]?.focus();

  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    if (event.key in moves) {
      event.preventDefault();
      items[(moves[/** @type {keyof typeof moves} */ (event.key)] + items.length) % items.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      close();
    } else return;
    event.stopPropagation();
  });
  const options = { signal: life.signal, capture: true };
  document.addEventListener("pointerdown", (event) => !menu.contains(/** @type {Node} */ (event.target)) && !anchor.contains(/** @type {Node} */ (event.target)) && close(), options);
  addEventListener("resize", close, options);
  addEventListener("hashchange", close, options);
}

/** @param {HTMLElement} menu @param {HTMLElement} anchor */
function place(menu, anchor) {
  const from = anchor.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const fitsBelow = from.bottom + GAP_PX + size.height < innerHeight - GAP_PX;
  const top = fitsBelow ? from.bottom + GAP_PX : Math.max(GAP_PX, from.top - GAP_PX - size.height);
  const left = Math.max(GAP_PX, Math.min(from.right - size.width, innerWidth - size.width - GAP_PX));
  menu.style.setProperty("top", `${top}px`);
  menu.style.setProperty("left", `${left}px`);
}
