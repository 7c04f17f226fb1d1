/** The last minutes, kept in the server's memory for "what was that?". Off until somebody switches it on. */

import { get, remove } from "../api.js";
import { realtime } from "../realtime.js";
import { store } from "../store.js";
import { toast } from "../components/toasts.js";
import { problemOf } from "./listening.js";
import { uplink } from "./uplink.js";

/** True while this page is meant to keep listening, also over a lost connection. */
let wanted = false;

export function startRing() {
  realtime.addEventListener("refrain.listen.state", (event) => take(/** @type {CustomEvent} */ (event).detail));
  realtime.addEventListener("open", () => void reopen());
  uplink.addEventListener("stopped", (event) => {
    const { why, purposes } = /** @type {CustomEvent} */ (event).detail;
    if (!purposes.includes("ring") || why === "lost") return;
    wanted = false;
    toast(why === "ended" ? "The microphone went away." : "The connection is too slow for sound.", { kind: "error", detail: "Nothing is kept from now on." });
  });
}

/**
 * Keep the last minutes from now on. The browser asks for the microphone.
 * @param {Record<string, unknown>} [more]  of the request that it answers
 */
export async function holdRing(more = {}) {
  if (uplink.has("ring")) return;
  wanted = true;
  try {
    await uplink.start("ring", { more });
    // Switched off again while the browser asked.
    if (!wanted) uplink.stop("ring");
  } catch (error) {
    wanted = false;
    throw error;
  }
}

/** This page's part in it ends. */
export function dropRing() {
  wanted = false;
  uplink.stop("ring");
}

/** Switch it on, as the person asked; a failure is shown. */
export async function keepRing() {
  try {
    await holdRing();
    return true;
  } catch (error) {
    tell(error);
    return false;
  }
}

/** Stop listening everywhere, and forget everything that was kept. */
export async function wipeRing() {
  dropRing();
  try {
    await remove("/api/listening");
    store.set({ ring: null });
    toast("Nothing is kept any more.");
  } catch (error) {
    tell(error);
  }
}

/** Seconds kept right now. @param {import("../store.js").RingState} ring */
export function secondsKept(ring) {
  const since = (performance.now() - ring.received_at) / 1000;
  return Math.min(ring.limit_s || Infinity, ring.seconds + since);
}

async function reopen() {
  if (wanted) await holdRing().catch(tell);
  await get("/api/listening").then(take).catch(() => undefined);
}

/** @param {any} state */
function take(state) {
  const sources = (state?.sources ?? []).filter((/** @type {any} */ source) => source.purpose === "ring");
  if (!sources.length) return store.set({ ring: null });
  const places = [...new Set(sources.map((/** @type {any} */ source) => String(source.place || source.device || "")).filter(Boolean))];
  return store.set({
    ring: { here: uplink.has("ring"), seconds: Number(state.seconds) || 0, limit_s: Number(state.ring_seconds) || 0, place: places.join(", "), received_at: performance.now() },
  });
}

/** @param {unknown} error */
function tell(error) {
  const { message, nextStep } = problemOf(error);
  toast(message, { kind: "error", detail: nextStep });
}
