/** Reorder the rows of a list by dragging their grip, with mouse, pen or finger. */

const EDGE_PX = 48;
const SCROLL_PX = 10;

/**
 * @param {HTMLElement} list  its rows carry `data-item` and `data-index` and hold a `.grip`
 * @param {AbortSignal} life
 * @param {(itemId: string, to: number) => void} onmove
 */
export function startDragging(list, life, onmove) {
  list.addEventListener("pointerdown", begin, { signal: life });

  /** @param {PointerEvent} event */
  function begin(event) {
    const grip = /** @type {Element} */ (event.target).closest(".grip");
    const row = /** @type {HTMLElement | null} */ (grip?.closest("li") ?? null);
    if (!grip || !row?.dataset.item || event.button !== 0) return;
    event.preventDefault();
    const from = Number(row.dataset.index);
    const startY = event.clientY + list.scrollTop;
    let target = from;
    row.classList.add("dragging");
    grip.setPointerCapture(event.pointerId);

    const move = (/** @type {PointerEvent} */ moved) => {
      const box = list.getBoundingClientRect();
      if (moved.clientY < box.top + EDGE_PX) list.scrollTop -= SCROLL_PX;
      else if (moved.clientY > box.bottom - EDGE_PX) list.scrollTop += SCROLL_PX;
      row.style.setProperty("transform", `translateY(${moved.clientY + list.scrollTop - startY}px)`);
      target = placeUnder(row, moved.clientY, from);
    };
    const end = (/** @type {PointerEvent} */ ended) => {
      grip.removeEventListener("pointermove", /** @type {any} */ (move));
      row.classList.remove("dragging");
      row.style.removeProperty("transform");
      for (const other of list.children) other.classList.remove("gap-above", "gap-below");
      if (ended.type === "pointerup" && target !== from) onmove(row.dataset.item ?? "", target);
    };
    grip.addEventListener("pointermove", /** @type {any} */ (move));
    grip.addEventListener("pointerup", /** @type {any} */ (end), { once: true });
    grip.addEventListener("pointercancel", /** @type {any} */ (end), { once: true });
  }

  /** @param {HTMLElement} row @param {number} y @param {number} from */
  function placeUnder(row, y, from) {
    let target = from;
    for (const other of /** @type {HTMLElement[]} */ ([...list.children])) {
      other.classList.remove("gap-above", "gap-below");
      if (other === row || !other.dataset.item) continue;
      const box = other.getBoundingClientRect();
      if (y < box.top || y > box.bottom) continue;
      const index = Number(other.dataset.index);
      const below = y > box.top + box.height / 2;
      other.classList.add(below ? "gap-below" : "gap-above");
      const slot = index + (below ? 1 : 0);
      target = slot > from ? slot - 1 : slot;
    }
    return target;
  }
}
