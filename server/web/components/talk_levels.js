/** How loud it was in the last moments, as bars that wander to the left. */

const BARS = 26;
const PUSH_EVERY_MS = 45;

export class Levels {
  /** The newest last, 0 to 1. */
  values = new Float32Array(BARS);
  #latest = 0;
  #pushedAt = 0;
  #frame = 0;

  /** @param {number} value  0 to 1 */
  push(value) {
    this.#latest = Math.max(this.#latest, value);
  }

  /** Begin to draw, unless it goes on already. @param {(now: number) => void} draw */
  run(draw) {
    if (this.#frame) return;
    const step = (/** @type {number} */ now) => {
      this.#frame = requestAnimationFrame(step);
      if (now - this.#pushedAt < PUSH_EVERY_MS) return;
      this.#pushedAt = now;
      this.values.copyWithin(0, 1);
      this.values[BARS - 1] = this.#latest;
      this.#latest *= 0.35;
      draw(now);
    };
    this.#frame = requestAnimationFrame(step);
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#latest = 0;
    this.values.fill(0);
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Levels} levels
 * @param {() => string} state  of the talk: while it is thought, a quiet wave runs through
 */
export function drawLevels(canvas, levels, state) {
  const context = canvas.getContext("2d");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  levels.run((now) => {
    if (!context) return;
    const scale = Math.max(1, devicePixelRatio);
    const { clientWidth: width, clientHeight: height } = canvas;
    if (canvas.width !== Math.round(width * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    context.fillStyle = getComputedStyle(canvas).color;
    const step = width / BARS;
    for (let bar = 0; bar < BARS; bar += 1) {
      const wave = calm.matches ? 0.12 : 0.1 + 0.14 * (1 + Math.sin(now / 260 - bar / 2.2));
      // Without motion all bars show how loud it is now.
      const level = state() === "thinking" || state() === "opening" ? wave : levels.values[calm.matches ? BARS - 1 : bar];
      const tall = Math.max(3, level * height);
      context.globalAlpha = calm.matches ? 1 : 0.25 + (0.75 * bar) / BARS;
      context.beginPath();
      context.roundRect(bar * step + step * 0.2, (height - tall) / 2, step * 0.56, tall, step);
      context.fill();
    }
  });
}
