import * as actions from "../actions.js";
import { fill, h } from "../dom.js";
import { store } from "../store.js";
import { Component } from "./component.js";

/** @typedef {{start_s: number | null, text: string}} Line */

const UPDATE_MS = 200;

/** The words of a song; where they carry times, the line that is sung is lit, and a click goes there. */
export class LyricsView extends Component {
  /** @type {{id: number, title: string} | null} */
  track = null;
  /** @type {Line[]} */
  lines = [];
  #current = -1;

  start() {
    const timed = this.lines.some((line) => line.start_s !== null);
    const rows = this.lines.map((line) => {
      if (!line.text) return h("p", { class: "lyric gap" }, "♪");
      if (!timed || line.start_s === null) return h("p", { class: "lyric", dir: "auto" }, line.text);
      return h("p", { class: "lyric" }, h("button", { type: "button", dir: "auto", onclick: () => void this.#go(Number(line.start_s)) }, line.text));
    });
    this.classList.toggle("timed", timed);
    fill(this, rows);
    if (!timed) return;
    const follow = () => {
      const here = this.track !== null && store.current?.track.id === this.track.id && store.state.player?.status !== "idle";
      const at = actions.positionNow() + 0.15;
      const now = here ? this.lines.findLastIndex((line) => line.start_s !== null && line.start_s <= at) : -1;
      if (now === this.#current) return;
      rows[this.#current]?.classList.remove("sung");
      rows[now]?.classList.add("sung");
      this.#current = now;
      if (now >= 0 && store.playing) this.#reveal(rows[now]);
    };
    follow();
    const timer = setInterval(follow, UPDATE_MS);
    this.life.addEventListener("abort", () => clearInterval(timer));
  }

  /** Only this box scrolls, not the page. @param {HTMLElement} row */
  #reveal(row) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scrollTo({ top: row.offsetTop - this.offsetTop - this.clientHeight / 2 + row.offsetHeight / 2, behavior: calm ? "auto" : "smooth" });
  }

  /** @param {number} seconds */
  #go(seconds) {
    if (!this.track) return undefined;
    if (store.current?.track.id === this.track.id) return actions.seek(seconds);
    return actions.playFrom(/** @type {any} */ (this.track), seconds);
  }
}

customElements.define("refrain-lyrics", LyricsView);

/** @param {{id: number, title: string}} track @param {Line[]} lines */
export function lyricsView(track, lines) {
  const view = new LyricsView();
  view.track = track;
  view.lines = lines;
  return view;
}
