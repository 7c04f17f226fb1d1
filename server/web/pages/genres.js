import * as actions from "../actions.js";
import { get } from "../api.js";
import { bidi, h } from "../dom.js";
import { counted, lengthInWords } from "../format.js";
import { href } from "../router.js";
import { cover, hueOf } from "../components/cover.js";
import { emptyPage, largeHeader, pageHeader, playAllButton, shuffleButton } from "./headers.js";
import { trackList } from "./tracks.js";

/** @type {import("../components/page_view.js").Page} */
export async function genresPage({ signal }) {
  const genres = await get("/api/genres", signal);
  if (!genres.length) return emptyPage("genre", "No genres", "None of the songs carries a genre in its tags.");
  return h(
    "div",
    { class: "page" },
    pageHeader("Genres", counted(genres.length, "genre")),
    h("ul", { class: "grid genres" }, genres.map((/** @type {any} */ genre) => h("li", {}, h("a", { class: "genre", href: href("genres", genre.name), style: { "--tint": String(hueOf(genre.name)) } }, bidi(genre.name, "cut"), h("small", {}, counted(genre.track_count ?? genre.tracks, "song")))))),
  );
}

/** @type {import("../components/page_view.js").Page} */
export async function genrePage({ argument, signal }) {
  const genre = await get(`/api/genres/${encodeURIComponent(argument)}`, signal);
  /** @type {import("../store.js").Track[]} */
  const tracks = genre.tracks;
  const length = tracks.reduce((sum, track) => sum + track.duration_s, 0);
  return h(
    "div",
    { class: "page" },
    largeHeader({
      kind: "Genre",
      title: genre.name,
      art: cover({ name: genre.name }, 256, { symbol: "genre" }),
      lines: [`${counted(tracks.length, "song")}, ${lengthInWords(length)}`],
      buttons: [playAllButton(() => actions.play({ track_ids: tracks.map((track) => track.id) })), shuffleButton(tracks)],
    }),
    trackList(tracks),
  );
}
