import * as actions from "../actions.js";
import { get } from "../api.js";
import { h } from "../dom.js";
import { counted } from "../format.js";
import { albumCard, artistCard } from "../components/album_card.js";
import { cover } from "../components/cover.js";
import { emptyPage, largeHeader, pageHeader, playAllButton, shuffleButton } from "./headers.js";
import { pagedGrid } from "./pager.js";
import { trackList } from "./tracks.js";

const MOST_TRACKS = 200;

/** @type {import("../components/page_view.js").Page} */
export async function artistsPage({ signal, scroller }) {
  const { grid, total } = await pagedGrid("/api/artists", artistCard, { signal, scroller, label: "Artists" });
  if (!total) return emptyPage("artist", "No artists yet", "They appear here as soon as Refrain finds music in your folders.");
  return h("div", { class: "page" }, pageHeader("Artists", counted(total, "artist")), grid);
}

/** @type {import("../components/page_view.js").Page} */
export async function artistPage({ argument, signal }) {
  const artist = await get(`/api/artists/${encodeURIComponent(argument)}`, signal);
  const { albums = [], tracks = [] } = artist;
  const picture = albums.find((/** @type {any} */ album) => album.cover_id) ?? tracks.find((/** @type {any} */ track) => track.cover_id);
  const rest = tracks.length - MOST_TRACKS;
  return h(
    "div",
    { class: "page" },
    largeHeader({
      kind: "Artist",
      title: artist.name,
      art: cover({ name: artist.name, cover_id: picture?.cover_id }, 512, { round: true, symbol: "artist" }),
      lines: [`${counted(albums.length, "album")}, ${counted(tracks.length, "song")}`],
      buttons: [playAllButton(() => actions.play({ artist_id: artist.id })), shuffleButton(tracks)],
    }),
    albums.length > 0 && h("section", {}, h("h2", {}, "Albums"), h("ul", { class: "grid" }, albums.map((/** @type {any} */ album) => h("li", {}, albumCard(album, { showArtist: false }))))),
    h("section", {}, h("h2", {}, "Songs"), trackList(tracks.slice(0, MOST_TRACKS), { showArtist: tracks.some((/** @type {any} */ track) => track.artist !== artist.name) }), rest > 0 && h("p", { class: "quiet" }, `and ${counted(rest, "more song")}`)),
  );
}
