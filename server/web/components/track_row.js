/** One song in a list: click plays, the rest hides behind a heart and a menu. */

import { bidi, h } from "../dom.js";
import { clock } from "../format.js";
import { icon } from "../icons.js";
import { href } from "../router.js";
import { store } from "../store.js";
import { cover } from "./cover.js";
import { heart } from "./heart_button.js";
import { moreButton, trackEntries } from "./track_menu.js";

/** @typedef {import("../store.js").Track} Track */

/**
 * @param {Track} track
 * @param {{onplay: () => void, number?: number | null, showCover?: boolean, showAlbum?: boolean, showArtist?: boolean,
 *   extra?: import("./menu.js").Entry[], trailing?: string}} options
 */
export function trackRow(track, { onplay, number = null, showCover = true, showAlbum = true, showArtist = true, extra = [], trailing }) {
  const fromPath = (track.guessed ?? []).filter((field) => !field.includes(":"));
  const guessed = fromPath.length ? ` (guessed from the file name: ${fromPath.join(", ")})` : "";
  return h(
    "div",
    {
      class: "row",
      dataset: { track: String(track.id) },
      onclick: (/** @type {Event} */ event) => {
        if (!(event.target instanceof Element) || event.target.closest("a, button")) return;
        onplay();
      },
    },
    h(
      "button",
      { type: "button", class: "row-play", "aria-label": `Play ${track.title} by ${track.artist}`, onclick: onplay },
      showCover ? cover(track, 96) : h("span", { class: "row-number" }, number ?? ""),
      h("span", { class: "row-symbol" }, icon("play"), equaliser()),
    ),
    h(
      "div",
      { class: "row-text" },
      h("span", { class: "row-title", dir: "auto", title: track.title + guessed }, track.title),
      showArtist && bidi(track.artist, "row-artist cut"),
    ),
    showAlbum && track.album
      ? h("a", { class: "row-album cut", href: href("albums", track.album_id ?? 0), dir: "auto", title: track.album }, track.album)
      : showAlbum && h("span", { class: "row-album" }),
    heart(track),
    h("span", { class: "row-time" }, trailing ?? clock(track.duration_s)),
    moreButton(track.title, () => trackEntries(track, extra)),
  );
}

/** Three bars that dance beside what plays. */
export function equaliser() {
  return h("span", { class: "equaliser", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
}

/** Mark every row and card of the song that plays. */
export function markPlaying() {
  const current = store.current?.track.id;
  const status = store.state.player?.status ?? "idle";
  for (const row of document.querySelectorAll("[data-track]")) {
    const isCurrent = status !== "idle" && row.getAttribute("data-track") === String(current);
    row.classList.toggle("current", isCurrent);
    row.classList.toggle("playing", isCurrent && status === "playing");
    if (isCurrent) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}
