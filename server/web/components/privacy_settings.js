/** What belongs to one person: take it along, say what may be done with it, erase it. */

import { get, put, remove } from "../api.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { complain } from "../taste.js";
import { openDialog } from "./dialogs.js";
import { toast } from "./toasts.js";

/** @typedef {{name: string, confirm: string, on_shared_devices: boolean, listening_helps_others: boolean}} Privacy */

const ALLOWED = /** @type {const} */ ([
  ["on_shared_devices", "Know me by my name on shared devices", "Who says “this is me” to a speaker of all is you there, for ten minutes"],
  ["listening_helps_others", "Let my listening help the others", "What you play may shape what is suggested to them; nobody sees your history"],
]);

/** @param {() => void} close */
export function privacyPart(close) {
  const body = h("div", {}, h("p", { class: "quiet small" }, "Looking up what is yours…"));
  get("/api/me/privacy")
    .then((/** @type {Privacy} */ privacy) => fill(body, ...parts(privacy, close)))
    .catch(() => fill(body, h("p", { class: "quiet small" }, "That cannot be shown just now.")));
  return h("fieldset", { class: "privacy" }, h("legend", {}, "Privacy"), body);
}

/** @param {Privacy} privacy @param {() => void} close */
function parts(privacy, close) {
  const whose = privacy.name
    ? "Your plays, likes, taste, conversations, playlists, timers and what was heard for you are yours alone."
    : "Nobody is logged in here: what is played, liked, said and heard belongs to the whole household.";
  return [
    h("p", { class: "quiet small", dir: "auto" }, whose),
    ...(privacy.name ? ALLOWED.map(([key, words, more]) => allowance(privacy, key, words, more)) : []),
    h(
      "div",
      { class: "privacy-own" },
      h("a", { class: "button", href: "/api/me/export", download: "" }, icon("download"), "Download my data"),
      h("button", { type: "button", class: "button danger", onclick: () => void erase(privacy, close) }, icon("trash"), "Erase everything…"),
    ),
  ];
}

/** @param {Privacy} privacy @param {"on_shared_devices" | "listening_helps_others"} key @param {string} words @param {string} more */
function allowance(privacy, key, words, more) {
  const box = h("input", { type: "checkbox", class: "switch", role: "switch", checked: privacy[key] });
  box.addEventListener("change", async () => {
    await put("/api/me/privacy", { [key]: box.checked }).catch((error) => {
      box.checked = !box.checked;
      complain(error);
    });
  });
  return h("label", { class: "setting" }, h("div", {}, h("span", {}, words), h("small", { class: "quiet" }, more)), box);
}

/** @param {Privacy} privacy @param {() => void} close */
async function erase(privacy, close) {
  const sure = await openDialog(
    privacy.name ? `Erase everything of ${privacy.name}?` : "Erase everything of the household?",
    (answer) => {
      const button = h("button", { class: "button danger", type: "submit", disabled: true }, icon("trash"), "Erase for good");
      const field = h("input", { class: "field", type: "text", autocomplete: "off", autofocus: true, dir: "auto", "aria-label": `Write ${privacy.confirm}`, placeholder: privacy.confirm });
      field.addEventListener("input", () => {
        button.disabled = field.value.trim().toLowerCase() !== privacy.confirm.toLowerCase();
      });
      return [
        h(
          "form",
          { class: "erase", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), answer(field.value)) },
          h("ul", { class: "erase-list" }, lost(privacy).map((line) => h("li", {}, icon("close"), h("span", { dir: "auto" }, line)))),
          h("p", { class: "quiet small" }, "The music, the queue and the settings stay. Nothing of this can be brought back."),
          h("a", { class: "button", href: "/api/me/export", download: "" }, icon("download"), "Keep a copy first"),
          h("label", { class: "erase-sure" }, h("span", {}, "To go on, write ", h("strong", { dir: "auto" }, privacy.confirm)), field),
          h("footer", {}, h("button", { class: "button", type: "button", onclick: () => answer() }, "Cancel"), button),
        ),
      ];
    },
    { className: "erase-dialog" },
  );
  if (typeof sure !== "string") return;
  try {
    toast("Erasing…");
    await remove("/api/me", { confirm: sure });
  } catch (error) {
    complain(error);
    return;
  }
  close();
  // What is on this page, and remembered by this browser, goes as well.
  localStorage.clear();
  sessionStorage.clear();
  location.assign("/");
}

/** @param {Privacy} privacy */
function lost(privacy) {
  return [
    "Everything that was played, skipped, liked and heard",
    "What was learned and said about your taste",
    "Conversations, playlists, timers and imported histories",
    ...(privacy.name ? [`The account of ${privacy.name}, with its logins and devices`] : []),
  ];
}
