/** Draws the map: ground, songs, and what moves above them. Positions come from the camera; nothing here changes state. */

import { clock } from "../format.js";
import { clusterColour } from "./colours.js";
import { QUARTERS } from "./songs.js";
import { Covers, Dots } from "./sprites.js";

/** @typedef {import("./camera.js").Camera} Camera */
/** @typedef {import("./songs.js").MapSongs} MapSongs */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {CanvasRenderingContext2D} Brush */

/** So many can be drawn for every frame of a movement. */
const FEW_THOUSAND = 3000;
/** So few songs in sight that their covers are shown. */
const FEW = 110;
/** Dots closer than this are thinned out: a little when the map rests, more while it moves. */
const THIN_PX = 4;
const THIN_MOVING_PX = 13;
/** Pixels of the screen for one of the ground. */
const COARSE = 8;
/** Hues of the quarters, in the order of `QUARTERS`. */
const QUARTER_HUES = [15, 85, 270, 165];

export class Painter {
  #dots = new Dots();
  #small = document.createElement("canvas");
  #covers;

  /** @param {() => void} redraw  called when a picture arrived */
  constructor(redraw) {
    this.#covers = new Covers(redraw);
  }

  /** Colours changed. */
  forget() {
    this.#dots.clear();
  }

  /**
   * @param {Brush} brush
   * @param {Camera} camera
   * @param {MapSongs} songs
   * @param {{hidden: Set<number>, selected: Set<number> | null, palette: Palette, ratio: number, moving: boolean}} state  `hidden`: places of clusters
   */
  songs(brush, camera, songs, { hidden, selected, palette, ratio, moving }) {
    brush.clearRect(0, 0, camera.width, camera.height);
    this.#ground(brush, camera, palette);
    middles(brush, camera, palette);
    /** @type {number[]} */
    const seen = [];
    songs.tree.visit(camera.box(), (moving && songs.size > FEW_THOUSAND ? THIN_MOVING_PX : THIN_PX) / Math.sqrt(camera.scaleX * camera.scaleY), (point) => seen.push(point), (point) => !hidden.has(songs.clusterOf(point)));
    const room = Math.sqrt((camera.width * camera.height) / Math.max(1, seen.length));
    const colours = songs.clusters.map((_, place) => clusterColour(place, palette.dark));
    const strength = (/** @type {number} */ point) => Math.min(1, Math.max(0, songs.points[point].confidence)) * (selected && !selected.has(point) ? 0.25 : 1);
    if (seen.length <= FEW) this.#drawCovers(brush, camera, songs, seen, Math.min(46, Math.max(22, room * 0.42)), colours, strength, palette);
    else {
      const radius = Math.min(8, Math.max(2.1, room * 0.17));
      for (const point of seen) {
        const dot = this.#dots.get(colours[songs.clusterOf(point)] ?? palette.quiet, radius, strength(point), ratio);
        const side = dot.width / ratio;
        brush.drawImage(dot, camera.screenX(songs.xs[point]) - side / 2, camera.screenY(songs.ys[point]) - side / 2, side, side);
      }
    }
    if (selected) for (const point of selected) ring(brush, camera.screenX(songs.xs[point]), camera.screenY(songs.ys[point]), seen.length <= FEW ? Math.min(46, Math.max(22, room * 0.42)) / 2 + 3 : 6, palette.text, 1.5);
    quarterNames(brush, camera, palette);
  }

