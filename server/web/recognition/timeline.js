/**
 * What plays when in a long recording: the server listens through it, and is asked how far it is.
 *
 * @typedef {import("./answer.js").Track} Track
 * @typedef {{start_s: number, end_s: number, track: Track | null, title: string, artist: string,
 *   certainty: import("./answer.js").Certainty, position_s: number, speed: number, pitch: number}} Part
 * @typedef {{duration_s: number, parts: Part[]}} Timeline
 */

import { ApiError, get, remove, request } from "../api.js";
import { readAnswer } from "./answer.js";
import { whereabouts } from "./device.js";

const POLL_MS = 700;
/** A shorter gap is a pause between two songs, not a song. */
const LEAST_GAP_S = 10;

/**
 * @param {File} file
 * @param {(share: number) => void} onprogress  0 to 1
 * @param {AbortSignal} signal  when it is aborted, the server is told to stop as well
 * @returns {Promise<Timeline>}
 */
export async function readTimeline(file, onprogress, signal) {
  const where = new URLSearchParams({ name: file.name.slice(0, 200), ...whereabouts() });
  let job = await request(`/api/timeline?${where}`, { method: "POST", body: file, signal });
  const { id } = job;
  signal.addEventListener("abort", () => void remove(`/api/timeline/${encodeURIComponent(id)}`).catch(() => undefined));
  while (job.state === "running" || job.state === "waiting") {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    signal.throwIfAborted();
    job = await get(`/api/timeline/${encodeURIComponent(id)}`, signal);
    if (job.total_s) onprogress(Math.min(1, job.done_s / job.total_s));
  }
  if (job.state !== "done") throw new ApiError("timeline_failed", job.problem || "The file could not be read to its end.", "Try another file.", 0);
  return withGaps(job);
}

/** Every second belongs to a part: what is between two known ones is unknown. @param {any} job @returns {Timeline} */
export function withGaps(job) {
  const known = (job.entries ?? [])
    .map((/** @type {any} */ entry) => ({ ...readAnswer(entry), start_s: Number(entry.start_s) || 0, end_s: Number(entry.end_s) || 0 }))
    .filter((/** @type {Part} */ part) => part.end_s > part.start_s && part.certainty !== "unknown" && part.title)
    .sort((/** @type {Part} */ a, /** @type {Part} */ b) => a.start_s - b.start_s);
  const duration = Math.max(Number(job.total_s) || Number(job.done_s) || 0, known.at(-1)?.end_s ?? 0);
  /** @type {Part[]} */
  const parts = [];
  let at = 0;
  for (const part of known) {
    if (part.start_s - at >= LEAST_GAP_S) parts.push(unknownPart(at, part.start_s));
    parts.push(part);
    at = Math.max(at, part.end_s);
  }
  if (duration - at >= LEAST_GAP_S) parts.push(unknownPart(at, duration));
  return { duration_s: duration, parts };
}

/** @param {number} start @param {number} end @returns {Part} */
function unknownPart(start, end) {
  return { start_s: start, end_s: end, track: null, title: "", artist: "", certainty: "unknown", position_s: 0, speed: 1, pitch: 0 };
}
