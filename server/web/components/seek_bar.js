import { positionNow, seek } from "../actions.js";
import { fill, h } from "../dom.js";
import { clock } from "../format.js";
import { soundOf } from "../sound.js";
import { store } from "../store.js";
import { Component } from "./component.js";
import { moodStrip } from "./mood_strip.js";

const UPDATE_MS = 250;
/** After letting go, the new place is shown until the player confirms it. */
const HOLD_MS = 1500;

/** Where the song is, and how to go elsewhere in it. */
export class SeekBar extends Component {
  #dragging = false;
  #heldUntil = 0;

  start() {
    const elapsed = h("span", { class: "time elapsed", "aria-hidden": "true" }, "0:00");
    const left = h("span", { class: "time left", "aria-hidden": "true" }, "0:00");
    const slider = h("input", { type: "range", class: "slider seek", min: 0, max: 1, step: 0.1, value: 0, "aria-label": "Position in the song" });
    const strip = h("span", { class: "seek-strip" });
    fill(this, elapsed, h("span", { class: "seek-way" }, slider, strip), left);
    const show = (/** @type {number} */ position, /** @type {number} */ duration) => {
      slider.max = String(Math.max(0.1, duration));
      slider.value = String(position);
      slider.style.setProperty("--filled", `${duration ? (position / duration) * 100 : 0}%`);
      slider.setAttribute("aria-valuetext", `${clock(position)} of ${clock(duration)}`);
      elapsed.textContent = clock(position);
      left.textContent = store.current?.track.is_live ? "Live" : clock(duration);
    };
    const update = () => {
      const current = store.current;
      const duration = store.state.player?.duration_s || current?.track.duration_s || 0;
      slider.disabled = !current || current.track.is_live;
      if (this.#dragging || performance.now() < this.#heldUntil) return;
      show(current ? positionNow() : 0, duration);
    };
    this.on(slider, "input", () => {
      this.#dragging = true;
      show(Number(slider.value), Number(slider.max));
    });
    this.on(slider, "change", async () => {
      this.#dragging = false;
      this.#heldUntil = performance.now() + HOLD_MS;
      await seek(Number(slider.value));
      this.#heldUntil = 0;
    });
    let striped = 0;
    this.follow(["player", "queue"], async () => {
      update();
      const id = store.current?.track.id ?? 0;
      if (id === striped) return;
      striped = id;
      fill(strip);
      const sound = id > 0 ? await soundOf(id) : null;
      if (id === striped && sound?.analysed && sound.segments.length > 1) fill(strip, moodStrip(sound));
    });
    const timer = setInterval(update, UPDATE_MS);
    this.life.addEventListener("abort", () => clearInterval(timer));
  }
}

customElements.define("refrain-seek", SeekBar);
