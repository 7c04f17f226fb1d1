/**
 * The conversation as a list of messages, kept up to date by the realtime events.
 *
 * @typedef {{number: number, kind: "track" | "album" | "artist" | "playlist", id: number, title: string,
 *   subtitle: string, cover_id: string | null, duration_s: number | null, note: string, list_id?: string}} Result
 * @typedef {{call_id: string, name: string, status: string}} ToolCall
 * @typedef {{id: string, role: "user" | "assistant", text: string, status: "streaming" | "done" | "cancelled" | "failed",
 *   tools: ToolCall[], results: Result[], error: {message: string, nextStep: string} | null,
 *   voice: "" | "sounding" | "said" | "cut"}} Message  `voice`: whether it is spoken, was, or was cut short
 */

import { realtime } from "./realtime.js";
import { remembered, store } from "./store.js";

/** Marks the event ids of the conversation, so that an error can be told to belong to it. */
const OURS = "chat_";

/** Events: "reset", "added", "changed" and "removed" (detail: the message), "busy". */
class Conversation extends EventTarget {
  /** @type {Message[]} */
  messages = [];
  /** The response that streams now. @type {string | null} */
  #active = null;
  /** A request went out and no response began yet. */
  #waiting = false;

  get busy() {
    return this.#waiting || this.#active !== null;
  }

  /** The id of the answer that streams now. */
  get active() {
    return this.#active;
  }

  /** What the person typed last, for the arrow-up key. */
  get lastInput() {
    return this.messages.findLast((message) => message.role === "user" && message.status === "done")?.text ?? "";
  }

