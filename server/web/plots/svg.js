/** Plots are drawn by hand as SVG: few elements, colours from the page, words for those who cannot see them. */

const NS = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, string | number | null | undefined | ((event: any) => void)>} [attributes]
 * @param {...(Node | string | null | false)} children
 * @returns {SVGElement}
 */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** A short explanation that appears under the pointer. @param {string} text */
export function hint(text) {
  return s("title", {}, text);
}

/**
 * The whole picture, with its meaning in words.
 * @param {number} width
 * @param {number} height
 * @param {string} meaning
 * @param {...(Node | null | false)} children
 */
export function plot(width, height, meaning, ...children) {
  return s("svg", { class: "plot", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": meaning, preserveAspectRatio: "xMidYMid meet" }, ...children);
}

/** Round steps for an axis up to `most`: 1, 2, 2½ or 5 times a power of ten. @param {number} most @param {number} [count] */
export function steps(most, count = 4) {
  const rough = Math.max(most, 1e-9) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? power;
  return Array.from({ length: Math.floor(most / step + 1.001) }, (_, index) => index * step);
}

/** Properties of style that a picture outside of the page needs. */
const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-weight", "font-family", "text-anchor"];

/**
 * A plot as a PNG in the colours that are seen now.
 * @param {SVGElement} picture
 * @param {string} ground  the colour behind it
 * @param {number} [scale]
 * @returns {Promise<Blob | null>}
 */
export async function asPng(picture, ground, scale = 2) {
  const copy = /** @type {SVGElement} */ (picture.cloneNode(true));
  const originals = picture.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, index) => {
    const style = getComputedStyle(originals[index]);
    for (const name of KEPT) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute("class");
  });
  const [, , width, height] = (picture.getAttribute("viewBox") ?? "0 0 800 400").split(" ").map(Number);
  copy.setAttribute("xmlns", NS);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  const edge = 24;
  canvas.width = (width + 2 * edge) * scale;
  canvas.height = (height + 2 * edge) * scale;
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  brush.scale(scale, scale);
  brush.fillStyle = ground;
  brush.fillRect(0, 0, width + 2 * edge, height + 2 * edge);
  brush.drawImage(image, edge, edge, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
