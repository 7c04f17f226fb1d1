/**
 * Talking with Refrain: who has the word, and what the microphone is there for.
 *
 * A press of the button takes one turn, which ends by itself; held down, it ends when it is let go of. Hands-free, the
 * microphone stays open. Event: "change" whenever something to be drawn changed.
 *
 * @typedef {"off" | "opening" | "listening" | "hearing" | "thinking" | "speaking"} State
 * @typedef {"turn" | "hold" | "free"} Mode
 * @typedef {{code: string, message: string, nextStep: string}} Problem
 */

import { conversation } from "../conversation.js";
import { ducking } from "../player/ducking.js";
import { output } from "../player/output.js";
import { voice } from "../player/voice.js";
import { realtime } from "../realtime.js";
import { store } from "../store.js";
import { answers, earconsInstead, voiceVolume } from "./choices.js";
import { playEarcon } from "./earcons.js";
import { saying } from "./saying.js";
import { OURS, talkLine } from "./talk_line.js";

/** So long a single turn waits for the first word. */
const PATIENCE_MS = 9000;
/** A server that does not answer by then is not going to. */
const ANSWER_MS = 45_000;
/** What was said last may still be on its way when the server says that it listens again. */
const GRACE_MS = 1500;
const QUIETEST_DB = -60;
const LOUDEST_DB = -18;

/** Nothing to do with this turn: what was heard was no request. */
const HARMLESS = new Set(["input_audio_buffer_commit_empty", "nothing_to_answer", "response_cancel_not_active", "item_not_found"]);

