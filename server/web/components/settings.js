/** Settings: how it looks, how it plays, what is in the library. */

import * as actions from "../actions.js";
import { get } from "../api.js";
import { conversation } from "../conversation.js";
import { h } from "../dom.js";
import { counted, lengthInWords } from "../format.js";
import { icon } from "../icons.js";
import { store } from "../store.js";
import { setTheme, theme } from "../theme.js";
import { openDialog } from "./dialogs.js";
import { recognitionPart } from "./listen_settings.js";
import { peoplePart } from "./people.js";
import { privacyPart } from "./privacy_settings.js";
import { showRefused } from "./refused.js";
import { servicesPart } from "./services_panel.js";
import { showShortcuts } from "./shortcuts.js";
import { talkPart } from "./talk_settings.js";

const THEMES = /** @type {const} */ ([
  ["system", "System", "auto"],
  ["light", "Light", "sun"],
  ["dark", "Dark", "moon"],
]);

export async function openSettings() {
  const playback = await get("/api/settings").catch(() => ({ crossfade_s: 0, levelling: true }));
  await openDialog("Settings", (close) => [appearance(), playing(playback), talkPart(close), recognitionPart(), libraryPart(close), servicesPart(close), peoplePart(), conversationPart(), privacyPart(close)], { className: "settings" });
}

function appearance() {
  return h(
    "fieldset",
    {},
    h("legend", {}, "Appearance"),
    h(
      "div",
      { class: "segmented" },
      THEMES.map(([value, label, symbol]) => h("label", {}, h("input", { type: "radio", name: "theme", value, checked: theme() === value, onchange: () => setTheme(value) }), h("span", {}, icon(symbol), label))),
    ),
  );
}

/** @param {{crossfade_s: number, levelling: boolean}} playback */
function playing(playback) {
  const words = (/** @type {number} */ seconds) => (seconds ? `${seconds} s` : "Off, songs follow without a gap");
  const shown = h("output", { class: "quiet" }, words(playback.crossfade_s));
  const slider = h("input", { type: "range", class: "slider", min: 0, max: 12, step: 1, value: playback.crossfade_s, "aria-label": "Crossfade in seconds" });
  const fillSlider = () => slider.style.setProperty("--filled", `${(Number(slider.value) / 12) * 100}%`);
  fillSlider();
  slider.addEventListener("input", () => {
    shown.textContent = words(Number(slider.value));
    fillSlider();
  });
  slider.addEventListener("change", () => void actions.changeSettings({ crossfade_s: Number(slider.value) }));
  const levelling = h("input", { type: "checkbox", class: "switch", role: "switch", checked: playback.levelling, onchange: (/** @type {any} */ event) => void actions.changeSettings({ levelling: event.target.checked }) });
  return h(
    "fieldset",
    {},
    h("legend", {}, "Playback"),
    h("div", { class: "setting" }, h("div", {}, h("span", {}, "Crossfade"), shown), slider),
    h("label", { class: "setting" }, h("div", {}, h("span", {}, "Even loudness"), h("small", { class: "quiet" }, "Quiet and loud recordings play at about the same level")), levelling),
  );
}

/** @param {() => void} close */
function libraryPart(close) {
  const library = store.state.library;
  const size = library ? `${counted(library.tracks, "song")}, ${counted(library.albums, "album")}, ${lengthInWords(library.duration_s)}` : "";
  return h(
    "fieldset",
    {},
    h("legend", {}, "Library"),
    h("p", { class: "quiet small" }, size),
    h(
      "div",
      { class: "chips" },
      h("button", { type: "button", class: "button", onclick: () => (close(), void actions.rescan()) }, icon("refresh"), "Look for new music"),
      library?.refused ? h("button", { type: "button", class: "button", onclick: () => (close(), void showRefused()) }, `${counted(library.refused, "file")} refused`) : null,
    ),
  );
}

function conversationPart() {
  return h(
    "fieldset",
    {},
    h("legend", {}, "Conversation"),
    h(
      "div",
      { class: "chips" },
      h("button", { type: "button", class: "button", onclick: () => conversation.renew() }, icon("chat"), "New conversation"),
      h("button", { type: "button", class: "button", onclick: () => void showShortcuts() }, icon("keyboard"), "Keyboard shortcuts"),
    ),
  );
}
