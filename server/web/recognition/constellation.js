/** The peaks of a clip as points: those that fit the match light up, and near ones are joined by lines. */

import { height } from "./spectrum.js";

/** @typedef {import("./answer.js").Peak} Peak */
/** @typedef {{at: number, hertz: number, fits: boolean, since: number}} Point  `since`: when it lit up, milliseconds. */
/** @typedef {{x: (seconds: number) => number, y: (share: number) => number, scale: number}} View */

const FLASH_MS = 700;
const STAGGER_MS_PER_S = 90;
const MAX_LINES = 400;
const LINE_S = /** @type {const} */ ([0.08, 0.8]);
const LINE_HEIGHT = 0.16;

export class Constellation {
  /** @type {Map<string, Point>} */
  #points = new Map();
  /** @type {Array<[Point, Point]>} */
  #lines = [];
  fitting = 0;

  get size() {
    return this.#points.size;
  }

  /** When the last point is, seconds. */
  get end() {
    return Math.max(0, ...[...this.#points.values()].map((point) => point.at));
  }

  clear() {
    this.#points.clear();
    this.#lines = [];
    this.fitting = 0;
  }

  /** All peaks known by now; those known before keep their light. @param {Peak[]} peaks @param {number} now  milliseconds */
  show(peaks, now) {
    /** @type {Map<string, Point>} */
    const next = new Map();
    for (const [at, hertz, fits] of peaks) {
      const key = `${Math.round(at * 50)} ${Math.round(height(hertz) * 200)}`;
      const known = this.#points.get(key);
      const since = fits ? (known?.fits ? known.since : now + at * STAGGER_MS_PER_S) : now;
      next.set(key, { at, hertz, fits, since });
    }
    this.#points = next;
    const lit = [...next.values()].filter((point) => point.fits).sort((a, b) => a.at - b.at);
    this.fitting = lit.length;
    this.#lines = join(lit);
  }

  /** Whether something still changes by itself. @param {number} now */
  moving(now) {
    for (const point of this.#points.values()) if (point.fits && now - point.since < FLASH_MS) return true;
    return false;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   * @param {{point: string, hit: string}} colours
   * @param {number} now
   */
  draw(context, { x, y, scale }, colours, now) {
    context.lineWidth = 1.1 * scale;
    context.strokeStyle = colours.hit;
    for (const [from, to] of this.#lines) {
      const light = Math.min(lightOf(from, now), lightOf(to, now));
      if (light <= 0) continue;
      context.globalAlpha = 0.45 * Math.min(1, light);
      context.beginPath();
      context.moveTo(x(from.at), y(height(from.hertz)));
      context.lineTo(x(to.at), y(height(to.hertz)));
      context.stroke();
    }
    for (const point of this.#points.values()) {
      const light = point.fits ? lightOf(point, now) : 0;
      this.#dot(context, x(point.at), y(height(point.hertz)), light, scale, colours);
    }
    context.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} x
   * @param {number} y
   * @param {number} light  0 dark, 1 lit, up to 2 while it flashes
   * @param {number} scale
   * @param {{point: string, hit: string}} colours
   */
  #dot(context, x, y, light, scale, colours) {
    const disc = (/** @type {number} */ radius, /** @type {number} */ alpha) => {
      context.globalAlpha = alpha;
      context.beginPath();
      context.arc(x, y, radius * scale, 0, 2 * Math.PI);
      context.fill();
    };
    context.fillStyle = light > 0 ? colours.hit : colours.point;
    if (light <= 0) return disc(1.7, 0.5);
    const flash = Math.max(0, light - 1);
    disc(6 + 9 * flash, 0.16 * Math.min(1, light) + 0.1 * flash);
    return disc(2.5 + 1.6 * flash, Math.min(1, light));
  }
}

/** @param {Point} point @param {number} now */
function lightOf(point, now) {
  const age = now - point.since;
  if (age <= 0) return 0;
  return age < FLASH_MS ? 1 + (1 - age / FLASH_MS) : 1;
}

/** Each lit point with the next one or two near it. @param {Point[]} lit @returns {Array<[Point, Point]>} */
function join(lit) {
  /** @type {Array<[Point, Point]>} */
  const lines = [];
  for (const [index, from] of lit.entries()) {
    let joined = 0;
    for (let next = index + 1; next < lit.length && joined < 2; next += 1) {
      const apart = lit[next].at - from.at;
      if (apart > LINE_S[1]) break;
      if (apart < LINE_S[0] || Math.abs(height(lit[next].hertz) - height(from.hertz)) > LINE_HEIGHT) continue;
      lines.push([from, lit[next]]);
      joined += 1;
    }
    if (lines.length >= MAX_LINES) break;
  }
  return lines;
}
