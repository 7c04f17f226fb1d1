/** The button that opens the timers; while the music is to stop by itself it counts down. */

import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { countdown, secondsLeft, sleepTimer } from "../timers.js";
import { openTimers } from "./timers_panel.js";

const TICK_MS = 1000;

/** @param {import("./component.js").Component} owner */
export function timerButton(owner) {
  const left = h("span", { class: "timer-short", "aria-hidden": "true" });
  const button = h("button", { type: "button", class: "icon-button timer-button", "aria-haspopup": "dialog", onclick: () => void openTimers() }, icon("moon"), left);
  const show = () => {
    const timer = sleepTimer();
    const short = timer && secondsLeft(timer) !== null ? countdown(timer) : "";
    button.classList.toggle("active", Boolean(timer));
    button.setAttribute("aria-label", timer ? "Sleep timer is on; sleep timer and alarms" : "Sleep timer and alarms");
    if (left.textContent !== short) fill(left, short);
  };
  owner.follow(["timers"], show);
  const ticking = setInterval(show, TICK_MS);
  owner.life.addEventListener("abort", () => clearInterval(ticking));
  return button;
}
