import { fill } from "../dom.js";
import { noteName, pictureInWords } from "../recognition/hum_words.js";
import { s } from "../plots/svg.js";
import { Component } from "./component.js";

/** @typedef {import("../recognition/hum.js").Hum} Hum */
/** @typedef {{x: (seconds: number) => number, y: (pitch: number) => number, lane: number}} Scale  `lane`: a semitone in pixels */

const BLACK_KEYS = new Set([1, 3, 6, 8, 10]);
/** A hum of two notes must not look like a leap. */
const LEAST_SEMITONES = 13;
const ROOM_SEMITONES = 2;
const ROOM_S = 0.15;
const LEAST_S = 2;
const LABEL_PX = 34;
/** A shorter gap is a consonant or a lost frame; the line goes on over it. */
const BRIDGED_S = 0.08;
const LEAST_STROKE_S = 0.06;
/** Frames on each side that smooth the line. */
const SMOOTH = 2;
const PX_PER_POINT = 3;

/** A hum as a line over its notes, like a roll of a player piano. */
export class HumPicture extends Component {
  /** @type {Hum | null} */
  #hum = null;
  #drawn = "";

  start() {
    const resized = new ResizeObserver(() => this.#draw());
    resized.observe(this);
    this.life.addEventListener("abort", () => resized.disconnect());
    this.#draw();
  }

  /** @param {Hum} hum */
  set hum(hum) {
    this.#hum = hum;
    this.#drawn = "";
    if (this.alive) this.#draw();
  }

  #draw() {
    const [width, height] = [this.clientWidth, this.clientHeight];
    const hum = this.#hum;
    if (!hum || !width || !height || this.#drawn === `${width} ${height}`) return;
    this.#drawn = `${width} ${height}`;
    const { from, to, low, high } = bounds(hum);
    const lane = height / (high - low + 1);
    /** @type {Scale} */
    const scale = {
      x: (seconds) => LABEL_PX + ((seconds - from) / (to - from)) * (width - LABEL_PX),
      y: (pitch) => (high - pitch + 0.5) * lane,
      lane,
    };
    const path = strokes(hum).map((points) => smooth(points, scale)).join("");
    fill(
      this,
      s(
        "svg",
        { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": pictureInWords(hum) },
        s("g", { "aria-hidden": "true" }, ...lanes(low, high, width, scale)),
        s("g", { class: "hum-notes" }, ...hum.notes.map((note) => bar(note, scale))),
        s("g", { class: "hum-line" }, s("path", { class: "hum-glow", d: path }), s("path", { class: "hum-stroke", d: path })),
      ),
    );
  }
}

customElements.define("refrain-hum-picture", HumPicture);

/** @param {Hum} hum */
export function humPicture(hum) {
  const picture = /** @type {HumPicture} */ (document.createElement("refrain-hum-picture"));
  picture.hum = hum;
  return picture;
}

/** Whether there is anything to be drawn. @param {Hum} hum */
export function hasPicture(hum) {
  return hum.notes.length > 0 || strokes(hum).length > 0;
}

/** What is in sight: seconds and whole semitones. @param {Hum} hum */
function bounds(hum) {
  const pitches = hum.pitch.filter((pitch) => pitch !== null);
  for (const note of hum.notes) pitches.push(note.pitch);
  const lowest = pitches.reduce((least, pitch) => Math.min(least, pitch), Infinity);
  const highest = pitches.reduce((most, pitch) => Math.max(most, pitch), -Infinity);
  const more = Math.max(0, LEAST_SEMITONES - 2 * ROOM_SEMITONES - (highest - lowest)) / 2;
  const first = hum.pitch.findIndex((pitch) => pitch !== null);
  const last = hum.pitch.findLastIndex((pitch) => pitch !== null);
  const ends = hum.notes.map((note) => note.onset_s + note.duration_s);
  const begins = Math.min(first < 0 ? Infinity : first * hum.frame_s, hum.notes[0]?.onset_s ?? Infinity);
  const stops = Math.max((last + 1) * hum.frame_s, ...ends);
  const from = begins - ROOM_S;
  return { from, to: Math.max(stops + ROOM_S, from + LEAST_S), low: Math.floor(lowest - more) - ROOM_SEMITONES, high: Math.ceil(highest + more) + ROOM_SEMITONES };
}

/** Each semitone as a lane, the black keys darker, each C with its name. @param {number} low @param {number} high @param {number} width @param {Scale} scale */
function lanes(low, high, width, { y, lane }) {
  const made = [];
  for (let pitch = low; pitch <= high; pitch += 1) {
    const key = ((pitch % 12) + 12) % 12;
    if (BLACK_KEYS.has(key)) made.push(s("rect", { class: "hum-lane", x: 0, y: (y(pitch) - lane / 2).toFixed(1), width, height: lane.toFixed(1) }));
    if (key !== 0 && key !== 5) continue;
    const edge = (y(pitch) + lane / 2).toFixed(1);
    made.push(s("line", { class: "hum-edge", x1: 0, x2: width, y1: edge, y2: edge }));
    if (key === 0) made.push(s("text", { class: "hum-name", x: 8, y: (y(pitch) + 4).toFixed(1) }, noteName(pitch)));
  }
  return made;
}

/** @param {import("../recognition/hum.js").HumNote} note @param {Scale} scale */
function bar(note, { x, y, lane }) {
  const tall = Math.min(18, Math.max(5, lane * 1.1));
  const wide = Math.max(4, x(note.onset_s + note.duration_s) - x(note.onset_s) - 1);
  return s("rect", { class: "hum-note", x: x(note.onset_s).toFixed(1), y: (y(note.pitch) - tall / 2).toFixed(1), width: wide.toFixed(1), height: tall.toFixed(1), rx: Math.min(5, tall / 2) });
}

/** The line in pieces, as pairs of seconds and pitch. @param {Hum} hum @returns {Array<Array<[number, number]>>} */
function strokes(hum) {
  /** @type {Array<Array<[number, number]>>} */
  const pieces = [];
  /** @type {Array<[number, number]>} */
  let piece = [];
  hum.pitch.forEach((pitch, index) => {
    if (pitch === null) return;
    const at = (index + 0.5) * hum.frame_s;
    const before = piece.at(-1);
    if (before && at - before[0] > BRIDGED_S + hum.frame_s) {
      pieces.push(piece);
      piece = [];
    }
    piece.push([at, pitch]);
  });
  pieces.push(piece);
  return pieces.filter((points) => points.length > 1 && points[points.length - 1][0] - points[0][0] >= LEAST_STROKE_S).map(even);
}

/** The median of a few neighbours takes out single slips, their mean the corners. @param {Array<[number, number]>} points @returns {Array<[number, number]>} */
function even(points) {
  const around = (/** @type {Array<[number, number]>} */ all, /** @type {number} */ index) => all.slice(Math.max(0, index - SMOOTH), index + SMOOTH + 1).map(([, pitch]) => pitch);
  const clean = points.map(([at], index) => /** @type {[number, number]} */ ([at, middle(around(points, index))]));
  return clean.map(([at], index) => {
    const near = around(clean, index);
    return [at, near.reduce((sum, pitch) => sum + pitch, 0) / near.length];
  });
}

/** @param {number[]} values */
function middle(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

/** A path through the middles between the points, bent at the points. @param {Array<[number, number]>} points @param {Scale} scale */
function smooth(points, { x, y }) {
  const places = points.map(([at, pitch]) => /** @type {[number, number]} */ ([x(at), y(pitch)]));
  const kept = places.filter(([across], index) => index === 0 || index === places.length - 1 || Math.floor(across / PX_PER_POINT) !== Math.floor(places[index - 1][0] / PX_PER_POINT));
  const at = (/** @type {[number, number]} */ place) => place.map((value) => value.toFixed(1)).join(" ");
  let path = `M${at(kept[0])}`;
  for (let index = 1; index < kept.length - 1; index += 1) {
    const next = kept[index + 1];
    path += `Q${at(kept[index])} ${at([(kept[index][0] + next[0]) / 2, (kept[index][1] + next[1]) / 2])}`;
  }
  return `${path}L${at(kept[kept.length - 1])}`;
}
