/** How a recording sounds, as the server heard it; asked for once. */

import { get } from "./api.js";

/**
 * @typedef {{value: number, confidence: number, percentile: number | null, weak: boolean}} AxisHeard
 * @typedef {{start_s: number, end_s: number, axes: Record<string, AxisHeard>, moods: string[]}} Part
 * @typedef {{analysed: boolean, tempo: {bpm: number, confidence: number, other_bpm: number | null} | null,
 *   key: {name: string, confidence: number, other: string | null} | null, loudness_lufs: number | null, dynamics_db: number | null,
 *   axes: Record<string, AxisHeard>, tags: Array<{name: string, percentile: number, probability: number}>,
 *   moods: Array<{name: string, places: Array<{start_s: number, end_s: number, fit: number}>}>, segments: Part[], path: Array<[number, number, number]>, models: string[]}} TrackSound
 */

const MOST_KEPT = 50;
/** @type {Map<number, Promise<TrackSound | null>>} */
const kept = new Map();

/** @param {number} trackId @returns {Promise<TrackSound | null>} null when nothing is known */
export function soundOf(trackId) {
  const known = kept.get(trackId);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.delete(/** @type {number} */ (kept.keys().next().value));
  const asked = get(`/api/tracks/${trackId}/sound`).catch(() => null);
  kept.set(trackId, asked);
  // What was not heard yet will be.
  void asked.then((sound) => !sound?.analysed && kept.delete(trackId));
  return asked;
}

/** The quarter of the map that a part of a song lies in, and how clearly. @param {TrackSound} sound @param {number} index */
export function quarterOf({ path, segments }, index) {
  const [, valenceHere, energyHere] = path[index] ?? [0, segments[index].axes.valence?.value ?? 0.5, segments[index].axes.energy?.value ?? 0.5];
  const [energy, valence] = [energyHere - 0.5, valenceHere - 0.5];
  const mood = energy >= 0 ? (valence >= 0 ? "joyful" : "tense") : valence >= 0 ? "peaceful" : "brooding";
  return { mood, clarity: Math.min(1, Math.hypot(energy, valence) * 2.2) };
}
