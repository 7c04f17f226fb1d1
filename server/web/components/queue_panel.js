import * as actions from "../actions.js";
import { bidi, fill, h } from "../dom.js";
import { clock, counted, lengthInWords } from "../format.js";
import { icon } from "../icons.js";
import { store } from "../store.js";
import { Component } from "./component.js";
import { cover } from "./cover.js";
import { startDragging } from "./drag.js";
import { moreButton, trackEntries, choosePlaylist } from "./track_menu.js";
import { equaliser } from "./track_row.js";
import { openMenu } from "./menu.js";

/** More rows than these around the current one are not drawn. */
const MOST_DRAWN = 300;

/** What plays next: drag to reorder, or Alt and the arrow keys. */
export class QueuePanel extends Component {
  #revision = -1;

  start() {
    const heading = h("h2", { id: "queue-heading", tabindex: -1 }, "Queue");
    const summary = h("p", { class: "quiet small" });
    const more = h("button", { type: "button", class: "icon-button", "aria-label": "More for the queue", "aria-haspopup": "menu", onclick: () => this.#menu(more) }, icon("more"));
    const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close the queue", onclick: () => store.set({ queue_open: false }) }, icon("close"));
    const undo = h("button", { type: "button", class: "icon-button", "aria-label": "Undo the last change of the queue", title: "Undo", onclick: () => void actions.undoQueue() }, icon("undo"));
    const list = h("ol", { class: "queue-list", "aria-labelledby": "queue-heading" });
    const live = h("div", { class: "visually-hidden", role: "status" });
    fill(this, h("header", {}, h("div", {}, heading, summary), undo, more, close), list, live);

    this.on(list, "keydown", (event) => this.#key(event, live));
    startDragging(list, this.life, (itemId, to) => void actions.changeQueue("move", { item_id: itemId, to }));
    this.follow(["queue"], () => this.#show(list, summary));
    this.follow(["player"], () => this.#mark(list));
    this.follow(["queue_open"], () => {
      const open = store.state.queue_open;
      this.toggleAttribute("open", open);
      this.inert = !open;
      document.body.classList.toggle("queue-open", open);
      if (open) this.#reveal(list);
    });
  }

  /** @param {HTMLElement} list @param {HTMLElement} summary */
  #show(list, summary) {
    const queue = store.state.queue;
    const items = queue?.items ?? [];
    const position = queue?.position ?? 0;
    const upcoming = items.slice(position);
    const rest = upcoming.reduce((sum, item) => sum + item.track.duration_s, 0);
    summary.textContent = items.length ? `${counted(items.length, "song")} · ${lengthInWords(rest)} left` : "";
    if (!items.length) {
      fill(list, h("li", { class: "empty-note" }, icon("queue"), h("p", {}, "The queue is empty."), h("p", { class: "quiet small" }, "Ask for music, or choose “Add to queue” on a song.")));
      return;
    }
    if (queue?.revision === this.#revision && list.childElementCount > 0 && !list.querySelector(".empty-note")) return this.#mark(list);
    this.#revision = queue?.revision ?? -1;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.closest("li")?.dataset.item;
    const scroll = list.scrollTop;
    const first = Math.max(0, Math.min(position - 50, items.length - MOST_DRAWN));
    const drawn = items.slice(first, first + MOST_DRAWN);
    fill(
      list,
      first > 0 && h("li", { class: "quiet small more-note" }, `${counted(first, "song")} before`),
      drawn.map((item, index) => this.#row(item, first + index, items.length)),
      first + drawn.length < items.length && h("li", { class: "quiet small more-note" }, `${counted(items.length - first - drawn.length, "more song")}`),
    );
    list.scrollTop = scroll;
    this.#mark(list);
    if (focused) /** @type {HTMLElement | null} */ (list.querySelector(`[data-item="${CSS.escape(focused)}"] .queue-play`))?.focus();
  }

  /** @param {import("../store.js").QueueItem} item @param {number} index @param {number} total */
  #row(item, index, total) {
    const { track } = item;
    const to = (/** @type {number} */ place) => actions.changeQueue("move", { item_id: item.id, to: place });
    /** @type {import("./menu.js").Entry[]} */
    const moves = [
      ...(index > 0 ? [{ label: "Move up", icon: "up", action: () => to(index - 1) }] : []),
      ...(index < total - 1 ? [{ label: "Move down", icon: "down", action: () => to(index + 1) }] : []),
      { label: "Remove from queue", icon: "trash", action: () => this.#remove(item.id) },
    ];
    return h(
      "li",
      { dataset: { item: item.id, index: String(index) } },
      h("span", { class: "grip", "aria-hidden": "true", title: "Drag to reorder" }, icon("grip")),
      h(
        "button",
        { type: "button", class: "queue-play", "aria-label": `Play ${track.title} by ${track.artist}, number ${index + 1} of ${total}`, "aria-keyshortcuts": "Alt+ArrowUp Alt+ArrowDown Delete", onclick: () => void actions.jump(item.id) },
        h("span", { class: "queue-cover" }, cover(track, 96), equaliser()),
        h("span", { class: "queue-text" }, bidi(track.title, "queue-title cut"), bidi(track.artist, "queue-artist cut")),
        h("span", { class: "row-time" }, clock(track.duration_s)),
      ),
      moreButton(track.title, () => trackEntries(track, moves)),
    );
  }

  /** @param {HTMLElement} list */
  #mark(list) {
    const currentId = store.current?.id;
    const { playing } = store;
    let before = true;
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-item]"))) {
      const isCurrent = row.dataset.item === currentId;
      if (isCurrent) before = false;
      row.classList.toggle("current", isCurrent);
      row.classList.toggle("playing", isCurrent && playing);
      row.classList.toggle("played", before && currentId !== undefined);
      if (isCurrent) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  /** @param {HTMLElement} list */
  #reveal(list) {
    const current = /** @type {HTMLElement | null} */ (list.querySelector(".current"));
    if (current) list.scrollTop = current.offsetTop - list.offsetTop - 60;
  }

  /** @param {string} itemId */
  #remove(itemId) {
    return actions.changeQueue("remove", { item_ids: [itemId] });
  }

  /** @param {KeyboardEvent} event @param {HTMLElement} live */
  #key(event, live) {
    const row = /** @type {HTMLElement} */ (event.target).closest("li");
    const itemId = row?.dataset.item;
    if (!row || !itemId) return;
    const index = Number(row.dataset.index);
    const total = store.state.queue?.items.length ?? 0;
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (step && event.altKey) {
      event.preventDefault();
      const to = index + step;
      if (to < 0 || to >= total) return;
      live.textContent = `Moved to number ${to + 1} of ${total}`;
      void actions.changeQueue("move", { item_id: itemId, to });
    } else if (step) {
      event.preventDefault();
      const next = step > 0 ? row.nextElementSibling : row.previousElementSibling;
      /** @type {HTMLElement | null | undefined} */ (next?.querySelector(".queue-play"))?.focus();
    } else if (event.key === "Delete") {
      event.preventDefault();
      const neighbour = /** @type {HTMLElement | null} */ (row.nextElementSibling ?? row.previousElementSibling);
      /** @type {HTMLElement | null | undefined} */ (neighbour?.querySelector(".queue-play"))?.focus();
      live.textContent = "Removed from the queue";
      void this.#remove(itemId);
    }
  }

  /** @param {HTMLElement} anchor */
  #menu(anchor) {
    const items = store.state.queue?.items ?? [];
    openMenu(
      anchor,
      [
        { label: "Undo last change", icon: "undo", action: () => void actions.undoQueue() },
        { label: store.state.queue?.shuffle ? "Shuffle off" : "Shuffle", icon: "shuffle", action: () => void actions.changeQueue("shuffle", { on: !store.state.queue?.shuffle }) },
        ...(items.length ? [{ label: "Save as playlist…", icon: "playlist", action: () => void choosePlaylist(items.map((item) => item.track.id)) }] : []),
        "line",
        { label: "Clear the queue", icon: "trash", action: () => void actions.changeQueue("clear") },
      ],
      "Queue",
    );
  }
}

customElements.define("refrain-queue", QueuePanel);
