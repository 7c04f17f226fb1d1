/**
 * The page takes its accent colour from the cover that plays: only the hue, so that lightness and contrast stay as
 * designed.
 */

import { coverUrl } from "./api.js";
import { store } from "./store.js";

const SIDE_PX = 24;
const LEAST_SATURATION = 0.25;
/** A bin of hues must hold so much of the picture's colour to speak for it. */
const LEAST_SHARE = 0.12;
const BINS = 24;

export function startAccent() {
  /** @type {string | null} */
  let shown = null;
  store.watch(["queue", "player"], () => {
    const coverId = store.current?.track.cover_id ?? null;
    if (coverId === shown) return;
    shown = coverId;
    void paint(coverId, () => shown === coverId);
  });
}

/** @param {string | null} coverId @param {() => boolean} isWanted */
async function paint(coverId, isWanted) {
  const root = document.documentElement.style;
  const url = coverUrl(coverId, 96);
  const hue = url ? await hueOfPicture(url).catch(() => null) : null;
  if (!isWanted()) return;
  if (hue === null) root.removeProperty("--hue");
  else root.setProperty("--hue", String(hue));
}

/** @param {string} url @returns {Promise<number | null>} */
async function hueOfPicture(url) {
  const picture = new Image();
  picture.src = url;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = SIDE_PX;
  canvas.height = SIDE_PX;
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  if (!brush) return null;
  brush.drawImage(picture, 0, 0, SIDE_PX, SIDE_PX);
  return dominantHue(brush.getImageData(0, 0, SIDE_PX, SIDE_PX).data);
}

/**
 * The strongest hue in degrees of the OKLCH circle, or null for a picture without colour.
 * @param {Uint8ClampedArray} pixels  RGBA
 */
export function dominantHue(pixels) {
  const weights = new Float64Array(BINS);
  let total = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    const [red, green, blue] = [pixels[at] / 255, pixels[at + 1] / 255, pixels[at + 2] / 255];
    const most = Math.max(red, green, blue);
    const spread = most - Math.min(red, green, blue);
    total += 1;
    if (most < 0.15 || spread / most < LEAST_SATURATION) continue;
    weights[Math.floor((oklabHue(red, green, blue) / 360) * BINS) % BINS] += spread;
  }
  const best = weights.indexOf(Math.max(...weights));
  return weights[best] / total < LEAST_SHARE * LEAST_SATURATION ? null : Math.round(((best + 0.5) / BINS) * 360);
}

/** Hue after Ottosson 2020, "A perceptual color space for image processing". @param {number} red @param {number} green @param {number} blue */
function oklabHue(red, green, blue) {
  const [r, g, b] = [red, green, blue].map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360;
}
