/**
 * What the server says about a hum, in one shape whatever way it came.
 *
 * @typedef {import("../store.js").Track} Track
 * @typedef {"found" | "ambiguous" | "again"} HumOutcome
 * @typedef {{onset_s: number, duration_s: number, pitch: number}} HumNote  `pitch`: MIDI number with fraction.
 * @typedef {{title: string, artist: string, track: Track | null, probability: number, start_s: number, end_s: number}} HumHit
 *   `start_s` to `end_s`: the part of the tune that was hummed.
 * @typedef {{outcome: HumOutcome, problem: string, message: string, nextStep: string, kind: "voice" | "whistle",
 *   frame_s: number, pitch: Array<number | null>, notes: HumNote[], hits: HumHit[], searched: number,
 *   waiting: number, hum_id: number | null, picked: Track | null}} Hum
 *   `pitch`: every `frame_s` a MIDI number, null where nothing sounds; `hits`: only those that may be shown as answers;
 *   `picked`: what a person said it is.
 */

const MAX_FRAMES = 5000;
const MAX_NOTES = 400;
const MAX_HITS = 3;
const FRAME_S = 0.016;
/** MIDI numbers of what can be heard; anything else is a mistake. */
const PITCHES = /** @type {const} */ ([12, 127]);

/** @param {any} data @returns {Hum | null} null when it was no hum */
export function readHum(data) {
  if (!data || typeof data !== "object") return null;
  const hits = list(data.hits).flatMap(readHit);
  const outcome = readOutcome(data.outcome, hits.length);
  const offered = outcome === "again" ? 0 : outcome === "found" ? 1 : Math.min(MAX_HITS, Math.max(2, number(data.offered, 2)));
  return {
    outcome,
    problem: String(data.problem ?? ""),
    message: String(data.message ?? ""),
    nextStep: String(data.next_step ?? ""),
    kind: data.kind === "whistle" ? "whistle" : "voice",
    frame_s: Math.min(0.1, Math.max(0.001, number(data.contour?.frame_s, FRAME_S))),
    pitch: list(data.contour?.pitch).slice(0, MAX_FRAMES).map(readPitch),
    notes: list(data.notes).slice(0, MAX_NOTES).flatMap(readNote),
    hits: hits.slice(0, offered),
    searched: Math.max(0, number(data.searched, 0)),
    waiting: Math.max(0, number(data.waiting, 0)),
    hum_id: Number.isInteger(data.hum_id) ? data.hum_id : null,
    picked: null,
  };
}

/** Nothing is named that is not there. @param {any} outcome @param {number} count @returns {HumOutcome} */
function readOutcome(outcome, count) {
  if (outcome === "found" && count >= 1) return "found";
  return outcome === "ambiguous" && count >= 2 ? "ambiguous" : "again";
}

/** @param {any} hit @returns {HumHit[]} */
function readHit(hit) {
  const track = Number.isInteger(hit?.track?.id) && typeof hit.track.title === "string" ? hit.track : null;
  const title = String(track?.title ?? hit?.title ?? "");
  const start = Math.max(0, number(hit?.start_s, 0));
  if (!title) return [];
  return [{ title, artist: String(track?.artist ?? hit?.artist ?? ""), track, probability: Math.min(1, Math.max(0, number(hit?.probability, 0))), start_s: start, end_s: Math.max(start, number(hit?.end_s, start)) }];
}

/** @param {any} value */
function readPitch(value) {
  return Number.isFinite(value) && value >= PITCHES[0] && value <= PITCHES[1] ? Number(value) : null;
}

/** @param {any} note @returns {HumNote[]} */
function readNote(note) {
  const pitch = readPitch(note?.pitch);
  const [onset, duration] = [number(note?.onset_s, -1), number(note?.duration_s, 0)];
  return pitch === null || onset < 0 || duration <= 0 ? [] : [{ onset_s: onset, duration_s: duration, pitch }];
}

/** @param {any} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : []);
/** @param {any} value @param {number} otherwise */
const number = (value, otherwise) => (Number.isFinite(value) ? Number(value) : otherwise);
