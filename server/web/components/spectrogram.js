import { fill, h } from "../dom.js";
import { Constellation } from "../recognition/constellation.js";
import { COLUMNS_PER_S, height, ROWS, Spectrum } from "../recognition/spectrum.js";
import { Component } from "./component.js";

const MAX_S = 20;
const PX_PER_S = 110;
const SPAN_S = /** @type {const} */ ([3.5, 10]);
/** Sound comes in blocks; the picture runs this far behind, so that it glides. */
const LAG_S = 0.09;
const SETTLE = 0.1;
const STEPS = 6;
const FADE_PX = 70;
const POINT_SIZE = 1.2;
const GIVE_WAY_S = 0.5;
/** How much of the picture goes when the line of a hum comes. */
const DIMMED = 0.72;
const MARKS = [200, 500, 1000, 2000, 5000];

/** A picture of what is heard, newest at the right; afterwards the whole clip with what fitted. */
export class Spectrogram extends Component {
  #canvas = h("canvas", { role: "img", "aria-label": "Picture of the sound" });
  /** One column a pixel wide for each sixtieth of a second. */
  #paper = h("canvas", { width: MAX_S * COLUMNS_PER_S, height: ROWS });
  /** @type {Uint8Array[]} */
  #columns = [];
  #points = new Constellation();
  /** @type {Spectrum | null} */
  #spectrum = null;
  #painted = 0;
  /** @type {Uint8ClampedArray} */
  #palette = new Uint8ClampedArray(256 * 4);
  #colours = { point: "#fff", hit: "#0ff", line: "#fff", key: "" };
  /** What is in sight, seconds. */
  #view = { from: -SPAN_S[0], to: 0 };
  #live = false;
  #frame = 0;
  #drawnAt = 0;
  /** @type {import("../recognition/melody_line.js").MelodyLine | null} */
  #line = null;
  /** How far the picture gave way to the line of a hum, 0 to 1. */
  #hummed = 0;

