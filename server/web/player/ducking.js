/**
 * Who wants the music of this page quiet: the server, because somebody speaks somewhere; this page, because its
 * microphone is open or its voice sounds. However many want it, it is made quiet once.
 */

import { realtime } from "../realtime.js";
import { output } from "./output.js";

/** An eighth of the amplitude (-18 dB), as every player of the server. */
const SHARE = 10 ** (-18 / 20);

/** @typedef {"server" | "turn" | "listening" | "voice"} Reason */

class Ducking {
  /** @type {Set<Reason>} */
  #reasons = new Set();

  start() {
    realtime.addEventListener("refrain.player.duck", (event) => this.set("server", Boolean(/** @type {CustomEvent} */ (event).detail.ducked)));
    // Without a server nobody would ever bring the music back.
    realtime.addEventListener("lost", () => this.set("server", false));
  }

  get ducked() {
    return this.#reasons.size > 0;
  }

  /** @param {Reason} reason @param {boolean} on */
  set(reason, on) {
    if (on) this.#reasons.add(reason);
    else this.#reasons.delete(reason);
    output.engine.duck(this.ducked ? SHARE : 1);
  }
}

export const ducking = new Ducking();
