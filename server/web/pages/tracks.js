/** A list of songs where a click plays the list from there. */

import * as actions from "../actions.js";
import { h } from "../dom.js";
import { trackRow } from "../components/track_row.js";

/**
 * @param {import("../store.js").Track[]} tracks
 * @param {Partial<Parameters<typeof trackRow>[1]> & {numbered?: boolean, label?: string, extraOf?: (index: number) => import("../components/menu.js").Entry[]}} [options]
 */
export function trackList(tracks, { numbered = false, label = "Songs", extraOf, ...row } = {}) {
  const ids = tracks.map((track) => track.id);
  return h(
    "ol",
    { class: "tracks", "aria-label": label },
    tracks.map((track, index) =>
      h("li", {}, trackRow(track, { ...row, number: numbered ? (track.track_no ?? index + 1) : null, showCover: !numbered, extra: extraOf?.(index) ?? [], onplay: row.onplay ?? (() => void actions.play({ track_ids: ids }, index)) })),
    ),
  );
}
