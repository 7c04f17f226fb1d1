/** The colours of the map: one hue for each cluster, the same in the picture, the legend and the list. */

/** Neighbours in this row are far apart on the circle of hues. */
const HUES = [250, 35, 150, 320, 90, 200, 15, 285, 120, 60, 225, 345, 175, 75];

export const isDark = () => getComputedStyle(document.body).colorScheme !== "light";

/** @param {number} place  of the cluster in the list @param {boolean} [dark] */
export function clusterColour(place, dark = isDark()) {
  const hue = HUES[place % HUES.length];
  // A second round of the circle is paler.
  const chroma = place < HUES.length ? 0.15 : 0.07;
  return dark ? `oklch(76% ${chroma} ${hue})` : `oklch(56% ${chroma + 0.02} ${hue})`;
}

/** The page's own colours, as the canvas needs them. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const hue = read("--hue") || "32";
  const dark = isDark();
  return {
    dark,
    text: read("--text"),
    quiet: read("--quiet"),
    faint: read("--faint"),
    surface: read("--surface"),
    line: read("--strong-line"),
    accent: dark ? `oklch(76% 0.13 ${hue})` : `oklch(52% 0.16 ${hue})`,
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** @typedef {ReturnType<typeof palette>} Palette */
