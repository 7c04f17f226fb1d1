/** Covers in a grid: albums, and artists as circles. */

import * as actions from "../actions.js";
import { bidi, h } from "../dom.js";
import { counted, dotted } from "../format.js";
import { icon } from "../icons.js";
import { href } from "../router.js";
import { cover } from "./cover.js";

/**
 * @param {import("../store.js").Album} album
 * @param {{showArtist?: boolean}} [options]
 */
export function albumCard(album, { showArtist = true } = {}) {
  const second = showArtist ? album.artist : dotted(album.year, counted(album.track_count, "song"));
  return tile(href("albums", album.id), cover(album, 256, { symbol: "album" }), album.title, second, () => actions.play({ album_id: album.id }), `album ${album.title} by ${album.artist}`);
}

/** @param {import("../store.js").Artist} artist */
export function artistCard(artist) {
  return tile(href("artists", artist.id), cover(artist, 256, { round: true, symbol: "artist" }), artist.name, counted(artist.track_count, "song"), () => actions.play({ artist_id: artist.id }), `songs by ${artist.name}`, "artist-tile");
}

/**
 * @param {string} address
 * @param {HTMLElement} art
 * @param {string} title
 * @param {string} second
 * @param {() => unknown} onplay
 * @param {string} name  for the play button's label
 * @param {string} [className]
 */
export function tile(address, art, title, second, onplay, name, className = "") {
  return h(
    "div",
    { class: `tile ${className}` },
    h("a", { class: "tile-link", href: address }, art, bidi(title, "tile-title cut"), h("span", { class: "tile-second cut", dir: "auto" }, second)),
    h("button", { type: "button", class: "tile-play", "aria-label": `Play ${name}`, onclick: onplay }, icon("play")),
  );
}
