/** Numbers and dates as people read them. */

/**
 * 75 -> "1:15", 3675 -> "1:01:15".
 * @param {number | null | undefined} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? Number(seconds) : 0));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/**
 * A length in words: "48 min", "3 h 20 min".
 * @param {number} seconds
 */
export function lengthInWords(seconds) {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest ? `${Math.floor(minutes / 60)} h ${rest} min` : `${minutes / 60} h`;
}

/**
 * "1 song", "2 songs", "1,630 songs".
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/**
 * "Today", "Yesterday", else a long date in the reader's own calendar.
 * @param {Date} day
 * @param {Date} [now]
 */
export function dayName(day, now = new Date()) {
  const distance = Math.round((midnight(now) - midnight(day)) / 86_400_000);
  if (distance === 0) return "Today";
  if (distance === 1) return "Yesterday";
  const year = day.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return day.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long", year });
}

/** @param {Date} day */
function midnight(day) {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
}

/** @param {Date} time */
export function timeOfDay(time) {
  return time.toLocaleTimeString(undefined, { hour: "numeric", minute: "2-digit" });
}

/** A greeting for the hour. */
export function greeting(now = new Date()) {
  const hour = now.getHours();
  if (hour < 5) return "Good night";
  if (hour < 12) return "Good morning";
  return hour < 18 ? "Good afternoon" : "Good evening";
}

/** @param {Array<string | number | null | undefined | false>} parts */
export function dotted(...parts) {
  return parts.filter((part) => part !== null && part !== undefined && part !== false && part !== "").join(" · ");
}
