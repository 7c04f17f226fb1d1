/** The icons: 24 by 24, drawn with strokes in the colour of the text; solid ones are filled. */

const NS = "http://www.w3.org/2000/svg";

/** Stroked outlines. @type {Record<string, string>} */
const OUTLINES = {
  chat: "M21 11.5a8 8 0 0 1-8 8H12a9 9 0 0 1-3.4-.7L4 20l1.2-3.9A8 8 0 0 1 4 12a8 8 0 0 1 8-8h1a8 8 0 0 1 8 7.5Z",
  album: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  artist: "M12 3.5a3.5 3.5 0 0 1 3.5 3.5v4a3.5 3.5 0 0 1-7 0V7A3.5 3.5 0 0 1 12 3.5ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21M9 21h6",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0",
  people: "M9.5 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 19.5a6.5 6.5 0 0 1 13 0M15.5 4.9a3.5 3.5 0 0 1 0 6.2M18 14.2a6.5 6.5 0 0 1 3 5.3",
  song: "M9 18.5V6l11-2.5V16M9 18.5a2.75 2.75 0 1 1-5.5 0 2.75 2.75 0 0 1 5.5 0ZM20 16a2.75 2.75 0 1 1-5.5 0A2.75 2.75 0 0 1 20 16Z",
  genre: "M4 4h7l9 9-7 7-9-9V4ZM8 8h.01",
  playlist: "M4 6h16M4 11h10M4 16h7M16 18.5V12l4 1.5M16 18.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z",
  history: "M3.5 12a8.5 8.5 0 1 0 2.8-6.3L3.5 8M3.5 3.5V8H8M12 7.5V12l3 2",
  library: "M5 4v16M9.5 4v16M14 4.6l5 15.1",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4",
  queue: "M4 6h16M4 12h16M4 18h9M17 15.5v5l4-2.5-4-2.5Z",
  shuffle: "M3 7h3.5c4.5 0 6.5 10 11 10H21M18 14l3 3-3 3M3 17h3.5c1.6 0 2.9-1.2 4-3M13.5 10c1.1-1.8 2.4-3 4-3H21M18 4l3 3-3 3",
  repeat: "M4 12v-1.5a4 4 0 0 1 4-4h12M17 3.5l3 3-3 3M20 12v1.5a4 4 0 0 1-4 4H4M7 20.5l-3-3 3-3",
  heart: "M12 20s-8-4.7-8-10.6A4.6 4.6 0 0 1 8.6 4.7c1.5 0 2.7.7 3.4 1.9.7-1.2 1.9-1.9 3.4-1.9A4.6 4.6 0 0 1 20 9.4C20 15.3 12 20 12 20Z",
  volume: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11",
  muted: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM16 9.5l5 5M21 9.5l-5 5",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  close: "M6 6l12 12M18 6L6 18",
  back: "M15 5l-7 7 7 7",
  down: "M5 9l7 7 7-7",
  up: "M12 20V5M6 11l6-6 6 6",
  plus: "M12 5v14M5 12h14",
  check: "M5 12.5l4.5 4.5L19 7.5",
  trash: "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10 11v5M14 11v5",
  edit: "M4 20l1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3",
  grip: "M9 6h.01M9 12h.01M9 18h.01M15 6h.01M15 12h.01M15 18h.01",
  undo: "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3",
  settings: "M4 7h9M17 7h3M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM4 17h3M11 17h9M9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
  auto: "M12 20.5a8.5 8.5 0 1 0 0-17v17ZM12 3.5v17",
  speaker: "M7 3.5h10v17H7v-17ZM12 17.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM12 7.5h.01",
  page: "M3.5 5h17v11h-17V5ZM9 20h6M12 16v4",
  keyboard: "M3 6.5h18v11H3v-11ZM6.5 10h.01M10 10h.01M14 10h.01M17.5 10h.01M8 14h8",
  playnext: "M4 6h16M4 11h7M4 16h7M14.5 12.5v7l5.5-3.5-5.5-3.5Z",
  alert: "M12 4L2.8 20h18.4L12 4ZM12 10v4.5M12 17.2h.01",
  folder: "M3.5 6.5a1.5 1.5 0 0 1 1.5-1.5h4l2 2.5h8a1.5 1.5 0 0 1 1.5 1.5V18a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6.5Z",
  refresh: "M20 11.5a8 8 0 1 0-2 6M20 5v6.5h-6.5",
  wave: "M3.5 10.5v3M7.75 7v10M12 3.5v17M16.25 7v10M20.5 10.5v3",
  microphone: "M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3ZM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v2.5",
  file: "M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5l-5-5ZM13.5 3.5v5h5M9.5 13v3M12 11.5v6M14.5 13v3",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-3 3a4.2 4.2 0 0 0 6 6l1.2-1.2",
  place: "M12 21s-7-6.2-7-11.2a7 7 0 0 1 14 0C19 14.8 12 21 12 21ZM12 12.3a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  unknown: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM9.6 9.6a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1.1.9-1.1 1.7v.2M12 16.7h.01",
  timeline: "M3.5 7h8v3.5h-8V7ZM13.5 13.5h7V17h-7v-3.5ZM3.5 13.5h4V17h-4v-3.5Z",
  hum: "M2.5 15.5c2.2 0 2.6-8 5-8s2.4 9.5 4.9 9.5 2.4-11 4.9-11c1.9 0 2.2 5 4.2 5",
  handsfree: "M7 10.5a5 5 0 0 1 10 0c0 3.2-2.7 4-2.7 6.7a2.7 2.7 0 0 1-5 1.3M10 11a2 2 0 0 1 4 0c0 1.4-1.3 1.7-1.3 3.2M3.5 7.5a9 9 0 0 1 2-3.2M20.5 7.5a9 9 0 0 0-2-3.2",
  gauge: "M4 6h6M4 12h11M4 18h16",
  spark: "M12 3.5l1.9 5.6 5.6 1.9-5.6 1.9L12 18.5l-1.9-5.6L4.5 11l5.6-1.9L12 3.5ZM19 17v4M17 19h4",
  map: "M9 4.5L3.5 6.7v13L9 17.5l6 2.2 5.5-2.2v-13L15 6.7 9 4.5ZM9 4.5v13M15 6.7v13",
  statistics: "M4 20.5h16M6.5 20.5v-7M12 20.5v-16M17.5 20.5v-11",
  taste: "M12 12.5a4.25 4.25 0 1 0 0-8.5 4.25 4.25 0 0 0 0 8.5ZM4 20.5c.9-3.4 4-5.2 8-5.2 1.3 0 2.5.2 3.5.6M18.5 16.2l.9 1.9 2.1.3-1.5 1.4.4 2.1-1.9-1-1.9 1 .4-2.1-1.5-1.4 2.1-.3.9-1.9Z",
  alarm: "M12 20.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM12 9v4.2l2.8 1.8M4.2 6.8L7 4M19.8 6.8L17 4",
  minus: "M5 12h14",
  frame: "M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9M20 15v3.5a1.5 1.5 0 0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15",
  hand: "M8 12.5V6.2a1.5 1.5 0 0 1 3 0V11M11 10.5V4.8a1.5 1.5 0 0 1 3 0V11M14 11V6a1.5 1.5 0 0 1 3 0v7.5c0 4-2.2 7-6 7-3 0-4.4-1.5-5.6-3.9L4 13.8a1.5 1.5 0 0 1 2.6-1.4L8 14.5",
  rectangle: "M4 7.5V5.5A1.5 1.5 0 0 1 5.5 4h2M11 4h2M16.5 4h2A1.5 1.5 0 0 1 20 5.5v2M20 11v2M20 16.5v2a1.5 1.5 0 0 1-1.5 1.5h-2M13 20h-2M7.5 20h-2A1.5 1.5 0 0 1 4 18.5v-2M4 13v-2",
  lasso: "M12 4.5c4.7 0 8.5 2.5 8.5 5.6 0 3.2-3.8 5.7-8.5 5.7s-8.5-2.5-8.5-5.7c0-3.1 3.8-5.6 8.5-5.6ZM6.5 14.5a2 2 0 1 0 2 3M8.5 17.5c0 1.7-.9 3-2.5 3",
  more_like: "M7.5 11v9M7.5 11l4-7.2c1.5 0 2.5 1 2.5 2.4V9.5h4.6c1.3 0 2.2 1.2 1.9 2.4l-1.5 6.3c-.2 1-1.1 1.8-2.2 1.8H7.5M7.5 11H4v9h3.5",
  less_like: "M16.5 13V4M16.5 13l-4 7.2c-1.5 0-2.5-1-2.5-2.4v-3.3H5.4c-1.3 0-2.2-1.2-1.9-2.4l1.5-6.3c.2-1 1.1-1.8 2.2-1.8h9.3M16.5 13H20V4h-3.5",
  never: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM6 6l12 12",
  later: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3.5 2",
  why: "M9.5 18h5M10.5 21h3M12 3.5a6 6 0 0 0-3.7 10.7c.8.7 1.2 1.3 1.2 2.1h5c0-.8.4-1.4 1.2-2.1A6 6 0 0 0 12 3.5Z",
  about: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11v5.5M12 7.7h.01",
  alike: "M9 15.5a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM15 20.5a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z",
  download: "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
  picture: "M4 5.5h16v13H4v-13ZM4 15l4.5-4.5 4 4 2.5-2.5 5 4.5M15.5 9.5h.01",
  upload: "M12 20V9M7 13.5l5-5 5 5M4.5 4h15",
  lyrics: "M4 6h16M4 10.7h11M4 15.3h14M4 20h8",
};

