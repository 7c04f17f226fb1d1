/**
 * What a person can do, as functions. Each talks to the server; a failure is shown as a message with its next step,
 * and the function resolves to false.
 */

import { ApiError, get, patch, post, put, remove } from "./api.js";
import { output } from "./player/output.js";
import { go } from "./router.js";
import { takePlayer, takeQueue } from "./live.js";
import { store } from "./store.js";
import { toast } from "./components/toasts.js";

/** The server's name of the player that is all open pages together. */
export const PAGE_PLAYER = "browser";

/** @typedef {import("./store.js").Track} Track */
/** @typedef {{track_ids?: number[], album_id?: number, playlist_id?: number, artist_id?: number}} Selection */

/**
 * @param {() => Promise<unknown>} work
 * @returns {Promise<boolean>}
 */
async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    // The prompt to allow sound says it already, larger.
    if (!store.state.sound_blocked) {
      const known = error instanceof ApiError;
      toast(known ? error.message : "That did not work.", { kind: "error", detail: known ? error.nextStep : "" });
    }
    return false;
  }
}

/** Sound comes out where the person is, unless it already plays somewhere else. */
function takeOutput() {
  if (!store.playing && store.state.output !== "here") output.claim();
}

/** @param {any} answer */
function take(answer) {
  takeQueue(answer?.items ? answer : answer?.queue);
  takePlayer(answer?.status ? answer : answer?.player);
}

/**
 * @param {Selection} selection
 * @param {number} [start]  index of the first one
 */
export function play(selection, start = 0) {
  takeOutput();
  return attempt(async () => take(await post("/api/queue/play", { ...selection, start })));
}

/** @param {number} id  of a radio station */
export function playStation(id) {
  takeOutput();
  return attempt(async () => post(`/api/stations/${id}/play`));
}

/**
 * @param {Track} track
 * @param {number} positionS  where in it to begin
 */
export async function playFrom(track, positionS) {
  if (!(await play({ track_ids: [track.id] }))) return false;
  return positionS < 1 || seek(positionS);
}

/** @param {Selection} selection @param {string} title */
export function playNext(selection, title) {
  return attempt(async () => {
    take(await post("/api/queue/play_next", selection));
    toast(`Plays next: ${title}`, { undo: undoQueue });
  });
}

/** @param {Selection} selection @param {string} title */
export function addToQueue(selection, title) {
  return attempt(async () => {
    take(await post("/api/queue/add", selection));
    toast(`Added to the queue: ${title}`, { undo: undoQueue });
  });
}

/** @param {string} operation @param {Record<string, unknown>} [body] */
export function changeQueue(operation, body = {}) {
  return attempt(async () => take(await post(`/api/queue/${operation}`, body)));
}

export const undoQueue = () => changeQueue("undo");

/** @param {string} itemId */
export function jump(itemId) {
  takeOutput();
  return changeQueue("jump", { item_id: itemId });
}

/** @param {string} operation @param {Record<string, unknown>} [body] */
export function control(operation, body = {}) {
  return attempt(async () => take(await post(`/api/player/${operation}`, body)));
}

/** The press of play before this one, until its answer is known. */
let toggled = Promise.resolve(true);

/** Pause or go on. A quick second press undoes the first instead of repeating it. */
export function togglePlay() {
  toggled = toggled.then(() => {
    if (store.playing) return control("pause");
    takeOutput();
    return control("resume");
  });
  return toggled;
}

/** @param {number} positionS */
export function seek(positionS) {
  return control("seek", { position_s: Math.max(0, positionS) });
}

/** @param {number} volume @param {boolean} muted */
export function setVolume(volume, muted) {
  return control("volume", { volume: Math.round(volume), muted });
}

/** Where the current track is right now, in seconds. */
export function positionNow() {
  const { player, output: where } = store.state;
  if (where === "here" && output.engine.loaded) return output.engine.state().position_s;
  if (!player) return 0;
  const elapsed = player.status === "playing" ? (performance.now() - player.received_at) / 1000 : 0;
  return Math.min(player.duration_s || Infinity, player.position_s + elapsed);
}

/** Take the sound over from another page or player, and go on at the same place. */
export async function playHere() {
  const wasPlaying = store.playing;
  const { name } = store.state.player ?? {};
  await output.unlock();
  if (name && name !== PAGE_PLAYER) {
    output.claim();
    return attempt(() => post("/api/player/select", { name: PAGE_PLAYER }));
  }
  // What is paused moves with the claim, and the server remembers the place.
  if (wasPlaying && !(await control("pause"))) return false;
  output.claim();
  if (!wasPlaying) return true;
  return attempt(async () => {
    // One round trip, so that the claim on the other connection was heard before.
    take(await get("/api/player"));
    take(await post("/api/player/resume"));
  });
}

/** The click that the browser asked for: sound may start now, so start what was asked. */
export async function enableSound() {
  await output.unlock();
  const item = output.blockedItem;
  output.blockedItem = null;
  if (store.state.sound_blocked || !item) return;
  output.claim();
  await jump(item);
}

/** @param {Track} track @param {boolean | null} liked */
export async function rate(track, liked) {
  const before = store.liked(track);
  store.set({ likes: { ...store.state.likes, [track.id]: liked } });
  const done = await attempt(() => put(`/api/ratings/${track.id}`, { liked }));
  if (!done) store.set({ likes: { ...store.state.likes, [track.id]: before } });
}

/** @param {Track} track */
export const toggleLike = (track) => rate(track, store.liked(track) === true ? null : true);

/** @param {string} name */
export function openArtist(name) {
  return attempt(async () => {
    const found = await get(`/api/search?q=${encodeURIComponent(name)}&limit=10`);
    const artists = (found.hits ?? []).flatMap((/** @type {any} */ hit) => hit.artist ?? []);
    const artist = artists.find((/** @type {any} */ one) => one.name === name) ?? artists[0];
    if (artist) go("artists", artist.id);
    else location.hash = `#/search?q=${encodeURIComponent(name)}`;
  });
}

/** @param {string} name @param {number[]} [trackIds] */
export async function createPlaylist(name, trackIds = []) {
  let made = null;
  await attempt(async () => {
    made = await post("/api/playlists", { name, track_ids: trackIds });
    toast(`Playlist made: ${name}`);
  });
  return made;
}

/** @param {number} id @param {number[]} trackIds @param {string} name */
export function addToPlaylist(id, trackIds, name) {
  return attempt(async () => {
    await patch(`/api/playlists/${id}`, { add: trackIds });
    toast(`Added to ${name}`);
  });
}

/** @param {number} id @param {Record<string, unknown>} body */
export const changePlaylist = (id, body) => attempt(() => patch(`/api/playlists/${id}`, body));

/**
 * Let everybody at home see one's playlist, or nobody else any more.
 * @param {{id: number, name: string}} playlist
 * @param {boolean} shared
 */
export function sharePlaylist(playlist, shared) {
  return attempt(async () => {
    await put(`/api/playlists/${playlist.id}/sharing`, { shared });
    toast(shared ? `Everybody here sees ${playlist.name}; only you change it` : `Only you see ${playlist.name} now`);
  });
}

/** @param {number} id */
export const deletePlaylist = (id) => attempt(() => remove(`/api/playlists/${id}`));

export const rescan = () => attempt(() => post("/api/index/rescan"));

/** @param {Record<string, unknown>} settings */
export const changeSettings = (settings) => attempt(() => put("/api/settings", settings));
