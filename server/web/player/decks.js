/**
 * Two ways to sound one track. A MediaDeck streams and starts at once; a BufferDeck is decoded ahead and starts on the
 * exact sample that it is told to. Both lead through a levelling gain and a fade gain into the mix.
 */

import { clearFade, decibelsToGain, fade } from "./fades.js";
import { pause, SoundBlocked } from "./graph.js";

/** @typedef {import("../store.js").Track} Track */
/** @typedef {{itemId: string, track: Track, gainDb: number}} Cue  What to play and how loud. */

const LOAD_TIMEOUT_MS = 8000;

class Deck {
  /**
   * @param {import("./graph.js").AudioGraph} graph
   * @param {Cue} cue
   */
  constructor(graph, cue) {
    this.graph = graph;
    this.cue = cue;
    this.level = graph.context.createGain();
    this.level.gain.value = decibelsToGain(cue.gainDb);
    this.fader = graph.context.createGain();
    this.level.connect(this.fader).connect(graph.mix);
    this.disposed = false;
  }

  /** @param {number} at @param {number} length */
  fadeIn(at, length) {
    fade(this.fader.gain, "in", at, length);
  }

  /** @param {number} at @param {number} length */
  fadeOut(at, length) {
    fade(this.fader.gain, "out", at, length);
  }

  clearFade() {
    clearFade(this.fader.gain, this.graph.now);
  }

  disconnect() {
    this.disposed = true;
    this.level.disconnect();
    this.fader.disconnect();
  }
}

export class MediaDeck extends Deck {
  /**
   * @param {import("./graph.js").AudioGraph} graph
   * @param {Cue} cue
   */
  constructor(graph, cue) {
    super(graph, cue);
    this.element = new Audio();
    this.element.preload = "auto";
    this.element.src = cue.track.audio_url;
    this.node = graph.context.createMediaElementSource(this.element);
    this.node.connect(this.level);
    /** @type {((message: string) => void) | null} */
    this.onFailure = null;
    this.element.addEventListener("error", () => {
      if (!this.disposed) this.onFailure?.(this.#why());
    });
  }

  get position() {
    return this.element.currentTime;
  }

  get duration() {
    const found = this.element.duration;
    if (this.cue.track.is_live) return Infinity;
    return Number.isFinite(found) && found > 0 ? found : this.cue.track.duration_s;
  }

  /** When the last sample sounds, in context time; an estimate, since an element keeps its own clock. */
  get endTime() {
    return this.graph.now + Math.max(0, this.duration - this.position);
  }

  get ended() {
    return this.element.ended;
  }

  /** Whether it can begin without waiting for the network. */
  get ready() {
    return this.element.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
  }

  /** @param {number} offset  seconds into the track */
  async start(offset) {
    if (offset > 0) await this.seek(offset);
    try {
      await this.element.play();
    } catch (error) {
      if (error instanceof DOMException && error.name === "NotAllowedError") throw new SoundBlocked();
      if (error instanceof DOMException && error.name === "AbortError") return;
      throw new Error(this.#why());
    }
  }

  /** @param {number} position  seconds */
  async seek(position) {
    if (this.element.readyState < HTMLMediaElement.HAVE_METADATA) await this.#loaded();
    const landed = once(this.element, "seeked", LOAD_TIMEOUT_MS);
    this.element.currentTime = Math.min(position, Math.max(0, this.duration - 0.05));
    await landed;
  }

  pause() {
    this.element.pause();
  }

  resume() {
    return this.start(0);
  }

  dispose() {
    if (this.disposed) return;
    this.disconnect();
    this.element.pause();
    this.element.removeAttribute("src");
    this.element.load();
    this.node.disconnect();
  }

  async #loaded() {
    await Promise.race([
      once(this.element, "loadedmetadata", LOAD_TIMEOUT_MS),
      once(this.element, "error", LOAD_TIMEOUT_MS).then(() => {
        throw new Error(this.#why());
      }),
    ]);
  }

  #why() {
    const title = this.cue.track.title;
    switch (this.element.error?.code) {
      case MediaError.MEDIA_ERR_NETWORK:
        return `the connection broke while "${title}" was loading`;
      case MediaError.MEDIA_ERR_DECODE:
        return `this browser cannot decode "${title}"`;
      case MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED:
        return `"${title}" cannot be read or this browser does not know its format (${this.cue.track.codec || "unknown"})`;
      default:
        return `"${title}" did not start`;
    }
  }
}

export class BufferDeck extends Deck {
  /**
   * @param {import("./graph.js").AudioGraph} graph
   * @param {Cue} cue
   * @param {AudioBuffer} buffer
   */
  constructor(graph, cue, buffer) {
    super(graph, cue);
    this.buffer = buffer;
    /** @type {AudioBufferSourceNode | null} */
    this.source = null;
    this.offset = 0;
    this.startedAt = 0;
  }

  get position() {
    if (!this.source) return this.offset;
    const elapsed = Math.max(0, this.graph.now - this.startedAt);
    return Math.min(this.duration, this.offset + elapsed);
  }

  get duration() {
    return this.buffer.duration;
  }

  /** When the last sample sounds, in context time; exact. */
  get endTime() {
    return this.startedAt + (this.duration - this.offset);
  }

  get ended() {
    return this.source !== null && this.graph.now >= this.endTime;
  }

  get ready() {
    return true;
  }

  /**
   * @param {number} offset  seconds into the track
   * @param {number} [at]  context time; now when left out
   */
  async start(offset, at = this.graph.now) {
    this.unschedule();
    this.source = this.graph.context.createBufferSource();
    this.source.buffer = this.buffer;
    this.source.connect(this.level);
    this.offset = Math.min(Math.max(0, offset), Math.max(0, this.duration - 0.05));
    this.startedAt = Math.max(at, this.graph.now);
    this.source.start(this.startedAt, this.offset);
  }

  unschedule() {
    if (!this.source) return;
    this.source.stop();
    this.source.disconnect();
    this.source = null;
  }

  /** @param {number} position  seconds */
  async seek(position) {
    await this.start(position);
  }

  // The context clock stands still during a pause, and this deck with it.
  pause() {}

  async resume() {}

  dispose() {
    if (this.disposed) return;
    this.unschedule();
    this.disconnect();
  }
}

/**
 * @param {EventTarget} target
 * @param {string} type
 * @param {number} timeoutMs
 * @returns {Promise<void>}
 */
function once(target, type, timeoutMs) {
  const heard = new Promise((resolve) => target.addEventListener(type, () => resolve(undefined), { once: true }));
  return Promise.race([heard, pause(timeoutMs)]).then(() => undefined);
}
