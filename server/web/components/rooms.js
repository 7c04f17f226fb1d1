/** The rooms of the house: what plays where, in the menu of outputs; and one room alone, to move music and for its volume. */

import { get, post } from "../api.js";
import { fill, h } from "../dom.js";
import { dotted } from "../format.js";
import { icon } from "../icons.js";
import { realtime } from "../realtime.js";
import { store } from "../store.js";
import { complain } from "../taste.js";
import { openDialog } from "./dialogs.js";

const PLAYING = "playing";
const IDLE = "idle";
/** While the volume is drawn, at most so often in a second. */
const SEND_MS = 150;

/**
 * @typedef {{name: string, is_room: boolean, player: string, connected: boolean, active: boolean, status: string, volume: number, muted: boolean, title: string, artist: string}} Room
 */

/** @returns {Promise<import("./menu.js").Entry[]>} one for each room; none where the house has none */
export async function roomEntries() {
  const answer = await get("/api/rooms").catch(() => null);
  const rooms = roomsOf(answer);
  if (rooms.length === 0) return [];
  /** @type {import("./menu.js").Entry[]} */
  const entries = rooms.map((room) => ({ label: shownName(room), icon: "speaker", hint: told(room), action: () => void openRoom(room) }));
  if (answer.sounding) entries.push({ label: "Stop everywhere", icon: "stop", action: () => void post("/api/rooms/stop").catch(complain) });
  return ["line", ...entries];
}

/** @param {any} answer @returns {Room[]} */
function roomsOf(answer) {
  return (answer?.rooms ?? []).filter((/** @type {Room} */ room) => room.is_room);
}

/** @param {Room} room */
function shownName(room) {
  return room.name.charAt(0).toUpperCase() + room.name.slice(1);
}

/** @param {Room} room */
function told(room) {
  if (!room.connected) return "Not there";
  if (room.status === PLAYING) return `Plays ${room.title}`;
  return room.status === "paused" ? `${room.title}, paused` : "";
}

/** @param {Room} room */
async function openRoom(room) {
  const place = `/api/rooms/${encodeURIComponent(room.name)}`;
  const head = h("p", { class: "room-now", role: "status" });
  const buttons = h("div", { class: "chips" });
  const { element: volume, follow } = roomVolume(room, place);
  const show = (/** @type {Room} */ now) => {
    const focused = buttons.contains(document.activeElement) ? document.activeElement?.textContent : null;
    fill(head, h("strong", { dir: "auto" }, now.status === IDLE ? "Nothing plays here" : now.title), h("span", { class: "quiet small", dir: "auto" }, dotted(now.status !== IDLE && now.artist, now.status === "paused" && "paused", now.connected ? "" : "This speaker is not there just now")));
    fill(buttons, actionsOf(now, place, look));
    if (focused !== null) /** @type {HTMLElement | undefined} */ ([...buttons.children].find((one) => one.textContent === focused) ?? buttons.firstElementChild)?.focus();
    volume.hidden = !now.connected;
    follow(now);
  };
  const take = (/** @type {any} */ answer) => {
    const now = roomsOf(answer).find((one) => one.name === room.name);
    if (now) show(now);
  };
  const look = () => get("/api/rooms").then(take).catch(complain);
  const heard = (/** @type {Event} */ event) => take(/** @type {CustomEvent} */ (event).detail);
  realtime.addEventListener("refrain.rooms", heard);
  show(room);
  await openDialog(shownName(room), () => [head, buttons, volume], { className: "room" });
  realtime.removeEventListener("refrain.rooms", heard);
}

/** @param {Room} room @param {string} place @param {() => Promise<void>} look */
function actionsOf(room, place, look) {
  /** @param {string} path @param {object} [wanted] */
  const act = (path, wanted = {}) => post(path, wanted).catch(complain).then(look);
  const button = (/** @type {string} */ label, /** @type {string} */ symbol, /** @type {() => unknown} */ onclick) => h("button", { type: "button", class: "button", onclick }, icon(symbol), label);
  const paused = room.status !== PLAYING;
  return [
    room.connected && room.status !== IDLE && button(paused ? "Go on" : "Pause", paused ? "play" : "pause", () => act(`${place}/${paused ? "resume" : "pause"}`)),
    room.connected && store.playing && store.state.player?.name !== room.player && button("Move the music here", "speaker", () => act("/api/rooms/move", { to: room.name })),
    room.status !== IDLE && button("Bring its music to this page", "page", () => act("/api/rooms/move", { source: room.name, to: "" })),
  ];
}

/** @param {Room} room @param {string} place */
function roomVolume(room, place) {
  const slider = h("input", { type: "range", class: "slider", min: 0, max: 100, step: 1, "aria-label": `Volume of ${room.name}` });
  const shown = h("output", { class: "quiet" });
  let drawing = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const draw = () => {
    slider.style.setProperty("--filled", `${slider.value}%`);
    slider.setAttribute("aria-valuetext", `${slider.value} percent`);
    shown.textContent = `${slider.value} %`;
  };
  const send = () => post(`${place}/volume`, { volume: Number(slider.value) });
  slider.addEventListener("input", () => {
    drawing = true;
    draw();
    timer ??= setTimeout(() => ((timer = undefined), void send().catch(() => undefined)), SEND_MS);
  });
  slider.addEventListener("change", async () => {
    clearTimeout(timer);
    timer = undefined;
    await send().catch(complain);
    drawing = false;
  });
  const follow = (/** @type {Room} */ now) => {
    if (drawing) return;
    slider.value = String(now.muted ? 0 : now.volume);
    draw();
  };
  return { element: h("div", { class: "setting" }, h("div", {}, h("span", {}, "Volume"), shown), slider), follow };
}
