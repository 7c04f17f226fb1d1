/** Four small buttons: what one thinks of a suggestion. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { FEEDBACK, tell } from "../taste.js";

/**
 * @param {{id: number, title: string}} track
 * @param {{listId?: string, done?: (kind: string) => void}} [options]
 */
export function feedbackButtons(track, { listId = "", done } = {}) {
  const buttons = FEEDBACK.map(([kind, symbol, label]) => {
    const button = h(
      "button",
      {
        type: "button",
        class: "icon-button small feedback",
        "aria-label": `${label}: ${track.title}`,
        title: label,
        "aria-pressed": "false",
        onclick: async (/** @type {Event} */ event) => {
          event.stopPropagation();
          if (!(await tell(track, kind, listId))) return;
          for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
          done?.(kind);
        },
      },
      icon(symbol),
    );
    return button;
  });
  return h("span", { class: "feedback-buttons", role: "group", "aria-label": `What do you think of ${track.title}?` }, buttons);
}
