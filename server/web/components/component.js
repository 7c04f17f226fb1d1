import { store } from "../store.js";

/** A custom element in the light DOM that lets go of everything it listens to when it leaves the page. */
export class Component extends HTMLElement {
  /** @type {AbortController | null} */
  #life = null;

  connectedCallback() {
    this.#life = new AbortController();
    this.start();
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#life = null;
  }

  /** Aborted when the element leaves the page. */
  get life() {
    return /** @type {AbortController} */ (this.#life).signal;
  }

  get alive() {
    return this.#life !== null;
  }

  /** What a subclass does once it is in the page. */
  start() {}

  /**
   * Call `render` now and whenever one of `keys` changes.
   * @param {Array<keyof import("../store.js").State>} keys
   * @param {() => void} render
   */
  follow(keys, render) {
    const stop = store.watch(keys, render);
    this.life.addEventListener("abort", stop);
    render();
  }

  /**
   * @param {EventTarget} target
   * @param {string} type
   * @param {(event: any) => void} listener
   */
  on(target, type, listener) {
    target.addEventListener(type, listener, { signal: this.life });
  }
}
