import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { voice } from "../player/voice.js";
import { onRoute } from "../router.js";
import { store } from "../store.js";
import { talking } from "../talk/talking.js";
import { Component } from "./component.js";
import { drawLevels, Levels } from "./talk_levels.js";
import { toggleHandsFree } from "./talk_button.js";

/** @typedef {import("../talk/talking.js").State} State */

/** @type {Record<Exclude<State, "off">, string>} */
const TITLES = { opening: "Asking for the microphone", listening: "Listening", hearing: "I hear you", thinking: "Thinking", speaking: "Speaking" };

/** Words that a screen reader says; what we say ourselves needs none. @type {Partial<Record<State, string>>} */
const ANNOUNCED = { listening: "Listening", hearing: "I hear you", thinking: "Thinking", off: "" };

/** What goes on between the person and Refrain: who has the word, how loud, and what to do next. */
export class TalkStrip extends Component {
  #announced = "";

  start() {
    const inChat = this.hasAttribute("chat");
    const canvas = h("canvas", { class: "talk-levels", width: 132, height: 36, "aria-hidden": "true" });
    const title = h("strong", {});
    const hint = h("span", { class: "talk-hint", dir: "auto" });
    const free = h("button", { type: "button", class: "talk-free", "aria-pressed": "false", title: "Hands-free (Shift T): the microphone stays on until you end it", onclick: () => toggleHandsFree() }, icon("handsfree"), h("span", {}, "Hands-free"));
    const close = h("button", { type: "button", class: "icon-button small", onclick: () => talking.cancel() }, icon("close"));
    const spoken = h("span", { class: "visually-hidden", role: "status", "aria-live": "polite" });
    const box = h("div", { class: "talk-box" }, canvas, h("p", { class: "talk-words" }, title, hint), free, close);
    fill(this, box, inChat ? spoken : null);
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", "Talking with Refrain");

    const levels = new Levels();
    this.on(talking, "level", (event) => talking.state !== "speaking" && levels.push(event.detail));
    this.on(voice, "level", (event) => levels.push(Math.min(1, event.detail * 4)));
    let elsewhere = false;
    const draw = () => {
      const { state, problem, note, handsFree } = talking;
      this.hidden = elsewhere || (state === "off" && !problem && !note);
      this.dataset.state = problem ? "problem" : state === "off" ? "note" : state;
      title.textContent = problem ? problem.message : state === "off" ? note : TITLES[state];
      hint.textContent = problem ? problem.nextStep : hintOf(state, inChat);
      free.hidden = state === "off";
      free.setAttribute("aria-pressed", String(handsFree));
      close.setAttribute("aria-label", problem || state === "off" ? "Close this message" : handsFree ? "End talking" : "Cancel");
      if (inChat) this.#announce(spoken);
      if (this.hidden || state === "off") levels.stop();
      else drawLevels(canvas, levels, () => this.dataset.state ?? "");
    };
    onRoute(({ name }) => {
      elsewhere = (name === "chat") !== inChat;
      draw();
    });
    this.on(talking, "change", draw);
    this.follow(["speech"], draw);
    this.life.addEventListener("abort", () => levels.stop());
  }

  /** @param {HTMLElement} region */
  #announce(region) {
    const { state, problem, note } = talking;
    const text = problem ? `${problem.message} ${problem.nextStep}` : note || ANNOUNCED[state];
    if (text === undefined || text === this.#announced) return;
    this.#announced = text;
    region.textContent = text;
  }
}

customElements.define("refrain-talk", TalkStrip);

/** What to do now. @param {State} state @param {boolean} inChat */
function hintOf(state, inChat) {
  const { mode, note, partial, handsFree } = talking;
  switch (state) {
    case "opening":
      return "Your browser may ask whether Refrain may listen.";
    case "listening":
      if (talking.asleep) return `Say “${store.state.speech?.wake_word.replaceAll("_", " ")}” first.`;
      if (note) return note;
      if (mode === "hold") return "Let go when you are done.";
      return handsFree ? "Just talk. The microphone stays on." : "Say what you want to hear.";
    case "hearing":
      if (!inChat && partial) return partial;
      return mode === "hold" ? "Let go when you are done." : "";
    case "thinking":
      if (store.state.speech?.state === "loading") return "The models of speech are still being loaded.";
      return (store.state.speech?.waiting ?? 0) > 1 ? `${store.state.speech?.waiting} requests are waiting to be understood.` : "";
    case "speaking":
      return handsFree ? "Talk to cut in." : "Press the microphone to cut in.";
    default:
      return "";
  }
}
