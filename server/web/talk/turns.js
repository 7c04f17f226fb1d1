/**
 * What became of each spoken turn, for whoever wants to know where the time goes. Event: "change".
 *
 * @typedef {{item: string, response: string, at: Date, text: string, heard: string, confidence: number | null,
 *   language: string, stages: Record<string, number>, cutMs: number | null, status: string}} Turn  `stages`:
 *   milliseconds from the end of speech; `heard`: before names of the library were put right; `cutMs`: how much of the
 *   answer was heard when somebody cut in
 */

import { realtime } from "../realtime.js";
import { saying } from "./saying.js";

const KEPT = 40;

class Turns extends EventTarget {
  /** The newest first. @type {Turn[]} */
  list = [];
  /** When the first sound of an answer arrived. @type {Map<string, number>} */
  #arrived = new Map();
  /** How long its first sound waited in this page, by answer, milliseconds. @type {Map<string, number>} */
  #waited = new Map();

  start() {
    /** @type {Record<string, (detail: any) => void>} */
    const handlers = {
      "input_audio_buffer.committed": ({ item_id }) => void this.#turn(item_id),
      "conversation.item.input_audio_transcription.completed": (detail) => this.#understood(detail),
      "refrain.turn.heard": (detail) => this.#heard(detail),
      "response.created": ({ response }) => this.#answering(response.id),
      "response.output_audio.delta": ({ response_id }) => {
        if (!this.#arrived.has(response_id)) this.#arrived.set(response_id, performance.now());
      },
      "refrain.timing": (detail) => this.#timed(detail),
      "response.done": ({ response }) => this.#done(response),
    };
    for (const [type, handler] of Object.entries(handlers)) {
      realtime.addEventListener(type, (event) => handler(/** @type {CustomEvent} */ (event).detail));
    }
    saying.addEventListener("begin", (event) => this.#sounds(/** @type {CustomEvent} */ (event).detail.response));
    saying.addEventListener("cut", (event) => this.#cut(/** @type {CustomEvent} */ (event).detail));
  }

  /** @param {{item_id: string, transcript: string}} detail */
  #understood({ item_id: item, transcript }) {
    const text = String(transcript ?? "").trim();
    if (text) this.#turn(item).text = text;
    else this.list = this.list.filter((turn) => turn.item !== item || turn.response);
    this.#changed();
  }

  /** @param {any} detail */
  #heard({ item_id: item, heard, confidence, language }) {
    const turn = this.#turn(item);
    turn.heard = String(heard ?? "");
    turn.confidence = Number.isFinite(confidence) ? Number(confidence) : null;
    turn.language = String(language ?? "");
    this.#changed();
  }

  /** @param {string} response */
  #answering(response) {
    const [newest] = this.list;
    if (newest && !newest.response) newest.response = response;
  }

  /** @param {any} detail */
  #timed({ response_id: response, stages }) {
    const turn = this.#of(response) ?? this.#turn(String(response));
    turn.response = response;
    for (const [stage, ms] of Object.entries(stages ?? {})) if (Number.isFinite(ms)) turn.stages[stage] = Number(ms);
    this.#place(turn);
    this.#changed();
  }

  /** @param {string} response */
  #sounds(response) {
    const arrived = this.#arrived.get(response);
    if (arrived === undefined) return;
    this.#arrived.delete(response);
    this.#waited.set(response, performance.now() - arrived);
    const turn = this.#of(response);
    if (turn) this.#place(turn);
    this.#changed();
  }

  /** The first sound left this page so long after the server sent it. @param {Turn} turn */
  #place(turn) {
    const waited = this.#waited.get(turn.response);
    if (waited !== undefined && turn.stages.first_audio !== undefined) turn.stages.sounding = turn.stages.first_audio + waited;
  }

  /** @param {{response: string, ms: number}} detail */
  #cut({ response, ms }) {
    const turn = this.#of(response);
    if (!turn) return;
    turn.cutMs = ms;
    this.#changed();
  }

  /** @param {any} response */
  #done({ id, status }) {
    const turn = this.#of(id);
    if (turn) turn.status = status;
    this.#changed();
  }

  /** @param {string} response */
  #of(response) {
    return this.list.find((turn) => turn.response === response);
  }

  /** @param {string} item @returns {Turn} */
  #turn(item) {
    const known = this.list.find((turn) => turn.item === item);
    if (known) return known;
    /** @type {Turn} */
    const turn = { item, response: "", at: new Date(), text: "", heard: "", confidence: null, language: "", stages: {}, cutMs: null, status: "" };
    this.list = [turn, ...this.list].slice(0, KEPT);
    return turn;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

export const turns = new Turns();
