import { fill, h } from "../dom.js";
import { lengthInWords } from "../format.js";
import { store } from "../store.js";
import { Component } from "./component.js";

/** How far the indexer is, as a bar and in words; nothing while it rests. */
export class IndexProgress extends Component {
  start() {
    const bar = h("progress", { max: 1, value: 0, "aria-label": "Reading the library" });
    const words = h("p", { class: "small quiet" });
    fill(this, bar, words);
    this.follow(["index"], () => {
      const index = store.state.index;
      this.hidden = !index || index.phase === "idle";
      if (!index || this.hidden) return;
      if (index.total) bar.value = index.done / index.total;
      else bar.removeAttribute("value");
      words.textContent = describe(index);
    });
  }
}

customElements.define("refrain-index-progress", IndexProgress);

/** @param {import("../store.js").IndexState} index */
function describe(index) {
  const what = { scanning: "Reading tags", analysing: "Listening", melodies: "Learning the tunes", idle: "" }[index.phase];
  if (!index.total) return `${what}…`;
  const left = index.eta_s ? ` · about ${lengthInWords(index.eta_s)} left` : "";
  return `${what}: ${index.done.toLocaleString("en")} of ${index.total.toLocaleString("en")}${left}`;
}

export function indexProgress() {
  return document.createElement("refrain-index-progress");
}
