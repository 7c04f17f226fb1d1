/** For the curious: where the time of each spoken turn went, what was heard, and who cut in. */

import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { turns } from "../talk/turns.js";
import { remembered } from "../store.js";
import { Component } from "./component.js";

/** The stages in the order in which they are drawn. @type {Array<[string, string]>} */
const STAGES = [
  ["endpoint", "End of turn"],
  ["transcript", "Transcript"],
  ["tool", "Tool done"],
  ["first_word", "First word"],
  ["first_audio", "First sound"],
  ["sounding", "Heard here"],
  ["done", "All sent"],
];
/** What a person waits for; where the bars end. */
const ANSWERED = ["sounding", "first_audio", "first_word", "done"];

export class TurnPanel extends Component {
  start() {
    const list = h("ol", { class: "turn-list" });
    const close = h("button", { type: "button", class: "icon-button small", "aria-label": "Close the timings", onclick: () => this.toggle(false) }, icon("close"));
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", "Timing of each turn");
    this.on(this, "keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.toggle(false);
    });
    fill(this, h("header", {}, h("h2", {}, "Timing of each turn"), h("span", { class: "turn-median quiet small" }), close), list);
    const draw = () => {
      if (this.hidden) return;
      const median = middle(turns.list.map(waited).filter((ms) => ms !== null));
      const words = /** @type {HTMLElement} */ (this.querySelector(".turn-median"));
      words.textContent = median === null ? "" : `median ${inWords(median)}`;
      const longest = Math.max(1, ...turns.list.flatMap((turn) => STAGES.slice(0, -1).map(([stage]) => turn.stages[stage] ?? 0)));
      fill(list, turns.list.length ? turns.list.map((turn) => turnView(turn, longest)) : h("li", { class: "quiet small turn-none" }, "Nothing was said yet. Milliseconds count from the end of speech."));
    };
    this.draw = draw;
    this.on(turns, "change", draw);
    this.toggle(remembered("turns") === "open");
  }

  draw() {}

  /** @param {boolean} [on] */
  toggle(on = this.hidden) {
    this.hidden = !on;
    remembered("turns", on ? "open" : null);
    this.draw();
  }
}

customElements.define("refrain-turns", TurnPanel);

/** @param {boolean} [on]  leave out to open or close it */
export function openTurns(on = true) {
  /** @type {TurnPanel | null} */ (document.querySelector("refrain-turns"))?.toggle(on);
}

export function toggleTurns() {
  /** @type {TurnPanel | null} */ (document.querySelector("refrain-turns"))?.toggle();
}

/** @param {import("../talk/turns.js").Turn} turn @param {number} longest */
function turnView(turn, longest) {
  const ms = waited(turn);
  const badges = [
    turn.confidence === null ? null : h("span", { class: "turn-badge", title: "How sure the recogniser is" }, `${Math.round(turn.confidence * 100)} % sure`),
    turn.language && turn.language !== "en" ? h("span", { class: "turn-badge" }, turn.language) : null,
    turn.cutMs === null ? null : h("span", { class: "turn-badge cut" }, `cut in after ${inWords(turn.cutMs)}`),
    turn.status === "failed" ? h("span", { class: "turn-badge cut" }, "failed") : null,
  ];
  return h(
    "li",
    {},
    h("p", { class: "turn-said" }, h("span", { dir: "auto" }, turn.text || "…"), ms === null ? null : h("strong", {}, inWords(ms))),
    turn.heard && turn.heard !== turn.text ? h("p", { class: "turn-heard small" }, h("span", { class: "quiet" }, "heard as "), h("del", { dir: "auto" }, turn.heard)) : null,
    badges.some(Boolean) ? h("p", { class: "turn-badges" }, badges) : null,
    bars(turn, longest),
  );
}

/** Each stage goes on from where the one before it ended. @param {import("../talk/turns.js").Turn} turn @param {number} longest */
function bars(turn, longest) {
  const known = STAGES.filter(([stage]) => turn.stages[stage] !== undefined && (stage !== "done" || turn.stages.first_audio === undefined));
  const inOrder = known.toSorted(([one], [other]) => turn.stages[one] - turn.stages[other]);
  let before = 0;
  return h(
    "dl",
    { class: "turn-bars" },
    inOrder.map(([stage, name]) => {
      const end = Math.max(0, turn.stages[stage]);
      const start = Math.min(before, end);
      before = end;
      const style = { "--from": `${(100 * start) / longest}%`, "--wide": `${(100 * (end - start)) / longest}%` };
      return h("div", { dataset: { stage } }, h("dt", {}, name), h("dd", {}, h("span", { class: "turn-bar", style, "aria-hidden": "true" }), h("span", { class: "turn-ms" }, inWords(end))));
    }),
  );
}

/** From the end of speech to the answer. @param {import("../talk/turns.js").Turn} turn */
function waited(turn) {
  const stage = ANSWERED.find((one) => turn.stages[one] !== undefined);
  return stage === undefined ? null : turn.stages[stage];
}

/** @param {number[]} values */
function middle(values) {
  if (!values.length) return null;
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1];
}

/** @param {number} ms */
function inWords(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
