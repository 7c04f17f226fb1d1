import { conversation } from "../conversation.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { Component } from "./component.js";
import { resultCards } from "./result_cards.js";
import { markPlaying } from "./track_row.js";

/** What each tool is doing, while it does it. @type {Record<string, string>} */
const ACTIVITY = {
  search_music: "Searching your library…",
  play_music: "Starting the music…",
  recommend: "Looking for music that fits…",
  similar: "Looking for music like it…",
  make_playlist: "Putting a playlist together…",
  explain: "Looking up why…",
  taste: "Remembering what you like…",
  recommend_music: "Looking for music that fits…",
  control_playback: "Telling the player…",
  edit_queue: "Changing the queue…",
  now_playing: "Looking at the player…",
  recognize: "Listening…",
  rate_track: "Remembering what you like…",
  manage_playlists: "Opening your playlists…",
  recall_history: "Looking through your history…",
};

/** Tools whose results are suggestions. */
const SUGGESTING = new Set(["recommend", "recommend_music", "similar"]);

/** One message of the conversation, drawn again part by part while it grows. */
export class MessageView extends Component {
  /** @type {import("../conversation.js").Message | null} */
  message = null;
  #resultsShown = "";

  start() {
    const { message } = this;
    if (!message) return;
    this.classList.add(message.role);
    if (message.role === "user") {
      const words = h("span", {});
      fill(this, h("p", { class: "bubble", dir: "auto" }, h("span", { class: "visually-hidden" }, "You: "), words));
      const show = () => {
        this.classList.toggle("partial", message.status === "streaming");
        words.textContent = message.text;
      };
      this.on(conversation, "changed", (event) => event.detail === message && show());
      show();
      return;
    }
    const text = h("p", { class: "reply", dir: "auto" });
    const activity = h("p", { class: "activity" });
    const results = h("div", { class: "results" });
    const trouble = h("div", { class: "trouble-slot" });
    fill(this, h("span", { class: "visually-hidden" }, "Refrain: "), activity, text, results, trouble);
    const draw = () => {
      this.classList.toggle("streaming", message.status === "streaming");
      this.classList.toggle("sounding", message.voice === "sounding");
      this.#drawActivity(activity, message);
      text.textContent = message.text.trim();
      text.hidden = !message.text.trim();
      this.#drawResults(results, message);
      this.#drawTrouble(trouble, message);
    };
    this.on(conversation, "changed", (event) => event.detail === message && draw());
    draw();
  }

  /** @param {HTMLElement} line @param {import("../conversation.js").Message} message */
  #drawActivity(line, message) {
    const running = message.tools.findLast((tool) => tool.status === "started");
    const busy = message.status === "streaming" && (running || !message.text);
    line.hidden = !busy;
    if (busy) fill(line, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), running ? (ACTIVITY[running.name] ?? "Working on it…") : "");
  }

  /** @param {HTMLElement} box @param {import("../conversation.js").Message} message */
  #drawResults(box, message) {
    const key = message.results.map((result) => `${result.kind}${result.id}`).join();
    if (key === this.#resultsShown) return;
    this.#resultsShown = key;
    fill(box, message.results.length ? resultCards(message.results, { suggested: message.results.some((one) => one.list_id) || message.tools.some((tool) => SUGGESTING.has(tool.name)) }) : null);
    markPlaying();
  }

  /** @param {HTMLElement} box @param {import("../conversation.js").Message} message */
  #drawTrouble(box, message) {
    if (message.voice === "cut") fill(box, h("p", { class: "quiet small" }, message.text.trim() ? "You cut in here." : "You cut in."));
    else if (message.status === "cancelled") fill(box, h("p", { class: "quiet small" }, "Stopped."));
    else if (message.error) {
      fill(box, h("div", { class: "trouble", role: "alert" }, icon("alert"), h("div", {}, h("p", { dir: "auto" }, message.error.message), message.error.nextStep && h("p", { class: "quiet small", dir: "auto" }, message.error.nextStep))));
    } else fill(box);
  }
}

customElements.define("refrain-message", MessageView);
