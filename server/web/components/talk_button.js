/** The microphone: a click takes one turn, holding it is push to talk. The key T does the same. */

import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { go } from "../router.js";
import { press } from "../talk/press.js";
import { talking } from "../talk/talking.js";

/** What a press does now. @type {Record<import("../talk/talking.js").State, string>} */
const LABELS = {
  off: "Talk to Refrain",
  opening: "Do not listen",
  listening: "Stop listening",
  hearing: "I am done talking",
  thinking: "Interrupt and talk",
  speaking: "Interrupt and talk",
};

/** @param {import("./component.js").Component} owner */
export function talkButton(owner) {
  const button = h("button", { type: "button", class: "talk-button", "aria-keyshortcuts": "T" });
  const begin = () => {
    go("chat");
    press.down();
  };
  owner.on(button, "pointerdown", (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    begin();
  });
  owner.on(button, "pointerup", () => press.up());
  owner.on(button, "pointercancel", () => press.cancel());
  // A finger that stays is push to talk and no wish for a menu.
  owner.on(button, "contextmenu", (event) => event.preventDefault());
  // From the keyboard or a screen reader there is no pointer.
  owner.on(button, "click", (event) => {
    if (event.detail !== 0) return;
    begin();
    press.up();
  });
  const draw = () => {
    const { state, handsFree } = talking;
    if (button.dataset.state === `${state} ${handsFree}`) return;
    button.dataset.state = `${state} ${handsFree}`;
    const label = handsFree && state === "listening" ? "Stop listening hands-free" : handsFree && (state === "thinking" || state === "speaking") ? "Stop the answer" : LABELS[state];
    button.classList.toggle("on", talking.open);
    button.setAttribute("aria-label", label);
    button.setAttribute("aria-pressed", String(talking.open));
    button.title = state === "off" ? "Talk (T). Hold to talk until you let go" : label;
    fill(button, icon("microphone"));
  };
  owner.on(talking, "change", draw);
  owner.on(talking, "level", (event) => button.style.setProperty("--level", event.detail.toFixed(2)));
  draw();
  return button;
}

/** T anywhere on the page; shift+T is hands-free. */
export function startTalkKeys() {
  let down = false;
  document.addEventListener("keyup", (event) => {
    if (event.key.toLowerCase() !== "t" || !down) return;
    down = false;
    press.up();
  });
  addEventListener("blur", () => {
    if (down) press.cancel();
    down = false;
  });
  /** @param {KeyboardEvent} event */
  return (event) => {
    if (event.repeat || down) return;
    if (event.shiftKey) return void toggleHandsFree();
    down = true;
    go("chat");
    press.down();
  };
}

export function toggleHandsFree() {
  talking.setHandsFree(!talking.handsFree);
}
