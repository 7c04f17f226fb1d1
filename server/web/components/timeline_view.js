/** What plays when: a bar of coloured parts, and the same as a list. */

import * as actions from "../actions.js";
import { bidi, h } from "../dom.js";
import { clock, counted } from "../format.js";
import { icon } from "../icons.js";
import { changes } from "../recognition/words.js";
import { cover, hueOf } from "./cover.js";

/** @typedef {import("../recognition/timeline.js").Part} Part */

/** @param {import("../recognition/timeline.js").Timeline} timeline @param {() => void} leave */
export function timelineView({ duration_s: duration, parts }, leave) {
  const songs = parts.filter((part) => part.certainty !== "unknown");
  const share = (/** @type {number} */ seconds) => `${((100 * seconds) / Math.max(1, duration)).toFixed(3)}%`;
  const play = (/** @type {Part} */ part) => {
    if (!part.track) return;
    leave();
    void actions.playFrom(part.track, part.position_s);
  };
  const list = h("ol", { class: "timeline-list", "aria-label": "What plays when" }, parts.map((part) => h("li", {}, row(part, play))));
  return h(
    "section",
    { class: "timeline" },
    h("h3", { tabindex: -1 }, songs.length ? `${counted(songs.length, "song")} in ${clock(duration)}` : `Nothing known in ${clock(duration)}`),
    // The list says the same; the bar is for the eyes and the mouse.
    h(
      "div",
      { class: "timeline-bar", "aria-hidden": "true" },
      parts.map((part, index) =>
        h("span", {
          class: `timeline-part ${part.certainty}`,
          title: `${range(part)}  ${part.title || "unknown"}`,
          style: { left: share(part.start_s), width: share(part.end_s - part.start_s), "--tint": String(hueOf(part.title)) },
          onclick: () => list.children[index].querySelector("button")?.focus(),
        }),
      ),
    ),
    h("div", { class: "timeline-scale small quiet", "aria-hidden": "true" }, h("span", {}, "0:00"), h("span", {}, clock(duration / 2)), h("span", {}, clock(duration))),
    list,
  );
}

/** @param {Part} part @param {(part: Part) => void} play */
function row(part, play) {
  if (part.certainty === "unknown") return h("div", { class: "timeline-row unknown" }, h("span", { class: "timeline-time" }, range(part)), h("span", { class: "cover" }, icon("unknown")), h("span", { class: "quiet" }, "Unknown"));
  const second = [part.certainty === "likely" && "probably", changes(part)].filter(Boolean).join(", ");
  return h(
    "button",
    { type: "button", class: "timeline-row", disabled: !part.track, style: { "--tint": String(hueOf(part.title)) }, onclick: () => play(part) },
    h("span", { class: "timeline-time" }, range(part)),
    cover(part.track ?? { title: part.title }, 96),
    h("span", { class: "row-text" }, bidi(part.title, "row-title cut"), h("span", { class: "row-artist cut", dir: "auto" }, part.artist, second && ` · ${second}`)),
    part.track && icon("play"),
  );
}

/** @param {Part} part */
function range(part) {
  return `${clock(part.start_s)} – ${clock(part.end_s)}`;
}
