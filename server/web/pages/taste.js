/** What Refrain believes about a taste: read it, correct it, take it back; and history from elsewhere. */

import { get, page, post, remove } from "../api.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { complain, takeBack } from "../taste.js";
import { confirmDialog } from "../components/dialogs.js";
import { importPanel } from "../components/import_panel.js";
import { toast } from "../components/toasts.js";
import { pageHeader } from "./headers.js";

/** @typedef {{id: string, words: string, kind: string, subject: string, value: string, count: number, said?: string}} Line */

const KINDS = /** @type {const} */ ([["more", "More of"], ["less", "Less of"], ["never", "Never"]]);
const SUBJECTS = /** @type {const} */ ([["artist", "this artist"], ["genre", "this genre"], ["mood", "this mood"], ["theme", "this theme"], ["language", "songs in"], ["album", "this album"]]);
const SYMBOLS = { never: "never", less: "less_like", more: "more_like", neutral: "minus", not_now: "later", learned: "history" };

/** @type {import("../components/page_view.js").Page} */
export async function tastePage({ signal, refresh }) {
  const lines = page(await get("/api/taste", signal).then((answer) => answer.lines ?? answer)).items;
  const said = lines.filter((line) => line.kind !== "learned");
  const learned = lines.filter((line) => line.kind === "learned");
  const reset = h("button", { type: "button", class: "button", onclick: () => void forgetAll(refresh) }, icon("undo"), "Start over");
  return h(
    "div",
    { class: "page taste-page" },
    pageHeader("Your taste", "What Refrain believes. All of it can be corrected.", lines.length > 0 && reset),
    h("section", { class: "panel", "aria-label": "What you said" }, h("header", {}, h("h2", {}, "What you said")), said.length ? list(said, refresh) : h("p", { class: "quiet" }, "Nothing yet. Say “I never want Christmas songs”, use the thumbs beside a suggestion, or write it here."), sayForm(refresh)),
    h("section", { class: "panel", "aria-label": "What your listening shows" }, h("header", {}, h("h2", {}, "What your listening shows")), learned.length ? list(learned, refresh) : h("p", { class: "quiet" }, "Nothing yet. Play some music, or import what you heard elsewhere: below.")),
    await importPanel(signal, refresh),
  );
}

/** @param {Line[]} lines @param {() => void} refresh */
function list(lines, refresh) {
  return h(
    "ul",
    { class: "taste-lines" },
    lines.map((line) =>
      h(
        "li",
        {},
        icon(/** @type {any} */ (SYMBOLS)[line.kind] ?? "taste"),
        h("span", { class: "row-text" }, h("span", { dir: "auto" }, line.words), line.said && h("span", { class: "small quiet", dir: "auto" }, `You said: “${line.said}”`)),
        line.kind === "learned" && h("button", { type: "button", class: "text-button", onclick: async () => (await takeBack(line.id)) && refresh() }, "Ignore this"),
        line.kind !== "learned" && correction(line, refresh),
        line.kind !== "learned" && h("button", { type: "button", class: "icon-button small", "aria-label": `Delete: ${line.words}`, title: "Delete", onclick: () => void forget(line, refresh) }, icon("trash")),
      ),
    ),
  );
}

/** Make a rule stronger, weaker or the opposite. @param {Line} line @param {() => void} refresh */
function correction(line, refresh) {
  if (!KINDS.some(([kind]) => kind === line.kind)) return null;
  return h("select", { class: "field select small-field", "aria-label": `Correct: ${line.words}`, onchange: (/** @type {any} */ event) => void say({ kind: event.target.value, subject: line.subject, value: line.value, said: line.said ?? "" }, refresh) }, KINDS.map(([kind, label]) => h("option", { value: kind, selected: kind === line.kind }, label)));
}

/** @param {Line} line @param {() => void} refresh */
async function forget(line, refresh) {
  if (!(await takeBack(line.id))) return;
  refresh();
  toast("Forgotten.", { undo: () => void say({ kind: line.kind, subject: line.subject, value: line.value, said: line.said ?? "" }, refresh) });
}

/** @param {{kind: string, subject: string, value: string, said: string}} rule @param {() => void} refresh */
async function say(rule, refresh) {
  try {
    await post("/api/taste", rule);
    refresh();
  } catch (error) {
    complain(error);
  }
}

/** @param {() => void} refresh */
async function forgetAll(refresh) {
  if (!(await confirmDialog("Start over?", "Everything that you said about your taste is deleted, and what was played up to now no longer counts. Your history, hearts and playlists stay.", "Start over"))) return;
  await remove("/api/taste").then(refresh).catch(complain);
}

/** @param {() => void} refresh */
function sayForm(refresh) {
  const kind = h("select", { class: "field select", "aria-label": "How much" }, KINDS.map(([value, label]) => h("option", { value }, label)));
  const subject = h("select", { class: "field select", "aria-label": "Of what" }, SUBJECTS.map(([value, label]) => h("option", { value }, label)));
  const value = h("input", { class: "field", "aria-label": "Name", placeholder: "Name", maxlength: 200, required: true, dir: "auto", autocomplete: "off" });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (value.value.trim()) void say({ kind: kind.value, subject: subject.value, value: value.value.trim(), said: "" }, refresh);
  };
  return h("form", { class: "say-form", onsubmit: submit }, kind, subject, value, h("button", { type: "submit", class: "button" }, icon("plus"), "Add"));
}

