import * as actions from "../actions.js";
import { get } from "../api.js";
import { bidi, fill, h } from "../dom.js";
import { counted, dotted, lengthInWords } from "../format.js";
import { icon } from "../icons.js";
import { dateOf, dayOf, fitting, periodsOf } from "../plots/periods.js";
import { MOODS, hoursPlot, moodsPlot, weekPlot } from "../plots/listening.js";
import { csv, save } from "../plots/save.js";
import { asPng } from "../plots/svg.js";
import { href } from "../router.js";
import { store } from "../store.js";
import { cover } from "../components/cover.js";
import { emptyPlace, pageHeader } from "./headers.js";

/** @type {Array<[string, string, number | null]>} */
const RANGES = [
  ["7", "7 days", 7],
  ["28", "4 weeks", 28],
  ["91", "3 months", 91],
  ["365", "A year", 365],
  ["all", "All time", null],
];
const KINDS = /** @type {const} */ ([["tracks", "Songs", "song"], ["artists", "Artists", "artist"], ["albums", "Albums", "album"], ["genres", "Genres", "genre"]]);
const MOST = 10;
/** What lies around a plot: edges of the page and of its panel. */
const AROUND_PX = 110;
const AROUND_ON_PHONES_PX = 62;

/** What is looked at; it lasts while the page is open. */
const chosen = { range: "28", from: "", to: "", by: "" };

/** @type {import("../components/page_view.js").Page} */
export async function statisticsPage({ signal, scroller }) {
  const slot = h("div", {});
  let asked = 0;
  const show = async () => {
    const mine = (asked += 1);
    const found = await read(signal);
    if (mine === asked && !signal.aborted) fill(slot, content(found, show, widths(scroller)));
  };
  await show();
  return h("div", { class: "page statistics" }, pageHeader("Statistics", "", rangeChoice(show)), slot);
}

/** How wide a plot of the whole page and one of half of it are drawn. @param {HTMLElement} scroller */
function widths(scroller) {
  const whole = scroller.clientWidth || innerWidth;
  const room = Math.min(1240, whole) - (whole < 760 ? AROUND_ON_PHONES_PX : AROUND_PX);
  return { whole: room, half: room > 900 ? room / 2 - 30 : room };
}

/** @param {AbortSignal} signal */
function read(signal) {
  const query = new URLSearchParams({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "", most: String(MOST) });
  const days = RANGES.find(([value]) => value === chosen.range)?.[2];
  const today = new Date();
  if (chosen.range === "own") {
    if (chosen.from) query.set("from", chosen.from);
    if (chosen.to) query.set("to", chosen.to);
  } else if (days) query.set("from", dayOf(new Date(today.getFullYear(), today.getMonth(), today.getDate() - days + 1)));
  return get(`/api/statistics?${query}`, signal);
}

/** @param {() => Promise<void>} show */
function rangeChoice(show) {
  const again = () => void show().catch(() => undefined);
  const dates = h("span", { class: "range-dates", hidden: chosen.range !== "own" });
  const select = h("select", { class: "field select", "aria-label": "Range" }, [...RANGES, ["own", "Choose days…", null]].map(([value, label]) => h("option", { value, selected: value === chosen.range }, label)));
  const field = (/** @type {"from" | "to"} */ which, /** @type {string} */ label) => h("input", { type: "date", class: "field", "aria-label": label, value: chosen[which], max: dayOf(new Date()), onchange: (/** @type {any} */ event) => ((chosen[which] = event.target.value), again()) });
  fill(dates, field("from", "First day"), h("span", { class: "quiet" }, "to"), field("to", "Last day"));
  select.addEventListener("change", () => {
    chosen.range = select.value;
    chosen.by = "";
    dates.hidden = chosen.range !== "own";
    again();
  });
  return h("div", { class: "range-choice" }, dates, select);
}

