/**
 * The microphone's way to the server: one stream, for a question, for the kept minutes, or for both at once.
 *
 * Events: "block" (detail: {samples, rate, db}), "stopped" when it was cut off (detail: {why, purposes}).
 */

import { levelDb, microphone, pcm16 } from "../player/microphone.js";
import { realtime } from "../realtime.js";
import { whereabouts } from "./device.js";

/** @typedef {"identify" | "ring" | "clip"} Purpose */

/** Blocks in one message: 0.1 s, so that the server gets ten a second. */
const BLOCKS_PER_MESSAGE = 2;
/** Marks the event ids, so that an error can be told to belong to what is heard. */
export const OURS = "listen_";

export class ConnectionLost extends Error {
  nextStep = "Try it again once the connection is back.";
  constructor(message = "There is no connection to Refrain.") {
    super(message);
    this.name = "ConnectionLost";
  }
}

class Uplink extends EventTarget {
  /** @type {Set<Purpose>} */
  #purposes = new Set();
  /** @type {Float32Array[]} */
  #waiting = [];
  #count = 0;
  /** Somebody talks: the kept minutes hear what they say from the other stream. */
  #paused = false;

  constructor() {
    super();
    microphone.addEventListener("block", (event) => this.#take(/** @type {CustomEvent} */ (event).detail));
    microphone.addEventListener("ended", () => this.#end("ended"));
    realtime.addEventListener("lost", () => this.#end("lost"));
  }

  get rate() {
    return microphone.rate;
  }

  /** Send nothing but what is to be named, since another stream is on its way. @param {boolean} on */
  pause(on) {
    this.#paused = on;
    if (on) this.#waiting = [];
  }

  /** @param {Purpose} purpose */
  has(purpose) {
    return this.#purposes.has(purpose);
  }

  /**
   * @param {Purpose} purpose
   * @param {{signal?: AbortSignal, more?: Record<string, unknown>}} [options]  `signal`: given up while the browser still asks
   * @returns {Promise<string>} the id of the message, for its errors
   */
  async start(purpose, { signal, more = {} } = {}) {
    await microphone.take(purpose);
    if (signal?.aborted) {
      if (!this.has(purpose)) microphone.release(purpose);
      return "";
    }
    this.#flush();
    this.#count += 1;
    const id = `${OURS}${purpose}_${Date.now().toString(36)}_${this.#count}`;
    if (!realtime.send({ type: "refrain.listen.start", event_id: id, purpose, sample_rate: microphone.rate, ...whereabouts(), ...more })) {
      microphone.release(purpose);
      throw new ConnectionLost();
    }
    this.#purposes.add(purpose);
    return id;
  }

  /** @param {Purpose} purpose @param {{cancel?: boolean}} [options]  `cancel`: what was heard is to be thrown away */
  stop(purpose, { cancel = false } = {}) {
    if (!this.#purposes.has(purpose)) return;
    this.#flush();
    this.#purposes.delete(purpose);
    realtime.send({ type: "refrain.listen.stop", purpose, ...(cancel ? { cancel } : {}) });
    microphone.release(purpose);
  }

  /** @param {{samples: Float32Array, rate: number}} block */
  #take(block) {
    if (!this.#purposes.size || (this.#paused && !this.has("identify") && !this.has("clip"))) return;
    this.#waiting.push(block.samples);
    if (this.#waiting.length >= BLOCKS_PER_MESSAGE) this.#flush();
    this.dispatchEvent(new CustomEvent("block", { detail: { ...block, db: levelDb(block.samples) } }));
  }

  #flush() {
    const samples = this.#waiting;
    this.#waiting = [];
    if (!samples.length || !this.#purposes.size) return;
    const whole = new Float32Array(samples.reduce((sum, block) => sum + block.length, 0));
    let at = 0;
    for (const block of samples) {
      whole.set(block, at);
      at += block.length;
    }
    if (!realtime.sendBytes(pcm16(whole)) && realtime.isOpen) this.#end("slow");
  }

  /** @param {"lost" | "ended" | "slow"} why */
  #end(why) {
    const ended = [...this.#purposes];
    this.#purposes.clear();
    this.#waiting = [];
    for (const purpose of ended) {
      if (why === "slow") realtime.send({ type: "refrain.listen.stop", purpose });
      microphone.release(purpose);
    }
    if (ended.length) this.dispatchEvent(new CustomEvent("stopped", { detail: { why, purposes: ended } }));
  }
}

export const uplink = new Uplink();