class Talking extends EventTarget {
  /** @type {Mode} */
  mode = "turn";
  /** @type {Problem | null} */
  problem = null;
  /** A word of what went on, when it was no problem: nothing was heard. */
  note = "";
  /** What is being said right now, as far as it is understood. */
  partial = "";
  /** The wake word is waited for. */
  asleep = false;
  /** Loudness of the person now, 0 to 1. */
  level = 0;
  #opening = false;
  #hearing = false;
  #thinking = false;
  /** The microphone is to stay open, also over a lost connection. */
  #wanted = false;
  /** @type {AbortController} */
  #life = new AbortController();
  /** The server said that it listens, since the microphone was opened. */
  #confirmed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  start() {
    /** @type {Record<string, (detail: any) => void>} */
    const handlers = {
      "input_audio_buffer.speech_started": () => this.#speechStarted(),
      "input_audio_buffer.speech_stopped": () => this.#speechStopped(),
      "input_audio_buffer.committed": ({ item_id }) => conversation.overhear(item_id, this.partial),
      "refrain.partial": ({ item_id, text }) => this.#overhear(item_id, String(text ?? "")),
      "refrain.speech.state": ({ state }) => this.#told(String(state)),
      "conversation.item.input_audio_transcription.completed": ({ item_id, transcript }) => this.#understood(item_id, String(transcript ?? "").trim()),
      "conversation.item.input_audio_transcription.failed": ({ item_id, error }) => this.#misheard(item_id, error),
      "response.created": () => this.#answering(),
      "response.done": () => this.#answered(),
      error: ({ error }) => this.#refused(error ?? {}),
    };
    for (const [type, handler] of Object.entries(handlers)) {
      realtime.addEventListener(type, (event) => handler(/** @type {CustomEvent} */ (event).detail));
    }
    realtime.addEventListener("open", () => {
      if (this.#wanted && !talkLine.open) void this.#listen("free");
    });
    talkLine.addEventListener("block", (event) => this.#hear(/** @type {CustomEvent} */ (event).detail.db));
    talkLine.addEventListener("stopped", (event) => this.#cutOff(/** @type {CustomEvent} */ (event).detail.why));
    voice.addEventListener("change", () => this.#voiceChanged());
  }

  /** @returns {State} */
  get state() {
    if (this.#opening) return "opening";
    if (this.#hearing) return "hearing";
    if (voice.sounding) return "speaking";
    if (this.#thinking) return "thinking";
    return talkLine.open ? "listening" : "off";
  }

  /** Whether the microphone is on, or about to be. */
  get open() {
    return talkLine.open || this.#opening;
  }

  get handsFree() {
    return this.#wanted;
  }

  /** Take the word: one turn, which ends by itself. */
  begin() {
    void this.#listen("turn");
  }

  /** It turns out that the button is held: only letting go ends the turn. */
  hold() {
    if (!talkLine.open || this.mode !== "turn") return;
    clearTimeout(this.#timer);
    talkLine.setTurnEnd("push");
    this.#set({ mode: "hold" });
  }

  /** All is said. */
  finish() {
    if (!talkLine.open) return;
    talkLine.commit();
    this.#hearing = false;
    this.#thinking = true;
    if (!this.#wanted) this.#close();
    this.#await(ANSWER_MS, () => this.#nothing("No answer came. Try it again."));
    this.#set({ partial: "" });
  }

  /** Keep listening, or end it. @param {boolean} on */
  setHandsFree(on) {
    if (on === this.#wanted) return;
    this.#wanted = on;
    if (!on) this.cancel();
    else if (talkLine.open) {
      this.mode = "free";
      talkLine.setTurnEnd("auto");
      talkLine.setWakeWord(wakeWord());
      clearTimeout(this.#timer);
      this.#set({});
    } else void this.#listen("free");
  }

  /** End everything: nobody listens, nobody speaks, nothing is answered. */
  cancel() {
    this.#wanted = false;
    this.#drop();
    this.stopAnswer();
    this.#set({ problem: null, note: "" });
  }

  /** Be silent, and give up the answer that is on its way. */
  stopAnswer() {
    const { active } = conversation;
    void saying.hush(active);
    if (active) conversation.cancel();
    this.#thinking = false;
    this.#set({});
  }

  /** What stood in the way was read. */
  dismiss() {
    this.#set({ problem: null, note: "" });
  }

  /** @param {Mode} mode */
  async #listen(mode) {
    this.#life.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    const { speech } = store.state;
    if (speech?.problem) return this.#fail(speech.problem);
    // Whoever takes the word takes it now.
    if (voice.sounding || conversation.busy) this.stopAnswer();
    this.#opening = true;
    this.#confirmed = false;
    this.#hearing = false;
    this.#thinking = false;
    this.#set({ mode, problem: null, note: "", partial: "", level: 0 });
    if (!store.playing && store.state.output !== "here") output.claim();
    void output.unlock().catch(() => undefined);
    if (answers() === "voice") void voice.unlock();
    try {
      const started = await talkLine.start(signal, mode === "free" ? wakeWord() : "");
      if (!started || signal.aborted) return undefined;
      this.#opening = false;
      if (earconsInstead()) playEarcon("open", voiceVolume());
      // Hands-free, silence is no failure.
      if (this.mode !== "free") this.#await(PATIENCE_MS, () => this.#nothing("I heard nothing."));
      this.#set({});
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
    return undefined;
  }

  /** The microphone goes off; what was said is answered. */
  #close() {
    clearTimeout(this.#timer);
    if (talkLine.open && earconsInstead()) playEarcon("close", voiceVolume());
    talkLine.stop();
    this.level = 0;
  }

  /** The microphone goes off; what was said is forgotten. */
  #drop() {
    this.#life.abort();
    this.#close();
    this.#opening = false;
    this.#hearing = false;
    this.#thinking = false;
    this.asleep = false;
    this.mode = "turn";
    this.partial = "";
    conversation.forget();
  }

  #speechStarted() {
    if (!talkLine.open) return;
    clearTimeout(this.#timer);
    this.#hearing = true;
    // The server gives up the answer by itself; the sound that is here already must end here.
    void saying.hush(conversation.active);
    this.#set({ note: "", problem: null });
  }

  #speechStopped() {
    if (!this.#hearing) return;
    this.#hearing = false;
    this.#thinking = true;
    if (this.mode === "turn") this.#close();
    this.#await(ANSWER_MS, () => this.#nothing("No answer came. Try it again."));
    this.#set({});
  }

  /** What the server says about the turn that goes on. @param {string} state */
  #told(state) {
    if (state === "idle" && this.#confirmed && talkLine.open) {
      this.#wanted = false;
      return this.#nothing("The microphone is off: it was quiet for too long.");
    }
    this.#confirmed ||= state !== "idle";
    if (this.asleep !== (state === "asleep")) this.#set({ asleep: state === "asleep" });
    if ((state !== "idle" && state !== "listening") || !(this.#hearing || this.#thinking) || conversation.busy) return undefined;
    // It was a cough, or nothing that could be understood; unless the answer is on its way already.
    this.#await(GRACE_MS, () => {
      if (!conversation.busy) this.#nothing("");
    });
    return undefined;
  }

  /** @param {string} id @param {string} text */
  #overhear(id, text) {
    if (!talkLine.open || !text) return;
    conversation.overhear(id, text);
    this.#set({ partial: text });
  }

  /** @param {string} id @param {string} text */
  #understood(id, text) {
    conversation.heard(id, text);
    if (!text && !conversation.busy) this.#nothing("I heard no words.");
    else if (!text) return;
    else this.#set({ partial: "" });
  }

  /** @param {string} id @param {any} error */
  #misheard(id, error) {
    conversation.heard(id, "");
    this.#thinking = false;
    this.#set({ partial: "", problem: problemOf(error) });
  }

  #answering() {
    clearTimeout(this.#timer);
    this.#set({});
  }

  #answered() {
    clearTimeout(this.#timer);
    this.#thinking = false;
    this.#set({});
  }

  #voiceChanged() {
    if (voice.sounding) this.#thinking = false;
    this.#set({});
  }

  /** @param {any} error */
  #refused(error) {
    const id = String(error.event_id ?? "");
    if (!id.startsWith(OURS)) return;
    if (HARMLESS.has(error.code)) {
      if (error.code === "input_audio_buffer_commit_empty") this.#nothing("I heard nothing.");
      return;
    }
    this.#fail(error);
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#wanted = false;
    this.#drop();
    this.#set({ problem: problemOf(error) });
  }

  /** @param {string} note */
  #nothing(note) {
    clearTimeout(this.#timer);
    this.#thinking = false;
    this.#hearing = false;
    if (!this.#wanted) this.#drop();
    conversation.forget();
    this.#set({ note, partial: "" });
  }

  /** @param {"lost" | "ended" | "slow"} why */
  #cutOff(why) {
    const free = this.#wanted;
    this.#drop();
    if (why === "lost") {
      // Hands-free goes on by itself when the connection is back.
      if (free) this.#set({});
      else this.#set({ problem: { code: why, message: "The connection to Refrain was lost.", nextStep: "Say it again once it is back; it reconnects by itself." } });
      return;
    }
    this.#wanted = false;
    if (why === "slow") this.#set({ problem: { code: why, message: "The connection is too slow for sound.", nextStep: "Move nearer to the network, or type instead." } });
    else this.#set({ problem: { code: why, message: "The microphone went away.", nextStep: "Plug it in again, then try again." } });
  }

  /** @param {number} db */
  #hear(db) {
    const level = Math.min(1, Math.max(0, (db - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)));
    this.level = level;
    this.dispatchEvent(new CustomEvent("level", { detail: level }));
  }

  /** @param {number} ms @param {() => void} then */
  #await(ms, then) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }

  /** @param {Partial<Talking>} parts */
  #set(parts) {
    Object.assign(this, parts);
    // A single turn is asked for now; hands-free, the music stays as it is until somebody speaks.
    ducking.set("listening", talkLine.open && this.mode !== "free");
    ducking.set("turn", this.#hearing || this.#thinking);
    this.dispatchEvent(new Event("change"));
  }
}

/** Hands-free, a server with a wake word waits for it. */
function wakeWord() {
  return store.state.speech?.wake_word ?? "";
}

/** @param {any} error @returns {Problem} */
function problemOf(error) {
  return { code: error?.code ?? "", message: error?.message || "That did not work.", nextStep: error?.nextStep ?? error?.next_step ?? "Until then you can type." };
}

export const talking = new Talking();
