/** The pitch of one voice while it sounds, and as a line that rises and falls with it. */

/** @typedef {{at: number, pitch: number | null}} Point  `pitch`: MIDI number, null where there is no single voice. */
/** @typedef {{x: (seconds: number) => number, width: number, tall: number, scale: number}} Sight */

/** From a low voice to a high whistle. */
const LOW_HZ = 75;
const HIGH_HZ = 2600;
const WINDOW_S = 0.05;
const HOP_S = 0.02;
/** Of the best period the first that is nearly as good is taken; later ones are octaves below. */
const NEARLY = 0.93;
const CLEAR = 0.87;
const LOUD_RMS = 0.003;
const A4_HZ = 440;
const A4 = 69;
/** A tune is heard once this share of the last seconds is one voice that holds its notes. */
const JUDGED_S = 1.6;
const VOICED_SHARE = 0.6;
const HELD_SHARE = 0.6;
const HELD_SEMITONES = 0.45;
/** What stays on one note is no tune. */
const MOVES_SEMITONES = 1.5;
const LEAST_STROKE = 4;
const BRIDGED = 8;
/** Half of what is in sight around the middle of the tune, semitones. */
const HALF_RANGE = 11;
const GLIDE = 0.06;

export class MelodyLine {
  /** @type {Point[]} */
  points = [];
  #rate;
  #window;
  #hop;
  #taken = 0;
  #due;
  #centre = NaN;

  /** @param {number} rate  samples a second of what will be pushed */
  constructor(rate) {
    this.#rate = rate;
    this.#window = new Float32Array(Math.round(rate * WINDOW_S));
    this.#hop = Math.round(rate * HOP_S);
    this.#due = this.#window.length;
  }

  /** Whether somebody hums, whistles or sings, or one instrument plays alone. */
  get isTune() {
    const recent = this.points.slice(-Math.round(JUDGED_S / HOP_S));
    if (recent.length < JUDGED_S / HOP_S) return false;
    const voiced = recent.filter(({ pitch }) => pitch !== null).length;
    let held = 0;
    let [lowest, highest] = [Infinity, -Infinity];
    for (let index = 1; index < recent.length; index += 1) {
      const [before, now] = [recent[index - 1].pitch, recent[index].pitch];
      if (before === null || now === null || Math.abs(now - before) >= HELD_SEMITONES) continue;
      held += 1;
      [lowest, highest] = [Math.min(lowest, now), Math.max(highest, now)];
    }
    return voiced >= recent.length * VOICED_SHARE && held >= voiced * HELD_SHARE && highest - lowest >= MOVES_SEMITONES;
  }

  /** How long nothing was followed, seconds. */
  get silentS() {
    const last = this.points.findLastIndex(({ pitch }) => pitch !== null);
    return (this.points.length - 1 - last) * HOP_S;
  }

