import * as actions from "../actions.js";
import { bidi, fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { href } from "../router.js";
import { store } from "../store.js";
import { Component } from "./component.js";
import { cover } from "./cover.js";
import { heart } from "./heart_button.js";
import { openOutputs } from "./outputs.js";
import { timerButton } from "./timer_button.js";
import { modeButtons, playButton, skipButtons, volumeControl } from "./transport.js";

/** The bar at the bottom: what plays, and everything to steer it. On a phone a mini-player above the tabs. */
export class NowPlaying extends Component {
  #shown = "";

  start() {
    const song = h("div", { class: "bar-song" });
    const [shuffle, repeat] = modeButtons(this);
    const [previous, next] = skipButtons();
    const transport = h(
      "div",
      { class: "bar-transport" },
      h("div", { class: "bar-buttons" }, shuffle, previous, playButton(this), next, repeat),
      document.createElement("refrain-seek"),
    );
    const queue = h("button", { type: "button", class: "icon-button", "aria-label": "Queue", "aria-controls": "queue", onclick: () => store.set({ queue_open: !store.state.queue_open }) }, icon("queue"));
    const outputs = h("button", { type: "button", class: "icon-button output", "aria-label": "Where to play", "aria-haspopup": "menu", onclick: () => void openOutputs(outputs) }, icon("speaker"));
    const mini = h("div", { class: "bar-mini" }, playButton(this), skipButtons()[1]);
    fill(this, song, transport, h("div", { class: "bar-side" }, volumeControl(this), timerButton(this), outputs, queue), mini);

    this.follow(["queue_open"], () => queue.setAttribute("aria-expanded", String(store.state.queue_open)));
    this.follow(["output", "player"], () => {
      outputs.classList.toggle("elsewhere", store.state.output === "elsewhere");
    });
    this.follow(["queue", "player"], () => this.#showSong(song));
  }

  /** @param {HTMLElement} song */
  #showSong(song) {
    const track = store.current?.track;
    const key = track ? `${track.id}` : "";
    this.classList.toggle("empty", !track);
    if (key === this.#shown && song.childElementCount) return;
    this.#shown = key;
    if (!track) {
      fill(song, h("span", { class: "cover" }, icon("song")), h("div", { class: "bar-text" }, h("span", { class: "bar-title quiet" }, "Nothing is playing")));
      return;
    }
    const open = () => store.set({ sheet_open: true });
    fill(
      song,
      h("button", { type: "button", class: "cover-button", "aria-label": `Open the player: ${track.title}`, onclick: open }, cover(track, 96)),
      h(
        "div",
        { class: "bar-text", onclick: open },
        track.album_id ? h("a", { class: "bar-title", href: href("albums", track.album_id), dir: "auto", title: track.title }, track.title) : bidi(track.title, "bar-title cut"),
        h("button", { type: "button", class: "bar-artist link", dir: "auto", title: track.artist, onclick: (/** @type {Event} */ event) => (event.stopPropagation(), void actions.openArtist(track.artists[0])) }, track.artist),
      ),
      heart(track),
    );
  }
}

customElements.define("refrain-now-playing", NowPlaying);
