/** Small pictures that are drawn many times: dots in a colour, covers cut to a circle. */

const STEPS = 5;
const MOST_COVERS = 400;

/** Dots of a size and a colour at several strengths, drawn once. */
export class Dots {
  /** @type {Map<string, HTMLCanvasElement>} */
  #drawn = new Map();

  /** @param {string} colour @param {number} radius  pixels of the screen @param {number} strength  0 to 1 @param {number} ratio */
  get(colour, radius, strength, ratio) {
    const step = Math.round(strength * STEPS);
    const key = `${colour} ${radius.toFixed(1)} ${step} ${ratio}`;
    const known = this.#drawn.get(key);
    if (known) return known;
    const side = Math.ceil((radius + 1) * 2 * ratio);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = side;
    const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    brush.fillStyle = colour;
    brush.globalAlpha = 0.22 + (0.78 * step) / STEPS;
    brush.beginPath();
    brush.arc(side / 2, side / 2, radius * ratio, 0, 2 * Math.PI);
    brush.fill();
    this.#drawn.set(key, canvas);
    return canvas;
  }

  clear() {
    this.#drawn.clear();
  }
}

/** Covers, loaded when they are first wanted. */
export class Covers {
  /** @type {Map<string, HTMLImageElement | null>} */
  #pictures = new Map();

  /** @param {() => void} arrived  called when one more can be drawn */
  constructor(arrived) {
    this.arrived = arrived;
  }

  /** @param {string | null} url @returns {HTMLImageElement | null} */
  get(url) {
    if (!url) return null;
    const known = this.#pictures.get(url);
    if (known !== undefined) return known;
    if (this.#pictures.size > MOST_COVERS) this.#pictures.delete(/** @type {string} */ (this.#pictures.keys().next().value));
    this.#pictures.set(url, null);
    const picture = new Image();
    picture.onload = () => {
      this.#pictures.set(url, picture);
      this.arrived();
    };
    picture.src = `${url}?size=96`;
    return null;
  }
}
