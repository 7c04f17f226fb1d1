/** The controls that the bar and the full-screen sheet share. */

import * as actions from "../actions.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { store } from "../store.js";

/** @typedef {import("./component.js").Component} Component */

const NEXT_REPEAT = /** @type {const} */ ({ off: "all", all: "one", one: "off" });
const REPEAT_LABEL = { off: "Repeat: off", all: "Repeat: all", one: "Repeat: this song" };

/** @param {Component} owner */
export function playButton(owner) {
  const button = h("button", { type: "button", class: "play-button", onclick: () => void actions.togglePlay() });
  owner.follow(["player", "queue"], () => {
    const { playing } = store;
    button.setAttribute("aria-label", playing ? "Pause" : "Play");
    button.disabled = !store.state.queue?.items.length;
    if (button.dataset.shows === String(playing)) return;
    button.dataset.shows = String(playing);
    fill(button, icon(playing ? "pause" : "play"));
  });
  return button;
}

export function skipButtons() {
  return [
    h("button", { type: "button", class: "icon-button skip", "aria-label": "Previous song", onclick: () => void actions.control("previous") }, icon("previous")),
    h("button", { type: "button", class: "icon-button skip", "aria-label": "Next song", onclick: () => void actions.control("next") }, icon("next")),
  ];
}

/** @param {Component} owner */
export function modeButtons(owner) {
  const shuffle = h("button", { type: "button", class: "icon-button mode", "aria-label": "Shuffle", onclick: () => void actions.changeQueue("shuffle", { on: !store.state.queue?.shuffle }) }, icon("shuffle"));
  const repeat = h("button", { type: "button", class: "icon-button mode", onclick: () => void actions.changeQueue("repeat", { mode: NEXT_REPEAT[store.state.queue?.repeat ?? "off"] }) }, icon("repeat"), h("span", { class: "one", "aria-hidden": "true" }, "1"));
  owner.follow(["queue"], () => {
    const { shuffle: isShuffled = false, repeat: mode = "off" } = store.state.queue ?? {};
    shuffle.setAttribute("aria-pressed", String(isShuffled));
    repeat.setAttribute("aria-pressed", String(mode !== "off"));
    repeat.setAttribute("aria-label", REPEAT_LABEL[mode]);
    repeat.dataset.mode = mode;
  });
  return [shuffle, repeat];
}

/** @param {Component} owner */
export function volumeControl(owner) {
  const mute = h("button", { type: "button", class: "icon-button", onclick: () => {
    const player = store.state.player;
    void actions.setVolume(player?.volume ?? 100, !player?.muted);
  } });
  const slider = h("input", { type: "range", class: "slider volume", min: 0, max: 100, step: 1, "aria-label": "Volume" });
  let dragging = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const send = () => actions.setVolume(Number(slider.value), false);
  owner.on(slider, "input", () => {
    dragging = true;
    slider.style.setProperty("--filled", `${slider.value}%`);
    timer ??= setTimeout(() => ((timer = undefined), void send()), 120);
  });
  owner.on(slider, "change", async () => {
    clearTimeout(timer);
    timer = undefined;
    await send();
    dragging = false;
  });
  owner.follow(["player"], () => {
    const { volume = 100, muted = false } = store.state.player ?? {};
    mute.setAttribute("aria-label", muted ? "Sound on" : "Mute");
    mute.setAttribute("aria-pressed", String(muted));
    fill(mute, icon(muted || volume === 0 ? "muted" : "volume"));
    if (dragging) return;
    slider.value = String(muted ? 0 : volume);
    slider.setAttribute("aria-valuetext", `${muted ? 0 : volume} percent`);
    slider.style.setProperty("--filled", `${muted ? 0 : volume}%`);
  });
  return h("div", { class: "volume-control" }, mute, slider);
}