  /** Soft colours need few pixels: they are drawn small and stretched. @param {Brush} brush @param {Camera} camera @param {Palette} palette */
  #ground(brush, camera, palette) {
    const small = this.#small;
    small.width = Math.ceil(camera.width / COARSE);
    small.height = Math.ceil(camera.height / COARSE);
    const fine = /** @type {Brush} */ (small.getContext("2d"));
    fine.scale(1 / COARSE, 1 / COARSE);
    tints(fine, camera, palette);
    brush.imageSmoothingEnabled = true;
    brush.drawImage(small, 0, 0, small.width * COARSE, small.height * COARSE);
  }

  /**
   * @param {Brush} brush @param {Camera} camera @param {MapSongs} songs @param {number[]} seen @param {number} side
   * @param {string[]} colours @param {(point: number) => number} strength @param {Palette} palette
   */
  #drawCovers(brush, camera, songs, seen, side, colours, strength, palette) {
    // The surest lie on top.
    const order = [...seen].sort((a, b) => songs.points[a].confidence - songs.points[b].confidence);
    for (const point of order) {
      const { track } = songs.points[point];
      const [x, y] = [camera.screenX(songs.xs[point]), camera.screenY(songs.ys[point])];
      const colour = colours[songs.clusterOf(point)] ?? palette.quiet;
      const picture = this.#covers.get(track.cover_url);
      brush.save();
      brush.beginPath();
      brush.arc(x, y, side / 2, 0, 2 * Math.PI);
      brush.fillStyle = palette.surface;
      brush.fill();
      brush.clip();
      brush.globalAlpha = 0.38 + 0.62 * strength(point);
      if (picture) brush.drawImage(picture, x - side / 2, y - side / 2, side, side);
      else {
        brush.fillStyle = colour;
        brush.fillRect(x - side / 2, y - side / 2, side, side);
      }
      brush.restore();
      brush.globalAlpha = 0.5 + 0.5 * strength(point);
      ring(brush, x, y, side / 2, colour, 2.5);
      brush.globalAlpha = 1;
    }
    titles(brush, camera, songs, order.reverse(), side, palette);
  }

  /**
   * A song's way through its parts; `current` is the part that sounds, -1 for none.
   * @param {Brush} brush @param {Camera} camera
   * @param {Array<[number, number, number]>} path  (start in seconds, valence, arousal)
   * @param {{colour: string, current: number, pulse: number, palette: Palette, faint?: boolean}} look  `pulse`: 0 to 1
   */
  path(brush, camera, path, { colour, current, pulse, palette, faint = false }) {
    const places = path.map(([, valence, arousal]) => /** @type {[number, number]} */ ([camera.screenX(valence), camera.screenY(arousal)]));
    if (!places.length) return;
    brush.save();
    brush.lineJoin = brush.lineCap = "round";
    if (current >= 0 && places[current]) {
      const [x, y] = places[current];
      const reach = 18 + 8 * pulse;
      const glow = brush.createRadialGradient(x, y, 2, x, y, reach);
      glow.addColorStop(0, colour);
      glow.addColorStop(1, colour.replace(")", " / 0)"));
      brush.globalAlpha = 0.75 - 0.3 * pulse;
      brush.fillStyle = glow;
      brush.beginPath();
      brush.arc(x, y, reach, 0, 2 * Math.PI);
      brush.fill();
    }
    brush.globalAlpha = faint ? 0.55 : 1;
    for (const [style, width] of /** @type {const} */ ([[palette.surface, 6], [colour, 2.5]])) {
      brush.strokeStyle = style;
      brush.lineWidth = width;
      brush.beginPath();
      curve(brush, places);
      brush.stroke();
    }
    for (const [index, [x, y]] of places.entries()) {
      brush.beginPath();
      brush.arc(x, y, index === current ? 6.5 : 4.5, 0, 2 * Math.PI);
      brush.fillStyle = index === current ? colour : palette.surface;
      brush.strokeStyle = colour;
      brush.lineWidth = 2;
      brush.fill();
      brush.stroke();
    }
    if (!faint && places.length <= 12) {
      brush.font = `600 10.5px ${palette.font}`;
      brush.textAlign = "center";
      for (const [index, [x, y]] of places.entries()) halo(brush, clock(path[index][0]), x, y - 11, palette.text, palette);
    }
    brush.restore();
  }

  /** @param {Brush} brush @param {Camera} camera @param {MapSongs} songs @param {number} point @param {string} colour @param {number} [radius] */
  mark(brush, camera, songs, point, colour, radius = 15) {
    ring(brush, camera.screenX(songs.xs[point]), camera.screenY(songs.ys[point]), radius, colour, 3);
  }

  /** The area that is being chosen. @param {Brush} brush @param {Array<[number, number]>} corners  pixels @param {Palette} palette */
  selection(brush, corners, palette) {
    if (corners.length < 2) return;
    brush.save();
    brush.beginPath();
    for (const [x, y] of corners) brush.lineTo(x, y);
    brush.closePath();
    brush.globalAlpha = 0.14;
    brush.fillStyle = palette.accent;
    brush.fill();
    brush.globalAlpha = 1;
    brush.strokeStyle = palette.accent;
    brush.lineWidth = 1.5;
    brush.setLineDash([6, 4]);
    brush.stroke();
    brush.restore();
  }
}

/** The four quarters as soft colours. @param {Brush} brush @param {Camera} camera @param {Palette} palette */
function tints(brush, camera, palette) {
  const [left, right, top, bottom] = [camera.screenX(0), camera.screenX(1), camera.screenY(1), camera.screenY(0)];
  const reach = Math.hypot(right - left, bottom - top) * 0.5;
  QUARTERS.forEach((quarter, index) => {
    const [x, y] = [camera.screenX(quarter.x), camera.screenY(quarter.y)];
    const tint = brush.createRadialGradient(x, y, 0, x, y, reach);
    const colour = `oklch(${palette.dark ? 55 : 82}% 0.1 ${QUARTER_HUES[index]}`;
    tint.addColorStop(0, `${colour} / ${palette.dark ? 0.3 : 0.5})`);
    tint.addColorStop(1, `${colour} / 0)`);
    brush.fillStyle = tint;
    brush.fillRect(0, 0, camera.width, camera.height);
  });
}

