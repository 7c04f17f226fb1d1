/** Modal dialogs on the native <dialog>: focus is kept inside, Esc closes, focus returns where it was. */

import { freshId, h } from "../dom.js";
import { icon } from "../icons.js";

/**
 * @param {string} title
 * @param {(close: (answer?: any) => void) => Array<any>} content  children of the dialog's form
 * @param {{className?: string}} [options]
 * @returns {Promise<any>} the answer; null when it was dismissed
 */
export function openDialog(title, content, { className = "" } = {}) {
  return new Promise((resolve) => {
    const heading = freshId("dialog");
    let answer = null;
    const close = (/** @type {any} */ value = null) => {
      answer = value;
      dialog.close();
    };
    const dialog = h(
      "dialog",
      { class: `dialog ${className}`, "aria-labelledby": heading },
      h(
        "header",
        {},
        h("h2", { id: heading }, title),
        h("button", { class: "icon-button", type: "button", "aria-label": "Close", onclick: () => close() }, icon("close")),
      ),
      ...content(close),
    );
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * @param {string} title
 * @param {string} text
 * @param {string} verb  what the red button says
 * @returns {Promise<boolean>}
 */
export async function confirmDialog(title, text, verb) {
  const answer = await openDialog(title, (close) => [
    h("p", { dir: "auto" }, text),
    h(
      "footer",
      {},
      h("button", { class: "button", type: "button", autofocus: true, onclick: () => close() }, "Cancel"),
      h("button", { class: "button danger", type: "button", onclick: () => close(true) }, verb),
    ),
  ]);
  return answer === true;
}

/**
 * @param {string} title
 * @param {{label: string, value?: string, verb: string, type?: "text" | "url" | "password", maxlength?: number, placeholder?: string}} options
 * @returns {Promise<string | null>}
 */
export function promptDialog(title, { label, value = "", verb, type = "text", maxlength = 200, placeholder = "" }) {
  return openDialog(title, (close) => {
    const field = h("input", { class: "field", type, maxlength, placeholder, required: true, value, autofocus: true, dir: "auto", autocomplete: "off" });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const text = field.value.trim();
      if (text) close(text);
    };
    queueMicrotask(() => field.select());
    return [
      h(
        "form",
        { onsubmit: submit },
        h("label", { class: "labelled" }, h("span", {}, label), field),
        h(
          "footer",
          {},
          h("button", { class: "button", type: "button", onclick: () => close() }, "Cancel"),
          h("button", { class: "button primary", type: "submit" }, verb),
        ),
      ),
    ];
  });
}
