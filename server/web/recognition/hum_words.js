/** Words for a hum and for the tune that it may be. */

import { clock, counted } from "../format.js";
import { sureness } from "./words.js";

/** @typedef {import("./hum.js").Hum} Hum */
/** @typedef {import("./hum.js").HumHit} HumHit */

const NOTES = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];
/** @type {Record<string, {title: string, text: string}>} */
const PROBLEMS = {
  silent: { title: "There was nothing to hear", text: "Hum closer to the microphone, or a little louder." },
  too_short: { title: "That was too short", text: "Hum eight seconds or so; a whole line of the song is best." },
  speech: { title: "That sounded like talking", text: "Hum only the tune, without words: on “la”, or whistle it." },
  no_tune: { title: "I could not follow one tune", text: "Hum it alone, where it is quiet, with nothing else playing." },
};
const NONE = { title: "I can’t tell which tune that is", text: "Hum a longer piece of it; the part that everybody knows is best." };
const EMPTY = { title: "There are no tunes yet to compare it with", text: "They are learned from your music by themselves, song by song." };

/** "A3" for 57. @param {number} pitch  MIDI number */
export function noteName(pitch) {
  const nearest = Math.round(pitch);
  return `${NOTES[((nearest % 12) + 12) % 12]}${Math.floor(nearest / 12) - 1}`;
}

/** @param {Hum} hum */
export function youDid(hum) {
  return hum.kind === "whistle" ? "You whistled" : "You hummed";
}

/** "14 notes in 8 seconds". @param {Hum} hum */
export function extent(hum) {
  const seconds = Math.max(1, Math.round(soundingS(hum)));
  return hum.notes.length ? `${counted(hum.notes.length, "note")} in ${counted(seconds, "second")}` : counted(seconds, "second");
}

/** The picture for those who do not see it. @param {Hum} hum */
export function pictureInWords(hum) {
  const pitches = hum.notes.length ? hum.notes.map((note) => note.pitch) : hum.pitch.filter((pitch) => pitch !== null);
  if (!pitches.length) return "Nothing could be followed";
  const [low, high] = [Math.min(...pitches), Math.max(...pitches)];
  return `The line that ${youDid(hum).toLowerCase()}: ${extent(hum)}, between ${noteName(low)} and ${noteName(high)}`;
}

/** From the first to the last thing that sounds, seconds. @param {Hum} hum */
export function soundingS(hum) {
  const first = hum.pitch.findIndex((pitch) => pitch !== null);
  const last = hum.pitch.findLastIndex((pitch) => pitch !== null);
  if (first >= 0) return (last - first + 1) * hum.frame_s;
  const end = hum.notes.at(-1);
  return end ? end.onset_s + end.duration_s - hum.notes[0].onset_s : 0;
}

/** Where in the song it is: "0:42 to 0:50 in it". @param {HumHit} hit */
export function whereIn(hit) {
  const [start, end] = [Math.round(hit.start_s), Math.round(hit.end_s)];
  if (end <= start) return start < 1 ? "Its beginning" : `${clock(start)} into it`;
  return `${clock(start)} to ${clock(end)} in it`;
}

/** @param {HumHit} hit */
export function hitFacts(hit) {
  return [whereIn(hit), sureness(hit.probability)];
}

/** Why nothing is named, and what helps. @param {Hum} hum @returns {{title: string, text: string}} */
export function notFound(hum) {
  const known = PROBLEMS[hum.problem] ?? (hum.problem ? { title: hum.message, text: "" } : hum.searched ? NONE : EMPTY);
  return { title: known.title || NONE.title, text: hum.nextStep || known.text };
}

/** How far the library is. @param {Hum} hum */
export function stillWaiting({ waiting }) {
  if (!waiting) return "";
  return waiting === 1 ? "The tune of one song is still to be learned." : `The tunes of ${waiting.toLocaleString("en")} songs are still to be learned.`;
}

/** Everything in one sentence, for ears. @param {Hum} hum */
export function spokenHum(hum) {
  const by = (/** @type {{title: string, artist: string}} */ { title, artist }) => `${title}${artist ? ` by ${artist}` : ""}`;
  if (hum.picked) return `Thank you. It is ${by(hum.picked)}.`;
  if (hum.outcome === "found") return `That sounds like ${[by(hum.hits[0]), ...hitFacts(hum.hits[0])].join(", ")}.`;
  if (hum.outcome === "ambiguous") return `Did you mean ${hum.hits.map(by).join(", or ")}?`;
  const { title, text } = notFound(hum);
  return [title, text, stillWaiting(hum)].filter(Boolean).map(sentence).join(" ");
}

/** @param {string} text */
function sentence(text) {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
