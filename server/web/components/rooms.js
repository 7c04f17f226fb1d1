/** The rooms of the house in the menu of outputs: what plays where, moving it, the volume of each. */

import { get, post } from "../api.js";
import { store } from "../store.js";
import { openMenu } from "./menu.js";
import { toast } from "./toasts.js";

const STEP = 10;
const PLAYING = "playing";

/**
 * @typedef {{name: string, is_room: boolean, player: string, connected: boolean, active: boolean, status: string, volume: number, muted: boolean, title: string, artist: string}} Room
 */

/**
 * @param {HTMLElement} anchor
 * @returns {Promise<import("./menu.js").Entry[]>} one for each room; none where the house has none
 */
export async function roomEntries(anchor) {
  const answer = await get("/api/rooms").catch(() => null);
  /** @type {Room[]} */
  const rooms = (answer?.rooms ?? []).filter((/** @type {Room} */ room) => room.is_room);
  if (rooms.length === 0) return [];
  /** @type {import("./menu.js").Entry[]} */
  const entries = rooms.map((room) => ({ label: room.name.charAt(0).toUpperCase() + room.name.slice(1), icon: "speaker", hint: told(room), action: () => openRoom(anchor, room) }));
  if (answer.sounding) entries.push({ label: "Stop everywhere", icon: "stop", action: () => void attempt("/api/rooms/stop") });
  return ["line", ...entries];
}

/** @param {Room} room */
function told(room) {
  if (!room.connected) return "Not there";
  if (room.status === PLAYING) return `Plays ${room.title}`;
  return room.status === "paused" ? `${room.title}, paused` : "";
}

/**
 * @param {HTMLElement} anchor
 * @param {Room} room
 */
function openRoom(anchor, room) {
  if (!room.connected) return void toast(`The ${room.name} speaker is not connected.`, { kind: "error" });
  const place = `/api/rooms/${encodeURIComponent(room.name)}`;
  const sounds = room.status !== "idle";
  /** @param {number} change */
  const louder = (change) => attempt(`${place}/volume`, { volume: Math.min(100, Math.max(0, room.volume + change)) });
  /** @type {import("./menu.js").Entry[]} */
  const entries = [];
  if (store.playing) entries.push({ label: "Move the music there", icon: "speaker", action: () => void attempt("/api/rooms/move", { to: room.name }) });
  if (sounds) {
    const paused = room.status !== PLAYING;
    entries.push({ label: paused ? "Go on" : "Pause", icon: paused ? "play" : "pause", action: () => void attempt(`${place}/${paused ? "resume" : "pause"}`) });
    entries.push({ label: "Bring its music here", icon: "page", action: () => void attempt("/api/rooms/move", { source: room.name, to: "" }) });
  }
  entries.push({ label: "Louder", icon: "volume", hint: `Now at ${room.volume} %`, action: () => void louder(STEP) });
  entries.push({ label: "Quieter", icon: "volume", action: () => void louder(-STEP) });
  openMenu(anchor, entries, room.name);
}

/**
 * @param {string} path
 * @param {object} [wanted]
 */
async function attempt(path, wanted = {}) {
  try {
    await post(path, wanted);
  } catch (error) {
    toast(error instanceof Error ? error.message : "That did not work.", { kind: "error" });
  }
}
