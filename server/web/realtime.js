/**
 * The WebSocket: OpenAI Realtime event names for the conversation, `refrain.…` for queue, player and library.
 *
 * Each server message is dispatched as a `CustomEvent` of its own type with the message as `detail`; besides,
 * "open" and "lost" tell about the connection. After a loss it reconnects by itself, waiting longer each time.
 */

import { remembered, store } from "./store.js";

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 15_000;
/** Sound that waits longer than this to leave is of no use any more. */
const MAX_BYTES_WAITING = 1_000_000;

class Realtime extends EventTarget {
  /** @type {WebSocket | null} */
  #socket = null;
  #waitMs = FIRST_WAIT_MS;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** When the next attempt begins, for the banner (milliseconds since the epoch). */
  retryAt = 0;

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  start() {
    addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.retryNow();
    });
    this.#connect();
  }

  /** Do not wait for the back-off: the network is back, or the reader asked. */
  retryNow() {
    if (!this.#socket) this.#connect();
  }

  /**
   * @param {Record<string, unknown>} message
   * @returns {boolean} false when there is no connection; nothing is kept for later
   */
  send(message) {
    if (!this.isOpen) return false;
    this.#socket?.send(JSON.stringify(message));
    return true;
  }

  /**
   * Sound, as it is.
   * @param {ArrayBuffer} bytes
   * @returns {boolean} false when there is no connection or it is too slow for sound
   */
  sendBytes(bytes) {
    if (!this.isOpen || (this.#socket?.bufferedAmount ?? 0) > MAX_BYTES_WAITING) return false;
    this.#socket?.send(bytes);
    return true;
  }

  /** Connect anew at once, as another session if the remembered one changed. */
  restart() {
    const old = this.#socket;
    this.#socket = null;
    old?.close();
    this.dispatchEvent(new Event("lost"));
    this.#connect();
  }

  #connect() {
    clearTimeout(this.#timer);
    if (store.state.connection !== "lost" && store.state.connection !== "refused") store.set({ connection: "connecting" });
    const session = remembered("session");
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    // Nothing is spoken before somebody talks.
    const query = new URLSearchParams({ modalities: "text", ...(session ? { session } : {}) });
    const socket = new WebSocket(`${scheme}://${location.host}/v1/realtime?${query}`);
    let opened = false;
    this.#socket = socket;
    socket.addEventListener("open", () => {
      opened = true;
      this.#waitMs = FIRST_WAIT_MS;
      store.set({ connection: "open" });
      this.dispatchEvent(new Event("open"));
    });
    socket.addEventListener("message", (event) => this.#receive(event.data));
    socket.addEventListener("close", () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#retryLater();
      this.dispatchEvent(new Event("lost"));
      if (!opened) void this.#askWhy();
    });
  }

  #retryLater() {
    const jitter = 0.75 + Math.random() * 0.5;
    const wait = this.#waitMs * jitter;
    this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
    this.retryAt = Date.now() + wait;
    store.set({ connection: "lost" });
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  /** A browser hides why a WebSocket was refused; a plain request tells a missing token from a server that is away. */
  async #askWhy() {
    try {
      const response = await fetch("/api/library");
      if (response.status === 401 || response.status === 403) store.set({ connection: "refused" });
    } catch {
      // Still away; the back-off goes on.
    }
  }

  /** @param {unknown} data */
  #receive(data) {
    let message;
    try {
      message = JSON.parse(String(data));
    } catch {
      return;
    }
    if (typeof message?.type === "string") this.dispatchEvent(new CustomEvent(message.type, { detail: message }));
  }
}

export const realtime = new Realtime();
