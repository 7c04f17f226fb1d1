/**
 * Answers that are spoken: their sound goes to the voice, and each clause is shown when it begins to sound.
 *
 * Events: "begin" (detail: {response}) when the first sound of an answer leaves, "cut" (detail: {response, ms}) when
 * an answer was cut short after so many milliseconds.
 */

import { conversation } from "../conversation.js";
import { ducking } from "../player/ducking.js";
import { samplesOf, voice } from "../player/voice.js";
import { realtime } from "../realtime.js";
import { onChoice, voiceVolume } from "./choices.js";

const REPORT_EVERY_MS = 500;
/** Only the newest answers can still have something on its way. */
const REMEMBERED = 50;

class Saying extends EventTarget {
  /** The answer that each item belongs to. @type {Map<string, string>} */
  #responses = new Map();
  /** Words of answers that did not sound yet, by answer. @type {Map<string, string[]>} */
  #unsaid = new Map();
  /** What an answer says in writing, where the voice says less. @type {Map<string, string>} */
  #written = new Map();
  /** Answers that nobody wants to hear any more. @type {Set<string>} */
  #silenced = new Set();
  /** Answers that are read instead, because the browser lets nothing sound. @type {Set<string>} */
  #read = new Set();
  /** Milliseconds up to which reports are planned, by item. @type {Map<string, number>} */
  #planned = new Map();

  start() {
    /** @type {Record<string, (detail: any) => void>} */
    const handlers = {
      "response.output_audio.delta": (detail) => this.#sound(detail),
      "response.output_audio.done": ({ item_id }) => voice.end(item_id),
      "response.output_audio_transcript.delta": (detail) => this.#words(detail),
      "refrain.reply": ({ response_id, text }) => this.#writing(response_id, String(text ?? "")),
      "refrain.duck": ({ depth }) => voice.turnDown(Number(depth) || 0),
      "response.done": ({ response }) => this.#complete(response),
    };
    for (const [type, handler] of Object.entries(handlers)) {
      realtime.addEventListener(type, (event) => handler(/** @type {CustomEvent} */ (event).detail));
    }
    realtime.addEventListener("lost", () => void this.hush());
    voice.addEventListener("change", () => ducking.set("voice", voice.sounding));
    voice.addEventListener("ended", (event) => this.#ended(/** @type {CustomEvent} */ (event).detail));
    voice.addEventListener("blocked", () => this.#readOut());
    onChoice(() => voice.setVolume(voiceVolume()));
    voice.setVolume(voiceVolume());
  }

  /**
   * Be silent at once, and tell the server how much was heard: only that is what we said.
   * @param {string | null} [response]  an answer that is on its way and is not to sound either
   */
  async hush(response = null) {
    if (response) this.#silence(response);
    const items = new Map([...this.#responses].filter(([item]) => voice.length(item) > 0));
    for (const one of items.values()) this.#silence(one);
    this.#unsaid.clear();
    this.#planned.clear();
    voice.turnDown(0);
    for (const { item, ms } of await voice.flush()) {
      const cut = items.get(item) ?? "";
      realtime.send({ type: "refrain.playback", item_id: item, played_ms: ms, playing: false });
      realtime.send({ type: "conversation.item.truncate", item_id: item, content_index: 0, audio_end_ms: ms });
      conversation.voiced(cut, "cut");
      this.dispatchEvent(new CustomEvent("cut", { detail: { response: cut, ms } }));
    }
  }

  /** @param {string} response */
  #silence(response) {
    this.#silenced.add(response);
    this.#written.delete(response);
    for (const old of this.#silenced) if (this.#silenced.size > REMEMBERED) this.#silenced.delete(old);
  }

  /** @param {{response_id: string, item_id: string, delta: string}} detail */
  #sound({ response_id: response, item_id: item, delta }) {
    if (this.#silenced.has(response) || this.#read.has(response)) return;
    const samples = samplesOf(delta);
    if (!samples.length) return;
    this.#responses.set(item, response);
    const before = voice.length(item);
    if (before === 0) {
      conversation.voiced(response, "sounding");
      voice.at(item, 0, () => {
        this.#report(item, 0, true);
        this.dispatchEvent(new CustomEvent("begin", { detail: { response } }));
      });
    }
    voice.add(item, samples);
    // The server makes our own voice out in what its microphones hear; it helps to know where we are.
    for (let ms = (this.#planned.get(item) ?? 0) + REPORT_EVERY_MS; ms <= voice.length(item); ms += REPORT_EVERY_MS) {
      this.#planned.set(item, ms);
      voice.at(item, Math.max(ms, before), () => this.#report(item, ms, true));
    }
  }

  /** @param {{response_id: string, item_id: string, delta: string}} detail */
  #words({ response_id: response, item_id: item, delta }) {
    if (this.#silenced.has(response)) return;
    if (this.#read.has(response)) return void conversation.grow(response, delta);
    this.#responses.set(item, response);
    this.#unsaid.set(response, [...(this.#unsaid.get(response) ?? []), delta]);
    voice.at(item, voice.length(item), () => this.#show(response));
  }

  /** The oldest words that wait are sounding now. @param {string} response */
  #show(response) {
    const words = this.#unsaid.get(response)?.shift();
    if (words !== undefined) conversation.grow(response, words);
  }

  /** @param {string} response @param {string} text */
  #writing(response, text) {
    if (!text || this.#silenced.has(response)) return;
    if (this.#sounds(response)) this.#written.set(response, text);
    else conversation.rewrite(response, text);
  }

  /** @param {any} response */
  #complete({ id, output }) {
    for (const item of output ?? []) voice.end(item.id);
    // Without any sound the words would wait for ever.
    if (!this.#sounds(id)) this.#showAll(id);
  }

  /** @param {string} response */
  #sounds(response) {
    return [...this.#responses].some(([item, one]) => one === response && voice.length(item) > 0);
  }

  /** @param {{item: string, ms: number}} detail */
  #ended({ item, ms }) {
    const response = this.#responses.get(item);
    this.#responses.delete(item);
    this.#planned.delete(item);
    this.#report(item, ms, false);
    if (!response) return;
    this.#showAll(response);
    conversation.voiced(response, "said");
  }

  /** Show what waits for its sound. @param {string} response */
  #showAll(response) {
    const words = this.#unsaid.get(response)?.join("") ?? "";
    this.#unsaid.delete(response);
    if (words) conversation.grow(response, words);
    const written = this.#written.get(response);
    this.#written.delete(response);
    if (written) conversation.rewrite(response, written);
  }

  /** The browser lets nothing sound: the answers are read. */
  #readOut() {
    for (const response of this.#responses.values()) {
      this.#read.add(response);
      this.#showAll(response);
      conversation.voiced(response, "");
    }
    this.#responses.clear();
  }

  /** @param {string} item @param {number} ms @param {boolean} playing */
  #report(item, ms, playing) {
    realtime.send({ type: "refrain.playback", item_id: item, played_ms: Math.round(ms), playing });
  }
}

export const saying = new Saying();
