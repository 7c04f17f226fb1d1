/** "That's wrong": choose what it really was, or say that it is none of the songs. */

import { get, post } from "../api.js";
import { bidi, fill, h } from "../dom.js";
import { clock } from "../format.js";
import { problemOf } from "../recognition/listening.js";
import { cover } from "./cover.js";
import { openDialog } from "./dialogs.js";
import { toast } from "./toasts.js";

const DELAY_MS = 150;
const LIMIT = 20;

/** @typedef {import("../store.js").Track} Track */
/** @typedef {{track: Track} | {title: string} | {none: true}} Choice */

/**
 * @param {string} title
 * @param {{text: string, suggestions?: Track[], none?: string, own?: boolean}} options
 *   `none`: the words of the way out; `own`: a name of one's own may be given
 * @returns {Promise<Choice | null>}
 */
export function chooseRecording(title, { text, suggestions = [], none = "", own = false }) {
  return openDialog(
    title,
    (close) => {
      const list = h("div", { class: "choices", role: "group", "aria-label": "Songs" });
      const said = h("p", { class: "visually-hidden", role: "status" });
      const field = h("input", { class: "field", type: "text", maxlength: 200, placeholder: "Title or artist", "aria-label": "Search your library", autofocus: true, autocomplete: "off", spellcheck: "false", dir: "auto" });
      const draw = (/** @type {Track[]} */ tracks, /** @type {string} */ name) => {
        fill(
          list,
          tracks.map((track) => choice(track, () => close({ track }))),
          own && name && h("button", { type: "button", class: "choice", onclick: () => close({ title: name }) }, h("span", { class: "choice-own" }, "Call it ", h("strong", { dir: "auto" }, `“${name}”`))),
          !tracks.length && name && !own && h("p", { class: "quiet small choice-empty" }, "Nothing like it in your library."),
        );
        said.textContent = name ? `${tracks.length} songs` : "";
      };
      draw(suggestions, "");
      search(field, (tracks, name) => draw(name ? tracks : suggestions, name));
      return [
        h("p", { class: "quiet small" }, text),
        h("div", { class: "choice-search" }, field),
        list,
        said,
        none && h("footer", {}, h("button", { type: "button", class: "button", onclick: () => close({ none: true }) }, none)),
      ];
    },
    { className: "correction" },
  );
}

/**
 * @param {number} heardId
 * @param {Track[]} suggestions
 * @returns {Promise<Track | "none" | null>} what it was put right to; null when nothing changed
 */
export async function correct(heardId, suggestions = []) {
  const choice = await chooseRecording("What was it really?", { text: "Refrain learns from it: this sound is not mistaken again.", suggestions, none: "It is none of my songs" });
  if (!choice) return null;
  return settle(heardId, "track" in choice ? choice.track : null);
}

/** @param {number} heardId @param {Track | null} track @returns {Promise<Track | "none" | null>} */
export async function settle(heardId, track) {
  try {
    await post(`/api/heard/${heardId}/correct`, { track_id: track?.id ?? null });
    toast(track ? `Put right: ${track.title}` : "Put right: not one of your songs");
    return track ?? "none";
  } catch (error) {
    const { message, nextStep } = problemOf(error);
    toast(message, { kind: "error", detail: nextStep });
    return null;
  }
}

/** @param {HTMLInputElement} field @param {(tracks: Track[], name: string) => void} show */
function search(field, show) {
  let asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    const name = field.value.trim();
    const mine = (asked += 1);
    if (!name) return show([], "");
    timer = setTimeout(async () => {
      const found = await get(`/api/search?q=${encodeURIComponent(name)}&limit=${LIMIT}`).catch(() => ({ hits: [], nearest: [] }));
      if (mine !== asked) return;
      const tracks = [...(found.hits ?? []), ...(found.hits?.length ? [] : (found.nearest ?? []))].flatMap((/** @type {any} */ hit) => hit.track ?? []);
      show(tracks, name);
    }, DELAY_MS);
    return undefined;
  });
}

/** @param {Track} track @param {() => void} onclick */
function choice(track, onclick) {
  return h(
    "button",
    { type: "button", class: "choice song-choice", onclick },
    cover(track, 96),
    h("span", { class: "row-text" }, bidi(track.title, "row-title cut"), bidi(track.artist, "row-artist cut")),
    h("span", { class: "row-time" }, clock(track.duration_s)),
  );
}
