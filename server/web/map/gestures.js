/** Fingers, mouse and wheel on the map, turned into what they mean. */

/**
 * @typedef {object} Meaning
 * @property {(dx: number, dy: number) => void} pan
 * @property {(x: number, y: number, factor: number) => void} zoom
 * @property {(x: number, y: number) => void} hover
 * @property {() => void} leave
 * @property {(x: number, y: number, kind: string) => void} choose  `kind`: "mouse", "touch" or "pen"
 * @property {(x: number, y: number) => void} menu
 * @property {(corners: Array<[number, number]>) => void} drawing
 * @property {(corners: Array<[number, number]>) => void} drawn
 * @property {() => "move" | "rectangle" | "lasso"} tool
 */

/** A hand that trembles less than this does not drag. */
const STILL_PX = 5;
const LONG_PRESS_MS = 550;
const STEP_PX = 4;

/** @param {HTMLElement} surface @param {Meaning} meaning @param {AbortSignal} signal */
export function followGestures(surface, meaning, signal) {
  /** @type {Map<number, [number, number]>} */
  const fingers = new Map();
  /** @type {[number, number]} */
  let start = [0, 0];
  let moved = false;
  let pinched = false;
  /** @type {Array<[number, number]> | null} */
  let corners = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let press;
  const options = { signal };

  /** @param {PointerEvent | WheelEvent | MouseEvent} event @returns {[number, number]} */
  const at = (event) => {
    const box = surface.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    surface.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, at(event));
    if (fingers.size > 1) {
      pinched = true;
      corners = null;
      clearTimeout(press);
      meaning.drawing([]);
      return;
    }
    start = at(event);
    [moved, pinched] = [false, false];
    if (meaning.tool() !== "move" || event.shiftKey) corners = [start];
    else if (event.pointerType === "touch") press = setTimeout(() => ((moved = true), meaning.menu(...start)), LONG_PRESS_MS);
  }, options);

  surface.addEventListener("pointermove", (event) => {
    const now = at(event);
    const before = fingers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") meaning.hover(...now);
      return;
    }
    if (fingers.size === 2) pinch(event.pointerId, before, now);
    else if (moved || Math.hypot(now[0] - start[0], now[1] - start[1]) > STILL_PX) {
      moved = true;
      clearTimeout(press);
      if (corners) draw(now, event);
      else if (!pinched) meaning.pan(now[0] - before[0], now[1] - before[1]);
    } else return;
    fingers.set(event.pointerId, now);
  }, options);

  /** @param {number} id @param {[number, number]} before @param {[number, number]} now */
  const pinch = (id, before, now) => {
    const other = [...fingers].find(([key]) => key !== id)?.[1] ?? before;
    const [was, is] = [Math.hypot(before[0] - other[0], before[1] - other[1]), Math.hypot(now[0] - other[0], now[1] - other[1])];
    meaning.pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
    if (was > 1) meaning.zoom((now[0] + other[0]) / 2, (now[1] + other[1]) / 2, is / was);
  };

  /** @param {[number, number]} now @param {PointerEvent} event */
  const draw = (now, event) => {
    if (!corners) return;
    if (meaning.tool() === "lasso" && !event.shiftKey) {
      const last = corners[corners.length - 1];
      if (Math.hypot(now[0] - last[0], now[1] - last[1]) > STEP_PX) corners.push(now);
    } else corners = [start, [now[0], start[1]], now, [start[0], now[1]]];
    meaning.drawing(corners);
  };

  const end = (/** @type {PointerEvent} */ event) => {
    if (!fingers.delete(event.pointerId)) return;
    clearTimeout(press);
    if (fingers.size) return;
    const shape = corners;
    corners = null;
    if (event.type === "pointercancel") meaning.drawing([]);
    else if (moved && shape) meaning.drawn(shape);
    else if (!moved && !pinched) meaning.choose(...at(event), event.pointerType);
  };
  surface.addEventListener("pointerup", end, options);
  surface.addEventListener("pointercancel", end, options);
  surface.addEventListener("pointerleave", () => meaning.leave(), options);
  surface.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    clearTimeout(press);
    if (!fingers.size) meaning.menu(...at(event));
  }, options);
  surface.addEventListener("wheel", (event) => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    meaning.zoom(...at(event), Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.012 : 0.002)));
  }, { ...options, passive: false });
}