  start() {
    const marks = MARKS.map((hertz) => h("span", { style: { "--height": `${height(hertz) * 100}%` } }, hertz < 1000 ? `${hertz} Hz` : `${hertz / 1000} kHz`));
    fill(this, this.#canvas, h("div", { class: "spectrogram-marks", "aria-hidden": "true" }, marks));
    const resized = new ResizeObserver(() => this.#wake());
    resized.observe(this);
    const themed = new MutationObserver(() => this.#wake());
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    this.on(matchMedia("(prefers-color-scheme: light)"), "change", () => this.#wake());
    this.life.addEventListener("abort", () => {
      resized.disconnect();
      themed.disconnect();
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
    });
  }

  /**
   * Begin an empty picture.
   * @param {number} rate  samples a second of what will be pushed; 0 for none
   * @param {import("../recognition/melody_line.js").MelodyLine | null} [line]  follows the same sound
   */
  begin(rate, line = null) {
    this.#line = line;
    this.#hummed = 0;
    this.#spectrum = rate ? new Spectrum(rate) : null;
    this.#columns = [];
    this.#painted = 0;
    this.#points.clear();
    this.#paper.getContext("2d")?.clearRect(0, 0, this.#paper.width, ROWS);
    this.#view = { from: -this.#span, to: 0 };
    this.#live = rate > 0;
    this.#tell();
    this.#wake();
  }

  /** @param {Float32Array} samples */
  push(samples) {
    if (!this.#spectrum || this.#columns.length >= MAX_S * COLUMNS_PER_S) return;
    this.#columns.push(...this.#spectrum.push(samples));
    this.#wake();
  }

  /** Whether somebody hums: then the line of it is what counts. @param {boolean} hums */
  set hums(hums) {
    if (hums !== this.hasAttribute("hums")) this.toggleAttribute("hums", hums);
  }

  /** @param {import("../recognition/answer.js").Peak[]} peaks */
  points(peaks) {
    this.#points.show(peaks, performance.now());
    this.#tell();
    this.#wake();
  }

  /** Nothing more comes: show the whole clip. */
  end() {
    this.#live = false;
    this.#wake();
  }

  get #seconds() {
    return this.#columns.length / COLUMNS_PER_S;
  }

  /** How long the picture is: without sound of its own, as far as the points go. */
  get #whole() {
    return this.#columns.length ? this.#seconds : this.#points.end;
  }

  get #span() {
    return Math.min(SPAN_S[1], Math.max(SPAN_S[0], (this.clientWidth || 800) / PX_PER_S));
  }

  /** The same in words and for tests. */
  #tell() {
    const { size, fitting } = this.#points;
    this.dataset.points = String(size);
    this.dataset.fitting = String(fitting);
    this.#canvas.setAttribute("aria-label", size ? `Picture of the sound: ${fitting} of ${size} peaks fit the recording` : "Picture of the sound");
  }

  #wake() {
    if (!this.#frame && this.alive) this.#frame = requestAnimationFrame((now) => this.#draw(now));
  }

  /** @param {number} now */
  #draw(now) {
    this.#frame = 0;
    const elapsed = Math.min(0.1, (now - this.#drawnAt) / 1000);
    this.#drawnAt = now;
    const moving = [this.#move(elapsed), this.#giveWay(elapsed)].includes(true);
    this.#readColours();
    this.#paint();
    this.#compose(now);
    if (moving || this.#points.moving(now)) this.#wake();
  }

  /** Glide on, or towards the whole clip. @param {number} elapsed */
  #move(elapsed) {
    const view = this.#view;
    if (this.#live) {
      const target = this.#seconds - LAG_S;
      view.to = Math.min(this.#seconds, view.to + elapsed + (target - view.to - elapsed) * SETTLE);
      view.from = view.to - this.#span;
      return view.to < this.#seconds - 0.001;
    }
    const [from, to] = this.#whole ? [0, this.#whole] : [-this.#span, 0];
    const quick = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : Math.min(1, elapsed * 6);
    view.from += (from - view.from) * quick;
    view.to += (to - view.to) * quick;
    const settled = Math.abs(view.from - from) + Math.abs(view.to - to) < 0.005;
    if (settled) [view.from, view.to] = [from, to];
    return !settled;
  }

  /** From the picture to the line, or back. @param {number} elapsed */
  #giveWay(elapsed) {
    const wanted = this.#line && this.hasAttribute("hums") ? 1 : 0;
    if (this.#hummed === wanted) return false;
    const step = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : elapsed / GIVE_WAY_S;
    this.#hummed = wanted ? Math.min(1, this.#hummed + step) : Math.max(0, this.#hummed - step);
    return true;
  }

  /** The colours of the theme, as a table of 256; after a change everything is painted anew. */
  #readColours() {
    const style = getComputedStyle(this);
    const stops = Array.from({ length: STEPS }, (_, index) => style.getPropertyValue(`--heat-${index}`).trim());
    const key = stops.join();
    if (key === this.#colours.key || stops.some((stop) => !stop)) return;
    this.#colours = { key, point: style.getPropertyValue("--peak").trim(), hit: style.getPropertyValue("--peak-hit").trim(), line: style.getPropertyValue("--tune").trim() };
    const strip = h("canvas", { width: 256, height: 1 }).getContext("2d", { willReadFrequently: true });
    if (!strip) return;
    const gradient = strip.createLinearGradient(0, 0, 256, 0);
    for (const [index, stop] of stops.entries()) gradient.addColorStop(index / (STEPS - 1), stop);
    strip.fillStyle = gradient;
    strip.fillRect(0, 0, 256, 1);
    this.#palette = strip.getImageData(0, 0, 256, 1).data;
    this.#painted = 0;
  }

  #paint() {
    const context = this.#paper.getContext("2d");
    const count = this.#columns.length - this.#painted;
    if (!context || count <= 0) return;
    const strip = context.createImageData(count, ROWS);
    for (let column = 0; column < count; column += 1) {
      const values = this.#columns[this.#painted + column];
      for (let row = 0; row < ROWS; row += 1) {
        const from = values[row] * 4;
        strip.data.set(this.#palette.subarray(from, from + 4), ((ROWS - 1 - row) * count + column) * 4);
      }
    }
    context.putImageData(strip, this.#painted, 0);
    this.#painted = this.#columns.length;
  }

  /** @param {number} now */
  #compose(now) {
    const context = this.#canvas.getContext("2d");
    const scale = Math.min(2, devicePixelRatio || 1);
    const [width, tall] = [Math.round(this.clientWidth * scale), Math.round(this.clientHeight * scale)];
    if (!context || !width || !tall) return;
    if (this.#canvas.width !== width || this.#canvas.height !== tall) [this.#canvas.width, this.#canvas.height] = [width, tall];
    context.clearRect(0, 0, width, tall);
    const { from, to } = this.#view;
    const x = (/** @type {number} */ seconds) => ((seconds - from) / (to - from)) * width;
    const y = (/** @type {number} */ share) => (1 - share) * tall;
    const known = this.#painted / COLUMNS_PER_S;
    const [left, right] = [Math.max(0, from), Math.min(known, to)];
    if (right > left) {
      context.imageSmoothingQuality = "high";
      context.globalAlpha = 1 - DIMMED * this.#hummed;
      context.drawImage(this.#paper, left * COLUMNS_PER_S, 0, (right - left) * COLUMNS_PER_S, ROWS, x(left), 0, x(right) - x(left), tall);
      context.globalAlpha = 1;
      soften(context, x(left), FADE_PX * scale, tall);
    }
    this.#line?.draw(context, { x, width, tall, scale }, this.#colours.line, this.#hummed);
    if (this.#hummed < 1) this.#points.draw(context, { x, y, scale: scale * POINT_SIZE }, this.#colours, now);
  }
}

customElements.define("refrain-spectrogram", Spectrogram);

/** Where the sound begins, it comes out of the ground. @param {CanvasRenderingContext2D} context @param {number} x @param {number} width @param {number} tall */
function soften(context, x, width, tall) {
  const veil = context.createLinearGradient(x, 0, x + width, 0);
  veil.addColorStop(0, "rgb(0 0 0 / 100%)");
  veil.addColorStop(1, "rgb(0 0 0 / 0%)");
  context.globalCompositeOperation = "destination-out";
  context.fillStyle = veil;
  context.fillRect(x - 1, 0, width + 1, tall);
  context.globalCompositeOperation = "source-over";
}
