/**
 * The signal path: decks -> mix -> hush (pause without a click) -> duck (while somebody speaks) -> volume -> analyser
 * -> loudspeakers.
 */

const RAMP_S = 0.015;
/** Quiet before the first word is over, back without a jump. */
const DUCK_S = 0.07;
const UNDUCK_S = 0.35;

/** The browser allows no sound before the first click or key on the page. */
export class SoundBlocked extends Error {
  constructor() {
    super("click the page once to allow sound");
    this.name = "SoundBlocked";
  }
}

/** Everything was done, and still the position does not move. */
export class NotHeard extends Error {
  /** @param {string} title */
  constructor(title) {
    super(`"${title}" did not start in time`);
    this.name = "NotHeard";
  }
}

export class AudioGraph {
  constructor() {
    this.context = new AudioContext({ latencyHint: "playback" });
    this.mix = this.context.createGain();
    this.hush = this.context.createGain();
    this.ducking = this.context.createGain();
    this.volume = this.context.createGain();
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = 2048;
    this.mix.connect(this.hush).connect(this.ducking).connect(this.volume).connect(this.analyser).connect(this.context.destination);
    this.samples = new Float32Array(this.analyser.fftSize);
  }

  get now() {
    return this.context.currentTime;
  }

  get running() {
    return this.context.state === "running";
  }

  /**
   * Let the clock run. A blocked context stays suspended without an error, so waiting is bounded.
   * @param {number} [timeoutMs]
   * @throws {SoundBlocked}
   */
  async run(timeoutMs = 800) {
    if (!this.running) {
      await Promise.race([this.context.resume().catch(() => undefined), pause(timeoutMs)]);
      if (!this.running) throw new SoundBlocked();
    }
    this.#glide(this.hush.gain, 1);
  }

  /** Fade out for a few milliseconds, then stop the clock: everything scheduled keeps its place. */
  async freeze() {
    if (!this.running) return;
    this.#glide(this.hush.gain, 0);
    await pause(RAMP_S * 1000 + 10);
    await this.context.suspend();
  }

  /**
   * @param {number} percent  0 to 100; squared, since loudness is heard on a curve
   * @param {boolean} muted
   */
  setVolume(percent, muted) {
    const share = Math.min(100, Math.max(0, percent)) / 100;
    this.#glide(this.volume.gain, muted ? 0 : share * share);
  }

  /**
   * Be quieter for a while, beside the volume that the user wants.
   * @param {number} share  of the amplitude, 0 to 1; 1 is as loud as before
   */
  duck(share) {
    const { gain } = this.ducking;
    if (!this.running) {
      gain.cancelScheduledValues(0);
      gain.setValueAtTime(share, this.now);
      return;
    }
    const { now } = this;
    if (gain.cancelAndHoldAtTime) gain.cancelAndHoldAtTime(now);
    else {
      gain.cancelScheduledValues(now);
      gain.setValueAtTime(gain.value, now);
    }
    gain.linearRampToValueAtTime(share, now + (share < gain.value ? DUCK_S : UNDUCK_S));
  }

  /** Root mean square of the last 2,048 samples that went to the loudspeakers, 0 to 1. */
  level() {
    if (!this.running) return 0;
    this.analyser.getFloatTimeDomainData(this.samples);
    let sum = 0;
    for (const sample of this.samples) sum += sample * sample;
    return Math.sqrt(sum / this.samples.length);
  }

  /** @param {AudioParam} parameter @param {number} target */
  #glide(parameter, target) {
    parameter.cancelScheduledValues(this.now);
    parameter.setTargetAtTime(target, this.now, RAMP_S / 4);
  }
}

/** @param {number} ms */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