/** @param {any} found @param {() => Promise<void>} show @param {{whole: number, half: number}} width */
function content(found, show, width) {
  if (!found.begun) return [emptyPlace("statistics", "Nothing heard yet", "Play something, and this page begins to fill. You can also bring what you heard elsewhere: an export of Spotify, ListenBrainz or Last.fm."), h("p", { class: "centred" }, h("a", { class: "button", href: href("taste") }, icon("upload"), "Import your history"))];
  if (!found.totals.plays) return [emptyPlace("statistics", "Nothing heard in these days", `Your listening begins on ${longDay(found.begun)}.`)];
  const by = chosen.by || fitting(found.first, found.last);
  const periods = periodsOf(found.days, found.first, found.last, /** @type {any} */ (by));
  const range = `${found.first}_${found.last}`;
  return [
    tiles(found),
    panel("Time listened", hoursPlot(periods, width.whole), {
      name: `listening_${range}`,
      rows: () => [["from", "seconds", "imported seconds", "plays"], ...periods.map((one) => [dayOf(one.start), Math.round(one.seconds), Math.round(one.imported_s), one.plays])],
      tools: byChoice(by, show),
      note: found.totals.imported_s > 0 && [h("i", { class: "swatch hatched" }), "Imported from elsewhere", found.totals.estimated_s > 0 && `; of ${lengthInWords(found.totals.estimated_s)} no export says how long it really sounded, so the song's own length counts.`],
    }),
    h(
      "div",
      { class: "panels" },
      panel("Hours of the week", weekPlot(found.week, width.half), { name: `week_${range}`, rows: () => [["day", "hour", "seconds"], ...found.week.map((/** @type {number} */ seconds, /** @type {number} */ hour) => [["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][Math.floor(hour / 24)], hour % 24, Math.round(seconds)])] }),
      moods(found, range, width.half),
    ),
    h("div", { class: "panels favourites" }, KINDS.map(([kind, title, symbol]) => favourites(kind, title, symbol, found.favourites[kind], range))),
  ];
}

/** The numbers that matter most. @param {any} found */
function tiles(found) {
  const { totals, before, longest, current } = found;
  return h(
    "dl",
    { class: "figures" },
    figure(lengthInWords(totals.seconds), "listened", before && change(totals.seconds, before.seconds)),
    figure(totals.plays.toLocaleString("en"), "plays", dotted(`${totals.tracks.toLocaleString("en")} different songs`, totals.imported_plays > 0 && `${totals.imported_plays.toLocaleString("en")} plays imported`)),
    figure(`${Math.round(totals.skipped_share * 100)} %`, "skipped", counted(totals.skips, "song")),
    figure(counted(current.days, "day"), "in a row now", longest.days > current.days ? `longest: ${counted(longest.days, "day")}, until ${longDay(longest.last)}` : current.days ? "the longest of this range" : ""),
  );
}

/** @param {string} value @param {string} label @param {string | false | null} note */
function figure(value, label, note) {
  return h("div", { class: "figure" }, h("dt", {}, label), h("dd", {}, value), note && h("dd", { class: "small quiet" }, note));
}

/** @param {number} now @param {number} before */
function change(now, before) {
  if (before < 60) return "nothing in the days before";
  const share = Math.round((now / before - 1) * 100);
  return share === 0 ? "as much as before" : `${Math.abs(share).toLocaleString("en")} % ${share > 0 ? "more" : "less"} than before`;
}

/** @param {string} by @param {() => Promise<void>} show */
function byChoice(by, show) {
  return h("div", { class: "segmented", role: "group", "aria-label": "One bar for each" }, ["day", "week", "month"].map((one) => h("button", { type: "button", "aria-pressed": String(one === by), onclick: () => ((chosen.by = one), void show().catch(() => undefined)) }, one[0].toUpperCase() + one.slice(1))));
}

/**
 * A plot with its name, and both as files.
 * @param {string} title @param {SVGElement} picture
 * @param {{name: string, rows: () => any[][], tools?: Node | null, note?: any}} options
 */
function panel(title, picture, { name, rows, tools = null, note = null }) {
  const ground = () => getComputedStyle(document.documentElement).getPropertyValue("--surface").trim();
  return h(
    "section",
    { class: "panel", "aria-label": title },
    h("header", {}, h("h2", {}, title), h("span", { class: "panel-tools" }, tools, h("button", { type: "button", class: "icon-button small", "aria-label": `Save “${title}” as a picture`, title: "Save as a picture", onclick: async () => save(`${name}.png`, await asPng(picture, ground())) }, icon("picture")), h("button", { type: "button", class: "icon-button small", "aria-label": `Save “${title}” as a table`, title: "Save as a table (CSV)", onclick: () => save(`${name}.csv`, csv(rows())) }, icon("download")))),
    picture,
    note && h("p", { class: "panel-note small quiet" }, note),
  );
}

/** @param {any} found @param {string} range @param {number} width */
function moods(found, range, width) {
  if (!found.moods.some((/** @type {any} */ part) => Object.keys(part.plays).length)) {
    const busy = store.analysing;
    return h("section", { class: "panel", "aria-label": "Moods by time of day" }, h("header", {}, h("h2", {}, "Moods by time of day")), h("p", { class: "quiet" }, busy ? "They appear when Refrain has listened to your library; that is going on now." : "They appear when Refrain has listened to what you play."));
  }
  const rows = () => [["from hour", "until hour", ...MOODS.map(([mood]) => mood)], ...found.moods.map((/** @type {any} */ part) => [part.hour, part.until, ...MOODS.map(([mood]) => part.plays[mood] ?? 0)])];
  return panel("Moods by time of day", moodsPlot(found.moods, width), { name: `moods_${range}`, rows, note: [...MOODS].reverse().map(([mood, words]) => h("span", { class: "mood-key" }, h("i", { class: `swatch mood ${mood}` }), `${mood} (${words})`)).concat(h("span", {}, "By the quarters of the map; bright or dark is a weak hint.")) });
}

/** @param {string} kind @param {string} title @param {string} symbol @param {any[]} items @param {string} range */
function favourites(kind, title, symbol, items, range) {
  const most = Math.max(...items.map((one) => one.plays), 1);
  const rows = () => [["name", "by", "plays", "imported plays", "seconds"], ...items.map((one) => [one.name, one.by, one.plays, one.imported_plays, Math.round(one.seconds)])];
  return h(
    "section",
    { class: "panel", "aria-label": `Top ${title.toLowerCase()}` },
    h("header", {}, h("h2", {}, `Top ${title.toLowerCase()}`), h("span", { class: "panel-tools" }, h("button", { type: "button", class: "icon-button small", "aria-label": `Save “Top ${title.toLowerCase()}” as a table`, title: "Save as a table (CSV)", onclick: () => save(`${kind}_${range}.csv`, csv(rows())) }, icon("download")))),
    items.length ? h("ol", { class: "top-list" }, items.map((one, index) => h("li", { style: { "--share": `${(100 * one.plays) / most}%` } }, h("span", { class: "top-place" }, index + 1), kind === "genres" ? null : cover({ name: one.name, cover_id: one.cover_id }, 96, { symbol, round: kind === "artists" }), h("span", { class: "row-text" }, nameOf(kind, one), one.by && h("span", { class: "row-artist cut", dir: "auto" }, one.by)), h("span", { class: "top-count", title: lengthInWords(one.seconds) }, counted(one.plays, "play"), one.imported_plays > 0 && h("small", { class: "quiet" }, one.id === null && kind !== "genres" ? "not in your library" : `${one.imported_plays.toLocaleString("en")} imported`))))) : h("p", { class: "quiet" }, "Nothing yet."),
  );
}

/** @param {string} kind @param {any} one */
function nameOf(kind, one) {
  if (kind === "genres") return h("a", { class: "link cut", dir: "auto", href: href("genres", one.name) }, one.name);
  if (one.id === null) return bidi(one.name, "cut");
  if (kind === "tracks") return h("button", { type: "button", class: "link cut", dir: "auto", "aria-label": `Play ${one.name}`, onclick: () => void actions.play({ track_ids: [one.id] }) }, one.name);
  return h("a", { class: "link cut", dir: "auto", href: href(kind, one.id) }, one.name);
}

/** @param {string} day */
function longDay(day) {
  return dateOf(day).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" });
}
