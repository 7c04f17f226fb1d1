/** What an empty conversation shows: a greeting, what to ask, and how far the library is. */

import { rescan } from "../actions.js";
import { get, page } from "../api.js";
import { ask } from "../asking.js";
import { h } from "../dom.js";
import { counted, greeting } from "../format.js";
import { icon, mark } from "../icons.js";
import { speechMicrophone } from "../player/microphone.js";
import { store } from "../store.js";
import { albumCard } from "./album_card.js";
import { indexProgress } from "./index_progress.js";
import { showRefused } from "./refused.js";

const SUGGESTIONS = ["Play something calm", "Play something new", "Songs from the 70s", "Happy music for the kitchen", "What can you do?"];
const NEWEST = 12;

/** Which of the welcomes fits now; it is drawn again only when this changes. */
export function welcomeKind() {
  const { library, index, revision } = store.state;
  const busy = index !== null && index.phase !== "idle";
  if (!library) return "unknown";
  if (library.tracks === 0) return busy ? "first scan" : `empty ${library.refused}`;
  return `${busy ? (store.analysing ? "busy" : "tunes") : "ready"} ${revision}`;
}

export function welcome() {
  const { library, index } = store.state;
  const busy = index !== null && index.phase !== "idle";
  if (library && library.tracks === 0) return h("div", { class: "welcome" }, mark(), ...(busy ? firstScan() : emptyLibrary()));
  return h(
    "div",
    { class: "welcome" },
    h("div", { class: "welcome-words" }, h("p", { class: "hello" }, `${greeting()}.`), h("p", { class: "hello second" }, "What would you like to hear?")),
    h("div", { class: "chips" }, SUGGESTIONS.map((text) => h("button", { type: "button", class: "chip", onclick: () => ask(text) }, text))),
    sayIt(),
    busy && library ? stillBusy() : null,
    newest(),
  );
}

function firstScan() {
  return [
    h("h2", {}, "Looking through your music"),
    h("p", { class: "quiet" }, "Songs appear here as they are found. You can play the first ones while the rest is still being read."),
    indexProgress(),
  ];
}

function emptyLibrary() {
  return [
    h("h2", {}, "Your library is empty"),
    h("p", { class: "quiet" }, "Refrain plays the music in a folder of yours. Start it with that folder, or try it with the demo library:"),
    h("pre", { class: "commands" }, h("code", {}, "refrain serve --music ~/Music\nrefrain serve --demo")),
    h("p", { class: "quiet small" }, "FLAC, MP3, M4A, Ogg Vorbis, Opus, WAV, AIFF and WMA are read. Files that cannot be read are listed with the reason."),
    h(
      "div",
      { class: "chips" },
      h("button", { type: "button", class: "button primary", onclick: () => void rescan() }, icon("refresh"), "Look again"),
      store.state.library?.refused ? h("button", { type: "button", class: "button", onclick: () => void showRefused() }, `${counted(store.state.library.refused, "file")} refused`) : null,
    ),
  ];
}

/** Nobody looks for a way to talk that they do not know of. */
function sayIt() {
  const possible = speechMicrophone.possible && !store.state.speech?.problem;
  return possible ? h("p", { class: "say-it quiet" }, icon("microphone"), h("span", {}, "Or say it: press the microphone", h("span", { class: "say-key" }, ", or ", h("kbd", {}, "T")), ".")) : null;
}

function stillBusy() {
  const words = store.analysing
    ? "Refrain is still listening to your library. Everything can be played already; “calm” and “lively” get better as it goes on."
    : "Refrain is learning the tunes of your songs, so that you can hum one and be told what it is.";
  return h("div", { class: "notice" }, h("p", {}, words), indexProgress());
}

function newest() {
  const shelf = h("section", { class: "shelf", "aria-label": "New in your library", hidden: true });
  get(`/api/albums?limit=${NEWEST}&sort=added`)
    .then((answer) => {
      const { items } = page(answer);
      if (!items.length) return;
      shelf.hidden = false;
      shelf.append(h("h2", {}, "New in your library"), h("div", { class: "shelf-row" }, items.map((album) => albumCard(album))));
    })
    .catch(() => undefined);
  return shelf;
}
