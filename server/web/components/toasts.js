/** Short messages at the edge of the page; errors stay until they are closed or followed by another. */

import { h } from "../dom.js";
import { icon } from "../icons.js";

const SHOWN_MS = 5000;
const ERROR_SHOWN_MS = 12_000;

/**
 * @param {string} text
 * @param {{kind?: "info" | "error", detail?: string, undo?: () => unknown}} [options]
 */
export function toast(text, { kind = "info", detail = "", undo } = {}) {
  const box = document.querySelector("#toasts");
  if (!box) return;
  const close = () => note.remove();
  const note = h(
    "div",
    { class: `toast ${kind}`, role: kind === "error" ? "alert" : "status" },
    icon(kind === "error" ? "alert" : "check"),
    h("div", { class: "toast-text" }, h("span", { dir: "auto" }, text), detail && h("small", { dir: "auto" }, detail)),
    undo &&
      h("button", { class: "text-button", type: "button", onclick: () => (undo(), close()) }, "Undo"),
    h("button", { class: "icon-button small", type: "button", "aria-label": "Close this message", onclick: close }, icon("close")),
  );
  for (const old of [...box.children].slice(0, -2)) old.remove();
  if (kind === "error") for (const old of box.querySelectorAll(".error")) old.remove();
  box.append(note);
  setTimeout(close, kind === "error" ? ERROR_SHOWN_MS : SHOWN_MS);
}
