import { fill, h } from "../dom.js";
import { onRoute } from "../router.js";
import { store } from "../store.js";
import { albumPage, albumsPage } from "../pages/albums.js";
import { artistPage, artistsPage } from "../pages/artists.js";
import { genrePage, genresPage } from "../pages/genres.js";
import { radioPage } from "../pages/radio.js";
import { heardPage } from "../pages/heard.js";
import { historyPage } from "../pages/history.js";
import { libraryPage } from "../pages/library.js";
import { mapPage } from "../pages/map.js";
import { playlistPage, playlistsPage } from "../pages/playlists.js";
import { searchPage } from "../pages/search.js";
import { statisticsPage } from "../pages/statistics.js";
import { tastePage } from "../pages/taste.js";
import { trackPage } from "../pages/track.js";
import { songsPage } from "../pages/songs.js";
import { spotifyPage } from "../pages/spotify.js";
import { Component } from "./component.js";
import { icon } from "../icons.js";
import { markPlaying } from "./track_row.js";

/**
 * @typedef {{argument: string, query: URLSearchParams, signal: AbortSignal, scroller: HTMLElement, refresh: () => void}} PageContext
 * @typedef {(context: PageContext) => Promise<HTMLElement>} Page  Resolves with the page; its h1 names it.
 */

/** @type {Record<string, [Page, Page?]>}  The page of the whole list, and that of one item. */
const PAGES = {
  library: [libraryPage],
  albums: [albumsPage, albumPage],
  artists: [artistsPage, artistPage],
  songs: [songsPage],
  genres: [genresPage, genrePage],
  playlists: [playlistsPage, playlistPage],
  radio: [radioPage],
  spotify: [spotifyPage],
  history: [historyPage],
  heard: [heardPage],
  map: [mapPage],
  statistics: [statisticsPage],
  taste: [tastePage],
  tracks: [songsPage, trackPage],
  search: [searchPage],
};

/** Everything beside the chat: draws the page of the address. */
export class PageView extends Component {
  /** @type {AbortController | null} */
  #loading = null;
  #shown = "";
  /** Where each page was scrolled to, for the way back. @type {Map<string, number>} */
  #places = new Map();

  start() {
    onRoute((route) => {
      const chat = document.querySelector("refrain-chat");
      const isChat = route.name === "chat" || !(route.name in PAGES);
      chat?.toggleAttribute("hidden", !isChat);
      this.hidden = isChat;
      if (isChat) {
        this.#loading?.abort();
        this.#shown = "";
        document.title = "Refrain";
      } else void this.#open(route);
    });
    this.on(this, "scroll", () => this.#places.set(this.#shown, this.scrollTop));
    let seen = store.state.revision;
    this.follow(["revision"], () => {
      if (store.state.revision === seen) return;
      seen = store.state.revision;
      if (!this.hidden) dispatchEvent(new HashChangeEvent("hashchange"));
    });
    this.follow(["queue", "player"], markPlaying);
  }

  /** @param {import("../router.js").Route} route */
  async #open(route) {
    this.#loading?.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    const key = location.hash;
    const isSame = key === this.#shown;
    const samePage = this.dataset.page === route.name && !isSame && route.name === "search";
    const page = (route.argument && PAGES[route.name][1]) || PAGES[route.name][0];
    const refresh = () => void this.#open(route);
    const slow = setTimeout(() => {
      if (!isSame && !samePage) fill(this, h("div", { class: "loading", role: "status" }, h("span", { class: "dots" }, h("i"), h("i"), h("i")), h("span", { class: "visually-hidden" }, "Loading")));
    }, 250);
    try {
      const content = await page({ argument: route.argument, query: route.query, signal, scroller: this, refresh });
      if (signal.aborted) return;
      fill(this, content);
    } catch (error) {
      if (signal.aborted) return;
      fill(this, trouble(error, refresh));
    } finally {
      clearTimeout(slow);
    }
    this.dataset.page = route.name;
    this.#shown = key;
    markPlaying();
    const heading = this.querySelector("h1");
    document.title = heading ? `${heading.textContent} · Refrain` : "Refrain";
    if (!isSame) {
      this.scrollTop = this.#places.get(key) ?? 0;
      const active = document.activeElement;
      if (!samePage && (active === document.body || active?.closest("nav, refrain-page"))) heading?.focus({ preventScroll: true });
    }
  }
}

customElements.define("refrain-page", PageView);

/** @param {unknown} error @param {() => void} retry */
function trouble(error, retry) {
  const { message = "That did not work.", nextStep = "" } = /** @type {any} */ (error);
  return h("div", { class: "empty-page", role: "alert" }, icon("alert"), h("h1", { tabindex: -1 }, message), nextStep && h("p", { class: "quiet" }, nextStep), h("button", { type: "button", class: "button", onclick: retry }, icon("refresh"), "Try again"));
}
