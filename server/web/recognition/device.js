/** Where this browser stands, in the person's own words: "kitchen". It goes with what is heard here. */

import { output } from "../player/output.js";
import { remembered } from "../store.js";

export const MAX_PLACE = 40;

export function placeName() {
  return remembered("place") ?? "";
}

/** @param {string} name */
export function setPlaceName(name) {
  const text = name.trim().slice(0, MAX_PLACE);
  remembered("place", text || null);
  return text;
}

/** What every clip of this browser carries. */
export function whereabouts() {
  return { place: placeName(), device: output.name };
}

/** The conversation that a clip belongs to: "play it" afterwards means what was heard. */
export function sessionId() {
  return remembered("session") ?? "";
}
