/** Opening and closing "What is this?" from anywhere on the page. */

import { listening } from "../recognition/listening.js";
import { store } from "../store.js";

/** Open it and begin to listen at once; the browser asks for the microphone the first time. */
export function openListening() {
  showListening();
  if (!listening.busy) void listening.listen();
}

/** Open it as it is: an answer is on its way already, or a choice is to be made. */
export function showListening() {
  store.set({ listen_open: true });
}

/** What goes on is given up: nobody is to be heard behind a closed door. */
export function closeListening() {
  if (listening.busy) listening.cancel();
  store.set({ listen_open: false });
}
