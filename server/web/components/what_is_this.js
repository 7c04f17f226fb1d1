import * as actions from "../actions.js";
import { fill, h, keepFocus } from "../dom.js";
import { icon } from "../icons.js";
import { placeName, setPlaceName } from "../recognition/device.js";
import { FULL_S, listening } from "../recognition/listening.js";
import { spokenHum } from "../recognition/hum_words.js";
import { spoken } from "../recognition/words.js";
import { offer } from "../recognition/requests.js";
import { readTimeline } from "../recognition/timeline.js";
import { store } from "../store.js";
import { answerCard } from "./answer_card.js";
import { Component } from "./component.js";
import { humCard } from "./hum_card.js";
import { promptDialog } from "./dialogs.js";
import { identify } from "./file_drop.js";
import { closeListening, showListening } from "./listen_button.js";
import { ringSwitch } from "./listen_settings.js";
import "./spectrogram.js";
import { whatWasThat } from "./ring_bar.js";
import { timelineView } from "./timeline_view.js";
import { markPlaying } from "./track_row.js";

/** How loud fills the halo: quiet room to loud music, decibels. */
const HALO_DB = /** @type {const} */ ([-65, -12]);
const EARLIER_S = [10, 30, 60, 120, 300];
/** From so many seconds on a file may hold more than one recording. */
const LONG_S = 60;
const WAYS = "Play it, hum it or whistle it.";
const TUNE = "I hear a tune. Go on, or press when it is over.";
const HINTS = {
  silent: "Nothing arrives from the microphone. Is it switched off?",
  quiet: "That is very quiet. Hold it closer, or turn the music up.",
  "": "",
};

/** "What is this?" on the whole screen: listening, the answer, files and links. */
export class ListenSheet extends Component {
  /** @type {HTMLElement | null} */
  #opener = null;
  #picture = /** @type {import("./spectrogram.js").Spectrogram} */ (document.createElement("refrain-spectrogram"));
  #title = h("p", { class: "listen-title", dir: "auto" });
  #detail = h("p", { class: "listen-detail quiet", dir: "auto" });
  #orb = h("button", { type: "button", class: "listen-orb", onclick: () => this.#press() });
  #seconds = h("span", { class: "listen-seconds", "aria-hidden": "true" });
  #card = h("div", { class: "listen-card" });
  #here = h("p", { class: "listen-here small" }, "Music plays on this device, so that is what is heard. ", h("button", { type: "button", class: "text-button", onclick: () => void actions.control("pause") }, "Pause it"));
  /** What a screen reader is told: only what is new. */
  #spoken = h("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  #shown = "";
  #life = new AbortController();

