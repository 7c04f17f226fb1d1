/** What to say while the library is still being listened to. */

import { fill, h } from "../dom.js";
import { counted } from "../format.js";
import { icon } from "../icons.js";
import { store } from "../store.js";
import { indexProgress } from "./index_progress.js";

/** A whole page that waits for the analysis. @param {string} symbol @param {string} title @param {AbortSignal} signal */
export function notAnalysed(symbol, title, signal) {
  const text = h("p", { class: "quiet" });
  const draw = () => {
    const { library } = store.state;
    fill(text, store.analysing ? waiting() : library?.tracks ? "Your songs were not listened to yet. That begins by itself; Settings, “Look for new music” starts it now." : "Add music to your folders. Refrain listens to it by itself, song by song.");
  };
  const stop = store.watch(["library", "index"], draw);
  signal.addEventListener("abort", stop);
  draw();
  return h("div", { class: "empty-page" }, icon(symbol), h("h1", { tabindex: -1 }, title), text, indexProgress());
}

/** A line above something that is not complete yet. @param {number} ready @param {AbortSignal} signal */
export function stillListening(ready, signal) {
  const line = h("p", { class: "still-listening small", role: "status" });
  const draw = () => {
    const total = store.state.library?.tracks ?? ready;
    line.hidden = ready >= total;
    if (ready < total) fill(line, icon("wave"), `${ready.toLocaleString("en")} of ${counted(total, "song")} so far. ${waiting()}`);
  };
  const stop = store.watch(["library", "index"], draw);
  signal.addEventListener("abort", stop);
  draw();
  return line;
}

function waiting() {
  const index = store.state.index;
  if (!index || !store.analysing) return "The rest could not be listened to.";
  if (!index.total) return "The analysis of your library is running.";
  return `The analysis of your library is running: ${index.done.toLocaleString("en")} of ${index.total.toLocaleString("en")}.`;
}
