import { toggleLike } from "../actions.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { store } from "../store.js";
import { Component } from "./component.js";

/** The heart of one song; several of the same song stay in step. */
export class HeartButton extends Component {
  /** @type {import("../store.js").Track | null} */
  track = null;

  start() {
    const button = h("button", { type: "button", class: "icon-button heart", onclick: (/** @type {Event} */ event) => {
      event.stopPropagation();
      if (this.track) void toggleLike(this.track);
    } });
    fill(this, button);
    this.follow(["likes"], () => {
      if (!this.track) return;
      const liked = store.liked(this.track) === true;
      button.setAttribute("aria-pressed", String(liked));
      button.setAttribute("aria-label", `Like ${this.track.title}`);
      fill(button, icon(liked ? "hearted" : "heart"));
    });
  }
}

customElements.define("refrain-heart", HeartButton);

/** @param {import("../store.js").Track} track */
export function heart(track) {
  const element = /** @type {HeartButton} */ (document.createElement("refrain-heart"));
  element.track = track;
  return element;
}
