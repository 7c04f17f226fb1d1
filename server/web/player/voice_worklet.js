/**
 * Runs on the audio thread: sounds the voice as it comes, and can be silent at once.
 *
 * In: {item, samples} adds sound, {item, end: true} says that no more follows, {flush: id} drops everything.
 * Out: {item, frames, level} while it sounds, {item, frames, ended: true}, {flushed: id, items: [{item, frames}]}.
 */

/** Enough to bridge the unevenness of a local network; grows when it was not. */
const FIRST_BUFFER_S = 0.06;
const BUFFER_STEP_S = 0.08;
const LONGEST_BUFFER_S = 0.5;
const TELL_EVERY_S = 0.04;
/** Silence without a click. */
const FADE_S = 0.008;

class Voice extends AudioWorkletProcessor {
  /** @type {Array<{item: string, samples: Float32Array, at: number}>} */
  #queue = [];
  /** Frames that sounded, of everything that is not over. @type {Map<string, number>} */
  #played = new Map();
  /** @type {Set<string>} */
  #complete = new Set();
  #buffered = 0;
  #needed = Math.round(FIRST_BUFFER_S * sampleRate);
  #waiting = true;
  /** What still fades after a flush. @type {Float32Array | null} */
  #tail = null;
  #toldAt = 0;
  #energy = 0;
  #measured = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => this.#take(data);
  }

  /** @param {any} message */
  #take(message) {
    if (message.flush !== undefined) return this.#flush(message.flush);
    const { item } = message;
    if (!this.#played.has(item)) this.#played.set(item, 0);
    if (message.end) {
      this.#complete.add(item);
      this.#finish();
    } else {
      this.#queue.push({ item, samples: message.samples, at: 0 });
      this.#buffered += message.samples.length;
    }
    return undefined;
  }

  /** @param {number} id */
  #flush(id) {
    const length = Math.min(this.#buffered, Math.round(FADE_S * sampleRate));
    if (!this.#waiting && length) {
      const tail = new Float32Array(length);
      const count = this.#read(tail, 0);
      for (let index = 0; index < count; index += 1) tail[index] *= 1 - (index + 1) / count;
      this.#tail = tail;
    }
    const items = [...this.#played].map(([item, frames]) => ({ item, frames }));
    this.#queue = [];
    this.#buffered = 0;
    this.#waiting = true;
    this.#played.clear();
    this.#complete.clear();
    this.port.postMessage({ flushed: id, items });
  }

  /** Items whose last sample has sounded. */
  #finish() {
    for (const item of this.#complete) {
      if (this.#queue.some((part) => part.item === item)) continue;
      this.port.postMessage({ item, frames: this.#played.get(item) ?? 0, ended: true });
      this.#complete.delete(item);
      this.#played.delete(item);
    }
  }

  /**
   * Move queued sound to `into`.
   * @param {Float32Array} into
   * @param {number} from
   * @returns {number} how far it is filled
   */
  #read(into, from) {
    let at = from;
    while (at < into.length && this.#queue.length) {
      const part = this.#queue[0];
      const count = Math.min(into.length - at, part.samples.length - part.at);
      into.set(part.samples.subarray(part.at, part.at + count), at);
      part.at += count;
      at += count;
      this.#played.set(part.item, (this.#played.get(part.item) ?? 0) + count);
      if (part.at === part.samples.length) this.#queue.shift();
    }
    this.#buffered -= at - from;
    return at;
  }

  /** @param {Float32Array[][]} _inputs @param {Float32Array[][]} outputs */
  process(_inputs, [[output]]) {
    let at = 0;
    if (this.#tail) {
      at = Math.min(output.length, this.#tail.length);
      output.set(this.#tail.subarray(0, at));
      this.#tail = at < this.#tail.length ? this.#tail.subarray(at) : null;
    }
    const last = this.#queue.at(-1);
    // What is complete need not wait for more.
    if (this.#waiting && last && (this.#buffered >= this.#needed || this.#complete.has(last.item))) this.#waiting = false;
    if (this.#waiting || this.#tail) return true;
    const { item } = this.#queue[0] ?? { item: "" };
    at = this.#read(output, at);
    this.#measure(output);
    if (item) this.#tell(item);
    this.#finish();
    if (at < output.length) {
      const starved = this.#played.size > 0;
      if (starved) this.#needed = Math.min(LONGEST_BUFFER_S * sampleRate, this.#needed + BUFFER_STEP_S * sampleRate);
      this.#waiting = true;
    }
    return true;
  }

  /** @param {Float32Array} block */
  #measure(block) {
    for (const sample of block) this.#energy += sample * sample;
    this.#measured += block.length;
  }

  /** @param {string} item */
  #tell(item) {
    const frames = this.#played.get(item);
    if (frames === undefined || (currentTime - this.#toldAt < TELL_EVERY_S && frames > 128)) return;
    this.port.postMessage({ item, frames, level: Math.sqrt(this.#energy / Math.max(1, this.#measured)) });
    this.#toldAt = currentTime;
    this.#energy = 0;
    this.#measured = 0;
  }
}

registerProcessor("refrain-voice", Voice);
