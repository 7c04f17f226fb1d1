/** Albums by how their cover looks: a row of colours, words, and covers like one. */

import { get } from "../api.js";
import { fill, h } from "../dom.js";
import { counted } from "../format.js";
import { icon } from "../icons.js";
import { complain } from "../taste.js";
import { albumCard } from "./album_card.js";

const DELAY_MS = 250;
const SHOWN = 60;
/** @type {Array<[string, string]>} */
const COLOURS = [
  ["red", "#d63a34"],
  ["orange", "#ef8a2b"],
  ["yellow", "#f2cf3b"],
  ["green", "#4ba757"],
  ["turquoise", "#3fb8b4"],
  ["blue", "#3f74d6"],
  ["purple", "#8b57c9"],
  ["pink", "#ee86b4"],
  ["brown", "#8a5a3a"],
  ["beige", "#dcc8a4"],
  ["black", "#17181c"],
  ["white", "#f7f7f5"],
  ["grey", "#8f949c"],
];

/**
 * The row of colours, and where found albums appear in place of `rest`.
 * @param {HTMLElement} rest
 * @param {{like?: string, signal: AbortSignal}} options  `like`: the id of a cover to begin with
 */
export function coverSearch(rest, { like = "", signal }) {
  const found = h("div", { class: "cover-found", role: "status", hidden: true });
  const words = h("input", { type: "search", class: "field", placeholder: "A cover: “yellow”, “dark with a circle”…", "aria-label": "Search covers by how they look", maxlength: 100, autocomplete: "off" });
  let asked = 0;
  const show = async (/** @type {string} */ address, /** @type {string} */ title) => {
    const mine = (asked += 1);
    try {
      const answer = await get(address, signal);
      if (mine === asked) draw(answer, title);
    } catch (error) {
      if (!signal.aborted) complain(error);
    }
  };
  const close = () => {
    asked += 1;
    words.value = "";
    mark("");
    found.hidden = true;
    rest.hidden = false;
  };
  const draw = (/** @type {any} */ answer, /** @type {string} */ title) => {
    const albums = new Map(answer.items.flatMap((/** @type {any} */ one) => one.albums).map((/** @type {any} */ album) => [album.id, album]));
    found.hidden = false;
    rest.hidden = true;
    fill(
      found,
      h("header", {}, h("h2", {}, title), h("button", { type: "button", class: "button small", onclick: close }, icon("close"), "All albums")),
      albums.size ? h("ul", { class: "grid" }, [...albums.values()].map((album) => h("li", {}, albumCard(album)))) : h("p", { class: "quiet" }, "No cover looks like that."),
      answer.waiting > 0 && h("p", { class: "small quiet" }, `${counted(answer.waiting, "cover")} were not looked at yet.`),
    );
  };
  const swatches = COLOURS.map(([name, colour]) => h("button", { type: "button", class: "colour", "aria-label": `${name[0].toUpperCase()}${name.slice(1)} covers`, title: name, "aria-pressed": "false", style: { "--colour": colour }, onclick: () => search(name) }));
  const mark = (/** @type {string} */ name) => swatches.forEach((swatch, index) => swatch.setAttribute("aria-pressed", String(COLOURS[index][0] === name)));
  const search = (/** @type {string} */ text) => {
    mark(text);
    if (words.value.trim().toLowerCase() !== text) words.value = text;
    void show(`/api/covers/search?q=${encodeURIComponent(text)}&limit=${SHOWN}`, `Covers: ${text}`);
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  words.addEventListener("input", () => {
    clearTimeout(timer);
    const text = words.value.trim();
    timer = setTimeout(() => (text ? search(text) : close()), DELAY_MS);
  });
  signal.addEventListener("abort", () => clearTimeout(timer));
  if (like) void show(`/api/covers/${encodeURIComponent(like)}/like?limit=${SHOWN}`, "Covers like this one");
  return [h("div", { class: "cover-search", role: "search" }, h("div", { class: "colours", role: "group", "aria-label": "Colour of the cover" }, swatches), h("div", { class: "heard-search" }, icon("picture"), words)), found];
}
