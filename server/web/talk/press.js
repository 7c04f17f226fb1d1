/** What a press of the microphone or of its key means: a click takes a turn, holding it down is push to talk. */

import { talking } from "./talking.js";

/** Pressed for longer, it is held and not clicked. */
const HOLD_MS = 350;

/** @typedef {"begin" | "end" | "finish" | "silence"} Meaning */

class Press {
  /** What the press that goes on means. @type {Meaning | null} */
  #meaning = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  down() {
    clearTimeout(this.#timer);
    this.#meaning = meaningNow();
    if (this.#meaning === "silence") talking.stopAnswer();
    if (this.#meaning !== "begin") return;
    talking.begin();
    this.#timer = setTimeout(() => talking.hold(), HOLD_MS);
  }

  up() {
    clearTimeout(this.#timer);
    const meaning = this.#meaning;
    this.#meaning = null;
    if (meaning === "end") talking.cancel();
    else if (meaning === "finish" || (meaning === "begin" && talking.mode === "hold")) talking.finish();
  }

  /** It led nowhere: another window took the keyboard, a touch became something else. */
  cancel() {
    clearTimeout(this.#timer);
    const held = this.#meaning === "begin" && talking.mode === "hold";
    this.#meaning = null;
    if (held) talking.cancel();
  }
}

export const press = new Press();

/** @returns {Meaning} */
function meaningNow() {
  const { state, handsFree } = talking;
  if (state === "hearing") return "finish";
  if (state === "opening" || state === "listening") return "end";
  return state !== "off" && handsFree ? "silence" : "begin";
}
