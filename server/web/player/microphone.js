/**
 * The microphone of this device: asked for only when something is to be heard, let go of when nobody takes.
 *
 * Everything that a browser does to make speech clear (echo, noise, level) damages music and helps to talk, so there
 * are two streams: one for music, with all of it off, and one for talking, with all of it on.
 */

const WORKLET = new URL("capture_worklet.js", import.meta.url);
const HIGHEST_RATE = 32_000;
/** Above it (sound cards of 96 or 192 kHz) the browser is asked to resample. */
const HIGHEST_DEVICE_RATE = 48_000;

/** Why there is no sound to be had. `code`: insecure, unsupported, denied, none, busy. */
export class MicrophoneError extends Error {
  /** @param {string} code @param {string} message @param {string} nextStep */
  constructor(code, message, nextStep) {
    super(message);
    this.name = "MicrophoneError";
    this.code = code;
    this.nextStep = nextStep;
  }
}

/** @typedef {{samples: Float32Array, rate: number}} Block  Mono, -1 to 1. */
/** @typedef {{clear: boolean, blockS: number, instead: string}} Kind  `clear`: for speech; `instead`: what works without. */

/** Events: "block" (detail: Block) while somebody takes, "ended" when the device went away by itself. */
class Microphone extends EventTarget {
  /** @type {Promise<void> | null} */
  #opening = null;
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {Set<object>} */
  #takers = new Set();
  /** @type {Kind} */
  #kind;

  /** @param {Kind} kind */
  constructor(kind) {
    super();
    this.#kind = kind;
  }

  /** Samples a second of the blocks; 0 while it is closed. */
  get rate() {
    const rate = this.#context?.sampleRate ?? 0;
    return rate > HIGHEST_RATE ? rate / 2 : rate;
  }

  get open() {
    return this.#stream !== null;
  }

  /** Whether asking for it can succeed at all. */
  get possible() {
    return isSecureContext && Boolean(navigator.mediaDevices?.getUserMedia) && "AudioWorkletNode" in window;
  }

  /**
   * Begin to take; resolves once blocks come. The browser asks the person the first time.
   * @param {object} taker
   * @throws {MicrophoneError}
   */
  async take(taker) {
    this.#takers.add(taker);
    try {
      this.#opening ??= this.#start();
      await this.#opening;
    } catch (error) {
      this.#takers.delete(taker);
      this.#opening = null;
      throw error;
    }
    // Somebody may have let go of it while the browser asked.
    if (!this.#takers.size) this.#close();
  }

  /** @param {object} taker */
  release(taker) {
    this.#takers.delete(taker);
    if (!this.#takers.size) this.#close();
  }

  async #start() {
    const { clear, blockS, instead } = this.#kind;
    if (!isSecureContext) throw insecure(instead);
    if (!this.possible) throw new MicrophoneError("unsupported", "This browser cannot use a microphone here.", `Open Refrain in a newer browser. ${instead}`);
    const audio = { echoCancellation: clear, noiseSuppression: clear, autoGainControl: clear, channelCount: { ideal: 1 } };
    const stream = await navigator.mediaDevices.getUserMedia({ audio, video: false }).catch((error) => {
      throw explain(error, instead);
    });
    const context = openContext();
    let source;
    try {
      await context.audioWorklet.addModule(WORKLET);
      await context.resume();
      source = context.createMediaStreamSource(stream);
    } catch {
      for (const track of stream.getTracks()) track.stop();
      void context.close();
      throw new MicrophoneError("unsupported", "The microphone could not be read.", "Reload the page, and try it again.");
    }
    const node = new AudioWorkletNode(context, "refrain-capture", { numberOfOutputs: 0, processorOptions: { blockS } });
    node.port.addEventListener("message", ({ data }) => {
      if (this.#context === context) this.dispatchEvent(new CustomEvent("block", { detail: { samples: data, rate: this.rate } }));
    });
    node.port.start();
    source.connect(node);
    for (const track of stream.getAudioTracks()) {
      track.addEventListener("ended", () => {
        if (this.#stream !== stream) return;
        this.#takers.clear();
        this.#close();
        this.dispatchEvent(new Event("ended"));
      });
    }
    this.#context = context;
    this.#stream = stream;
  }

  #close() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    void this.#context?.close();
    if (this.#stream) this.#opening = null;
    this.#stream = null;
    this.#context = null;
  }
}

/** For music, to be recognised. */
export const microphone = new Microphone({ clear: false, blockS: 0.05, instead: "A file or a link can be identified without it." });
/** For talking: whoever talks is heard without the music, and short blocks are answered sooner. */
export const speechMicrophone = new Microphone({ clear: true, blockS: 0.03, instead: "Until then you can type." });

function openContext() {
  const context = new AudioContext({ latencyHint: "interactive" });
  if (context.sampleRate <= HIGHEST_DEVICE_RATE) return context;
  void context.close();
  return new AudioContext({ latencyHint: "interactive", sampleRate: HIGHEST_DEVICE_RATE });
}

/** @param {string} instead */
function insecure(instead) {
  return new MicrophoneError(
    "insecure",
    "Browsers give a page the microphone only over https, or on the computer itself.",
    `Open Refrain at http://localhost${location.port ? `:${location.port}` : ""} on the computer it runs on, or reach it through https. ${instead}`,
  );
}

/** @param {any} error @param {string} instead */
function explain(error, instead) {
  switch (error?.name) {
    case "NotAllowedError":
    case "SecurityError":
      return new MicrophoneError("denied", "This page may not use the microphone.", `Allow it at the left of the address bar, then try again. ${instead}`);
    case "NotFoundError":
    case "OverconstrainedError":
      return new MicrophoneError("none", "No microphone was found.", `Plug one in, then try again. ${instead}`);
    case "NotReadableError":
    case "AbortError":
      return new MicrophoneError("busy", "The microphone is used by something else.", "Close the other program that listens, then try again.");
    default:
      return new MicrophoneError("unsupported", "The microphone could not be opened.", `Try it again. ${instead}`);
  }
}

/**
 * PCM16, little-endian, as the server reads it.
 * @param {Float32Array} samples
 */
export function pcm16(samples) {
  const bytes = new DataView(new ArrayBuffer(samples.length * 2));
  for (let index = 0; index < samples.length; index += 1) {
    const sample = Math.max(-1, Math.min(1, samples[index]));
    bytes.setInt16(index * 2, Math.round(sample * 32_767), true);
  }
  return bytes.buffer;
}

/** Root mean square in decibels below full scale; -120 for silence. @param {Float32Array} samples */
export function levelDb(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.max(-120, 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12));
}
