import { get } from "../api.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { albumCard, artistCard } from "../components/album_card.js";
import { emptyPlace, pageHeader } from "./headers.js";
import { trackList } from "./tracks.js";

const LIMIT = 60;
const DELAY_MS = 120;

/** Finds while you type. @type {import("../components/page_view.js").Page} */
export async function searchPage({ query, signal }) {
  const text = (query.get("q") ?? "").trim();
  const root = h("div", { class: "page" }, pageHeader(text ? `“${text}”` : "Search"), field(text));
  if (!text) {
    root.append(emptyPlace("search", "Find anything", "Titles, artists, albums, genres and years; small typing errors do not matter."));
    return root;
  }
  await new Promise((resolve) => setTimeout(resolve, DELAY_MS));
  if (signal.aborted) return root;
  const found = await get(`/api/search?q=${encodeURIComponent(text)}&limit=${LIMIT}`, signal);
  if (found.hits.length) root.append(...groups(found.hits));
  else if (found.nearest.length) root.append(h("p", { class: "quiet" }, `Nothing is called “${text}”. The nearest:`), ...groups(found.nearest));
  else root.append(emptyPlace("search", "Nothing found", `There is nothing like “${text}” in your library.`));
  return root;
}

/** The field of the phone layout; the wide one has its own in the navigation. @param {string} text */
function field(text) {
  const input = h("input", { type: "search", id: "search-field", class: "field", value: text, placeholder: "Titles, artists, albums…", "aria-label": "Search the library", autocomplete: "off", spellcheck: "false", maxlength: 200 });
  input.addEventListener("input", () => {
    location.hash = `#/search?q=${encodeURIComponent(input.value.trim())}`;
  });
  return h("div", { class: "search-field", role: "search" }, icon("search"), input);
}

/** @param {any[]} hits */
function groups(hits) {
  const tracks = hits.flatMap((hit) => hit.track ?? []);
  const albums = hits.flatMap((hit) => hit.album ?? []);
  const artists = hits.flatMap((hit) => hit.artist ?? []);
  return [
    albums.length > 0 && h("section", {}, h("h2", {}, "Albums"), h("ul", { class: "grid few" }, albums.slice(0, 12).map((album) => h("li", {}, albumCard(album))))),
    artists.length > 0 && h("section", {}, h("h2", {}, "Artists"), h("ul", { class: "grid few" }, artists.slice(0, 12).map((artist) => h("li", {}, artistCard(artist))))),
    tracks.length > 0 && h("section", {}, h("h2", {}, "Songs"), trackList(tracks)),
  ].filter((part) => part !== false);
}

