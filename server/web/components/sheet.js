import * as actions from "../actions.js";
import { coverUrl } from "../api.js";
import { fill, h, keepFocus } from "../dom.js";
import { dotted } from "../format.js";
import { icon } from "../icons.js";
import { href } from "../router.js";
import { store } from "../store.js";
import { Component } from "./component.js";
import { cover } from "./cover.js";
import { feedbackButtons } from "./feedback_buttons.js";
import { heart } from "./heart_button.js";
import { openWhy } from "./why.js";
import { openOutputs } from "./outputs.js";
import { timerButton } from "./timer_button.js";
import { moreButton, trackEntries } from "./track_menu.js";
import { modeButtons, playButton, skipButtons, volumeControl } from "./transport.js";

const SWIPE_CLOSE_PX = 90;

/** The player on the whole screen. */
export class NowPlayingSheet extends Component {
  /** @type {HTMLElement | null} */
  #opener = null;

  start() {
    const ground = h("div", { class: "sheet-ground", "aria-hidden": "true" });
    const art = h("div", { class: "sheet-art" });
    const words = h("div", { class: "sheet-words" });
    const [shuffle, repeat] = modeButtons(this);
    const [previous, next] = skipButtons();
    const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close the player", onclick: () => store.set({ sheet_open: false }) }, icon("down"));
    const outputs = h("button", { type: "button", class: "icon-button", "aria-label": "Where to play", "aria-haspopup": "menu", onclick: () => void openOutputs(outputs) }, icon("speaker"));
    const queue = h("button", { type: "button", class: "icon-button", "aria-label": "Queue", onclick: () => store.set({ sheet_open: false, queue_open: true }) }, icon("queue"));
    this.setAttribute("role", "dialog");
    this.setAttribute("aria-modal", "true");
    this.setAttribute("aria-label", "Now playing");
    fill(
      this,
      ground,
      h("header", {}, close, h("span", { class: "quiet small" }, "Now playing"), queue),
      h(
        "div",
        { class: "sheet-body" },
        art,
        h("div", { class: "sheet-controls" }, words, document.createElement("refrain-seek"), h("div", { class: "sheet-buttons" }, shuffle, previous, playButton(this), next, repeat), h("div", { class: "sheet-foot" }, volumeControl(this), timerButton(this), outputs)),
      ),
    );
    this.on(this, "keydown", (event) => {
      if (event.key === "Escape") store.set({ sheet_open: false });
      if (event.key === "Tab") keepFocus(event, this);
    });
    this.#swipe();
    this.follow(["sheet_open"], () => this.#toggle(close));
    this.follow(["queue", "player"], () => this.#show(ground, art, words));
  }

  /** @param {HTMLElement} close */
  #toggle(close) {
    const open = store.state.sheet_open && store.current !== null;
    if (open && !this.hasAttribute("open")) this.#opener = /** @type {HTMLElement} */ (document.activeElement);
    this.toggleAttribute("open", open);
    this.inert = !open;
    if (open) close.focus();
    else this.#opener?.focus();
  }

  /** @param {HTMLElement} ground @param {HTMLElement} art @param {HTMLElement} words */
  #show(ground, art, words) {
    const track = store.current?.track;
    if (!track) return store.set({ sheet_open: false });
    if (this.dataset.track === String(track.id)) return undefined;
    this.dataset.track = String(track.id);
    const url = coverUrl(track.cover_id, 96);
    ground.style.setProperty("background-image", url ? `url("${url}")` : "none");
    fill(art, cover(track, 512));
    const shut = () => store.set({ sheet_open: false });
    fill(
      words,
      h(
        "div",
        {},
        h("h2", { dir: "auto" }, track.title),
        h("p", { dir: "auto" }, h("button", { type: "button", class: "link", dir: "auto", onclick: () => (shut(), void actions.openArtist(track.artists[0])) }, track.artist)),
        track.album && h("p", { class: "small quiet" }, h("a", { class: "link", href: href("albums", track.album_id ?? 0), onclick: shut, dir: "auto" }, dotted(track.album, track.year))),
      ),
      heart(track),
      moreButton(track.title, () => trackEntries(track)),
      h("div", { class: "sheet-thoughts" }, h("button", { type: "button", class: "button small", onclick: () => void openWhy(track) }, icon("why"), "Why this?"), h("a", { class: "button small", href: href("tracks", track.id), onclick: shut }, icon("about"), "About"), feedbackButtons(track)),
    );
    return undefined;
  }

  #swipe() {
    let startY = 0;
    this.on(this, "touchstart", (event) => (startY = event.target.closest("input") ? Infinity : event.touches[0].clientY));
    this.on(this, "touchend", (event) => {
      if (event.changedTouches[0].clientY - startY > SWIPE_CLOSE_PX) store.set({ sheet_open: false });
    });
  }
}

customElements.define("refrain-sheet", NowPlayingSheet);
