/** Sound as columns of a picture: short Fourier transforms on a logarithmic frequency axis. */

export const LOW_HZ = 110;
export const HIGH_HZ = 5500;
export const ROWS = 128;
export const COLUMNS_PER_S = 60;

const RANGE_DB = 52;
const LEAST_RANGE_DB = 18;
/** How much of each row's own average is taken away, so that bass does not drown the rest: 0 to 1. */
const EVENNESS = 0.45;
const AVERAGE_S = 3;
const FALL_DB_PER_S = 2;
/** So far below the middle of the levels, which in a noisy place is the noise, the picture begins. */
const BELOW_NOISE_DB = 6;
/** Noise of a quiet room must not be blown up to a full picture. */
const QUIETEST_TOP_DB = -52;

/** Where a frequency stands: 0 at the bottom, 1 at the top. @param {number} hertz */
export function height(hertz) {
  return Math.log(hertz / LOW_HZ) / Math.log(HIGH_HZ / LOW_HZ);
}

export class Spectrum {
  /** @param {number} rate  hertz */
  constructor(rate) {
    this.rate = rate;
    this.size = 2 ** Math.round(Math.log2(rate * 0.09));
    this.window = Float32Array.from({ length: this.size }, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / this.size));
    this.waiting = new Float32Array(this.size);
    this.real = new Float64Array(this.size);
    this.imaginary = new Float64Array(this.size);
    this.cosines = Float64Array.from({ length: this.size / 2 }, (_, index) => Math.cos((2 * Math.PI * index) / this.size));
    this.sines = Float64Array.from({ length: this.size / 2 }, (_, index) => Math.sin((2 * Math.PI * index) / this.size));
    this.average = new Float32Array(ROWS);
    this.top = QUIETEST_TOP_DB;
    this.noise = -120;
    this.taken = 0;
    this.columns = 0;
  }

  /**
   * @param {Float32Array} samples
   * @returns {Uint8Array[]} the columns that became complete, each ROWS values from the lowest frequency up
   */
  push(samples) {
    const made = [];
    for (const sample of samples) {
      this.waiting[this.taken % this.size] = sample;
      this.taken += 1;
      if (this.taken >= Math.round(((this.columns + 1) * this.rate) / COLUMNS_PER_S)) {
        this.columns += 1;
        made.push(this.#column());
      }
    }
    return made;
  }

  #column() {
    const { size, real, imaginary } = this;
    for (let index = 0; index < size; index += 1) {
      real[index] = this.waiting[(this.taken + index) % size] * this.window[index];
      imaginary[index] = 0;
    }
    transform(real, imaginary, this.cosines, this.sines);
    const column = new Uint8Array(ROWS);
    // At first the mean of what there is, then slowly following.
    const calm = 1 / Math.min(this.columns, AVERAGE_S * COLUMNS_PER_S);
    const levels = this.#levels();
    let loudest = -200;
    for (let row = 0; row < ROWS; row += 1) {
      this.average[row] += (levels[row] - this.average[row]) * calm;
      levels[row] -= EVENNESS * (this.average[row] - QUIETEST_TOP_DB);
      if (levels[row] > loudest) loudest = levels[row];
    }
    this.top = Math.max(loudest, QUIETEST_TOP_DB, this.top - FALL_DB_PER_S / COLUMNS_PER_S);
    const middle = levels.slice().sort()[ROWS >> 1];
    this.noise += (middle - this.noise) * calm;
    const bottom = Math.min(this.top - LEAST_RANGE_DB, Math.max(this.top - RANGE_DB, this.noise - BELOW_NOISE_DB));
    for (let row = 0; row < ROWS; row += 1) {
      const share = (levels[row] - bottom) / (this.top - bottom);
      column[row] = Math.max(0, Math.min(255, Math.round(255 * share)));
    }
    return column;
  }

  /** Decibels of each row: the strongest bin in it, or between two bins where a row is narrower than one. */
  #levels() {
    const levels = new Float32Array(ROWS);
    const step = this.rate / this.size;
    const ratio = HIGH_HZ / LOW_HZ;
    for (let row = 0; row < ROWS; row += 1) {
      const from = (LOW_HZ * ratio ** (row / ROWS)) / step;
      const to = (LOW_HZ * ratio ** ((row + 1) / ROWS)) / step;
      let power = 0;
      if (to - from < 1) {
        const at = (from + to) / 2;
        const low = Math.floor(at);
        power = this.#power(low) * (low + 1 - at) + this.#power(low + 1) * (at - low);
      } else for (let bin = Math.ceil(from); bin < to; bin += 1) power = Math.max(power, this.#power(bin));
      levels[row] = 10 * Math.log10((16 * power) / this.size ** 2 + 1e-14);
    }
    return levels;
  }

  /** @param {number} bin */
  #power(bin) {
    return this.real[bin] ** 2 + this.imaginary[bin] ** 2;
  }
}

/**
 * Fourier transform in place, radix 2 (Cooley and Tukey 1965).
 * @param {Float64Array} real
 * @param {Float64Array} imaginary
 * @param {Float64Array} cosines  of the first half turn
 * @param {Float64Array} sines
 */
function transform(real, imaginary, cosines, sines) {
  const size = real.length;
  for (let index = 1, mirror = 0; index < size; index += 1) {
    let bit = size >> 1;
    for (; mirror & bit; bit >>= 1) mirror ^= bit;
    mirror ^= bit;
    if (index < mirror) [real[index], real[mirror], imaginary[index], imaginary[mirror]] = [real[mirror], real[index], imaginary[mirror], imaginary[index]];
  }
  for (let half = 1; half < size; half *= 2) {
    const stride = size / (2 * half);
    for (let start = 0; start < size; start += 2 * half) {
      for (let index = 0; index < half; index += 1) {
        const [cosine, sine] = [cosines[index * stride], sines[index * stride]];
        const [a, b] = [start + index, start + index + half];
        const re = real[b] * cosine + imaginary[b] * sine;
        const im = imaginary[b] * cosine - real[b] * sine;
        real[b] = real[a] - re;
        imaginary[b] = imaginary[a] - im;
        real[a] += re;
        imaginary[a] += im;
      }
    }
  }
}
