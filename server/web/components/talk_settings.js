/** How Refrain listens and answers. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { store } from "../store.js";
import { answers, earconsInstead, onChoice, setAnswers, setEarconsInstead, setSpeaksAlways, setVoiceVolume, speaksAlways, voiceVolume } from "../talk/choices.js";
import { openTurns } from "./turn_panel.js";

const ANSWERS = /** @type {const} */ ([
  ["voice", "Voice and text", "volume"],
  ["text", "Text only", "chat"],
]);

/** @param {() => void} close  the settings */
export function talkPart(close) {
  const always = toggle("Speak answers to what I type, too", "Otherwise only what is said aloud is answered aloud", speaksAlways(), setSpeaksAlways);
  const earcons = toggle("Short sounds instead of words", "For “pause”, “next” and the like, and when the microphone opens", earconsInstead(), setEarconsInstead);
  const volume = loudness();
  const life = new AbortController();
  const part = h(
    "fieldset",
    {},
    h("legend", {}, "Talking"),
    h(
      "div",
      { class: "segmented two", role: "radiogroup", "aria-label": "Answers to what is said" },
      ANSWERS.map(([value, label, symbol]) => h("label", {}, h("input", { type: "radio", name: "answers", value, checked: answers() === value, onchange: () => setAnswers(value) }), h("span", {}, icon(symbol), label))),
    ),
    trouble(),
    volume,
    earcons,
    always,
    h("div", { class: "chips setting-chips" }, h("button", { type: "button", class: "button", onclick: () => (close(), openTurns()) }, icon("gauge"), "Timing of each turn")),
  );
  const show = () => {
    if (!part.isConnected && life.signal.aborted) return;
    const silent = answers() === "text";
    for (const one of [volume, earcons, always]) {
      one.classList.toggle("off", silent);
      for (const input of one.querySelectorAll("input")) input.disabled = silent;
    }
  };
  onChoice(show, life.signal);
  show();
  return part;
}

/** @param {string} label @param {string} detail @param {boolean} checked @param {(on: boolean) => void} choose */
function toggle(label, detail, checked, choose) {
  const box = h("input", { type: "checkbox", class: "switch", role: "switch", checked, onchange: () => choose(box.checked) });
  return h("label", { class: "setting" }, h("div", {}, h("span", {}, label), h("small", { class: "quiet" }, detail)), box);
}

/** Why this server cannot be talked to, or does not speak. */
function trouble() {
  const { speech } = store.state;
  const problem = speech?.problem ?? speech?.speaking_problem;
  return problem ? h("p", { class: "quiet small setting-note" }, `${problem.message} ${problem.next_step ?? ""}`) : null;
}

function loudness() {
  const slider = h("input", { type: "range", class: "slider", min: 0, max: 100, step: 5, value: voiceVolume(), "aria-label": "Loudness of the voice" });
  const fill = () => slider.style.setProperty("--filled", `${slider.value}%`);
  fill();
  slider.addEventListener("input", () => {
    fill();
    setVoiceVolume(Number(slider.value));
  });
  return h("div", { class: "setting" }, h("div", {}, h("span", {}, "Loudness of the voice")), slider);
}