  /** @param {Float32Array} samples */
  push(samples) {
    const size = this.#window.length;
    for (let from = 0; from < samples.length; ) {
      const count = Math.min(samples.length - from, this.#due - this.#taken);
      this.#window.copyWithin(0, count);
      this.#window.set(samples.subarray(from, from + count).subarray(-size), size - Math.min(count, size));
      this.#taken += count;
      from += count;
      if (this.#taken < this.#due) continue;
      this.#due += this.#hop;
      this.points.push({ at: (this.#taken - size / 2) / this.#rate, pitch: pitchOf(this.#window, this.#rate) });
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Sight} sight @param {string} colour @param {number} light  0 to 1 */
  draw(context, { x, width, tall, scale }, colour, light) {
    const seen = this.points.filter(({ at }) => x(at) > -width && x(at) < width);
    const pitches = seen.flatMap(({ pitch }) => pitch ?? []).sort((a, b) => a - b);
    if (!pitches.length || light <= 0) return;
    const middle = pitches[pitches.length >> 1];
    this.#centre = Number.isNaN(this.#centre) ? middle : this.#centre + (middle - this.#centre) * GLIDE;
    const y = (/** @type {number} */ pitch) => (0.5 - (0.36 * (pitch - this.#centre)) / HALF_RANGE) * tall;
    context.strokeStyle = colour;
    context.lineJoin = context.lineCap = "round";
    for (const [wide, alpha] of [[16, 0.14], [7, 0.2], [3, 1]]) {
      context.globalAlpha = alpha * light;
      context.lineWidth = wide * scale;
      context.beginPath();
      for (const stroke of strokes(seen)) trace(context, stroke, x, y);
      context.stroke();
    }
    context.globalAlpha = 1;
  }
}

/** The pieces without a longer gap; a moment alone is a slip. @param {Point[]} points */
function strokes(points) {
  /** @type {Array<Array<{at: number, pitch: number}>>} */
  const pieces = [[]];
  let silent = 0;
  for (const { at, pitch } of points) {
    if (pitch === null) {
      silent += 1;
      continue;
    }
    if (silent > BRIDGED && pieces[pieces.length - 1].length) pieces.push([]);
    silent = 0;
    pieces[pieces.length - 1].push({ at, pitch });
  }
  return pieces.filter((piece) => piece.length >= LEAST_STROKE);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Array<{at: number, pitch: number}>} stroke
 * @param {(seconds: number) => number} x
 * @param {(pitch: number) => number} y
 */
function trace(context, stroke, x, y) {
  // The middle of three takes out a single slip.
  const places = stroke.map(({ at, pitch }, index) => {
    const [before, after] = [stroke[index - 1]?.pitch ?? pitch, stroke[index + 1]?.pitch ?? pitch];
    return [x(at), y(Math.max(Math.min(before, pitch), Math.min(Math.max(before, pitch), after)))];
  });
  context.moveTo(places[0][0], places[0][1]);
  for (let index = 1; index < places.length - 1; index += 1) {
    const [[across, up], [nextAcross, nextUp]] = [places[index], places[index + 1]];
    context.quadraticCurveTo(across, up, (across + nextAcross) / 2, (up + nextUp) / 2);
  }
  context.lineTo(places[places.length - 1][0], places[places.length - 1][1]);
}

/**
 * By the normalised square difference (McLeod and Wyvill, "A smarter way to find pitch", 2005).
 * @param {Float32Array} sound
 * @param {number} rate
 * @returns {number | null} MIDI number
 */
export function pitchOf(sound, rate) {
  let power = 0;
  for (const sample of sound) power += sample * sample;
  if (Math.sqrt(power / sound.length) < LOUD_RMS) return null;
  const most = Math.min(Math.ceil(rate / LOW_HZ), sound.length >> 1);
  const alike = new Float32Array(most + 1);
  // The sum of the squares that take part shrinks as the two copies move apart.
  let squares = 2 * power;
  alike[0] = 1;
  for (let lag = 1; lag <= most; lag += 1) {
    squares -= sound[lag - 1] ** 2 + sound[sound.length - lag] ** 2;
    let product = 0;
    for (let index = sound.length - lag - 1; index >= 0; index -= 1) product += sound[index] * sound[index + lag];
    alike[lag] = squares > 0 ? (2 * product) / squares : 0;
  }
  const lag = period(alike, Math.max(2, Math.floor(rate / HIGH_HZ)));
  return lag ? A4 + 12 * Math.log2(rate / lag / A4_HZ) : null;
}

/** @param {Float32Array} alike  likeness at each lag @param {number} least @returns {number} lag with its fraction; 0 for none */
function period(alike, least) {
  const tops = [];
  let lag = 1;
  while (lag < alike.length && alike[lag] > 0) lag += 1;
  for (let best = 0; lag < alike.length - 1; lag += 1) {
    if (alike[lag] > 0 && alike[lag] > (best ? alike[best] : 0) && alike[lag] >= alike[lag + 1] && alike[lag] >= alike[lag - 1]) best = lag;
    if (best && (alike[lag + 1] <= 0 || lag === alike.length - 2)) {
      tops.push(best);
      best = 0;
    }
  }
  const highest = Math.max(0, ...tops.map((top) => alike[top]));
  if (highest < CLEAR) return 0;
  const first = tops.find((top) => top >= least && alike[top] >= highest * NEARLY);
  if (!first) return 0;
  const [a, b, c] = [alike[first - 1], alike[first], alike[first + 1]];
  const bend = a - 2 * b + c;
  return bend < 0 ? first + (0.5 * (a - c)) / bend : first;
}
