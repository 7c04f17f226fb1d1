import * as actions from "../actions.js";
import { get, page } from "../api.js";
import { append, h } from "../dom.js";
import { counted } from "../format.js";
import { markPlaying, trackRow } from "../components/track_row.js";
import { icon } from "../icons.js";
import { remembered } from "../store.js";
import { emptyPage, pageHeader, shuffled } from "./headers.js";

const ROW_PX = 56;
const PAGE_SIZE = 100;
/** Rows drawn above and below what can be seen. */
const MARGIN_ROWS = 12;
const MOST_QUEUED = 500;
const ORDERS = /** @type {const} */ ([
  ["title", "By title"],
  ["artist", "By artist"],
  ["added", "Newest first"],
]);

/**
 * Every song. Only what can be seen is drawn, so that 100,000 of them scroll like ten.
 * @type {import("../components/page_view.js").Page}
 */
export async function songsPage({ signal, scroller, refresh }) {
  const wanted = remembered("songs.sort");
  const sort = ORDERS.find(([value]) => value === wanted)?.[0] ?? "title";
  /** @type {Map<number, import("../store.js").Track[]>} */
  const pages = new Map();
  /** @type {Map<number, Promise<void>>} */
  const reading = new Map();
  let total = 0;

  /** @param {number} number */
  const read = (number) => {
    const known = reading.get(number);
    if (known) return known;
    const work = get(`/api/tracks?offset=${number * PAGE_SIZE}&limit=${PAGE_SIZE}&sort=${sort}`, signal)
      .then((answer) => {
        pages.set(number, page(answer).items);
        total = page(answer).total;
      })
      .catch(() => void reading.delete(number));
    reading.set(number, work);
    return work;
  };
  await read(0);
  if (!total) return emptyPage("song", "No songs yet", "They appear here as soon as Refrain finds some in your folders.");

  const trackAt = (/** @type {number} */ index) => pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];
  const list = h("ol", { class: "tracks virtual", "aria-label": "Songs", style: { height: `${total * ROW_PX}px` } });
  const tools = [
    h("button", { type: "button", class: "button", onclick: () => void shuffleAll(total, sort) }, icon("shuffle"), "Shuffle"),
    h("select", { class: "field select", "aria-label": "Order", onchange: (/** @type {any} */ event) => (remembered("songs.sort", event.target.value), refresh()) }, ORDERS.map(([value, label]) => h("option", { value, selected: value === sort }, label))),
  ];
  const root = h("div", { class: "page" }, pageHeader("Songs", counted(total, "song"), ...tools), list);

  /** @type {Map<number, HTMLElement>} */
  const drawn = new Map();
  const draw = () => {
    const above = scroller.scrollTop - list.offsetTop;
    const first = Math.max(0, Math.floor(above / ROW_PX) - MARGIN_ROWS);
    const last = Math.min(total - 1, Math.ceil((above + scroller.clientHeight) / ROW_PX) + MARGIN_ROWS);
    for (const [index, row] of drawn) {
      const stays = (index >= first && index <= last) || row.contains(document.activeElement);
      if (!stays || (row.dataset.waiting && trackAt(index))) {
        row.remove();
        drawn.delete(index);
      }
    }
    for (let index = first; index <= last; index += 1) {
      if (drawn.has(index)) continue;
      const row = rowAt(index);
      drawn.set(index, row);
      const after = [...drawn.keys()].filter((key) => key > index).sort((a, b) => a - b)[0];
      list.insertBefore(row, after === undefined ? null : (drawn.get(after) ?? null));
    }
    for (let number = Math.floor(first / PAGE_SIZE); number <= Math.floor(last / PAGE_SIZE); number += 1) {
      if (!pages.has(number)) void read(number).then(() => !signal.aborted && draw());
    }
    markPlaying();
  };
  /** @param {number} index */
  const rowAt = (index) => {
    const track = trackAt(index);
    const row = h("li", { "aria-setsize": total, "aria-posinset": index + 1, style: { transform: `translateY(${index * ROW_PX}px)` } });
    if (track) append(row, trackRow(track, { onplay: () => void playFrom(index) }));
    else row.dataset.waiting = "yes";
    return row;
  };
  const playFrom = async (/** @type {number} */ index) => {
    const number = Math.floor(index / PAGE_SIZE);
    await Promise.all([read(number), (number + 1) * PAGE_SIZE < total ? read(number + 1) : null]);
    const tracks = [];
    for (let at = index; at < total && tracks.length < PAGE_SIZE; at += 1) {
      const track = trackAt(at);
      if (!track) break;
      tracks.push(track.id);
    }
    await actions.play({ track_ids: tracks });
  };

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (!signal.aborted) draw();
    });
  };
  scroller.addEventListener("scroll", soon, { signal });
  addEventListener("resize", soon, { signal });
  soon();
  return root;
}

/** @param {number} total @param {string} sort */
async function shuffleAll(total, sort) {
  const offset = Math.floor(Math.random() * Math.max(1, total - MOST_QUEUED));
  const { items } = page(await get(`/api/tracks?offset=${offset}&limit=${MOST_QUEUED}&sort=${sort}`));
  await actions.play({ track_ids: shuffled(items.map((track) => track.id)) });
}
