/**
 * The server asks for this page's microphone: because "what is this?" was said in the chat, or because the last
 * minutes are to be kept. The person sees that it is on, and can end it.
 */

import { microphone } from "../player/microphone.js";
import { realtime } from "../realtime.js";
import { store } from "../store.js";
import { toast } from "../components/toasts.js";
import { whereabouts } from "./device.js";
import { problemOf } from "./listening.js";
import { dropRing, holdRing } from "./ring.js";
import { uplink } from "./uplink.js";

/** @typedef {{request_id: string, purpose: string, seconds: number, on: boolean}} Request */

const LONGEST_S = 30;
const SPARE_S = 1;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

export function startRequests() {
  realtime.addEventListener("open", offer);
  realtime.addEventListener("refrain.listen.request", (event) => void answer(/** @type {CustomEvent} */ (event).detail));
  uplink.addEventListener("stopped", (event) => {
    if (/** @type {CustomEvent} */ (event).detail.purposes.includes("clip")) store.set({ hearing: false });
  });
}

/** Tell the server whether there is a microphone to be asked for. */
export function offer() {
  realtime.send({ type: "refrain.listen.offer", can_listen: microphone.possible, ...whereabouts() });
}

/** End what the server asked for, before its time. */
export function endHearing() {
  clearTimeout(timer);
  uplink.stop("clip");
  store.set({ hearing: false });
}

/** @param {Request} request */
async function answer({ request_id: id, purpose, seconds, on }) {
  const more = { ...(id ? { request_id: id } : {}), ...(seconds >= 2 ? { seconds } : {}) };
  try {
    if (purpose === "ring") await (on ? holdRing(more) : dropRing());
    else if (purpose === "clip") {
      await uplink.start("clip", { more });
      store.set({ hearing: true });
      clearTimeout(timer);
      timer = setTimeout(endHearing, (Math.min(LONGEST_S, seconds || LONGEST_S) + SPARE_S) * 1000);
    }
  } catch (error) {
    if (id) realtime.send({ type: "refrain.listen.refuse", request_id: id });
    const { message, nextStep } = problemOf(error);
    toast(message, { kind: "error", detail: nextStep });
  }
}
