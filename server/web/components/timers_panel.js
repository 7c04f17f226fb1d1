import { ApiError } from "../api.js";
import { bidi, fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { store } from "../store.js";
import { cancelTimer, countdown, inWords, newsInWords, setTimer } from "../timers.js";
import { Component } from "./component.js";
import { openDialog } from "./dialogs.js";
import { toast } from "./toasts.js";

const TICK_MS = 500;
const MINUTES = [15, 30, 45, 60];
const AGAIN = /** @type {const} */ ([
  ["", "Once"],
  ["every day", "Every day"],
  ["weekdays", "Weekdays"],
  ["weekends", "Weekends"],
]);

export function openTimers() {
  return openDialog("Sleep timer and alarms", () => [document.createElement("refrain-timers")], { className: "timers" });
}

/** What is set, with a countdown; a few taps to fall asleep, and a form for an alarm. */
export class TimersPanel extends Component {
  start() {
    const list = h("ul", { class: "timer-list", "aria-label": "What is set" });
    const news = h("ul", { class: "timer-news", "aria-label": "What happened" });
    fill(this, list, this.#falling(), this.#alarmForm(), news);
    this.follow(["timers", "queue"], () => {
      this.#show(list);
      fill(news, (store.state.timers?.news ?? []).filter((one) => one.kind !== "stopped").slice(0, 3).map((one) => h("li", { class: `small ${one.kind === "rang" ? "quiet" : "bad"}` }, bidi(newsInWords(one)), one.reason && h("span", { class: "quiet", dir: "auto" }, ` ${one.reason}`))));
    });
    const ticking = setInterval(() => this.#tick(list), TICK_MS);
    this.life.addEventListener("abort", () => clearInterval(ticking));
  }

  /** @param {HTMLElement} list */
  #show(list) {
    const timers = store.state.timers?.timers ?? [];
    if (timers.length === 0) return fill(list, h("li", { class: "quiet" }, "Nothing is set. You can also say “stop after this song” or “wake me at seven with jazz”."));
    return fill(list, timers.map((timer) => this.#row(timer)));
  }

  /** @param {import("../store.js").Timer} timer */
  #row(timer) {
    const [heading, line] = inWords(timer);
    const cancel = h("button", { type: "button", class: "icon-button", "aria-label": `Cancel: ${heading}`, onclick: () => void attempt(() => cancelTimer(timer)) }, icon("close"));
    const left = timer.kind === "sleep" ? h("output", { class: "timer-left", "data-timer": timer.id }, countdown(timer)) : null;
    return h("li", { class: `timer ${timer.kind}` }, icon(timer.kind === "sleep" ? "moon" : "alarm"), h("div", {}, h("strong", { dir: "auto" }, heading), h("span", { class: "quiet small", dir: "auto" }, line)), left, cancel);
  }

  /** @param {HTMLElement} list */
  #tick(list) {
    for (const timer of store.state.timers?.timers ?? []) {
      const left = list.querySelector(`output[data-timer="${timer.id}"]`);
      if (left) left.textContent = countdown(timer);
    }
  }

  #falling() {
    const set = (/** @type {Record<string, unknown>} */ wanted) => void attempt(() => setTimer({ kind: "sleep", ...wanted }));
    const after = h("button", { type: "button", class: "button small", onclick: () => set({ after: "song" }) }, "This song");
    const album = h("button", { type: "button", class: "button small", onclick: () => set({ after: "album" }) }, "This album");
    this.follow(["player"], () => {
      const silent = (store.state.player?.status ?? "idle") === "idle";
      after.disabled = silent;
      album.disabled = silent;
    });
    return h(
      "fieldset",
      { class: "timer-part" },
      h("legend", {}, "Stop the music after"),
      h("div", { class: "timer-choices" }, MINUTES.map((minutes) => h("button", { type: "button", class: "button small", onclick: () => set({ when: `in ${minutes} minutes` }) }, `${minutes} min`)), after, album),
    );
  }

  #alarmForm() {
    const at = h("input", { class: "field", type: "time", required: true, value: "07:00", "aria-label": "Time of the alarm" });
    const again = h("select", { class: "field select", "aria-label": "On which days" }, AGAIN.map(([value, label]) => h("option", { value }, label)));
    const music = h("input", { class: "field", type: "text", maxlength: 200, placeholder: "Music that you like", "aria-label": "What to play", dir: "auto", autocomplete: "off" });
    const problem = h("p", { class: "bad small", role: "alert" });
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      const done = await attempt(() => setTimer({ kind: "alarm", when: `${again.value} at ${at.value}`.trim(), music: music.value.trim() }), problem);
      if (done) music.value = "";
    };
    return h(
      "form",
      { class: "timer-part", onsubmit: submit },
      h("fieldset", {}, h("legend", {}, "Play music at"), h("div", { class: "timer-form" }, at, again, music, h("button", { type: "submit", class: "button primary" }, "Set alarm")), problem),
    );
  }
}

/**
 * @param {() => Promise<void>} work
 * @param {HTMLElement} [where]  for what went wrong; a message at the edge without it
 */
async function attempt(work, where) {
  if (where) where.textContent = "";
  try {
    await work();
    return true;
  } catch (error) {
    const known = error instanceof ApiError;
    const text = known ? error.message : "That did not work.";
    if (where) where.textContent = [text, known ? error.nextStep : ""].join(" ").trim();
    else toast(text, { kind: "error", detail: known ? error.nextStep : "" });
    return false;
  }
}

customElements.define("refrain-timers", TimersPanel);
