import * as actions from "../actions.js";
import { get } from "../api.js";
import { h } from "../dom.js";
import { counted, dotted, lengthInWords } from "../format.js";
import { go } from "../router.js";
import { albumCard } from "../components/album_card.js";
import { coverSearch } from "../components/cover_search.js";
import { cover } from "../components/cover.js";
import { choosePlaylist, collectionEntries, moreButton } from "../components/track_menu.js";
import { remembered } from "../store.js";
import { emptyPage, largeHeader, pageHeader, playAllButton, shuffleButton } from "./headers.js";
import { pagedGrid } from "./pager.js";
import { trackList } from "./tracks.js";

/** @type {import("../components/page_view.js").Page} */
export async function albumsPage({ query, signal, scroller, refresh }) {
  const sort = remembered("albums.sort") === "added" ? "added" : "name";
  const { grid, total } = await pagedGrid(`/api/albums?sort=${sort}`, (album) => albumCard(album), { signal, scroller, label: "Albums" });
  if (!total) return emptyPage("album", "No albums yet", "They appear here as soon as Refrain finds some in your folders.");
  return h("div", { class: "page" }, pageHeader("Albums", counted(total, "album"), sortChoice("albums.sort", sort, refresh)), coverSearch(grid, { like: query.get("like") ?? "", signal }), grid);
}

/** @type {import("../components/page_view.js").Page} */
export async function albumPage({ argument, signal }) {
  const album = await get(`/api/albums/${encodeURIComponent(argument)}`, signal);
  /** @type {import("../store.js").Track[]} */
  const tracks = album.tracks;
  const discs = [...new Set(tracks.map((track) => track.disc_no ?? 1))];
  const lists = discs.map((disc) => {
    const some = tracks.filter((track) => (track.disc_no ?? 1) === disc);
    const list = trackList(some, { numbered: true, showAlbum: false, showArtist: album.is_compilation || some.some((track) => track.artist !== album.artist), label: discs.length > 1 ? `Disc ${disc}` : "Songs" });
    for (const [index, row] of [...list.querySelectorAll(".row")].entries()) playFrom(row, tracks, tracks.indexOf(some[index]));
    return discs.length > 1 ? h("section", {}, h("h2", { class: "disc" }, `Disc ${disc}`), list) : list;
  });
  const genres = [...new Set(tracks.flatMap((track) => track.genres))].slice(0, 3).join(", ");
  return h(
    "div",
    { class: "page" },
    largeHeader({
      kind: album.is_compilation ? "Compilation" : "Album",
      title: album.title,
      art: cover(album, 512, { symbol: "album" }),
      lines: [
        album.is_compilation ? album.artist : h("button", { type: "button", class: "link", dir: "auto", onclick: () => void actions.openArtist(album.artist) }, album.artist),
        dotted(album.year, genres, counted(tracks.length, "song"), lengthInWords(album.duration_s)),
      ],
      buttons: [
        playAllButton(() => actions.play({ album_id: album.id })),
        shuffleButton(tracks),
        moreButton(album.title, () => [...collectionEntries({ album_id: album.id }, album.title).slice(1), { label: "Add to playlist…", icon: "playlist", action: () => choosePlaylist(tracks.map((track) => track.id)) }, ...(album.cover_id ? [{ label: "Covers like this one", icon: "picture", action: () => go("albums", undefined, { like: album.cover_id }) }] : [])]),
      ],
    }),
    lists,
  );
}

/** A click on a song of disc 2 plays the whole album from there. @param {Element} row @param {import("../store.js").Track[]} tracks @param {number} start */
function playFrom(row, tracks, start) {
  row.addEventListener(
    "click",
    (event) => {
      const target = /** @type {Element} */ (event.target);
      if (target.closest("a, button:not(.row-play)")) return;
      event.stopPropagation();
      void actions.play({ track_ids: tracks.map((track) => track.id) }, start);
    },
    { capture: true },
  );
}

/**
 * @param {string} key
 * @param {string} sort
 * @param {() => void} refresh
 */
export function sortChoice(key, sort, refresh) {
  const select = h(
    "select",
    { class: "field select", "aria-label": "Order", onchange: (/** @type {any} */ event) => (remembered(key, event.target.value), refresh()) },
    h("option", { value: "name", selected: sort === "name" }, "By name"),
    h("option", { value: "added", selected: sort === "added" }, "Newest first"),
  );
  return select;
}
