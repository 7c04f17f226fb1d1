/** Why a song was chosen: the terms of its score as small bars with words. */

import { get } from "../api.js";
import { bidi, fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { complain } from "../taste.js";
import { cover } from "./cover.js";
import { openDialog } from "./dialogs.js";
import { feedbackButtons } from "./feedback_buttons.js";

/** @typedef {{kind: string, words: string, weight: number}} Reason */

/** @type {Record<string, string>} */
const SYMBOLS = { wish: "spark", change: "gauge", content: "alike", artists: "artist", people: "taste", weather: "sun", mood: "spark", activity: "spark", tempo: "gauge", alike: "alike", sound: "alike", artist: "artist", genre: "genre", played: "history", recent: "history", rules: "history", time: "later", moment: "later", taste: "taste", liked: "heart", words: "lyrics", lyrics: "lyrics", year: "album", album: "album", cover: "picture", question: "unknown" };

/** @param {{id: number, title: string, artist: string, cover_id?: string | null}} track @param {string} [listId] */
export function openWhy(track, listId = "") {
  return openDialog(
    "Why this?",
    () => {
      const slot = h("div", { class: "why-reasons" }, h("span", { class: "dots" }, h("i"), h("i"), h("i")));
      void explain(track, listId)
        .then((answer) => fill(slot, reasonBars(answer.reasons ?? []), answer.offered === false && h("p", { class: "small quiet" }, "It was not suggested lately: this is what speaks for it now.")))
        .catch((error) => (fill(slot, h("p", { class: "quiet" }, "The reasons are not known right now.")), complain(error)));
      return [h("div", { class: "why-song" }, cover(track, 96), h("span", { class: "row-text" }, bidi(track.title, "row-title cut"), h("span", { class: "row-artist cut", dir: "auto" }, track.artist))), slot, h("footer", { class: "why-foot" }, h("span", { class: "quiet small" }, "Was that right?"), feedbackButtons(track, { listId }))];
    },
    { className: "why" },
  );
}

/** @param {{id: number}} track @param {string} listId */
function explain(track, listId) {
  return get(`/api/tracks/${track.id}/why${listId ? `?list_id=${encodeURIComponent(listId)}` : ""}`);
}

/** @param {Reason[]} reasons */
export function reasonBars(reasons) {
  if (!reasons.length) return h("p", { class: "quiet" }, "Nothing in particular: it was as good as others.");
  const most = Math.max(...reasons.map((one) => one.weight), 0.01);
  return h(
    "ul",
    { class: "reasons" },
    reasons.map(({ kind, words, weight }) =>
      h(
        "li",
        { class: "reason" },
        icon(SYMBOLS[kind] ?? "check"),
        h("span", { dir: "auto" }, words),
        h("span", { class: "reason-bar", role: "img", "aria-label": `${Math.round(weight * 100)} percent of the decision` }, h("i", { style: { width: `${Math.max(4, (100 * weight) / most)}%` } })),
        h("small", { class: "quiet", "aria-hidden": "true" }, weight ? `${Math.round(weight * 100)} %` : ""),
      ),
    ),
  );
}
