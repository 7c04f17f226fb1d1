/**
 * Runs on the audio thread: mixes the microphone to one channel, halves a high sample rate, hands on blocks.
 *
 * Music is told apart below 6 kHz, so 24 of 48 kHz are enough and halve what goes over the network.
 */

const HIGHEST_RATE = 32_000;
/** Half-band low-pass: a windowed sinc of 31 taps, flat to about 0.2 of the incoming rate. */
const TAPS = Float32Array.from({ length: 31 }, (_, index) => {
  const at = index - 15;
  const window = 0.42 + 0.5 * Math.cos((Math.PI * at) / 16) + 0.08 * Math.cos((2 * Math.PI * at) / 16);
  return (at === 0 ? 0.5 : Math.sin((Math.PI * at) / 2) / (Math.PI * at)) * window;
});

class Capture extends AudioWorkletProcessor {
  #step = sampleRate > HIGHEST_RATE ? 2 : 1;
  /** @type {Float32Array} */
  #block;
  #history = new Float32Array(TAPS.length);
  #at = 0;
  #odd = false;
  #filled = 0;

  /** @param {{processorOptions: {blockS: number}}} options  `blockS`: seconds in a block */
  constructor({ processorOptions: { blockS } }) {
    super();
    this.#block = new Float32Array(Math.round((sampleRate / this.#step) * blockS));
  }

  /** @param {Float32Array[][]} inputs */
  process([channels]) {
    const count = channels?.[0]?.length ?? 0;
    for (let index = 0; index < count; index += 1) {
      let sum = 0;
      for (const channel of channels) sum += channel[index];
      this.#take(sum / channels.length);
    }
    return true;
  }

  /** @param {number} sample */
  #take(sample) {
    if (this.#step === 1) return this.#put(sample);
    this.#history[this.#at] = sample;
    this.#at = (this.#at + 1) % TAPS.length;
    this.#odd = !this.#odd;
    if (this.#odd) return undefined;
    let sum = 0;
    for (let tap = 0; tap < TAPS.length; tap += 1) sum += TAPS[tap] * this.#history[(this.#at + tap) % TAPS.length];
    return this.#put(sum);
  }

  /** @param {number} sample */
  #put(sample) {
    this.#block[this.#filled] = sample;
    this.#filled += 1;
    if (this.#filled < this.#block.length) return;
    this.port.postMessage(this.#block);
    this.#filled = 0;
  }
}

registerProcessor("refrain-capture", Capture);
