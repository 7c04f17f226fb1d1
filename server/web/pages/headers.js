/** What the pages share: headings, the large header of an album or playlist, empty places. */

import * as actions from "../actions.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { href } from "../router.js";

/**
 * @param {string} title
 * @param {string} [second]
 * @param {...any} tools
 */
export function pageHeader(title, second = "", ...tools) {
  return h("header", { class: "page-header" }, h("div", {}, h("h1", { tabindex: -1, dir: "auto" }, title), second && h("p", { class: "quiet" }, second)), h("div", { class: "page-tools" }, ...tools));
}

/** What was played here, and what was heard. @param {"history" | "heard"} current */
export function historyTabs(current) {
  const tab = (/** @type {string} */ name, /** @type {string} */ label) => h("a", { href: href(name), "aria-current": name === current ? "page" : null }, label);
  return h("nav", { class: "page-tabs", "aria-label": "Kind of history" }, tab("history", "Played"), tab("heard", "Heard"));
}

/**
 * @param {{kind: string, title: string, art: HTMLElement, lines: any[], buttons: any[]}} parts
 */
export function largeHeader({ kind, title, art, lines, buttons }) {
  return h(
    "header",
    { class: "large-header" },
    art,
    h("div", {}, h("p", { class: "kind" }, kind), h("h1", { tabindex: -1, dir: "auto" }, title), lines.map((line) => line && h("p", { class: "quiet", dir: "auto" }, line)), h("div", { class: "large-buttons" }, buttons)),
  );
}

/** @param {() => unknown} onclick */
export function playAllButton(onclick) {
  return h("button", { type: "button", class: "button primary large", onclick }, icon("play"), "Play");
}

/** @param {import("../store.js").Track[]} tracks */
export function shuffleButton(tracks) {
  return h("button", { type: "button", class: "button large", onclick: () => void actions.play({ track_ids: shuffled(tracks.map((track) => track.id)) }) }, icon("shuffle"), "Shuffle");
}

/** @template T @param {T[]} items @returns {T[]} */
export function shuffled(items) {
  const mixed = [...items];
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    const other = Math.floor(Math.random() * (index + 1));
    [mixed[index], mixed[other]] = [mixed[other], mixed[index]];
  }
  return mixed;
}

/** A whole page with nothing on it yet. @param {string} symbol @param {string} title @param {string} text @param {...any} more */
export function emptyPage(symbol, title, text, ...more) {
  return h("div", { class: "empty-page" }, icon(symbol), h("h1", { tabindex: -1 }, title), h("p", { class: "quiet" }, text), ...more);
}

/** A part of a page with nothing in it. @param {string} symbol @param {string} title @param {string} text */
export function emptyPlace(symbol, title, text) {
  return h("div", { class: "empty-page" }, icon(symbol), h("h2", {}, title), h("p", { class: "quiet" }, text));
}
