/** What was heard and recognised, day by day; above it the sounds that are not known yet. */

import * as actions from "../actions.js";
import { get, page, post, remove } from "../api.js";
import { bidi, h } from "../dom.js";
import { clock, counted, dayName, dotted, timeOfDay } from "../format.js";
import { icon } from "../icons.js";
import { realtime } from "../realtime.js";
import { problemOf } from "../recognition/listening.js";
import { SOURCES, sureness } from "../recognition/words.js";
import { chooseRecording, correct } from "../components/correction.js";
import { cover } from "../components/cover.js";
import { confirmDialog } from "../components/dialogs.js";
import { toast } from "../components/toasts.js";
import { moreButton, trackEntries } from "../components/track_menu.js";
import { equaliser } from "../components/track_row.js";
import { emptyPlace, historyTabs, pageHeader } from "./headers.js";

const SHOWN = 300;
const DELAY_MS = 200;
const TIMES = [
  ["", "Any time"],
  ["today", "Today"],
  ["yesterday", "Yesterday"],
  ["this week", "This week"],
  ["last week", "Last week"],
  ["this month", "This month"],
];

/** What the fields ask for; it lasts while the page is open. */
const wanted = { about: "", when: "" };

/** @type {import("../components/page_view.js").Page} */
export async function heardPage({ signal, refresh }) {
  const slot = h("div", {});
  let asked = 0;
  const show = async () => {
    const mine = (asked += 1);
    const found = await read(signal);
    if (mine === asked && !signal.aborted) slot.replaceChildren(...list(found, refresh));
  };
  realtime.addEventListener("refrain.heard", refresh, { signal });
  const [unknown] = await Promise.all([get("/api/unknown", signal).catch(() => []), show()]);
  const clips = page(unknown).items.filter((clip) => !clip.title && !clip.track);
  return h(
    "div",
    { class: "page" },
    pageHeader("Heard", "", historyTabs("heard")),
    filters(show, signal),
    clips.length > 0 && h("section", { class: "unknown-clips", "aria-label": "Not known yet" }, h("h2", {}, "Not known yet"), h("ul", { class: "unknown-list" }, clips.map((clip) => h("li", {}, unknownClip(clip, refresh))))),
    slot,
  );
}

/** @param {AbortSignal} signal */
async function read(signal) {
  const query = new URLSearchParams({ limit: String(SHOWN) });
  if (wanted.about) query.set("about", wanted.about);
  if (wanted.when) query.set("when", wanted.when);
  return page(await get(`/api/heard?${query}`, signal)).items;
}

/** @param {() => Promise<void>} show @param {AbortSignal} signal */
function filters(show, signal) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  signal.addEventListener("abort", () => clearTimeout(timer));
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void show().catch((error) => tell(error)), DELAY_MS);
  };
  const about = h("input", { type: "search", class: "field", value: wanted.about, placeholder: "Title, artist or place", "aria-label": "Search what was heard", maxlength: 200, autocomplete: "off", spellcheck: "false", dir: "auto" });
  about.addEventListener("input", () => ((wanted.about = about.value.trim()), changed()));
  const when = h("select", { class: "field select", "aria-label": "When" }, TIMES.map(([value, label]) => h("option", { value, selected: value === wanted.when }, label)));
  when.addEventListener("change", () => ((wanted.when = when.value), changed()));
  return h("div", { class: "heard-filters", role: "search" }, h("div", { class: "heard-search" }, icon("search"), about), when);
}

/** @param {any[]} events @param {() => void} refresh */
function list(events, refresh) {
  if (!events.length) {
    if (wanted.about || wanted.when) return [emptyPlace("search", "Nothing heard like that", "Try other words, or another time.")];
    return [emptyPlace("wave", "Nothing heard yet", "Press “What is this?” while music plays. What it was is kept here, with the time and the place. You can also ask: “What did I hear in the kitchen last night?”")];
  }
  /** @type {Map<string, any[]>} */
  const days = new Map();
  for (const event of events) {
    const name = dayName(new Date(event.at));
    days.set(name, [...(days.get(name) ?? []), event]);
  }
  return [...days].map(([name, some]) => h("section", { class: "day" }, h("h2", {}, name), h("ol", { class: "tracks", "aria-label": name }, some.map((event) => h("li", {}, heardRow(event, refresh))))));
}

