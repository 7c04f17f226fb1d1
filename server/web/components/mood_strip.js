/** The moods along a song as a strip of its segments. */

import { h } from "../dom.js";
import { clock } from "../format.js";
import { quarterOf } from "../sound.js";

/** @param {import("../sound.js").TrackSound} sound @param {{seek?: (seconds: number) => void}} [options] */
export function moodStrip(sound, { seek } = {}) {
  const { segments } = sound;
  const length = segments.at(-1)?.end_s || 1;
  return h(
    "div",
    { class: "mood-strip", "aria-hidden": "true" },
    segments.map((part, index) => {
      const { mood, clarity } = quarterOf(sound, index);
      return h("span", {
        class: `strip-part ${mood}`,
        title: `${clock(part.start_s)} – ${clock(part.end_s)}: ${part.moods.join(", ") || mood}`,
        style: { width: `${(100 * (part.end_s - part.start_s)) / length}%`, opacity: (0.4 + 0.6 * clarity).toFixed(2) },
        onclick: seek && (() => seek(part.start_s)),
      });
    }),
  );
}
