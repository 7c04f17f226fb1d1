import { enableSound, PAGE_PLAYER, playHere } from "../actions.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { realtime } from "../realtime.js";
import { store } from "../store.js";
import { Component } from "./component.js";

/** A hiccup that is over before this needs no banner. */
const PATIENCE_MS = 900;

/** What stands in the way: no connection, no right to come in, no sound allowed, or the sound is elsewhere. */
export class Banner extends Component {
  #lostAt = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  start() {
    this.setAttribute("role", "status");
    this.follow(["connection", "sound_blocked", "output", "player"], () => this.#show());
    this.life.addEventListener("abort", () => clearInterval(this.#timer));
  }

  #show() {
    const { connection } = store.state;
    if (connection !== "lost") this.#lostAt = 0;
    else if (!this.#lostAt) this.#lostAt = Date.now();
    clearInterval(this.#timer);
    if (connection === "lost") this.#timer = setInterval(() => this.#draw(), 500);
    this.#draw();
  }

  #draw() {
    const { connection, sound_blocked: blocked, output, player } = store.state;
    const lost = connection === "lost" && Date.now() - this.#lostAt > PATIENCE_MS;
    let state = "";
    if (connection === "refused") state = "refused";
    else if (lost) state = "lost";
    else if (blocked) state = "blocked";
    else if (output === "elsewhere" && player?.status === "playing") state = "elsewhere";
    const words = state === "lost" ? waitWords() : "";
    if (this.dataset.state === state) {
      const wait = this.querySelector(".wait");
      if (wait) wait.textContent = words;
      return;
    }
    this.dataset.state = state;
    this.hidden = state === "";
    if (state === "refused") fill(this, icon("alert"), h("p", {}, h("strong", {}, "This page is not allowed in. "), "Open the address with its token, as Refrain printed it when it started."));
    else if (state === "lost") fill(this, icon("alert"), h("p", {}, h("strong", {}, "The connection to Refrain is lost. "), h("span", { class: "wait" }, words)), h("button", { type: "button", class: "button small", onclick: () => realtime.retryNow() }, "Try now"));
    else if (state === "blocked") fill(this, icon("volume"), h("p", {}, h("strong", {}, "Your browser keeps this page silent. "), "Click once, and the music starts."), h("button", { type: "button", class: "button primary", onclick: () => void enableSound() }, "Turn on sound"));
    else if (state === "elsewhere") fill(this, icon("speaker"), h("p", {}, place(player?.name)), h("button", { type: "button", class: "button small", onclick: () => void playHere() }, "Play here"));
    else fill(this);
  }
}

customElements.define("refrain-banner", Banner);

function waitWords() {
  const seconds = Math.ceil((realtime.retryAt - Date.now()) / 1000);
  return seconds > 0 ? `Trying again in ${seconds} s.` : "Trying again…";
}

/** @param {string | null | undefined} name */
function place(name) {
  return name && name !== PAGE_PLAYER ? `Playing on ${name}` : "Playing on another page";
}
