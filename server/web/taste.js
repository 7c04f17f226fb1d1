/** What a person thinks of a suggestion: told to the server, and taken back. */

import { ApiError, post, remove } from "./api.js";
import { toast } from "./components/toasts.js";

/** @typedef {"more" | "less" | "never" | "not_now"} Feedback */

/** @type {Array<[Feedback, string, string]>}  kind, icon, label */
export const FEEDBACK = [
  ["more", "more_like", "More like this"],
  ["less", "less_like", "Less like this"],
  ["not_now", "later", "Not now"],
  ["never", "never", "Never play this"],
];

/** @type {Record<Feedback, (title: string) => string>} */
const SAID = {
  more: (title) => `More like ${title} from now on`,
  less: (title) => `Less like ${title} from now on`,
  not_now: (title) => `Not now: ${title}`,
  never: (title) => `${title} is never suggested again`,
};

/**
 * @param {{id: number, title: string}} track
 * @param {Feedback} kind
 * @param {string} [listId]  the suggestion that it stood in
 * @returns {Promise<boolean>}
 */
export async function tell(track, kind, listId = "") {
  try {
    const answer = await post("/api/feedback", { track_id: track.id, kind, list_id: listId });
    const line = answer?.id ?? answer?.line?.id ?? null;
    toast(SAID[kind](track.title), { undo: line ? () => void takeBack(line) : undefined });
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

/** @param {string} line */
export async function takeBack(line) {
  try {
    await remove(`/api/taste/${encodeURIComponent(line)}`);
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

/** @param {unknown} error */
export function complain(error) {
  const known = error instanceof ApiError;
  toast(known ? error.message : "That did not work.", { kind: "error", detail: known ? error.nextStep : "" });
}
