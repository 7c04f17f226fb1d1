import { fill, h } from "../dom.js";
import { clock } from "../format.js";
import { icon } from "../icons.js";
import { listening } from "../recognition/listening.js";
import { endHearing } from "../recognition/requests.js";
import { secondsKept, wipeRing } from "../recognition/ring.js";
import { store } from "../store.js";
import { Component } from "./component.js";
import { showListening } from "./listen_button.js";

/** Above everything on every page, as long as a microphone is on without the listening sheet. */
export class RingBar extends Component {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  start() {
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", "Microphone");
    const words = h("p", { dir: "auto" });
    const kept = h("strong", { class: "ring-time" });
    const ask = h("button", { type: "button", class: "button small", onclick: () => whatWasThat(0) }, icon("history"), h("span", {}, "What was that?"));
    const stop = h("button", { type: "button", class: "button small ring-stop", onclick: () => (store.state.hearing ? endHearing() : void wipeRing()) }, icon("stop"), h("span", {}, ""));
    fill(this, h("span", { class: "ring-dot", "aria-hidden": "true" }), words, ask, stop);
    const count = () => {
      const { ring } = store.state;
      if (ring) kept.textContent = clock(secondsKept(ring));
    };
    this.follow(["ring", "hearing"], () => {
      const { ring, hearing } = store.state;
      const on = ring !== null || hearing;
      this.hidden = !on;
      document.documentElement.classList.toggle("ring-on", on);
      clearInterval(this.#timer);
      ask.hidden = hearing || !ring;
      stop.lastElementChild?.replaceChildren(hearing ? "Stop" : "Stop and forget");
      stop.setAttribute("aria-label", hearing ? "Stop listening" : "Stop and forget what is kept");
      if (hearing) fill(words, "Listening, because you asked in the chat…");
      else if (ring) fill(words, h("span", { class: "ring-lead" }, ring.here ? "The microphone is on. " : "A microphone of yours is on. "), "Kept in memory: ", kept, ring.place && ` (${ring.place})`);
      if (on) this.#timer = setInterval(count, 500);
      count();
    });
    this.life.addEventListener("abort", () => clearInterval(this.#timer));
  }
}

customElements.define("refrain-ring", RingBar);

/** @param {number} agoS */
export function whatWasThat(agoS) {
  showListening();
  void listening.askRing(agoS);
}
