/** What is known of sleep timers and alarms, in words; and what is told of them when it happens. */

import { get, post, remove } from "./api.js";
import { clock, dotted } from "./format.js";
import { remembered, store } from "./store.js";
import { toast } from "./components/toasts.js";

/** @typedef {import("./store.js").Timer} Timer */
/** @typedef {import("./store.js").TimerNews} TimerNews */

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/** Longer ago than this nobody wants to be told. */
const TOLD_FOR_MS = 12 * 3_600_000;

/** @param {{timers: Timer[], news: TimerNews[], now: string}} told */
export function takeTimers({ timers, news, now }) {
  store.set({ timers: { timers, news, now, received_at: performance.now() } });
  tell(news, now);
}

/** Say once, in this browser, what became of a timer. @param {TimerNews[]} news @param {string} now */
function tell(news, now) {
  const seen = Number(remembered("timers.seen") ?? 0);
  const fresh = news.filter((one) => one.id > seen && Date.parse(now) - Date.parse(one.at) < TOLD_FOR_MS);
  if (news.length > 0) remembered("timers.seen", String(Math.max(seen, ...news.map((one) => one.id))));
  for (const one of fresh.reverse().slice(-3)) {
    const bad = one.kind === "missed" || one.kind === "failing";
    toast(newsInWords(one), { kind: bad ? "error" : "info", detail: one.reason });
  }
}

/** @param {TimerNews} news */
export function newsInWords(news) {
  const at = news.clock ? ` at ${news.clock}` : "";
  switch (news.kind) {
    case "rang":
      return `Alarm${at}: playing ${news.music || "music that you like"}`;
    case "missed":
      return `The alarm${at} did not ring`;
    case "failing":
      return `The alarm${at} finds no player yet`;
    default:
      return "The sleep timer stopped the music";
  }
}

/** The sleep timer of the music of the house, or else that of a room. @returns {Timer | undefined} */
export function sleepTimer() {
  const sleeps = (store.state.timers?.timers ?? []).filter((timer) => timer.kind === "sleep");
  return sleeps.find((timer) => timer.room === "") ?? sleeps[0];
}

/** Seconds until a timer is due; null when it waits for the music. @param {Timer} timer */
export function secondsLeft(timer) {
  const told = store.state.timers;
  if (timer.in_s === null || !told) return null;
  return Math.max(0, timer.in_s - (performance.now() - told.received_at) / 1000);
}

/** "12:34", or what it waits for in a word. @param {Timer} timer */
export function countdown(timer) {
  const left = secondsLeft(timer);
  if (left !== null) return clock(left);
  return timer.until === "songs" ? `${timer.songs} songs` : timer.until;
}

/** When and what, as a heading and a line below it. @param {Timer} timer @returns {[string, string]} */
export function inWords(timer) {
  if (timer.kind === "alarm") return [timer.clock, dotted(daysInWords(timer), timer.music || "Music that you like", timer.player)];
  const line = dotted("Sleep timer", timer.room);
  if (timer.at) return [`Stop at ${timer.clock}`, line];
  if (timer.until === "songs") return [`Stop after ${timer.songs} songs`, line];
  return [timer.after ? `Stop after ${timer.after}` : `Stop after this ${timer.until}`, line];
}

/** @param {Timer} timer */
function daysInWords(timer) {
  const days = timer.weekdays;
  if (days.length === 7) return "Every day";
  if (days.join() === "0,1,2,3,4") return "Weekdays";
  if (days.join() === "5,6") return "Weekends";
  if (days.length > 0) return days.map((day) => DAYS[day].slice(0, 3)).join(", ");
  const at = new Date(timer.at ?? 0);
  const ahead = Math.round((dayOf(at) - dayOf(new Date())) / 86_400_000);
  if (ahead <= 1) return ahead <= 0 ? "Today" : "Tomorrow";
  return at.toLocaleDateString("en", { weekday: "long", day: "numeric", month: "long" });
}

/** @param {Date} date */
function dayOf(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** @param {Record<string, unknown>} wanted @throws {import("./api.js").ApiError} */
export async function setTimer(wanted) {
  takeTimers(await post("/api/timers", wanted));
}

/** @param {Timer} timer @throws {import("./api.js").ApiError} */
export async function cancelTimer(timer) {
  await remove(`/api/timers/${timer.id}`);
  takeTimers(await get("/api/timers"));
}