/** @param {any} event @param {() => void} refresh */
function heardRow(event, refresh) {
  const { track } = event;
  const title = track?.title ?? event.title ?? "";
  const artist = track?.artist ?? event.artist ?? "";
  const isKnown = event.certainty !== "unknown" && title !== "";
  const play = track ? () => void actions.play({ track_ids: [track.id] }) : undefined;
  const sure = event.certainty === "likely" ? "probably" : "";
  const art = cover(track ?? { title }, 96, { symbol: isKnown ? "song" : "unknown" });
  return h(
    "div",
    { class: "row heard-row", dataset: track ? { track: String(track.id) } : {} },
    play
      ? h("button", { type: "button", class: "row-play", "aria-label": `Play ${title} by ${artist}`, onclick: play }, art, h("span", { class: "row-symbol" }, icon("play"), equaliser()))
      : h("span", { class: "row-play" }, art),
    h(
      "div",
      { class: "row-text" },
      h("span", { class: "row-title", dir: "auto", title: title || null }, isKnown ? title : "Not recognised"),
      h("span", { class: "row-artist cut", dir: "auto" }, isKnown ? artist : "", sure && h("span", { class: "badge", title: sureness(event.probability ?? 0) }, sure)),
    ),
    h("span", { class: "row-album heard-where cut", dir: "auto" }, dotted(event.place, SOURCES[event.source] ?? event.source, isKnown && event.offset_s >= 1 && `${clock(Math.round(event.offset_s))} into it`)),
    h("span", { class: "row-time" }, timeOfDay(new Date(event.at))),
    moreButton(title || "this", () => entries(event, track, refresh)),
  );
}

/** @param {any} event @param {import("../store.js").Track | null} track @param {() => void} refresh @returns {import("../components/menu.js").Entry[]} */
function entries(event, track, refresh) {
  const at = Number(event.offset_s) || 0;
  return [
    ...(track && at >= 1 ? [{ label: `Play from ${clock(Math.round(at))}`, icon: "play", action: () => void actions.playFrom(track, at) }] : []),
    ...(track ? trackEntries(track) : []),
    ...(track ? /** @type {import("../components/menu.js").Entry[]} */ (["line"]) : []),
    { label: track ? "That’s wrong…" : "I know what it is…", icon: "edit", action: async () => (await correct(event.id)) && refresh() },
    { label: "Remove from what was heard", icon: "trash", action: () => void attempt(() => remove(`/api/heard/${event.id}`), refresh) },
  ];
}

/** @param {any} clip @param {() => void} refresh */
function unknownClip(clip, refresh) {
  const count = clip.heard ?? 1;
  const first = new Date(clip.first_at);
  const last = new Date(clip.last_at);
  const when = count > 1 ? `first ${moment(first)}, last ${moment(last)}` : moment(first);
  const heard = count > 1 ? `Heard ${count} times` : "Heard once";
  return h(
    "div",
    { class: "unknown-clip" },
    h("span", { class: "cover" }, icon("unknown")),
    h("div", { class: "row-text" }, h("span", { class: "row-title" }, heard), h("span", { class: "row-artist" }, when, clip.places?.length > 0 && [" · ", bidi(clip.places.join(", "))])),
    h("button", { type: "button", class: "button small", onclick: () => void name(clip, refresh) }, icon("edit"), "Name it"),
    h("button", { type: "button", class: "icon-button", "aria-label": `Forget it (${heard.toLowerCase()}, ${when})`, onclick: () => void forget(clip, refresh) }, icon("trash")),
  );
}

/** "today 20:14", "yesterday 20:14", "Nov 20". @param {Date} time */
function moment(time) {
  const day = dayName(time);
  if (day === "Today" || day === "Yesterday") return `${day.toLowerCase()} ${timeOfDay(time)}`;
  return time.toLocaleDateString(undefined, { day: "numeric", month: "short" });
}

/** @param {any} clip @param {() => void} refresh */
async function name(clip, refresh) {
  const choice = await chooseRecording("What is it?", { text: "From then on it is recognised. Choose a song of yours, or type what it is called.", own: true });
  if (!choice || "none" in choice) return;
  const body = "track" in choice ? { track_id: choice.track.id } : { title: choice.title };
  await attempt(() => post(`/api/unknown/${clip.id}`, body), refresh);
}

/** @param {any} clip @param {() => void} refresh */
async function forget(clip, refresh) {
  const sure = await confirmDialog("Forget this sound?", `${counted(clip.clips ?? 1, "fingerprint")} of it will be deleted.${clip.has_audio ? " So will the sound that was kept of it." : " No sound of it was kept."}`, "Forget");
  if (sure) await attempt(() => remove(`/api/unknown/${clip.id}`), refresh);
}

/** @param {() => Promise<unknown>} work @param {() => void} refresh */
async function attempt(work, refresh) {
  try {
    await work();
    refresh();
  } catch (error) {
    tell(error);
  }
}

/** @param {unknown} error */
function tell(error) {
  const { message, nextStep } = problemOf(error);
  toast(message, { kind: "error", detail: nextStep });
}
