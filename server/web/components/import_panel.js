/** Listening history from elsewhere: drop an export, see how far it is and what it found. */

import { get, page, remove, request } from "../api.js";
import { fill, h } from "../dom.js";
import { counted } from "../format.js";
import { icon } from "../icons.js";
import { complain } from "../taste.js";
import { confirmDialog } from "./dialogs.js";
import { toast } from "./toasts.js";

/**
 * @typedef {{id: number, at: number, source: string, name: string, read: number, added: number, known: number, matched: number,
 *   unusable: number, done: boolean, unmatched_artists: Array<{artist: string, listens: number}>}} Report
 */

const LOOK_AGAIN_MS = 1000;
const NAMES = { spotify: "Spotify", listenbrainz: "ListenBrainz", lastfm: "Last.fm" };

/** Where a file dropped on the taste page goes. */
export const dropped = new EventTarget();

/** @param {AbortSignal} signal @param {() => void} refresh */
export async function importPanel(signal, refresh) {
  const progress = h("div", { class: "import-progress", role: "status" });
  const chooser = h("input", { type: "file", class: "visually-hidden", accept: ".zip,.json,.jsonl,.csv,application/zip,application/json,text/csv", tabindex: -1, "aria-label": "Choose an export" });
  const take = (/** @type {File} */ file) => void takeIn(file, progress, signal, refresh);
  chooser.addEventListener("change", () => chooser.files?.[0] && take(chooser.files[0]));
  dropped.addEventListener("file", (event) => take(/** @type {CustomEvent} */ (event).detail), { signal });
  const { items } = page(await get("/api/imports", signal).catch(() => []));
  return h(
    "section",
    { class: "panel", "aria-label": "Listening from elsewhere" },
    h("header", {}, h("h2", {}, "Listening from elsewhere")),
    h("div", { class: "import-zone" }, icon("upload"), h("div", {}, h("p", {}, h("strong", {}, "Drop an export anywhere on this page"), " of Spotify, ListenBrainz or Last.fm: the zip, or the files in it."), h("p", { class: "small quiet" }, "It stays on this machine, and teaches Refrain what you like.")), h("button", { type: "button", class: "button", onclick: () => chooser.click() }, icon("file"), "Choose a file"), chooser),
    progress,
    items.length > 0 && h("ul", { class: "imports" }, items.map((report) => h("li", {}, reportView(report, refresh)))),
  );
}

/** @param {File} file @param {HTMLElement} box @param {AbortSignal} signal @param {() => void} refresh */
async function takeIn(file, box, signal, refresh) {
  const words = h("p", {}, `Reading ${file.name}…`);
  fill(box, h("progress", { "aria-label": "Reading the export" }), words);
  const timer = setInterval(async () => {
    const newest = page(await get("/api/imports").catch(() => [])).items[0];
    if (newest && !newest.done && newest.name === file.name) words.textContent = `${counted(newest.read, "listen")} read, ${newest.matched.toLocaleString("en")} found in your library…`;
  }, LOOK_AGAIN_MS);
  try {
    const report = await request(`/api/imports?name=${encodeURIComponent(file.name.slice(0, 100))}`, { method: "POST", body: file, signal });
    toast(report.added ? `Taken in: ${counted(report.added, "listen")}, ${share(report)} of them of songs in your library` : "Nothing new in it.");
    refresh();
  } catch (error) {
    fill(box);
    if (!signal.aborted) complain(error);
  } finally {
    clearInterval(timer);
  }
}

/** @param {Report} report */
function share(report) {
  return `${report.added ? Math.round((100 * report.matched) / report.added) : 0} %`;
}

/** @param {Report} report @param {() => void} refresh */
function reportView(report, refresh) {
  const source = /** @type {any} */ (NAMES)[report.source] ?? "An export";
  const day = new Date(report.at * 1000).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" });
  return h(
    "div",
    { class: "import" },
    h("span", { class: "row-text" }, h("strong", {}, `${source}, ${day}`), h("span", { class: "small quiet cut", dir: "auto" }, report.name)),
    h("span", { class: "import-share", role: "img", "aria-label": `${share(report)} are of songs in your library` }, h("i", { style: { width: share(report).replace(" ", "") } })),
    h("span", { class: "small" }, `${counted(report.added, "listen")}: ${report.matched.toLocaleString("en")} of your songs`, report.known > 0 && `, ${report.known.toLocaleString("en")} known before`, report.unusable > 0 && `, ${report.unusable.toLocaleString("en")} without a title`, !report.done && ". It was broken off; the same file goes on where it stopped."),
    report.unmatched_artists.length > 0 && h("details", { class: "small" }, h("summary", {}, "Not in your library"), h("p", { class: "quiet", dir: "auto" }, report.unmatched_artists.slice(0, 20).map((one) => `${one.artist} (${one.listens.toLocaleString("en")})`).join(", "))),
    h("button", { type: "button", class: "icon-button small", "aria-label": `Remove ${report.name}`, title: "Remove", onclick: async () => {
      if (!(await confirmDialog("Remove this import?", "Its listens no longer count in the statistics and in your taste.", "Remove"))) return;
      await remove(`/api/imports/${report.id}`).then(refresh).catch(complain);
    } }, icon("trash")),
  );
}

