/**
 * What the server says about the emotional map, as columns.
 *
 * @typedef {{id: number, title: string, artist: string, album_id: number | null, cover_url: string | null}} MapTrack
 * @typedef {{track: MapTrack, valence: number, arousal: number, confidence: number, cluster: number, path: Array<[number, number, number]>}} MapPoint
 * @typedef {{id: number, name: string, count: number}} Cluster
 */

import { QuadTree } from "./quadtree.js";

/** Two songs of equal sound must not hide each other. */
const JITTER = 0.004;

export class MapSongs {
  /** @param {{clusters: Cluster[], points: MapPoint[]}} answer */
  constructor({ clusters = [], points = [] }) {
    this.clusters = clusters;
    this.points = points;
    this.xs = Float32Array.from(points, (point) => inside(point.valence + shake(point.track.id)));
    this.ys = Float32Array.from(points, (point) => inside(point.arousal + shake(point.track.id * 7 + 3)));
    this.tree = new QuadTree(this.xs, this.ys);
    this.byTrack = new Map(points.map((point, index) => [point.track.id, index]));
    this.clusterPlace = new Map(clusters.map((cluster, place) => [cluster.id, place]));
  }

  get size() {
    return this.points.length;
  }

  /** Place of a song's cluster in the list of clusters. @param {number} index */
  clusterOf(index) {
    return this.clusterPlace.get(this.points[index].cluster) ?? 0;
  }
}

/** @param {number} value */
function inside(value) {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0.5;
}

/** The same small step for the same number. @param {number} seed */
function shake(seed) {
  const mixed = Math.sin(seed * 12.9898) * 43_758.5453;
  return (mixed - Math.floor(mixed) - 0.5) * JITTER;
}

/** The four quarters of the map: what they are called, and where. */
export const QUARTERS = /** @type {const} */ ([
  { mood: "tense", title: "Tense", words: "energetic and dark", x: 0, y: 1 },
  { mood: "joyful", title: "Joyful", words: "energetic and bright", x: 1, y: 1 },
  { mood: "brooding", title: "Brooding", words: "calm and dark", x: 0, y: 0 },
  { mood: "peaceful", title: "Peaceful", words: "calm and bright", x: 1, y: 0 },
]);

/** A place on the map in words, weak where the middle is near. @param {number} valence @param {number} arousal */
export function placeInWords(valence, arousal) {
  return `${degree(arousal, "calm", "energetic")}, ${degree(valence, "dark", "bright")}`;
}

/** @param {number} value @param {string} low @param {string} high */
function degree(value, low, high) {
  const away = Math.abs(value - 0.5);
  const word = value < 0.5 ? low : high;
  if (away < 0.08) return `between ${low} and ${high}`;
  return away > 0.35 ? `very ${word}` : away > 0.2 ? word : `rather ${word}`;
}

/** How far a place can be trusted. @param {number} confidence */
export function trustInWords(confidence) {
  if (confidence < 0.4) return "Only a weak hint: bright or dark is hard to hear.";
  return confidence < 0.7 ? "Fairly sure" : "Quite sure";
}

/**
 * A song and those around it, nearest first.
 * @param {MapSongs} songs
 * @param {number} middle
 * @param {number} count
 * @param {(point: number) => boolean} wanted
 */
export function around(songs, middle, count, wanted) {
  const distance = (/** @type {number} */ point) => (songs.xs[point] - songs.xs[middle]) ** 2 + (songs.ys[point] - songs.ys[middle]) ** 2;
  return songs.points
    .map((_, point) => point)
    .filter((point) => point === middle || wanted(point))
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, count);
}

/**
 * An order in which each song lies near the one before, so that a region plays without leaps.
 * @param {MapSongs} songs
 * @param {number[]} chosen
 */
export function alongTheWay(songs, chosen) {
  const rest = new Set(chosen);
  /** @type {number[]} */
  const order = [];
  let at = chosen.reduce((best, one) => (best < 0 || songs.ys[one] < songs.ys[best] ? one : best), -1);
  while (at >= 0) {
    order.push(at);
    rest.delete(at);
    let next = -1;
    let nearest = Infinity;
    for (const one of rest) {
      const distance = (songs.xs[one] - songs.xs[at]) ** 2 + (songs.ys[one] - songs.ys[at]) ** 2;
      if (distance < nearest) [next, nearest] = [one, distance];
    }
    at = next;
  }
  return order;
}
