/** Honest words for what was heard: nothing is named as a fact that is not one. */

import { clock } from "../format.js";

/** @typedef {import("./answer.js").Answer} Answer */

const LEAST_SPEED = 0.008;
const LEAST_SEMITONES = 0.35;
const TOP_PERCENT = 99;

/** The line above the title. @param {Answer} answer */
export function verdict(answer) {
  if (answer.told) return "You say that it is";
  if (answer.certainty === "certain") return "This is";
  if (answer.certainty === "likely") return "Probably";
  return "";
}

/** @param {Answer} answer @returns {{title: string, text: string}} */
export function notKnown(answer) {
  if (answer.reason === "silent") return { title: "There was nothing to hear", text: "It was too quiet. Hold the microphone closer to the sound, or turn the music up." };
  if (answer.reason === "too_short") return { title: "That was too short", text: "A few seconds are needed to tell one recording from another." };
  return { title: "I don’t know this one", text: "It is not in your library, or the sound was too unclear to be sure. Nothing is guessed." };
}

/** "97 % sure", never more than 99. @param {number} probability */
export function sureness(probability) {
  const percent = Math.round(probability * 100);
  return percent > TOP_PERCENT ? `more than ${TOP_PERCENT} % sure` : `${percent} % sure`;
}

/** "1:32 into it". @param {{position_s: number}} answer */
export function position({ position_s: at }) {
  return at < 1 ? "at its beginning" : `${clock(Math.round(at))} into it`;
}

/** What was changed in it: "2 % faster than your recording, a semitone higher". @param {{speed: number, pitch: number}} answer */
export function changes({ speed, pitch }) {
  const found = [];
  const faster = speed - 1;
  if (Math.abs(faster) >= LEAST_SPEED) found.push(`${amount(Math.abs(faster) * 100)} % ${faster > 0 ? "faster" : "slower"} than your recording`);
  // A record that turns too fast is higher as well; only what goes beyond that is worth a word.
  const along = 12 * Math.log2(Math.max(0.1, speed));
  if (Math.abs(pitch) >= LEAST_SEMITONES && Math.abs(pitch - along) >= LEAST_SEMITONES) found.push(`${semitones(Math.abs(pitch))} ${pitch > 0 ? "higher" : "lower"}`);
  return found.join(", ");
}

/** @param {number} value */
function amount(value) {
  return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

/** @param {number} count */
function semitones(count) {
  if (count < 0.75) return "half a semitone";
  const whole = Math.round(count);
  return whole === 1 ? "a semitone" : `${whole} semitones`;
}

/** Where in it, what was changed, how sure. @param {Answer} answer */
export function facts(answer) {
  if (answer.told) return [];
  return [position(answer), changes(answer), sureness(answer.probability)].filter(Boolean);
}

/** Everything in one sentence, for ears. @param {Answer} answer */
export function spoken(answer) {
  const lead = verdict(answer);
  if (!lead) {
    const { title, text } = notKnown(answer);
    const version = answer.version_of ? ` It sounds like a version of ${answer.version_of.title} by ${answer.version_of.artist}.` : "";
    return `${title}. ${text}${version}`;
  }
  const by = answer.artist ? ` by ${answer.artist}` : "";
  return `${[`${lead} ${answer.title}${by}`, ...facts(answer)].join(", ")}.`;
}

/** Where a clip came from, in words. @type {Record<string, string>} */
export const SOURCES = { microphone: "microphone", ring: "last minutes", upload: "file", file: "file", url: "link", stream: "stream" };
