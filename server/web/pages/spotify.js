/**
 * Spotify, steered from here: what it plays, where, what one finds and keeps there. Nothing of it is kept in this
 * page or becomes a part of the library; its terms ask for a link back to Spotify beside each thing.
 */

import { get, page, post } from "../api.js";
import { fill, h } from "../dom.js";
import { dotted } from "../format.js";
import { icon } from "../icons.js";
import { complain } from "../taste.js";
import { openSettings } from "../components/settings.js";
import { emptyPage, pageHeader } from "./headers.js";

/** @typedef {{uri: string, title: string, artists: string[]}} Item */
/** @typedef {{playing: boolean, item: Item | null, device: string}} Playback */
/** @typedef {{id: string, name: string, kind: string, active: boolean, steerable: boolean}} Device */

/** Its quota is shared by all programs of one's application. */
const LOOK_AGAIN_MS = 15_000;
const KINDS = /** @type {const} */ ([
  ["playlists", "Playlists"],
  ["albums", "Albums"],
  ["tracks", "Songs"],
]);
const NONE = { playlists: "You have no playlists there.", albums: "You saved no albums there.", tracks: "You saved no songs there." };

/** @type {import("../components/page_view.js").Page} */
export async function spotifyPage({ signal }) {
  const { items } = page(await get("/api/services", signal));
  const service = items.find((one) => one.name === "spotify");
  if (!service?.account?.connected) return emptyPage("link", "Spotify is not connected", service?.account ? "Log in to your account in the settings, under Services." : (service?.next_step ?? ""), h("button", { type: "button", class: "button", onclick: () => void openSettings() }, icon("settings"), "Settings"));
  const player = playerPart(signal);
  const play = (/** @type {Item} */ item) => player.command(() => post("/api/spotify/play", { uri: item.uri }));
  return h("div", { class: "page spotify-page" }, pageHeader("Spotify", "Plays on your own Spotify devices. Nothing of it is kept, learned from or recommended here."), player.element, searchPart(play, signal), libraryPart(play, signal));
}

/** What plays, and on which device. @param {AbortSignal} signal */
function playerPart(signal) {
  const now = h("div", { class: "spotify-now" });
  const devices = h("div", { class: "chips", role: "group", "aria-label": "Spotify devices" });
  let steering = false;

  const showNow = (/** @type {Playback} */ playback) => {
    const { playing, item, device } = playback;
    fill(
      now,
      h("button", { type: "button", class: "button", onclick: () => void command(() => post(`/api/spotify/${playing ? "pause" : "resume"}`, {})) }, icon(playing ? "pause" : "play"), playing ? "Pause" : "Go on"),
      h("span", { class: "row-text", role: "status" }, item ? h("strong", { class: "cut", dir: "auto" }, item.title) : h("span", { class: "quiet" }, "Spotify plays nothing just now"), item && h("span", { class: "quiet small cut", dir: "auto" }, dotted(item.artists.join(", "), device && `on ${device}`))),
    );
  };
  const showDevices = (/** @type {any} */ answer) => {
    /** @type {Device[]} */
    const found = page(answer).items;
    const choose = (/** @type {Device} */ device) => command(async () => showDevices(await post("/api/spotify/device", { id: device.id })));
    const chip = (/** @type {Device} */ device) => h("button", { type: "button", class: "chip", "aria-pressed": String(device.active), disabled: !device.steerable, title: device.steerable ? null : "Spotify takes no commands for it", onclick: () => void choose(device) }, icon(device.kind === "Speaker" ? "speaker" : "page"), h("span", { dir: "auto" }, device.name));
    fill(devices, found.length ? found.map(chip) : h("p", { class: "quiet small" }, "Spotify is open nowhere. Open it on a phone, a computer or a speaker, and it appears here."));
  };
  const look = async () => {
    if (steering || now.contains(document.activeElement) || devices.contains(document.activeElement)) return;
    const [playback, found] = await Promise.all([get("/api/spotify/playback", signal), get("/api/spotify/devices", signal)]);
    showNow(playback);
    showDevices(found);
  };
  const trouble = (/** @type {any} */ error) => signal.aborted || fill(now, h("p", { class: "quiet", role: "alert" }, icon("alert"), h("span", {}, dotted(error.message, error.nextStep))));
  /** @param {() => Promise<any>} work */
  const command = async (work) => {
    steering = true;
    try {
      const playback = await work();
      if (playback) showNow(playback);
      showDevices(await get("/api/spotify/devices", signal));
    } catch (error) {
      if (!signal.aborted) complain(error);
    } finally {
      steering = false;
    }
  };
  void look().catch(trouble);
  const timer = setInterval(() => document.visibilityState === "visible" && void look().catch(trouble), LOOK_AGAIN_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
  return { element: h("section", { class: "spotify-player", "aria-label": "What Spotify plays" }, now, devices), command };
}

/** @param {(item: Item) => unknown} play @param {AbortSignal} signal */
function searchPart(play, signal) {
  const found = h("div", { role: "status" });
  const field = h("input", { class: "field", type: "search", maxlength: 200, required: true, placeholder: "Search Spotify", "aria-label": "Search Spotify", autocomplete: "off", dir: "auto" });
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const words = field.value.trim();
    if (!words) return;
    fill(found, h("p", { class: "quiet small" }, "Searching…"));
    const answer = await get(`/api/spotify/search?q=${encodeURIComponent(words)}`, signal).catch((error) => void (signal.aborted || complain(error)));
    if (!answer) return fill(found);
    const { items } = page(answer);
    fill(found, items.length ? list(items, play, `Found on Spotify for ${words}`) : h("p", { class: "quiet" }, "Spotify found nothing by these words."));
  };
  return h("section", { "aria-label": "Search Spotify" }, h("form", { class: "spotify-search", role: "search", onsubmit: submit }, field, h("button", { type: "submit", class: "button" }, icon("search"), "Search")), found);
}

