/** Keys that work anywhere on the page, and the card that lists them. */

import * as actions from "../actions.js";
import { conversation } from "../conversation.js";
import { h, hasModifier, isTyping } from "../dom.js";
import { go } from "../router.js";
import { store } from "../store.js";
import { talking } from "../talk/talking.js";
import { openDialog } from "./dialogs.js";
import { closeListening, openListening } from "./listen_button.js";
import { startTalkKeys } from "./talk_button.js";
import { toggleTurns } from "./turn_panel.js";

const SEEK_S = 10;
const VOLUME_STEP = 5;

/** @type {Array<[string[], string]>} */
const LISTED = [
  [["Space"], "Play or pause"],
  [["J", "→"], "Next song"],
  [["K", "←"], "Previous song"],
  [["Shift", "→"], "10 seconds forward"],
  [["Shift", "←"], "10 seconds back"],
  [["+"], "Louder"],
  [["−"], "Quieter"],
  [["M"], "Mute"],
  [["L"], "Like the song that plays"],
  [["S"], "Shuffle"],
  [["Q"], "Show or hide the queue"],
  [["U"], "Undo the last change of the queue"],
  [["T"], "Talk; hold it to talk until you let go"],
  [["Shift", "T"], "Talk hands-free, or end it"],
  [["W"], "What is this? Listen and name it"],
  [["/"], "Ask for music"],
  [["↑"], "What you asked last, while the line is empty"],
  [["Esc"], "Stop the answer or the microphone, or close what is open"],
  [["Alt", "↑"], "Move a song in the queue up (↓ down)"],
  [["D"], "Where the time of each spoken turn goes"],
  [["?"], "This list"],
];

/** @type {(event: KeyboardEvent) => void} */
let talkKey = () => undefined;

export function startShortcuts() {
  talkKey = startTalkKeys();
  document.addEventListener("keydown", (event) => {
    if (hasModifier(event) || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") return void escape();
    if (isTyping()) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const onControl = target.closest("button, a, input, select, [role=menu]") !== null;
    const isSlider = target instanceof HTMLInputElement && target.type === "range";
    if (event.key === " " && onControl && !isSlider) return;
    if (event.key.startsWith("Arrow") && onControl) return;
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function escape() {
  if (store.state.listen_open) closeListening();
  else if (store.state.sheet_open) store.set({ sheet_open: false });
  else if (talking.state !== "off") talking.cancel();
  else if (talking.problem || talking.note) talking.dismiss();
  else if (conversation.busy) conversation.cancel();
  else if (store.state.queue_open && !isTyping()) store.set({ queue_open: false });
}

/** @param {KeyboardEvent} event @returns {(() => unknown) | undefined} */
function actionOf(event) {
  const player = store.state.player;
  const track = store.current?.track;
  const louder = (/** @type {number} */ by) => actions.setVolume(Math.min(100, Math.max(0, (player?.volume ?? 100) + by)), false);
  if (event.shiftKey && event.key === "ArrowRight") return () => actions.seek(actions.positionNow() + SEEK_S);
  if (event.shiftKey && event.key === "ArrowLeft") return () => actions.seek(actions.positionNow() - SEEK_S);
  /** @type {Record<string, () => unknown>} */
  const keys = {
    " ": actions.togglePlay,
    j: () => actions.control("next"),
    ArrowRight: () => actions.control("next"),
    k: () => actions.control("previous"),
    ArrowLeft: () => actions.control("previous"),
    "+": () => louder(VOLUME_STEP),
    "=": () => louder(VOLUME_STEP),
    "-": () => louder(-VOLUME_STEP),
    m: () => actions.setVolume(player?.volume ?? 100, !player?.muted),
    l: () => track && actions.toggleLike(track),
    s: () => actions.changeQueue("shuffle", { on: !store.state.queue?.shuffle }),
    q: () => store.set({ queue_open: !store.state.queue_open }),
    u: () => actions.undoQueue(),
    w: () => openListening(),
    t: () => talkKey(event),
    T: () => talkKey(event),
    d: () => toggleTurns(),
    "/": focusAsk,
    "?": () => void showShortcuts(),
  };
  return keys[event.key];
}

function focusAsk() {
  go("chat");
  requestAnimationFrame(() => document.getElementById("ask")?.focus());
}

export function showShortcuts() {
  return openDialog(
    "Keyboard shortcuts",
    () => [
      h(
        "dl",
        { class: "shortcuts" },
        LISTED.map(([keys, what]) => h("div", {}, h("dt", {}, keys.map((key, index) => [index > 0 && (keys[0].length > 1 ? " + " : " or "), h("kbd", {}, key)])), h("dd", {}, what))),
      ),
    ],
    { className: "wide" },
  );
}
