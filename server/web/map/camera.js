/** Which part of the unit square is seen, and where on the screen it lies; y points upwards on the map. */

const CLOSEST = 60;
/** Room at the edges, so that no point is cut in half. */
const MARGIN_PX = 34;

export class Camera {
  width = 1;
  height = 1;
  zoom = 1;
  /** The place in the middle of the screen. */
  x = 0.5;
  y = 0.5;

  /** Pixels for one unit. */
  get scaleX() {
    return Math.max(1, this.width - 2 * MARGIN_PX) * this.zoom;
  }

  get scaleY() {
    return Math.max(1, this.height - 2 * MARGIN_PX) * this.zoom;
  }

  /** @param {number} x */
  screenX(x) {
    return this.width / 2 + (x - this.x) * this.scaleX;
  }

  /** @param {number} y */
  screenY(y) {
    return this.height / 2 - (y - this.y) * this.scaleY;
  }

  /** @param {number} px @param {number} py @returns {[number, number]} */
  place(px, py) {
    return [this.x + (px - this.width / 2) / this.scaleX, this.y - (py - this.height / 2) / this.scaleY];
  }

  /** @returns {import("./quadtree.js").Box} what is seen, with a little around it */
  box(aroundPx = MARGIN_PX) {
    const [left, top] = this.place(-aroundPx, -aroundPx);
    const [right, bottom] = this.place(this.width + aroundPx, this.height + aroundPx);
    return { left, right, bottom, top };
  }

  /** Closer or farther, while the place under the pointer stays there. @param {number} px @param {number} py @param {number} factor */
  zoomAt(px, py, factor) {
    const [x, y] = this.place(px, py);
    this.zoom = Math.min(CLOSEST, Math.max(1, this.zoom * factor));
    const [x2, y2] = this.place(px, py);
    this.x += x - x2;
    this.y += y - y2;
    this.#keepInside();
  }

  /** @param {number} dx  pixels @param {number} dy */
  pan(dx, dy) {
    this.x -= dx / this.scaleX;
    this.y += dy / this.scaleY;
    this.#keepInside();
  }

  /** Move so little that a place is well inside. @param {number} x @param {number} y */
  reveal(x, y) {
    const [px, py] = [this.screenX(x), this.screenY(y)];
    const edge = 60;
    const dx = px < edge ? edge - px : px > this.width - edge ? this.width - edge - px : 0;
    const dy = py < edge ? edge - py : py > this.height - edge ? this.height - edge - py : 0;
    this.pan(dx, dy);
  }

  whole() {
    Object.assign(this, { zoom: 1, x: 0.5, y: 0.5 });
  }

  #keepInside() {
    const half = 0.5 / this.zoom;
    this.x = Math.min(1 - half, Math.max(half, this.x));
    this.y = Math.min(1 - half, Math.max(half, this.y));
  }
}
