/** The numbered results of an answer: what "the second one" refers to. */

import * as actions from "../actions.js";
import { bidi, h } from "../dom.js";
import { clock } from "../format.js";
import { icon } from "../icons.js";
import { go } from "../router.js";
import { get } from "../api.js";
import { cover } from "./cover.js";
import { feedbackButtons } from "./feedback_buttons.js";
import { openWhy } from "./why.js";
import { collectionEntries, moreButton, trackEntries } from "./track_menu.js";
import { equaliser } from "./track_row.js";

/** @typedef {import("../conversation.js").Result} Result */

const SHOWN_AT_FIRST = 6;
const SYMBOLS = { track: "song", album: "album", artist: "artist", playlist: "playlist" };
const VERBS = { track: "Play song", album: "Play album", artist: "Play artist", playlist: "Play playlist" };

/** @param {Result[]} results @param {{suggested?: boolean}} [options]  whether they were recommended, not asked for by name */
export function resultCards(results, { suggested = false } = {}) {
  const list = h("ol", { class: "cards", "aria-label": "Results" });
  const draw = (/** @type {Result[]} */ some) => list.append(...some.map((result) => h("li", {}, card(result, results, suggested))));
  draw(results.slice(0, SHOWN_AT_FIRST));
  if (results.length <= SHOWN_AT_FIRST) return [list];
  const rest = results.slice(SHOWN_AT_FIRST);
  const more = h("button", { type: "button", class: "text-button show-more", onclick: () => {
    more.remove();
    draw(rest);
    /** @type {HTMLElement | null} */ (list.children[SHOWN_AT_FIRST].querySelector(".card-main"))?.focus();
  } }, `Show all ${results.length}`);
  return [list, more];
}

/** @param {Result} result @param {Result[]} all @param {boolean} suggested */
function card(result, all, suggested) {
  const { number, kind, title, subtitle, note } = result;
  const name = [`${number}. ${VERBS[kind]} ${title}`, subtitle, note].filter(Boolean).join(", ");
  return h(
    "div",
    { class: `card ${kind}`, dataset: kind === "track" ? { track: String(result.id) } : {} },
    h(
      "button",
      { type: "button", class: "card-main", "aria-label": name, onclick: () => play(result, all) },
      h("span", { class: "card-art" }, cover(result, 96, { round: kind === "artist", symbol: SYMBOLS[kind] }), h("span", { class: "card-play" }, icon("play"), equaliser())),
      h("span", { class: "card-number", "aria-hidden": "true" }, number),
      h(
        "span",
        { class: "card-text" },
        bidi(title, "card-title cut"),
        h("span", { class: "card-subtitle cut", dir: "auto" }, kind === "track" ? subtitle : `${kind[0].toUpperCase()}${kind.slice(1)}${subtitle ? ` · ${subtitle}` : ""}`),
        note && h("span", { class: "card-note cut", dir: "auto" }, note),
      ),
    ),
    suggested && kind === "track" && thoughts(result),
    result.duration_s ? h("span", { class: "row-time" }, clock(result.duration_s)) : null,
    moreButton(title, () => entries(result)),
  );
}

/** Why it was suggested, and what one thinks of that. @param {Result} result */
function thoughts(result) {
  const { id, title, subtitle, cover_id } = result;
  const listId = result.list_id ?? "";
  return h("span", { class: "card-thoughts" }, h("button", { type: "button", class: "icon-button small feedback", "aria-label": `Why ${title}?`, title: "Why this?", onclick: () => void openWhy({ id, title, artist: subtitle, cover_id }, listId) }, icon("why")), feedbackButtons({ id, title }, { listId }));
}

/** A song plays with the rest of its list behind it, so that the music goes on. @param {Result} result @param {Result[]} all */
function play(result, all) {
  if (result.kind !== "track") return actions.play(selection(result));
  const tracks = all.filter((one) => one.kind === "track").map((one) => one.id);
  return actions.play({ track_ids: tracks }, tracks.indexOf(result.id));
}

/** @param {Result} result */
function selection({ kind, id }) {
  if (kind === "track") return { track_ids: [id] };
  return { [`${kind}_id`]: id };
}

/** @param {Result} result */
async function entries(result) {
  if (result.kind === "track") {
    const track = await get(`/api/tracks/${result.id}`).catch(() => null);
    if (track) return trackEntries(track);
  }
  const place = { album: "albums", artist: "artists", playlist: "playlists", track: "songs" }[result.kind];
  return collectionEntries(selection(result), result.title, [{ label: `Show ${result.kind}`, icon: SYMBOLS[result.kind], action: () => go(place, result.id) }]);
}
