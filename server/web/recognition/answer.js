/**
 * What the server says about a clip, in one shape whatever way it came.
 *
 * @typedef {import("../store.js").Track} Track
 * @typedef {"certain" | "likely" | "unknown"} Certainty
 * @typedef {[number, number, boolean]} Peak  Seconds from the beginning of the clip, hertz, whether it fits the match.
 * @typedef {{track: Track, probability: number}} Alternative
 * @typedef {import("./hum.js").Hum} Hum
 * @typedef {{certainty: Certainty, probability: number, track: Track | null, title: string, artist: string,
 *   position_s: number, clip_s: number, speed: number, pitch: number, reason: string, heard_id: number | null, heard_before: number,
 *   version_of: Track | null, alternatives: Alternative[], peaks: Peak[], told: boolean, hum: Hum | null}} Answer
 *   `position_s`: where in the recording it was, and of something that still sounds, where it is. `told`: a person said so.
 *   `hum`: it was no recording, but somebody who hummed, whistled or sang it.
 */

import { readHum } from "./hum.js";

const MAX_PEAKS = 3000;

/**
 * @param {any} data
 * @param {{live?: boolean}} [options]  `live`: the clip has only just ended
 * @returns {Answer}
 */
export function readAnswer(data, { live = false } = {}) {
  const track = isTrack(data?.track) ? data.track : null;
  const certainty = data?.certainty === "certain" || data?.certainty === "likely" ? data.certainty : "unknown";
  const speed = number(data?.speed, 1);
  return {
    certainty,
    track,
    probability: share(data?.probability),
    title: String(track?.title ?? data?.title ?? data?.named ?? ""),
    artist: String(track?.artist ?? data?.artist ?? ""),
    position_s: Math.max(0, number(data?.offset_s, 0) + (live ? number(data?.clip_s, 0) * speed : 0)),
    clip_s: number(data?.clip_s, 0),
    speed,
    pitch: number(data?.pitch, 0),
    reason: String(data?.reason ?? ""),
    heard_id: Number.isInteger(data?.heard_id) ? data.heard_id : null,
    heard_before: number(data?.heard_before, 0),
    version_of: isTrack(data?.version_of) ? data.version_of : null,
    alternatives: list(data?.alternatives).flatMap(alternative),
    peaks: readPeaks(data),
    told: false,
    hum: readHum(data?.hum),
  };
}

/** Rows of [seconds, hertz, fits], or those columns apart. @param {any} data @returns {Peak[]} */
export function readPeaks(data) {
  const rows = list(data?.peaks ?? data?.picture?.peaks);
  const matched = list(data?.matched ?? data?.picture?.matched);
  return rows
    .slice(0, MAX_PEAKS)
    .map((row, index) => /** @type {Peak} */ ([number(row?.[0], -1), number(row?.[1], 0), Boolean(row?.[2] ?? matched[index])]))
    .filter(([at, hertz]) => at >= 0 && hertz > 0);
}

/** @param {any} item */
function alternative(item) {
  const track = Array.isArray(item) ? item[0] : (item?.track ?? item);
  const probability = share(Array.isArray(item) ? item[1] : item?.probability);
  return isTrack(track) ? [{ track, probability }] : [];
}

/** @param {any} item */
const isTrack = (item) => Number.isInteger(item?.id) && typeof item?.title === "string";
/** @param {any} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : []);
/** @param {any} value @param {number} otherwise */
const number = (value, otherwise) => (Number.isFinite(value) ? Number(value) : otherwise);
/** @param {any} value */
const share = (value) => Math.min(1, Math.max(0, number(value, 0)));
