/** Keeps the store in step with the server: what the WebSocket tells, and what must be read again after a reconnect. */

import { get } from "./api.js";
import { realtime } from "./realtime.js";
import { store } from "./store.js";
import { takeTimers } from "./timers.js";

export function startLive() {
  /** @type {Record<string, (detail: any) => void>} */
  const handlers = {
    "refrain.queue": ({ queue }) => takeQueue(queue),
    "refrain.player": ({ player }) => takePlayer(player),
    "refrain.index": ({ index }) => takeIndex(index),
    "refrain.timers": (told) => takeTimers(told),
    "refrain.speech": (speech) => store.set({ speech }),
    "refrain.library": ({ revision }) => void takeRevision(revision),
  };
  for (const [type, handler] of Object.entries(handlers)) {
    realtime.addEventListener(type, (event) => handler(/** @type {CustomEvent} */ (event).detail));
  }
  realtime.addEventListener("open", () => void readSummary());
}

/** @param {import("./store.js").Queue | undefined} queue */
export function takeQueue(queue) {
  if (queue?.items) store.set({ queue });
}

/** @param {import("./store.js").PlayerState | undefined} player */
export function takePlayer(player) {
  if (player?.status) store.set({ player: { ...player, received_at: performance.now() } });
}

/** @param {import("./store.js").IndexState} index */
function takeIndex(index) {
  const wasBusy = store.analysing;
  store.set({ index });
  if (wasBusy && !store.analysing) void libraryChanged();
}

/** The server's count of library changes; it comes with every connection as well. @type {number | null} */
let knownRevision = null;

/** @param {number} revision */
async function takeRevision(revision) {
  // Playlists change without a new revision, so an equal number counts once the first one is known.
  const isNews = knownRevision !== null;
  knownRevision = revision;
  if (isNews) await libraryChanged();
}

/** A scan changes the library many times a second; what is shown follows at this pace. */
const REFRESH_MS = 3000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let refreshTimer;
let refreshedAt = -REFRESH_MS;

async function libraryChanged() {
  if (refreshTimer !== undefined) return;
  await new Promise((resolve) => {
    refreshTimer = setTimeout(resolve, Math.max(0, refreshedAt + REFRESH_MS - performance.now()));
  });
  refreshTimer = undefined;
  refreshedAt = performance.now();
  store.set({ revision: store.state.revision + 1 });
  await readSummary();
}

async function readSummary() {
  try {
    store.set({ library: await get("/api/library") });
  } catch {
    // The banner tells about the connection; the next event reads it again.
  }
}
