/**
 * One question "What is this?" at a time: from the microphone, a file, a link or the kept minutes.
 *
 * Events: "change" whenever something to be drawn changed, "begin" (detail: {rate, line}), "block" (detail: {samples}),
 * "peaks" (detail: Peak[]), "end".
 *
 * @typedef {"idle" | "asking" | "listening" | "working" | "answered" | "failed"} Stage
 * @typedef {{code: string, message: string, nextStep: string}} Problem
 */

import { post, request } from "../api.js";
import { realtime } from "../realtime.js";
import { readAnswer, readPeaks } from "./answer.js";
import { sessionId, whereabouts } from "./device.js";
import { MelodyLine } from "./melody_line.js";
import { uplink } from "./uplink.js";

/** The server answers by then; a little more for one that is slow. */
export const FULL_S = 10;
const LONGEST_S = 12;
const PATIENCE_MS = 12_000;
const QUIET_DB = -58;
const SILENT_DB = -100;
const QUIET_AFTER_S = 1.5;
export const MAX_FILE_BYTES = 32 * 1024 * 1024;
/** After a longer silence the hum is over; a breath is shorter. */
const HUM_ENDS_S = 2;
const URL_SECONDS = 20;

class Listening extends EventTarget {
  /** @type {Stage} */
  stage = "idle";
  /** @type {"microphone" | "file" | "url" | "ring"} */
  source = "microphone";
  /** What the file or link is called. */
  name = "";
  seconds = 0;
  /** Loudness now, decibels below full scale. */
  db = -120;
  /** Somebody hums, as far as this page can tell; the server decides. */
  tune = false;
  /** What it might be, while nothing is certain. @type {import("./answer.js").Answer | null} */
  maybe = null;
  /** @type {import("./answer.js").Answer | null} */
  answer = null;
  /** @type {Problem | null} */
  problem = null;
  /** The file that was asked about, for its timeline. @type {File | null} */
  file = null;
  #id = "";
  /** What the server said went wrong, in case no answer comes. @type {Problem | null} */
  #trouble = null;
  /** @type {import("./answer.js").Peak[]} */
  #peaks = [];
  #quietFor = 0;
  #loudest = -120;
  /** @type {MelodyLine | null} */
  #line = null;
  /** @type {AbortController} */
  #life = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    super();
    uplink.addEventListener("block", (event) => this.#hear(/** @type {CustomEvent} */ (event).detail));
    uplink.addEventListener("stopped", (event) => this.#cutOff(/** @type {CustomEvent} */ (event).detail));
    realtime.addEventListener("lost", () => {
      if (this.stage === "working" && this.source === "microphone") this.#fail(LOST);
    });
    realtime.addEventListener("refrain.recognition.progress", (event) => this.#progress(/** @type {CustomEvent} */ (event).detail));
    realtime.addEventListener("refrain.recognition.done", (event) => this.#done(/** @type {CustomEvent} */ (event).detail));
    realtime.addEventListener("error", (event) => {
      const error = /** @type {CustomEvent} */ (event).detail?.error;
      if (this.#id && error?.event_id === this.#id) this.#fail(problemOf(error));
      else if (this.#id && error?.type === "server_error") this.#trouble = problemOf(error);
    });
  }

  get busy() {
    return ["asking", "listening", "working"].includes(this.stage);
  }

  /** "silent": not a sound arrives; "quiet": hardly one; "" when it can be heard. */
  get hint() {
    if (this.stage !== "listening" || this.#quietFor < QUIET_AFTER_S) return "";
    return this.#loudest < SILENT_DB ? "silent" : "quiet";
  }

  /** Listen to what sounds in the room. @param {{hum?: boolean}} [options]  `hum`: it will be a hum, not a recording */
  async listen({ hum = false } = {}) {
    const signal = this.#begin("microphone", "asking");
    try {
      this.#id = await uplink.start("identify", { signal, more: hum ? { kind: "hum" } : {} });
      if (signal.aborted) return;
      this.#line = new MelodyLine(uplink.rate);
      this.#set({ stage: "listening" });
      this.dispatchEvent(new CustomEvent("begin", { detail: { rate: uplink.rate, line: this.#line } }));
    } catch (error) {
      if (!signal.aborted) this.#fail(problemOf(error));
    }
  }

  /** @param {File} file */
  identifyFile(file) {
    if (file.size > MAX_FILE_BYTES) {
      this.#begin("file", "working", { name: file.name, file });
      return this.#fail({ code: "too_large", message: "This file is larger than 32 MB.", nextStep: "A minute of it is enough: cut a piece out, or ask for its timeline." });
    }
    const where = new URLSearchParams({ ...whereabouts(), session: sessionId() });
    return this.#ask("file", { name: file.name, file }, (signal) => request(`/api/recognise?${where}`, { method: "POST", body: file, signal }));
  }

  /** @param {string} url */
  identifyUrl(url) {
    return this.#ask("url", { name: url }, (signal) => request("/api/recognise/url", { method: "POST", body: { url, seconds: URL_SECONDS, ...whereabouts(), session: sessionId() }, signal }));
  }

  /** What was that? @param {number} agoS  how long ago it ended, seconds */
  askRing(agoS) {
    return this.#ask("ring", {}, () => post("/api/listening/answer", { ending_s_ago: agoS, session: sessionId() }));
  }

  /** The hum is over: name it by what was heard. */
  enough() {
    if (this.stage === "listening") this.#enough();
  }

  /** Stop whatever goes on, without an answer. */
  cancel() {
    this.#begin(this.source, "idle");
  }

  /** The answer was put right. @param {Partial<import("./answer.js").Answer>} parts */
  mend(parts) {
    if (this.answer) this.#set({ answer: { ...this.answer, ...parts } });
  }

  /**
   * @param {"file" | "url" | "ring"} source
   * @param {Partial<Listening>} parts
   * @param {(signal: AbortSignal) => Promise<any>} work
   */
  async #ask(source, parts, work) {
    const signal = this.#begin(source, "working", parts);
    try {
      const data = await work(signal);
      if (!signal.aborted) this.#finish(readAnswer(data?.answer ?? data));
    } catch (error) {
      if (!signal.aborted) this.#fail(problemOf(error));
    }
  }

  /** Leave what was before. @param {"microphone" | "file" | "url" | "ring"} source @param {Stage} stage @param {Partial<Listening>} [parts] */
  #begin(source, stage, parts = {}) {
    this.#life.abort();
    this.#life = new AbortController();
    clearTimeout(this.#timer);
    this.#id = "";
    this.#trouble = null;
    this.#peaks = [];
    this.#quietFor = 0;
    this.#loudest = -120;
    uplink.stop("identify", { cancel: true });
    this.#line = null;
    this.dispatchEvent(new CustomEvent("begin", { detail: { rate: 0, line: null } }));
    this.#set({ source, stage, name: "", file: null, seconds: 0, db: -120, tune: false, maybe: null, answer: null, problem: null, ...parts });
    return this.#life.signal;
  }

  /** @param {{samples: Float32Array, rate: number, db: number}} block */
  #hear({ samples, rate, db }) {
    if (this.stage !== "listening") return;
    const length = samples.length / rate;
    this.#quietFor = db < QUIET_DB ? this.#quietFor + length : 0;
    this.#loudest = Math.max(this.#loudest, db);
    this.#line?.push(samples);
    this.dispatchEvent(new CustomEvent("block", { detail: { samples } }));
    // Once a tune, it stays one over a breath.
    this.#set({ seconds: this.seconds + length, db, tune: this.tune || Boolean(this.#line?.isTune) });
    const hummed = this.tune && (this.#line?.silentS ?? 0) >= HUM_ENDS_S;
    if (this.seconds >= LONGEST_S || hummed) this.#enough();
  }

  /** Everything is heard; the answer is still to come. */
  #enough() {
    this.#set({ stage: "working" });
    uplink.stop("identify");
    this.#timer = setTimeout(() => this.#fail({ code: "timeout", message: "Refrain did not answer in time.", nextStep: "Try it again." }), PATIENCE_MS);
  }

  /** @param {any} detail */
  #progress(detail) {
    if (this.source !== "microphone" || !this.busy) return;
    const best = detail.best ? readAnswer(detail.best) : null;
    this.#set({ maybe: best && best.certainty !== "unknown" && best.title ? best : null });
    // Each message tells the newest peaks; which of them fit is known at the end.
    this.#peaks.push(...readPeaks(detail));
    this.dispatchEvent(new CustomEvent("peaks", { detail: this.#peaks }));
  }

  /** @param {any} detail */
  #done(detail) {
    if (this.source !== "microphone" || (this.stage !== "listening" && this.stage !== "working")) return;
    if (detail.answer) this.#finish(readAnswer(detail.answer, { live: true }));
    else this.#fail(this.#trouble ?? problemOf(null));
  }

  /** @param {import("./answer.js").Answer} answer */
  #finish(answer) {
    clearTimeout(this.#timer);
    this.#id = "";
    if (answer.peaks.length) this.dispatchEvent(new CustomEvent("peaks", { detail: answer.peaks }));
    this.#set({ stage: "answered", answer, maybe: null, tune: this.tune && answer.hum !== null });
    uplink.stop("identify");
    this.dispatchEvent(new Event("end"));
  }

  /** @param {{why: "lost" | "ended" | "slow", purposes: string[]}} detail */
  #cutOff({ why, purposes }) {
    if (!purposes.includes("identify") || this.stage !== "listening") return;
    if (why === "lost") this.#fail(LOST);
    else if (why === "slow") this.#fail({ code: "slow", message: "The connection is too slow for sound.", nextStep: "Move nearer to the network, or record a few seconds and choose the file." });
    else this.#fail({ code: "none", message: "The microphone went away.", nextStep: "Plug it in again, then try again." });
  }

  /** @param {Problem} problem */
  #fail(problem) {
    clearTimeout(this.#timer);
    this.#id = "";
    this.#set({ stage: "failed", problem, maybe: null });
    uplink.stop("identify");
    this.dispatchEvent(new Event("end"));
  }

  /** @param {Partial<Listening>} parts */
  #set(parts) {
    Object.assign(this, parts);
    this.dispatchEvent(new Event("change"));
  }
}

const LOST = { code: "lost", message: "The connection to Refrain was lost.", nextStep: "Try it again once it is back; it reconnects by itself." };

/** @param {any} error @returns {Problem} */
export function problemOf(error) {
  return { code: error?.code ?? "", message: error?.message || "That did not work.", nextStep: error?.nextStep ?? error?.next_step ?? "Try it again." };
}

export const listening = new Listening();
