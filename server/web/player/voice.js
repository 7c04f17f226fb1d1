/**
 * Our voice: speech that comes piece by piece is heard at once, and is silent at once.
 *
 * It has a clock of its own, since that of the music stands still during a pause. Events: "change" when it begins or
 * ends to sound, "level" (detail: 0 to 1), "ended" (detail: Heard), "blocked" when the browser lets nothing be heard.
 */

const WORKLET = new URL("voice_worklet.js", import.meta.url);
export const VOICE_RATE_HZ = 24_000;
/** A clock that ran and is not needed is stopped, for the sake of batteries. */
const REST_MS = 20_000;
const BLOCKED_MS = 2500;
const RAMP_S = 0.015;

/** @typedef {{item: string, ms: number}} Heard  How much of an item really sounded. */

class Voice extends EventTarget {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {AudioWorkletNode | null} */
  #node = null;
  /** @type {GainNode | null} */
  #gain = null;
  /** @type {AnalyserNode | null} */
  #analyser = null;
  /** @type {Promise<void> | null} */
  #opening = null;
  /** What came before the worklet was there. @type {Array<[any, Transferable[]]>} */
  #early = [];
  /** Items that sound or are to sound, with the milliseconds that were added. @type {Map<string, number>} */
  #items = new Map();
  /** @type {Map<string, Array<{ms: number, reached: () => void}>>} */
  #cues = new Map();
  #volume = 1;
  #depth = 0;
  #flushes = 0;
  /** @type {Map<number, (items: Heard[]) => void>} */
  #flushing = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watch;

  /** Whether anything sounds or is about to. */
  get sounding() {
    return this.#items.size > 0;
  }

