/** The words of a song with where they come from; those of a service can be refused. */

import { get, put } from "../api.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { complain } from "../taste.js";
import { lyricsView } from "./lyrics_view.js";

/** @typedef {{lines: Array<{start_s: number | null, text: string}>, synced: boolean, source: string, fetched: boolean, refused: boolean}} Words */

const NAMES = { lrclib: "LRCLIB" };

/** @param {{id: number, title: string}} track @param {AbortSignal} signal */
export async function songWords(track, signal) {
  const path = `/api/tracks/${track.id}/lyrics?empty=true`;
  /** @type {(more?: string) => Promise<Words | null>} */
  const load = (more = "") => get(path + more, signal).catch(() => null);
  const own = await load();
  if (!own || (!own.lines.length && !own.refused)) return null;
  const timed = own.lines.length && !own.synced ? await load("&synced=true") : null;
  const slot = h("section", { class: "lyrics-section" });
  const show = (/** @type {Words} */ words) => {
    const other = words === own ? timed : own;
    fill(
      slot,
      h("header", { class: "lyrics-head" }, h("h2", {}, "Words"), switcher(words, other?.synced === words.synced ? null : other, show), credit(track, words, show)),
      words.lines.length > 0 && lyricsView(track, words.lines),
    );
  };
  show(own);
  return slot;
}

/** @param {Words} words @param {Words | null} other @param {(words: Words) => void} show */
function switcher(words, other, show) {
  if (!other?.lines.length) return null;
  const label = other.synced ? "Follow along the song" : "Show your own words";
  return h("button", { type: "button", class: "chip", onclick: () => show(other) }, label);
}

/** @param {{id: number}} track @param {Words} words @param {(words: Words) => void} show */
function credit(track, words, show) {
  const set = (/** @type {boolean} */ refused) => put(`/api/tracks/${track.id}/lyrics/fetched`, { refused }).then(show).catch(complain);
  if (words.refused && !words.lines.length) return h("p", { class: "small quiet" }, "You did not want the words that were found. ", h("button", { type: "button", class: "link", onclick: () => void set(false) }, "Show them after all"));
  if (!words.fetched) return null;
  const name = /** @type {any} */ (NAMES)[words.source] ?? words.source;
  return h("p", { class: "small quiet" }, icon("lyrics"), ` From ${name}${words.synced ? ", with times" : ""}. `, h("button", { type: "button", class: "link", onclick: () => void set(true) }, "Not the right words"));
}
