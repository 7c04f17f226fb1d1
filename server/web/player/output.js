/**
 * This page as a loudspeaker of the server: carries out its commands and reports what really happened.
 */

import { realtime } from "../realtime.js";
import { remembered, store } from "../store.js";
import { Engine } from "./engine.js";
import { NotHeard, SoundBlocked } from "./graph.js";

/** @typedef {import("./decks.js").Cue} Cue */
/** @typedef {Record<string, any>} Command */

const REPORT_EVERY_MS = 500;

class Output extends EventTarget {
  engine = new Engine();
  /** What could not be played because the browser wanted a click first. @type {string | null} */
  blockedItem = null;

  start() {
    const { engine } = this;
    engine.volume = Number(remembered("volume") ?? 100);
    realtime.addEventListener("open", () => this.#attach());
    realtime.addEventListener("lost", () => this.dispatchEvent(new Event("change")));
    realtime.addEventListener("refrain.player.command", (event) => void this.#obey(/** @type {CustomEvent} */ (event).detail));
    engine.addEventListener("change", () => {
      this.dispatchEvent(new Event("change"));
    });
    engine.addEventListener("advanced", () => this.#report("advanced"));
    engine.addEventListener("ended", (event) => this.#report("ended", { state: /** @type {CustomEvent} */ (event).detail }));
    engine.addEventListener("failed", (event) => {
      const { message, item_id } = /** @type {CustomEvent} */ (event).detail;
      this.#report("failed", { message, state: { ...engine.state(), item_id } });
    });
    setInterval(() => {
      if (engine.status === "playing") this.#report("state");
    }, REPORT_EVERY_MS);
  }

  /** Become the page where sound comes out. */
  claim() {
    store.set({ output: "here" });
    return realtime.send({ type: "refrain.player.claim" });
  }

  /** Inside a click: allow sound from now on. */
  async unlock() {
    try {
      await this.engine.unlock();
      store.set({ sound_blocked: false });
    } catch (error) {
      if (!(error instanceof SoundBlocked)) throw error;
    }
  }

  /** A name that tells this page from another one in the list of players. */
  get name() {
    const agent = navigator.userAgent;
    const browser = /Edg\//.test(agent) ? "Edge" : /Firefox\//.test(agent) ? "Firefox" : /Chrome\//.test(agent) ? "Chrome" : /Safari\//.test(agent) ? "Safari" : "Browser";
    const device = /iPhone/.test(agent) ? "iPhone" : /iPad/.test(agent) ? "iPad" : /Android/.test(agent) ? "Android" : /Mac/.test(agent) ? "Mac" : /Windows/.test(agent) ? "Windows" : /Linux/.test(agent) ? "Linux" : "";
    return device ? `${browser} on ${device}` : browser;
  }

  #attach() {
    realtime.send({ type: "refrain.player.attach", name: this.name });
    if (this.engine.loaded) this.#report("state");
  }

  /** @param {Command} command */
  async #obey(command) {
    const id = command.command_id;
    try {
      const done = await this.#carryOut(command);
      if (done) this.#report("state", { command_id: id });
    } catch (error) {
      if (error instanceof SoundBlocked) {
        this.blockedItem = command.item_id ?? store.current?.id ?? null;
        store.set({ sound_blocked: true });
      }
      const message = error instanceof Error ? error.message : String(error);
      const code = error instanceof SoundBlocked ? "blocked" : error instanceof NotHeard ? "timeout" : "";
      this.#report("failed", { command_id: id, message: message.slice(0, 400), code, state: { ...this.engine.state(), item_id: command.item_id ?? this.engine.state().item_id } });
    }
  }

  /**
   * @param {Command} command
   * @returns {Promise<boolean>} whether it came about; false when a newer command took over
   */
  async #carryOut(command) {
    const { engine } = this;
    switch (command.command) {
      case "play":
        store.set({ output: "here" });
        return engine.play(cueOf(command), command.start_s ?? 0);
      case "prepare":
        engine.prepare(command.track ? cueOf(command) : null, command.crossfade_s ?? 0);
        return true;
      case "pause":
        await engine.pause();
        return true;
      case "resume":
        store.set({ output: "here" });
        return engine.loaded ? engine.resume() : this.#pickUp();
      case "stop":
        engine.stop();
        return true;
      case "seek":
        return engine.loaded ? engine.seek(command.position_s ?? 0) : this.#pickUp(command.position_s ?? 0);
      case "volume":
        engine.setVolume(command.volume ?? engine.volume, command.muted ?? engine.muted);
        remembered("volume", String(engine.volume));
        return true;
      default:
        throw new Error(`this page does not know the command "${command.command}"`);
    }
  }

  /** After a reload nothing is loaded yet: go on where the server says that it stopped. @param {number} [positionS] */
  #pickUp(positionS) {
    const item = store.current;
    if (!item) throw new Error("the queue is empty");
    const cue = { itemId: item.id, track: item.track, gainDb: item.track.loudness_gain_db ?? 0 };
    const known = store.state.player?.item_id === item.id ? store.state.player.position_s : 0;
    return this.engine.play(cue, positionS ?? known);
  }

  /** @param {"state" | "advanced" | "ended" | "failed"} event @param {Record<string, unknown>} [more] */
  #report(event, more = {}) {
    realtime.send({ type: "refrain.player.report", event, state: this.engine.state(), ...more });
  }
}

/** @param {Command} command @returns {Cue} */
function cueOf(command) {
  return { itemId: command.item_id, track: command.track, gainDb: command.gain_db ?? 0 };
}

export const output = new Output();
