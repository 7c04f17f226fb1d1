/** A long grid that reads its next page when the reader comes near its end. */

import { get, page } from "../api.js";
import { append, h } from "../dom.js";

const PAGE_SIZE = 60;
const AHEAD = "800px";

/**
 * @param {string} address  of the list, with its query but without offset and limit
 * @param {(item: any) => HTMLElement} draw
 * @param {{signal: AbortSignal, scroller: HTMLElement, className?: string, label: string}} options
 * @returns {Promise<{grid: HTMLElement, total: number}>}
 */
export async function pagedGrid(address, draw, { signal, scroller, className = "grid", label }) {
  const grid = h("ul", { class: className, "aria-label": label });
  const end = h("li", { class: "grid-end", "aria-hidden": "true" });
  let read = 0;
  let total = 0;
  const more = async () => {
    const joint = address.includes("?") ? "&" : "?";
    const answer = page(await get(`${address}${joint}offset=${read}&limit=${PAGE_SIZE}`, signal));
    total = answer.total;
    read += answer.items.length;
    end.remove();
    append(grid, answer.items.map((item) => h("li", {}, draw(item))));
    if (read < total && answer.items.length) grid.append(end);
  };
  await more();
  let busy = false;
  const watcher = new IntersectionObserver(
    async ([entry]) => {
      if (!entry.isIntersecting || busy || read >= total) return;
      busy = true;
      await more().catch(() => undefined);
      busy = false;
    },
    { root: scroller, rootMargin: AHEAD },
  );
  watcher.observe(end);
  signal.addEventListener("abort", () => watcher.disconnect());
  return { grid, total };
}