/** The middle of both axes. @param {Brush} brush @param {Camera} camera @param {Palette} palette */
function middles(brush, camera, palette) {
  brush.strokeStyle = palette.line;
  brush.lineWidth = 1;
  brush.setLineDash([2, 5]);
  brush.beginPath();
  brush.moveTo(camera.screenX(0.5), 0);
  brush.lineTo(camera.screenX(0.5), camera.height);
  brush.moveTo(0, camera.screenY(0.5));
  brush.lineTo(camera.width, camera.screenY(0.5));
  brush.stroke();
  brush.setLineDash([]);
}

/** Each quarter's name in its corner, as long as some of it is seen. @param {Brush} brush @param {Camera} camera @param {Palette} palette */
function quarterNames(brush, camera, palette) {
  const [middleX, middleY] = [camera.screenX(0.5), camera.screenY(0.5)];
  for (const { title, words, x, y } of QUARTERS) {
    const spaceX = x ? camera.width - middleX : middleX;
    const spaceY = y ? middleY : camera.height - middleY;
    if (spaceX < 130 || spaceY < 60) continue;
    const px = x ? camera.width - 16 : 16;
    const py = y ? 26 : camera.height - 30;
    brush.textAlign = x ? "right" : "left";
    brush.font = `650 15px ${palette.font}`;
    halo(brush, title, px, py, palette.text, palette);
    brush.font = `450 12px ${palette.font}`;
    halo(brush, words, px, py + 17, palette.quiet, palette);
  }
}

/** Titles below the covers, as far as none lies on another. @param {Brush} brush @param {Camera} camera @param {MapSongs} songs @param {number[]} order @param {number} side @param {Palette} palette */
function titles(brush, camera, songs, order, side, palette) {
  brush.font = `500 11.5px ${palette.font}`;
  brush.textAlign = "center";
  /** @type {Array<[number, number, number, number]>} */
  const taken = order.map((point) => {
    const [x, y] = [camera.screenX(songs.xs[point]), camera.screenY(songs.ys[point])];
    return [x - side / 2, y - side / 2, x + side / 2, y + side / 2];
  });
  for (const x of [0, 1]) for (const y of [0, 1]) taken.push([x ? camera.width - 190 : 0, y ? 0 : camera.height - 50, x ? camera.width : 190, y ? 50 : camera.height]);
  for (const point of order) {
    const { title } = songs.points[point].track;
    const text = title.length > 24 ? `${title.slice(0, 23).trimEnd()}…` : title;
    const half = brush.measureText(text).width / 2 + 3;
    const [x, y] = [camera.screenX(songs.xs[point]), camera.screenY(songs.ys[point]) + side / 2 + 14];
    const box = /** @type {[number, number, number, number]} */ ([x - half, y - 11, x + half, y + 3]);
    if (box[0] < 4 || box[2] > camera.width - 4 || taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    halo(brush, text, x, y, palette.quiet, palette);
  }
}

/** Text that can be read on anything. @param {Brush} brush @param {string} text @param {number} x @param {number} y @param {string} colour @param {Palette} palette */
function halo(brush, text, x, y, colour, palette) {
  brush.lineJoin = "round";
  brush.lineWidth = 4;
  brush.strokeStyle = palette.surface;
  brush.strokeText(text, x, y);
  brush.fillStyle = colour;
  brush.fillText(text, x, y);
}

/** @param {Brush} brush @param {number} x @param {number} y @param {number} radius @param {string} colour @param {number} width */
function ring(brush, x, y, radius, colour, width) {
  brush.beginPath();
  brush.arc(x, y, radius, 0, 2 * Math.PI);
  brush.strokeStyle = colour;
  brush.lineWidth = width;
  brush.stroke();
}

/** A smooth line through all places (Catmull and Rom 1974). @param {Brush} brush @param {Array<[number, number]>} places */
function curve(brush, places) {
  brush.moveTo(...places[0]);
  for (let at = 0; at < places.length - 1; at += 1) {
    const [before, from, to, after] = [places[at - 1] ?? places[at], places[at], places[at + 1], places[at + 2] ?? places[at + 1]];
    brush.bezierCurveTo(from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6, to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6, to[0], to[1]);
  }
}
