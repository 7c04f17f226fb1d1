/** Days gathered into the bars of a chart: days, weeks or months, with the empty ones between. */

/** @typedef {{day: string, seconds: number, imported_s: number, plays: number}} Day */

const DAY_MS = 86_400_000;

/** @param {string} day  "2026-03-02" */
export function dateOf(day) {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}

/** @param {Date} day */
export function dayOf(day) {
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
}

/** What fits a range best. @param {string} first @param {string} last @returns {"day" | "week" | "month"} */
export function fitting(first, last) {
  const days = (dateOf(last).getTime() - dateOf(first).getTime()) / DAY_MS;
  return days <= 45 ? "day" : days <= 370 ? "week" : "month";
}

/**
 * @param {Day[]} days
 * @param {string} first
 * @param {string} last
 * @param {"day" | "week" | "month"} by
 * @returns {import("./listening.js").Period[]}
 */
export function periodsOf(days, first, last, by) {
  /** @type {Map<string, import("./listening.js").Period>} */
  const found = new Map();
  const end = dateOf(last);
  for (let at = beginOf(dateOf(first), by); at <= end; at = next(at, by)) {
    found.set(dayOf(at), { start: at, seconds: 0, imported_s: 0, plays: 0, label: labelOf(at, by) });
  }
  for (const one of days) {
    const period = found.get(dayOf(beginOf(dateOf(one.day), by)));
    if (!period) continue;
    period.seconds += one.seconds;
    period.imported_s += one.imported_s;
    period.plays += one.plays;
  }
  return [...found.values()];
}

/** @param {Date} day @param {string} by */
function beginOf(day, by) {
  if (by === "month") return new Date(day.getFullYear(), day.getMonth(), 1);
  if (by === "week") return new Date(day.getFullYear(), day.getMonth(), day.getDate() - ((day.getDay() + 6) % 7));
  return day;
}

/** @param {Date} day @param {string} by */
function next(day, by) {
  if (by === "month") return new Date(day.getFullYear(), day.getMonth() + 1, 1);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + (by === "week" ? 7 : 1));
}

/** @param {Date} day @param {string} by */
function labelOf(day, by) {
  if (by === "month") return day.toLocaleDateString("en", { month: "short", year: "2-digit" });
  return day.toLocaleDateString("en", { day: "numeric", month: "short" });
}