  start() {
    const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: closeListening }, icon("close"));
    const place = h("button", { type: "button", class: "listen-place", onclick: () => void this.#rename(place) });
    const again = h("button", { type: "button", class: "button", onclick: () => void listening.listen() }, icon("wave"), "Listen again");
    const earlier = h("div", { class: "chips listen-earlier", role: "group", "aria-label": "Earlier" });
    this.setAttribute("role", "dialog");
    this.setAttribute("aria-modal", "true");
    this.setAttribute("aria-label", "What is this?");
    fill(
      this,
      h("header", {}, h("h2", {}, "What is this?"), place, close),
      h("div", { class: "listen-stage" }, this.#picture),
      h(
        "div",
        { class: "listen-panel" },
        h("div", { class: "listen-words" }, this.#title, this.#detail),
        h("div", { class: "listen-press" }, this.#orb, this.#seconds),
        this.#card,
        earlier,
        this.#here,
      ),
      h("footer", {}, again, this.#fileButton(), h("button", { type: "button", class: "button", onclick: () => void askLink() }, icon("link"), "Paste a link"), ringSwitch()),
      this.#spoken,
    );
    showPlace(place);
    this.on(this, "keydown", (event) => this.#key(event));
    this.on(listening, "begin", (event) => {
      this.#picture.begin(event.detail.rate, event.detail.line);
      this.classList.toggle("pictured", event.detail.rate > 0);
    });
    this.on(listening, "block", (event) => this.#picture.push(event.detail.samples));
    this.on(listening, "peaks", (event) => {
      this.#picture.points(event.detail);
      this.classList.toggle("pictured", true);
    });
    this.on(listening, "end", () => this.#picture.end());
    this.on(listening, "change", () => {
      this.#show();
      again.hidden = listening.stage !== "answered";
      this.#showEarlier(earlier);
    });
    this.follow(["listen_open"], () => this.#toggle(close, place));
    this.follow(["ring"], () => this.#showEarlier(earlier));
    this.follow(["player", "output"], () => this.#showHere());
    again.hidden = true;
    this.#show();
  }

  #fileButton() {
    const input = h("input", { type: "file", accept: "audio/*,video/*,.flac,.opus,.ogg,.m4a,.mka", hidden: true, tabindex: -1, "aria-hidden": "true", "aria-label": "A recording" });
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      input.value = "";
      if (file) identify(file);
    });
    return h("span", {}, input, h("button", { type: "button", class: "button", onclick: () => input.click() }, icon("file"), "Choose a file"));
  }

  /** @param {HTMLElement} place */
  async #rename(place) {
    const name = await promptDialog("Where does this device stand?", { label: "Its place, as you would say it", value: placeName(), verb: "Keep", maxlength: 40, placeholder: "kitchen" });
    if (name === null) return;
    setPlaceName(name);
    offer();
    showPlace(place);
  }

  /** @param {HTMLElement} close @param {HTMLElement} place */
  #toggle(close, place) {
    const open = store.state.listen_open;
    if (open === this.hasAttribute("open")) return;
    if (open) this.#opener = /** @type {HTMLElement} */ (document.activeElement);
    this.toggleAttribute("open", open);
    this.inert = !open;
    if (open) {
      showPlace(place);
      (this.#orb.hidden ? close : this.#orb).focus();
    } else {
      this.#life.abort();
      this.#opener?.focus();
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Tab") keepFocus(event, this);
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (listening.busy) listening.cancel();
    else closeListening();
  }

  #press() {
    if (listening.stage === "listening" && listening.tune) listening.enough();
    else if (listening.busy) listening.cancel();
    else void listening.listen();
  }

  #show() {
    const { stage, seconds, db } = listening;
    const [title, detail] = this.#words();
    if (this.#title.textContent !== title) this.#title.textContent = title;
    if (this.#detail.textContent !== detail) this.#detail.textContent = detail;
    this.#orb.style.setProperty("--progress", String(Math.min(1, seconds / FULL_S)));
    this.#orb.style.setProperty("--level", String(stage === "listening" ? Math.min(1, Math.max(0, (db - HALO_DB[0]) / (HALO_DB[1] - HALO_DB[0]))) : 0));
    this.#seconds.textContent = stage === "listening" ? `${Math.floor(seconds)} s` : "";
    this.#say();
    this.#showHere();
    this.#picture.hums = listening.tune;
    const { answer } = listening;
    const ending = stage === "listening" && listening.tune;
    const key = `${stage} ${ending} ${answer?.heard_id} ${answer?.told} ${answer?.certainty} ${answer?.hum?.hum_id} ${answer?.hum?.picked?.id}`;
    if (key === this.#shown) return;
    this.#shown = key;
    this.dataset.stage = stage;
    this.classList.toggle("hummed", stage === "answered" && Boolean(answer?.hum));
    const focused = document.activeElement === this.#orb;
    this.#orb.hidden = stage === "answered" || (stage === "failed" && listening.source !== "microphone");
    this.#orb.setAttribute("aria-label", ending ? "That was all" : listening.busy ? "Stop" : stage === "failed" ? "Try again" : "Listen");
    fill(this.#orb, icon(ending ? "check" : listening.busy ? "stop" : stage === "failed" ? "refresh" : "wave"));
    this.#showCard();
    if (focused && this.#orb.hidden) /** @type {HTMLElement | null} */ (this.querySelector(".answer .button, footer .button"))?.focus();
  }

  /** The two lines above the button. */
  #words() {
    const { stage, source, name, maybe, problem } = listening;
    if (stage === "idle") return ["What is it?", "Play it, hum it or whistle it. A few seconds are enough. You can also drop a recording here."];
    if (stage === "asking") return ["May I listen?", "Your browser asks for the microphone. Nothing is kept of what it hears."];
    if (stage === "listening") return maybe ? [`Maybe “${maybe.title}”`, [maybe.artist, "Listening on, to be sure…"].filter(Boolean).join(" · ")] : ["Listening…", HINTS[listening.hint] || (listening.tune ? TUNE : WAYS)];
    if (stage === "working") {
      if (source === "file") return ["Listening to the file…", name];
      if (source === "url") return ["Listening to the link…", name];
      return [source === "ring" ? "Going back…" : listening.tune ? "Looking for the tune…" : "Looking it up…", ""];
    }
    if (stage === "failed") return [problem?.message ?? "", problem?.nextStep ?? ""];
    return ["", ""];
  }

  /** Once for each news: what begins, what it may be, the answer. */
  #say() {
    const { stage, answer, maybe, hint } = listening;
    let text = "";
    if (stage === "answered" && answer) text = answer.hum ? spokenHum(answer.hum) : spoken(answer);
    else if (stage === "listening") text = maybe ? `Maybe ${maybe.title}${maybe.artist ? ` by ${maybe.artist}` : ""}` : hint ? HINTS[hint] : "Listening";
    else if (stage !== "idle") text = this.#words().join(" ");
    if (store.state.listen_open && this.#spoken.textContent !== text) this.#spoken.textContent = text;
  }

  #showCard() {
    const { stage, answer, file } = listening;
    this.#life.abort();
    this.#life = new AbortController();
    fill(this.#card);
    if (stage === "answered" && answer) {
      const { hum } = answer;
      this.#card.append(
        hum
          ? humCard(hum, { leave: closeListening, mend: (parts) => listening.mend({ hum: { ...hum, ...parts } }) })
          : answerCard(answer, { leave: closeListening, mend: (parts) => listening.mend(parts) }),
      );
      markPlaying();
    }
    if (file && (stage === "answered" || listening.problem?.code === "too_large")) void this.#offerTimeline(file, this.#life.signal);
  }

  /** A long file may hold many recordings. @param {File} file @param {AbortSignal} signal */
  async #offerTimeline(file, signal) {
    if (listening.problem?.code !== "too_large" && (await lengthOf(file)) < LONG_S) return;
    if (signal.aborted) return;
    const slot = h("div", { class: "timeline-slot" });
    const button = h("button", { type: "button", class: "button", onclick: () => void this.#readTimeline(file, slot, signal) }, icon("timeline"), "What plays when?");
    slot.append(h("p", { class: "quiet small" }, "It is a long recording; several songs may be in it."), button);
    this.#card.append(slot);
  }

  /** @param {File} file @param {HTMLElement} slot @param {AbortSignal} signal */
  async #readTimeline(file, slot, signal) {
    const bar = h("progress", { max: 1, "aria-label": "Listening through the file" });
    fill(slot, h("p", { class: "quiet small", role: "status" }, "Listening through all of it…"), bar);
    try {
      const timeline = await readTimeline(file, (share) => (bar.value = share), signal);
      if (signal.aborted) return;
      fill(slot, timelineView(timeline, closeListening));
      slot.querySelector("h3")?.focus();
    } catch (error) {
      if (signal.aborted) return;
      const { message = "That did not work.", nextStep = "" } = /** @type {any} */ (error);
      fill(slot, h("p", { role: "alert", dir: "auto" }, message), nextStep && h("p", { class: "quiet small", dir: "auto" }, nextStep));
    }
  }

  #showHere() {
    this.#here.hidden = !(store.playing && store.state.output === "here" && ["idle", "asking", "listening"].includes(listening.stage));
  }

  /** Other moments of the kept minutes. @param {HTMLElement} box */
  #showEarlier(box) {
    const { ring } = store.state;
    box.hidden = !ring || listening.source !== "ring" || listening.stage !== "answered";
    if (box.hidden || !ring) return;
    const known = EARLIER_S.filter((seconds) => seconds < ring.seconds + 5);
    fill(box, h("span", { class: "quiet small" }, "And before?"), known.map((seconds) => h("button", { type: "button", class: "chip", onclick: () => whatWasThat(seconds) }, seconds < 60 ? `${seconds} s ago` : `${seconds / 60} min ago`)));
  }
}

customElements.define("refrain-listen", ListenSheet);

/** @param {HTMLElement} button */
function showPlace(button) {
  const name = placeName();
  fill(button, icon("place"), h("span", { dir: "auto" }, name || "Add a place"));
  button.setAttribute("aria-label", name ? `Place of this device: ${name}` : "Say where this device stands");
}

async function askLink() {
  const url = await promptDialog("What is at this link?", { label: "Address of a recording, a video or a radio stream", verb: "Listen", type: "url", maxlength: 2000, placeholder: "https://" });
  if (!url) return;
  showListening();
  void listening.identifyUrl(url);
}

/** Seconds of a recording as the browser reads them; 0 when it cannot. @param {File} file @returns {Promise<number>} */
function lengthOf(file) {
  const address = URL.createObjectURL(file);
  const probe = new Audio();
  return new Promise((resolve) => {
    const done = (/** @type {number} */ seconds) => {
      URL.revokeObjectURL(address);
      resolve(seconds);
    };
    probe.addEventListener("loadedmetadata", () => done(probe.duration));
    probe.addEventListener("error", () => done(file.size > 2_000_000 ? LONG_S : 0));
    probe.preload = "metadata";
    probe.src = address;
  });
}
