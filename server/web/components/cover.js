/** Cover art; where there is none, a quiet picture made from the title. */

import { coverUrl } from "../api.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";

/**
 * @param {{cover_id?: string | null, title?: string, name?: string}} item
 * @param {96 | 256 | 512} size  pixels of the picture asked for
 * @param {{round?: boolean, symbol?: string, className?: string}} [options]
 */
export function cover(item, size, { round = false, symbol = "song", className = "" } = {}) {
  const box = h("span", { class: `cover ${round ? "round" : ""} ${className}`.trim() });
  box.style.setProperty("--tint", String(hueOf(item.title ?? item.name ?? "")));
  const url = coverUrl(item.cover_id, size);
  if (!url) {
    box.append(icon(symbol));
    return box;
  }
  const picture = h("img", { src: url, alt: "", loading: "lazy", decoding: "async", draggable: "false" });
  picture.addEventListener("error", () => picture.replaceWith(icon(symbol)));
  box.append(picture);
  return box;
}

/** A hue in degrees that stays the same for the same words. @param {string} text */
export function hueOf(text) {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 3600;
  return Math.round(sum / 10);
}