/** Solid shapes. @type {Record<string, string>} */
const SOLIDS = {
  play: "M7.5 4.7c0-.9 1-1.5 1.8-1l11 7.3c.7.5.7 1.5 0 2l-11 7.3c-.8.5-1.8 0-1.8-1V4.7Z",
  pause: "M7 4h2.6c.6 0 1 .4 1 1v14c0 .6-.4 1-1 1H7c-.6 0-1-.4-1-1V5c0-.6.4-1 1-1ZM14.4 4H17c.6 0 1 .4 1 1v14c0 .6-.4 1-1 1h-2.6c-.6 0-1-.4-1-1V5c0-.6.4-1 1-1Z",
  stop: "M7 6h10c.6 0 1 .4 1 1v10c0 .6-.4 1-1 1H7c-.6 0-1-.4-1-1V7c0-.6.4-1 1-1Z",
  next: "M5 5.3c0-.8.9-1.3 1.6-.8l9.4 6.5V5.5c0-.6.4-1 1-1h1c.6 0 1 .4 1 1v13c0 .6-.4 1-1 1h-1c-.6 0-1-.4-1-1V13l-9.4 6.5c-.7.5-1.6 0-1.6-.8V5.3Z",
  previous: "M19 5.3c0-.8-.9-1.3-1.6-.8L8 11V5.5c0-.6-.4-1-1-1H6c-.6 0-1 .4-1 1v13c0 .6.4 1 1 1h1c.6 0 1-.4 1-1V13l9.4 6.5c.7.5 1.6 0 1.6-.8V5.3Z",
  hearted: "M12 20s-8-4.7-8-10.6A4.6 4.6 0 0 1 8.6 4.7c1.5 0 2.7.7 3.4 1.9.7-1.2 1.9-1.9 3.4-1.9A4.6 4.6 0 0 1 20 9.4C20 15.3 12 20 12 20Z",
};