  start() {
    /** @type {Record<string, (detail: any) => void>} */
    const handlers = {
      "session.created": ({ session }) => void remembered("session", session?.id ?? null),
      "refrain.transcript": ({ items }) => this.#restore(items ?? []),
      "conversation.item.added": ({ item }) => this.#echo(item),
      "response.created": ({ response }) => this.#begin(response.id),
      "response.output_text.delta": ({ response_id, delta }) => this.grow(response_id, delta),
      "refrain.tool": (detail) => this.#tool(detail),
      "refrain.results": ({ response_id, items }) => this.#update(response_id, { results: items ?? [] }),
      "response.done": ({ response }) => this.#end(response),
      error: ({ error }) => this.#fail(error ?? {}),
    };
    for (const [type, handler] of Object.entries(handlers)) {
      realtime.addEventListener(type, (event) => handler(/** @type {CustomEvent} */ (event).detail));
    }
    realtime.addEventListener("lost", () => this.#interrupted());
  }

  /**
   * @param {string} text
   * @param {{aloud?: boolean}} [options]  whether the answer is to be spoken
   * @returns {boolean} false when there is no connection
   */
  ask(text, { aloud = false } = {}) {
    const id = `item_${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
    const item = { id, type: "message", role: "user", content: [{ type: "input_text", text }] };
    if (!realtime.send({ type: "conversation.item.create", event_id: `${OURS}${id}`, item })) return false;
    this.#add({ id, role: "user", text, status: "done" });
    realtime.send({ type: "response.create", event_id: `${OURS}response_${id}`, response: { output_modalities: [aloud ? "audio" : "text"] } });
    this.#setWaiting(true);
    return true;
  }

  /** Stop the answer that streams. */
  cancel() {
    if (this.busy) realtime.send({ type: "response.cancel" });
  }

  /** Leave this conversation and begin another; the music plays on. */
  renew() {
    this.cancel();
    remembered("session", null);
    this.messages = [];
    this.dispatchEvent(new Event("reset"));
    realtime.restart();
  }

  /** @param {string} id */
  find(id) {
    return this.messages.find((message) => message.id === id);
  }

  /** @param {Array<{role: "user" | "assistant", text: string, results?: Result[]}>} items */
  #restore(items) {
    if (this.busy && this.messages.length) return;
    this.messages = items.map((item, index) => message({ id: `past_${index}`, role: item.role, text: item.text, status: "done", results: item.results ?? [] }));
    this.dispatchEvent(new Event("reset"));
  }

  /** Another page of this conversation said something. @param {any} item */
  #echo(item) {
    if (item?.role !== "user" || this.find(item.id)) return;
    const text = (item.content ?? []).map((/** @type {any} */ part) => part.text ?? part.transcript ?? "").join("");
    if (text) this.#add({ id: item.id, role: "user", text, status: "done" });
  }

  /** @param {string} id */
  #begin(id) {
    this.#active = id;
    this.#setWaiting(false);
    if (!this.find(id)) this.#add({ id, role: "assistant", text: "", status: "streaming" });
    this.dispatchEvent(new Event("busy"));
  }

  /** More of an answer is said. @param {string} id @param {string} delta */
  grow(id, delta) {
    const found = this.find(id);
    if (found) this.#update(id, { text: found.text + delta });
  }

  /** The whole answer in writing, when more is to be read than was said. @param {string} id @param {string} text */
  rewrite(id, text) {
    if (this.find(id)) this.#update(id, { text });
  }

  /** Whether an answer is spoken. @param {string} id @param {Message["voice"]} state */
  voiced(id, state) {
    if (this.find(id)?.voice !== state) this.#update(id, { voice: state });
  }

  /** What somebody is saying, as far as it is understood. @param {string} id @param {string} text */
  overhear(id, text) {
    const found = this.find(id);
    if (!found) this.#add({ id, role: "user", text, status: "streaming" });
    else if (text) this.#update(id, { text });
  }

  /** What somebody has said, all of it; nothing when it was no request. @param {string} id @param {string} text */
  heard(id, text) {
    const found = this.find(id);
    if (!text) {
      // An answer to it is as good as a proof that something was said.
      if (found?.status === "streaming") this.#remove(found);
    } else if (found) this.#update(id, { text, status: "done" });
    else this.#add({ id, role: "user", text, status: "done" });
  }

  /** @param {{response_id: string, call_id: string, name: string, status: string}} call */
  #tool({ response_id, call_id, name, status }) {
    const found = this.find(response_id);
    if (!found) return;
    const tools = found.tools.filter((tool) => tool.call_id !== call_id);
    this.#update(response_id, { tools: [...tools, { call_id, name, status }] });
  }

  /** @param {any} response */
  #end(response) {
    const error = response.status_details?.error;
    const status = response.status === "completed" ? "done" : response.status === "cancelled" ? "cancelled" : "failed";
    if (this.#active === response.id) this.#active = null;
    const known = this.find(response.id)?.error ?? null;
    this.#update(response.id, { status, error: status === "failed" ? (error ? problem(error) : (known ?? problem({}))) : null });
    this.#setWaiting(false);
  }

  /** @param {any} error */
  #fail(error) {
    // Errors about other messages, such as a player's report, do not concern the conversation.
    const concerns = error.type !== "invalid_request_error" || String(error.event_id ?? "").startsWith(OURS);
    if (!concerns) return;
    const id = this.#active;
    this.#active = null;
    if (id) this.#update(id, { status: "failed", error: problem(error) });
    else this.#add({ id: `error_${Date.now()}`, role: "assistant", text: "", status: "failed", error: problem(error) });
    this.#setWaiting(false);
  }

  #interrupted() {
    if (!this.busy || !this.messages.length) {
      this.#active = null;
      this.#setWaiting(false);
      return;
    }
    this.#fail({ message: "The connection broke before the answer was complete.", next_step: "Ask again once it is back." });
  }

  /** @param {Partial<Message> & {id: string, role: "user" | "assistant"}} parts */
  #add(parts) {
    const added = message(parts);
    this.messages.push(added);
    this.dispatchEvent(new CustomEvent("added", { detail: added }));
  }

  /** @param {string} id @param {Partial<Message>} parts */
  #update(id, parts) {
    const found = this.find(id);
    if (!found) return;
    Object.assign(found, parts);
    this.dispatchEvent(new CustomEvent("changed", { detail: found }));
  }

  /** Nothing came of what was being said. */
  forget() {
    for (const message of this.messages) if (message.role === "user" && message.status === "streaming") this.#remove(message);
  }

  /** @param {Message} gone */
  #remove(gone) {
    this.messages = this.messages.filter((message) => message !== gone);
    this.dispatchEvent(new CustomEvent("removed", { detail: gone }));
  }

  /** @param {boolean} waiting */
  #setWaiting(waiting) {
    this.#waiting = waiting;
    this.dispatchEvent(new Event("busy"));
  }
}

/** @param {Partial<Message> & {id: string, role: "user" | "assistant"}} parts @returns {Message} */
function message(parts) {
  return { text: "", status: "done", tools: [], results: [], error: null, voice: "", ...parts };
}

/** @param {any} error */
function problem(error) {
  const lost = store.state.connection !== "open";
  return {
    message: error.message ?? "That did not work.",
    nextStep: error.next_step ?? (lost ? "Ask again once the connection is back." : "Try it again, or say it in other words."),
  };
}

export const conversation = new Conversation();