/** @param {(item: Item) => unknown} play @param {AbortSignal} signal */
function libraryPart(play, signal) {
  const body = h("div", {});
  const tabs = KINDS.map(([kind, label]) => h("button", { type: "button", class: "chip", "aria-pressed": "false", dataset: { kind }, onclick: () => void show(kind, label) }, label));
  /** @param {"playlists" | "albums" | "tracks"} kind @param {string} label */
  const show = async (kind, label) => {
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.kind === kind));
    fill(body, h("p", { class: "quiet small", role: "status" }, "Looking…"));
    /** @type {Item[]} */
    const items = [];
    const more = async (/** @type {number} */ offset) => {
      const answer = await get(`/api/spotify/library?kind=${kind}&offset=${offset}`, signal).catch((error) => void (signal.aborted || complain(error)));
      if (signal.aborted || tabs.every((tab) => tab.dataset.kind !== kind || tab.getAttribute("aria-pressed") !== "true")) return;
      items.push(...(answer ? page(answer).items : []));
      const next = answer?.next_offset ?? null;
      fill(body, items.length ? list(items, play, `Your ${label.toLowerCase()} on Spotify`) : h("p", { class: "quiet" }, answer ? NONE[kind] : "That cannot be shown just now."), next !== null && h("button", { type: "button", class: "button", onclick: () => void more(next) }, `Show more, of ${answer.total} in all`));
    };
    await more(0);
  };
  void show(...KINDS[0]);
  return h("section", {}, h("h2", {}, "Yours on Spotify"), h("div", { class: "chips", role: "group", "aria-label": "What to show" }, tabs), body);
}

/** @param {Item[]} items @param {(item: Item) => unknown} play @param {string} label */
function list(items, play, label) {
  return h("ul", { class: "spotify-list", "aria-label": label }, items.map((item) => h("li", {}, row(item, play))));
}

/** @param {Item} item @param {(item: Item) => unknown} play */
function row(item, play) {
  const [, kind = "", id = ""] = item.uri.split(":");
  return h(
    "div",
    { class: "spotify-row" },
    h("button", { type: "button", class: "icon-button", "aria-label": `Play ${item.title} on Spotify`, onclick: () => void play(item) }, icon("play")),
    h("span", { class: "row-text" }, h("span", { class: "cut", dir: "auto" }, item.title), item.artists.length > 0 && h("span", { class: "quiet small cut", dir: "auto" }, item.artists.join(", "))),
    h("a", { class: "link quiet small", href: `https://open.spotify.com/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`, target: "_blank", rel: "noopener noreferrer", "aria-label": `Open ${item.title} in Spotify` }, "Open in Spotify"),
  );
}
