/** The plots of the statistics page. */

import { lengthInWords } from "../format.js";
import { hint, plot, s, steps } from "./svg.js";

/** @typedef {{start: Date, seconds: number, imported_s: number, plays: number, label: string}} Period */

const DAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const LONG_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/** The quarters of the emotional map, from below to above. */
export const MOODS = /** @type {const} */ ([
  ["brooding", "calm and dark"],
  ["peaceful", "calm and bright"],
  ["joyful", "energetic and bright"],
  ["tense", "energetic and dark"],
]);

/** Hours listened as bars; what was imported lies on top, hatched. @param {Period[]} periods @param {number} width */
export function hoursPlot(periods, width) {
  const height = 250;
  const [left, bottom, top] = [38, 24, 10];
  const most = Math.max(...periods.map((one) => one.seconds), 600);
  const unit = most >= 7200 ? 3600 : 60;
  const ticks = steps(most / unit).map((tick) => tick * unit);
  const scale = (height - bottom - top) / Math.max(most, ticks.at(-1) ?? most);
  const slot = (width - left) / Math.max(1, periods.length);
  const bar = Math.max(1, Math.min(44, slot * 0.72));
  const every = Math.ceil(58 / slot);
  const base = height - bottom;
  return plot(
    width,
    height,
    `Time listened: ${lengthInWords(periods.reduce((sum, one) => sum + one.seconds, 0))} in all. ${busiest(periods)}`,
    s("defs", {}, s("pattern", { id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("line", { class: "plot-hatch", x1: 0, y1: 0, x2: 0, y2: 5 }))),
    ...ticks.flatMap((tick) => [s("line", { class: "plot-grid", x1: left, x2: width, y1: base - tick * scale, y2: base - tick * scale }), s("text", { class: "plot-label", x: left - 7, y: base - tick * scale + 4, "text-anchor": "end" }, `${Math.round((tick / unit) * 10) / 10}${unit === 3600 ? " h" : "′"}`)]),
    ...periods.flatMap((one, index) => {
      const x = left + index * slot + (slot - bar) / 2;
      const [whole, theirs] = [one.seconds * scale, one.imported_s * scale];
      return [
        s("rect", { class: "plot-bar", x, width: bar, y: base - whole, height: whole, rx: Math.min(3, bar / 3) }),
        theirs > 0.5 && s("rect", { fill: "url(#hatch)", x, width: bar, y: base - whole, height: theirs, rx: Math.min(3, bar / 3) }),
        s("rect", { class: "plot-catch", x: left + index * slot, width: slot, y: top, height: base - top }, hint(`${one.label}: ${one.seconds ? lengthInWords(one.seconds) : "nothing"}${one.imported_s ? `, ${lengthInWords(one.imported_s)} of it imported` : ""}`)),
        index % every === 0 && slot * (periods.length - index) > 30 && s("text", { class: "plot-label", x: left + index * slot + slot / 2, y: height - 5, "text-anchor": "middle" }, one.label),
      ];
    }).filter(Boolean),
  );
}

/** @param {Period[]} periods */
function busiest(periods) {
  const best = periods.reduce((most, one) => (one.seconds > (most?.seconds ?? 0) ? one : most), /** @type {Period | null} */ (null));
  return best ? `Most on ${best.label}: ${lengthInWords(best.seconds)}.` : "";
}

/** Every hour of the week as a square. @param {number[]} week  seconds, Monday midnight first @param {number} width */
export function weekPlot(week, width) {
  const [left, top, gap, high] = [34, 20, width > 420 ? 3 : 2, 32];
  const side = (width - left) / 24 - gap;
  const most = Math.max(...week, 1);
  const best = week.indexOf(Math.max(...week));
  const place = (/** @type {number} */ at) => left + at * (side + gap);
  return plot(
    width,
    top + 7 * (high + gap),
    `Listening by hour of the week. Most on ${LONG_DAYS[Math.floor(best / 24)]} from ${best % 24}:00.`,
    ...(width > 420 ? [0, 3, 6, 9, 12, 15, 18, 21] : [0, 6, 12, 18]).map((hour) => s("text", { class: "plot-label", x: place(hour), y: 12 }, `${hour}:00`)),
    ...DAY_NAMES.map((name, day) => s("text", { class: "plot-label", x: 0, y: top + day * (high + gap) + 21 }, name)),
    ...week.map((seconds, hour) =>
      s(
        "rect",
        { class: seconds ? "plot-heat" : "plot-cold", x: place(hour % 24), y: top + Math.floor(hour / 24) * (high + gap), width: side, height: high, rx: Math.min(5, side / 3), "fill-opacity": seconds ? (0.16 + 0.84 * Math.sqrt(seconds / most)).toFixed(3) : null },
        hint(`${LONG_DAYS[Math.floor(hour / 24)]} ${hour % 24}:00: ${seconds ? lengthInWords(seconds) : "nothing"}`),
      ),
    ),
  );
}

/** How the music of each part of the day feels, as shares. @param {Array<{hour: number, until: number, plays: Record<string, number>}>} parts @param {number} width */
export function moodsPlot(parts, width) {
  const [height, left, bottom] = [236, 40, 24];
  const slot = (width - left) / parts.length;
  const base = height - bottom;
  const most = Math.max(...parts.map((part) => total(part.plays)), 1);
  return plot(
    width,
    height,
    `Moods by time of day. ${parts.filter((part) => total(part.plays)).map((part) => `${part.hour} to ${part.until} h: mostly ${MOODS.reduce((best, [mood]) => ((part.plays[mood] ?? 0) > (part.plays[best] ?? 0) ? mood : best), "peaceful")}`).join("; ")}.`,
    ...[0, 50, 100].flatMap((share) => [s("line", { class: "plot-grid", x1: left, x2: width, y1: base - share * 2, y2: base - share * 2 }), s("text", { class: "plot-label", x: left - 7, y: base - share * 2 + 4, "text-anchor": "end" }, `${share}%`)]),
    ...parts.flatMap((part, index) => {
      const sum = total(part.plays);
      // Broad where much was heard: a share of three songs says little.
      const bar = sum ? slot * (0.24 + 0.56 * Math.sqrt(sum / most)) : 0;
      const middle = left + index * slot + slot / 2;
      let y = base;
      return [
        ...MOODS.map(([mood, words]) => {
          const share = sum ? ((part.plays[mood] ?? 0) / sum) * 200 : 0;
          y -= share;
          return share > 0 && s("rect", { class: `plot-mood ${mood}`, x: middle - bar / 2, width: bar, y: y + 0.75, height: Math.max(0, share - 1.5), rx: 3 }, hint(`${part.hour}:00 to ${part.until}:00, ${mood} (${words}): ${part.plays[mood]} of ${sum} plays`));
        }),
        s("text", { class: "plot-label", x: middle, y: height - 6, "text-anchor": "middle" }, slot > 50 ? `${part.hour}–${part.until} h` : `${part.hour} h`),
      ];
    }).filter(Boolean),
  );
}

/** @param {Record<string, number>} plays */
function total(plays) {
  return Object.values(plays).reduce((sum, one) => sum + one, 0);
}
