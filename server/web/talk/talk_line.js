/**
 * The voice's way to the server: what is spoken goes out as binary frames, at the rate of the microphone.
 *
 * Events: "block" (detail: {db}) for each piece of sound, "stopped" (detail: {why}) when it was cut off.
 */

import { levelDb, pcm16, speechMicrophone } from "../player/microphone.js";
import { realtime } from "../realtime.js";
import { uplink } from "../recognition/uplink.js";
import { answers, earconsInstead, onChoice } from "./choices.js";

/** Marks the event ids, so that an error can be told to belong to talking. */
export const OURS = "talk_";

/** @typedef {"auto" | "push"} TurnEnd  Who finds out that a turn is over: the server, or the hand that lets go. */

class TalkLine extends EventTarget {
  #open = false;
  /** @type {TurnEnd} */
  #turnEnd = "auto";
  /** What has to be said before each turn; "" for nothing. */
  #wakeWord = "";
  #count = 0;

  constructor() {
    super();
    speechMicrophone.addEventListener("block", (event) => this.#take(/** @type {CustomEvent} */ (event).detail));
    speechMicrophone.addEventListener("ended", () => this.#end("ended"));
    realtime.addEventListener("lost", () => this.#end("lost"));
    onChoice(() => {
      if (this.#open) this.#tell();
    });
  }

  get open() {
    return this.#open;
  }

  /**
   * Listen from now on. The browser asks the person the first time.
   * @param {AbortSignal} signal  given up while the browser asks
   * @param {string} wakeWord  what has to be said before each turn; "" for nothing
   * @returns {Promise<boolean>} false when it was given up
   * @throws {import("../player/microphone.js").MicrophoneError | ConnectionLost}
   */
  async start(signal, wakeWord) {
    await speechMicrophone.take(this);
    if (signal.aborted) {
      if (!this.#open) speechMicrophone.release(this);
      return false;
    }
    this.#turnEnd = "auto";
    this.#wakeWord = wakeWord;
    const started = this.#tell() && realtime.send({ type: "refrain.talk.start", event_id: this.#id("start"), sample_rate: speechMicrophone.rate });
    if (!started) {
      speechMicrophone.release(this);
      throw new ConnectionLost();
    }
    this.#open = true;
    uplink.pause(true);
    return true;
  }

  /** @param {TurnEnd} how */
  setTurnEnd(how) {
    if (how === this.#turnEnd) return;
    this.#turnEnd = how;
    if (this.#open) this.#tell();
  }

  /** @param {string} word  what has to be said before each turn from now on; "" for nothing */
  setWakeWord(word) {
    if (word === this.#wakeWord) return;
    this.#wakeWord = word;
    if (this.#open) this.#tell();
  }

  /** What was said so far is the whole turn. */
  commit() {
    realtime.send({ type: "input_audio_buffer.commit", event_id: this.#id("commit") });
    // With push to talk the server answers only when it is told to.
    if (this.#turnEnd === "push") realtime.send({ type: "response.create", event_id: this.#id("response") });
  }

  /** Hear no more. What was not answered yet is forgotten. */
  stop() {
    if (!this.#open) return;
    realtime.send({ type: "refrain.talk.stop", event_id: this.#id("stop") });
    this.#release();
  }

  #release() {
    this.#open = false;
    speechMicrophone.release(this);
    uplink.pause(false);
  }

  /** How this page wants to be heard and answered. */
  #tell() {
    const turnDetection = this.#turnEnd === "push" ? null : { type: "server_vad" };
    return realtime.send({
      type: "session.update",
      event_id: this.#id("session"),
      session: {
        type: "realtime",
        output_modalities: [answers() === "voice" ? "audio" : "text"],
        audio: { input: { turn_detection: turnDetection, transcription: { model: "whisper-1" } } },
        refrain: { partials: true, earcons: earconsInstead(), wake_word: this.#wakeWord || null },
      },
    });
  }

  /** @param {{samples: Float32Array, rate: number}} block */
  #take({ samples }) {
    if (!this.#open) return;
    this.dispatchEvent(new CustomEvent("block", { detail: { db: levelDb(samples) } }));
    // A song that is to be named is no speech; its own stream is on its way.
    if (uplink.has("identify") || uplink.has("clip")) return;
    if (!realtime.sendBytes(pcm16(samples)) && realtime.isOpen) this.#end("slow");
  }

  /** @param {"lost" | "ended" | "slow"} why */
  #end(why) {
    if (!this.#open) return;
    if (why === "lost") this.#release();
    else this.stop();
    this.dispatchEvent(new CustomEvent("stopped", { detail: { why } }));
  }

  /** @param {string} what */
  #id(what) {
    this.#count += 1;
    return `${OURS}${what}_${this.#count}`;
  }
}

export class ConnectionLost extends Error {
  code = "lost";
  nextStep = "Try it again once the connection is back.";
  constructor() {
    super("There is no connection to Refrain.");
    this.name = "ConnectionLost";
  }
}

export const talkLine = new TalkLine();
