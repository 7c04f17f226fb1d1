import { fill, h } from "../dom.js";
import { counted } from "../format.js";
import { icon, mark } from "../icons.js";
import { currentRoute, href, onRoute } from "../router.js";
import { store } from "../store.js";
import { Component } from "./component.js";
import { openListening } from "./listen_button.js";
import { openSettings } from "./settings.js";
import { indexProgress } from "./index_progress.js";

/** @typedef {{name: string, label: string, symbol: string}} Place */

/** @type {Place[]} */
const LIBRARY = [
  { name: "albums", label: "Albums", symbol: "album" },
  { name: "artists", label: "Artists", symbol: "artist" },
  { name: "songs", label: "Songs", symbol: "song" },
  { name: "genres", label: "Genres", symbol: "genre" },
  { name: "playlists", label: "Playlists", symbol: "playlist" },
  { name: "radio", label: "Radio", symbol: "wave" },
  { name: "history", label: "History", symbol: "history" },
];

/** What the library sounds like, and what Refrain made of it. @type {Place[]} */
const DISCOVER = [
  { name: "map", label: "Map", symbol: "map" },
  { name: "statistics", label: "Statistics", symbol: "statistics" },
  { name: "taste", label: "Your taste", symbol: "taste" },
];

/** The left side: where to go, a search field, how far the library is. */
export class Navigation extends Component {
  start() {
    const search = h("input", { type: "search", class: "field", placeholder: "Search", "aria-label": "Search the library", autocomplete: "off", spellcheck: "false", maxlength: 200 });
    this.on(search, "input", () => {
      const query = search.value.trim();
      if (query) location.hash = `#/search?q=${encodeURIComponent(query)}`;
      else if (currentRoute().name === "search") location.hash = "#/albums";
    });
    this.on(search, "keydown", (event) => {
      if (event.key === "Escape") (search.value = ""), search.blur();
    });
    const status = h("div", { class: "nav-status" });
    fill(
      this,
      h("a", { class: "brand", href: "#/", "aria-label": "Refrain, go to the chat" }, mark(), h("span", {}, "Refrain")),
      h("div", { class: "nav-search", role: "search" }, icon("search"), search),
      h("button", { type: "button", class: "listen-button", "aria-keyshortcuts": "w", onclick: () => openListening() }, icon("wave"), h("span", {}, "What is this?")),
      h("nav", { "aria-label": "Main" }, h("ul", {}, link({ name: "chat", label: "Chat", symbol: "chat" })), h("h2", {}, "Library"), h("ul", {}, LIBRARY.map(link)), h("h2", {}, "Discover"), h("ul", {}, DISCOVER.map(link))),
      h("div", { class: "nav-foot" }, status, h("button", { type: "button", class: "nav-link", onclick: () => void openSettings() }, icon("settings"), h("span", {}, "Settings"))),
    );
    onRoute((route) => {
      markCurrent(this, placeOf(route.name));
      if (route.name !== "search" && document.activeElement !== search) search.value = "";
      if (route.name === "search" && document.activeElement !== search) search.value = route.query.get("q") ?? "";
    });
    fill(status, indexProgress(), h("p", { class: "small quiet nav-size" }));
    this.follow(["index", "library"], () => showSize(/** @type {HTMLElement} */ (status.lastElementChild)));
  }
}

customElements.define("refrain-navigation", Navigation);

/** The bottom row of the phone layout. */
export class Tabs extends Component {
  start() {
    const places = [
      { name: "chat", label: "Chat", symbol: "chat" },
      { name: "library", label: "Library", symbol: "library" },
      { name: "search", label: "Search", symbol: "search" },
      { name: "history", label: "History", symbol: "history" },
    ].map(link);
    const listen = h("li", {}, h("button", { type: "button", class: "listen-tab", "aria-label": "What is this?", onclick: () => openListening() }, icon("wave")));
    fill(this, h("nav", { "aria-label": "Main" }, h("ul", {}, places.slice(0, 2), listen, places.slice(2))));
    onRoute((route) => markCurrent(this, [...LIBRARY.slice(0, 5), ...DISCOVER].some((place) => place.name === placeOf(route.name)) ? "library" : placeOf(route.name)));
  }
}

customElements.define("refrain-tabs", Tabs);

/** Everything in the library as one list, for phones. */
export function libraryPlaces() {
  return h("ul", { class: "places" }, [...LIBRARY, ...DISCOVER].map(link));
}

/** @param {Place} place */
function link({ name, label, symbol }) {
  return h("li", {}, h("a", { class: "nav-link", href: href(name), dataset: { place: name } }, icon(symbol), h("span", {}, label)));
}

/** What was heard is a part of the history, and one song of all songs. @param {string} name */
function placeOf(name) {
  if (name === "tracks") return "songs";
  return name === "heard" ? "history" : name;
}

/** @param {HTMLElement} element @param {string} name */
function markCurrent(element, name) {
  for (const one of element.querySelectorAll("[data-place]")) {
    if (one.getAttribute("data-place") === name) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  }
}

/** @param {HTMLElement} line */
function showSize(line) {
  const { index, library } = store.state;
  line.hidden = !library || (index !== null && index.phase !== "idle");
  if (library) line.textContent = `${counted(library.tracks, "song")}, ${counted(library.albums, "album")}`;
}