  /** What leaves for the loudspeakers right now, root mean square, 0 to 1. */
  loudness() {
    if (!this.#analyser || this.#context?.state !== "running") return 0;
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(samples);
    return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  }

  /** @param {number} percent  0 to 100; squared, as the volume of the music */
  setVolume(percent) {
    this.#volume = (Math.min(100, Math.max(0, percent)) / 100) ** 2;
    this.#level();
  }

  /** Speak more quietly while it is not known whether somebody cuts in. @param {number} depth  0 to 1, 0 is as before */
  turnDown(depth) {
    this.#depth = Math.min(1, Math.max(0, depth));
    this.#level();
  }

  /** Inside a click or key handler: let the clock run, so that the first word comes without delay. */
  async unlock() {
    clearTimeout(this.#rest);
    await this.#open().catch(() => undefined);
    await this.#context?.resume().catch(() => undefined);
    if (!this.sounding) this.#restSoon();
  }

  /**
   * @param {string} item
   * @param {Float32Array<ArrayBuffer>} samples  mono, 24 kHz
   */
  add(item, samples) {
    const began = !this.sounding;
    this.#items.set(item, (this.#items.get(item) ?? 0) + (samples.length / VOICE_RATE_HZ) * 1000);
    this.#post({ item, samples }, [samples.buffer]);
    if (began) this.#begin();
  }

  /** No more follows of `item`. @param {string} item */
  end(item) {
    if (this.#items.has(item)) this.#post({ item, end: true });
  }

  /** Milliseconds of `item` that were added so far. @param {string} item */
  length(item) {
    return this.#items.get(item) ?? 0;
  }

  /** Call `reached` once `item` has sounded for so long. @param {string} item @param {number} ms @param {() => void} reached */
  at(item, ms, reached) {
    const cues = this.#cues.get(item) ?? [];
    cues.push({ ms, reached });
    this.#cues.set(item, cues);
  }

  /**
   * Be silent now.
   * @returns {Promise<Heard[]>} what was not over, with how much of it left the loudspeaker
   */
  async flush() {
    const items = [...this.#items.keys()];
    if (!items.length) return [];
    this.#items.clear();
    this.#cues.clear();
    this.#early = [];
    clearTimeout(this.#watch);
    this.dispatchEvent(new Event("change"));
    this.#restSoon();
    if (!this.#node || this.#context?.state !== "running") return items.map((item) => ({ item, ms: 0 }));
    const id = ++this.#flushes;
    this.#node.port.postMessage({ flush: id });
    const heard = await new Promise((resolve) => {
      this.#flushing.set(id, resolve);
      setTimeout(() => resolve(items.map((item) => ({ item, ms: 0 }))), 500);
    });
    this.#flushing.delete(id);
    return heard;
  }

  #begin() {
    clearTimeout(this.#rest);
    this.dispatchEvent(new Event("change"));
    this.#open()
      .then(() => this.#context?.resume())
      .catch(() => undefined);
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      if (this.#context?.state === "running" && this.#node) return;
      void this.flush();
      this.dispatchEvent(new Event("blocked"));
    }, BLOCKED_MS);
  }

  #open() {
    this.#opening ??= this.#start().catch((error) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #start() {
    const context = (this.#context ??= new AudioContext({ latencyHint: "interactive", sampleRate: VOICE_RATE_HZ }));
    await context.audioWorklet.addModule(WORKLET);
    const node = new AudioWorkletNode(context, "refrain-voice", { numberOfInputs: 0, outputChannelCount: [1] });
    const gain = context.createGain();
    const analyser = context.createAnalyser();
    analyser.fftSize = 512;
    node.connect(gain).connect(analyser).connect(context.destination);
    node.port.addEventListener("message", ({ data }) => this.#hear(data));
    node.port.start();
    this.#node = node;
    this.#gain = gain;
    this.#analyser = analyser;
    gain.gain.value = this.#volume;
    for (const [message, moved] of this.#early) node.port.postMessage(message, moved);
    this.#early = [];
  }

  /** @param {any} message @param {Transferable[]} [moved] */
  #post(message, moved = []) {
    if (this.#node) this.#node.port.postMessage(message, moved);
    else this.#early.push([message, moved]);
  }

  /** @param {any} message */
  #hear({ item, frames, level, ended, flushed, items }) {
    if (flushed !== undefined) {
      this.#flushing.get(flushed)?.(items.map((/** @type {any} */ one) => ({ item: one.item, ms: this.#heardMs(one.frames) })));
      return;
    }
    // A last word from before a flush.
    if (!this.#items.has(item)) return;
    const ms = ended ? Infinity : (frames / VOICE_RATE_HZ) * 1000;
    this.#reach(item, ms);
    if (level !== undefined) this.dispatchEvent(new CustomEvent("level", { detail: level }));
    if (!ended) return;
    const detail = { item, ms: this.length(item) };
    this.#items.delete(item);
    this.#cues.delete(item);
    this.dispatchEvent(new CustomEvent("ended", { detail }));
    if (this.sounding) return;
    clearTimeout(this.#watch);
    this.dispatchEvent(new Event("change"));
    this.#restSoon();
  }

  /** @param {string} item @param {number} ms */
  #reach(item, ms) {
    const cues = this.#cues.get(item);
    while (cues?.length && cues[0].ms <= ms) cues.shift()?.reached();
  }

  /** What was handed on has not all been heard: some of it is still on its way. @param {number} frames */
  #heardMs(frames) {
    const { baseLatency = 0, outputLatency = 0 } = this.#context ?? {};
    return Math.max(0, Math.floor((frames / VOICE_RATE_HZ - Math.max(baseLatency, outputLatency)) * 1000));
  }

  #level() {
    if (!this.#gain || !this.#context) return;
    const { currentTime } = this.#context;
    this.#gain.gain.cancelScheduledValues(currentTime);
    this.#gain.gain.setTargetAtTime(this.#volume * (1 - this.#depth), currentTime, RAMP_S);
  }

  #restSoon() {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      if (!this.sounding) void this.#context?.suspend();
    }, REST_MS);
  }
}

export const voice = new Voice();

/**
 * PCM16 in base64, as it comes over the wire.
 * @param {string} text
 * @returns {Float32Array<ArrayBuffer>} -1 to 1; empty when it is not readable
 */
export function samplesOf(text) {
  let bytes;
  try {
    bytes = atob(text);
  } catch {
    return new Float32Array(0);
  }
  const samples = new Float32Array(bytes.length >> 1);
  for (let index = 0; index < samples.length; index += 1) {
    const value = bytes.charCodeAt(2 * index) | (bytes.charCodeAt(2 * index + 1) << 8);
    samples[index] = (value > 32_767 ? value - 65_536 : value) / 32_768;
  }
  return samples;
}
