/** How the person wants to talk with Refrain; remembered by this browser. */

import { remembered, store } from "../store.js";

/** @typedef {"voice" | "text"} Answers */

const CHANGED = new EventTarget();

/** @param {() => void} listener @param {AbortSignal} [signal] */
export function onChoice(listener, signal) {
  CHANGED.addEventListener("change", listener, { signal });
}

/** @param {string} key @param {string | null} value */
function choose(key, value) {
  remembered(key, value);
  CHANGED.dispatchEvent(new Event("change"));
}

/** How spoken requests are answered. @returns {Answers} */
export const answers = () => (remembered("answers") === "text" ? "text" : "voice");

/** @param {Answers} value */
export const setAnswers = (value) => choose("answers", value === "text" ? "text" : null);

/** Whether typed requests are answered aloud as well. */
export const speaksAlways = () => answers() === "voice" && remembered("speak_always") === "yes";

/** @param {boolean} on */
export const setSpeaksAlways = (on) => choose("speak_always", on ? "yes" : null);

/** Whether "pause", "next" and the like are answered with a short sound instead of words. */
export const earconsInstead = () => (remembered("earcons") ?? (store.state.speech?.earcons ? "yes" : "no")) === "yes";

/** @param {boolean} on */
export const setEarconsInstead = (on) => choose("earcons", on ? "yes" : "no");

/** Loudness of the voice, 0 to 100. */
export function voiceVolume() {
  const kept = remembered("voice_volume");
  const value = kept === null ? 100 : Number(kept);
  return Number.isFinite(value) ? Math.min(100, Math.max(0, value)) : 100;
}

/** @param {number} percent */
export const setVoiceVolume = (percent) => choose("voice_volume", percent >= 100 ? null : String(Math.round(percent)));
