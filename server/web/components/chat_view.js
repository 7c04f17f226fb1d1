import { ask } from "../asking.js";
import { conversation } from "../conversation.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { voice } from "../player/voice.js";
import { store } from "../store.js";
import { talking } from "../talk/talking.js";
import { Component } from "./component.js";
import { openListening } from "./listen_button.js";
import { MessageView } from "./message_view.js";
import { talkButton } from "./talk_button.js";
import "./talk_strip.js";
import { welcome, welcomeKind } from "./welcome.js";

const NEAR_END_PX = 120;

/** The conversation: messages, and the line to type into. */
export class ChatView extends Component {
  /** @type {HTMLElement} */
  #list = h("div", { class: "messages" });
  /** @type {HTMLTextAreaElement} */
  #input = h("textarea", { id: "ask", rows: 1, placeholder: "Ask for music", "aria-label": "Ask for music", "aria-keyshortcuts": "/", maxlength: 2000, autocomplete: "off", enterkeyhint: "send", dir: "auto" });
  /** Finished replies go here once, so that a screen reader reads them whole. */
  #spoken = h("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });

  #welcomed = "";

  start() {
    const heading = h("h1", { class: "visually-hidden", tabindex: -1 }, "Chat");
    const scroller = h("div", { class: "chat-scroll" }, this.#list);
    const send = h("button", { type: "submit", class: "send-button", "aria-label": "Send" }, icon("up"));
    const listen = h("button", { type: "button", class: "icon-button composer-listen", "aria-label": "What is this? Listen and name it", title: "What is this?", onclick: () => openListening() }, icon("wave"));
    const form = h("form", { class: "composer", onsubmit: (/** @type {Event} */ event) => this.#submit(event) }, this.#input, listen, talkButton(this), send);
    const strip = document.createElement("refrain-talk");
    strip.setAttribute("chat", "");
    fill(this, heading, scroller, h("div", { class: "composer-dock" }, strip, form), this.#spoken);

    this.on(this.#input, "keydown", (event) => this.#key(event));
    this.on(this.#input, "input", () => this.#fit());
    this.on(conversation, "reset", () => this.#drawAll());
    this.on(conversation, "added", (event) => this.#add(event.detail));
    this.on(conversation, "changed", (event) => {
      this.#follow();
      if (event.detail.status !== "streaming") this.#speak(event.detail);
    });
    this.on(conversation, "removed", (event) => this.#remove(event.detail));
    const showBusy = () => {
      const busy = this.#busy;
      if (this.classList.contains("busy") === busy) return;
      this.classList.toggle("busy", busy);
      fill(send, icon(busy ? "stop" : "up"));
      send.setAttribute("aria-label", busy ? "Stop the answer" : "Send");
    };
    this.on(conversation, "busy", showBusy);
    this.on(voice, "change", showBusy);
    this.on(this.#input, "input", showBusy);
    this.follow(["library", "index", "revision"], () => {
      if (!conversation.messages.length && welcomeKind() !== this.#welcomed) this.#drawAll();
    });
    // A banner above or the keyboard of a phone below must not hide the newest words.
    const resized = new ResizeObserver(() => this.#follow());
    resized.observe(scroller);
    this.life.addEventListener("abort", () => resized.disconnect());
    this.follow(["connection"], () => {
      send.disabled = store.state.connection !== "open";
    });
    this.#drawAll();
  }

  focusInput() {
    this.#input.focus();
  }

  #drawAll() {
    const focused = this.contains(document.activeElement) && document.activeElement === this.#input;
    this.#welcomed = welcomeKind();
    if (conversation.messages.length) fill(this.#list, conversation.messages.map(view));
    else fill(this.#list, welcome());
    this.classList.toggle("fresh", conversation.messages.length === 0);
    this.#toEnd();
    if (focused) this.#input.focus();
  }

  /** @param {import("../conversation.js").Message} message */
  #add(message) {
    if (conversation.messages.length === 1) fill(this.#list);
    this.classList.remove("fresh");
    this.#list.append(view(message));
    this.#toEnd();
  }

  /** @param {import("../conversation.js").Message} message */
  #remove(message) {
    for (const one of this.#list.children) if (one instanceof MessageView && one.message === message) one.remove();
    if (!conversation.messages.length) this.#drawAll();
  }

  /** Something can be stopped; typing while Refrain speaks is the next request already. */
  get #busy() {
    return conversation.busy || (voice.sounding && !this.#input.value.trim());
  }

  /** @param {import("../conversation.js").Message} message */
  #speak(message) {
    // What is spoken aloud needs nobody else to read it out.
    if (message.voice || message.role === "user") return;
    const found = message.results.length ? ` ${message.results.length} results.` : "";
    this.#spoken.textContent = `${message.text}${found}${message.error ? ` ${message.error.message}` : ""}`;
  }

  /** Keep the newest words in sight, unless the reader scrolled away. */
  #follow() {
    const scroller = /** @type {HTMLElement} */ (this.#list.parentElement);
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END_PX + scroller.clientHeight / 2) this.#toEnd();
  }

  #toEnd() {
    const scroller = this.#list.parentElement;
    if (scroller) scroller.scrollTop = conversation.messages.length ? scroller.scrollHeight : 0;
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    if (this.#busy) return talking.stopAnswer();
    const text = this.#input.value.trim();
    if (text && ask(text)) {
      this.#input.value = "";
      this.#fit();
    }
    return undefined;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (!conversation.busy && this.#input.value.trim()) this.#submit(event);
    } else if (event.key === "ArrowUp" && !this.#input.value) {
      event.preventDefault();
      this.#input.value = conversation.lastInput;
      this.#fit();
    } else if (event.key === "Escape") {
      if (talking.state !== "off") talking.cancel();
      else if (conversation.busy) conversation.cancel();
      else this.#input.blur();
    }
  }

  #fit() {
    this.#input.style.setProperty("height", "auto");
    this.#input.style.setProperty("height", `${Math.min(160, this.#input.scrollHeight)}px`);
  }
}

customElements.define("refrain-chat", ChatView);

/** @param {import("../conversation.js").Message} message */
function view(message) {
  const element = /** @type {MessageView} */ (document.createElement("refrain-message"));
  element.message = message;
  return element;
}