/** Made of points alone: they need a broader pen. */
const DOTTED = new Set(["more", "grip"]);

/**
 * @param {string} name
 * @param {string} [className]
 * @returns {SVGSVGElement}
 */
export function icon(name, className = "") {
  const solid = name in SOLIDS;
  const svg = document.createElementNS(NS, "svg");
  const path = document.createElementNS(NS, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon ${solid ? "solid" : ""} ${DOTTED.has(name) ? "dotted" : ""} ${className}`.replace(/ +/g, " ").trim());
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  path.setAttribute("d", (solid ? SOLIDS : OUTLINES)[name] ?? OUTLINES.song);
  svg.append(path);
  return svg;
}

/** The mark: a repeat sign, the two bars and two dots that send the players back to the refrain. */
export function mark() {
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", "0 0 32 32");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  for (const [tag, attributes] of /** @type {Array<[string, Record<string, string>]>} */ ([
    ["rect", { class: "mark-ground", width: "32", height: "32", rx: "9" }],
    ["circle", { cx: "9.5", cy: "12.5", r: "2.1" }],
    ["circle", { cx: "9.5", cy: "19.5", r: "2.1" }],
    ["rect", { x: "14.3", y: "7.5", width: "2.2", height: "17", rx: "1.1" }],
    ["rect", { x: "19.3", y: "7.5", width: "5", height: "17", rx: "1.6" }],
  ])) {
    const shape = document.createElementNS(NS, tag);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    svg.append(shape);
  }
  return svg;
}
