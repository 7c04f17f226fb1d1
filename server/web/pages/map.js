import * as actions from "../actions.js";
import { get } from "../api.js";
import { bidi, fill, h } from "../dom.js";
import { counted } from "../format.js";
import { icon } from "../icons.js";
import { clusterColour } from "../map/colours.js";
import { MapSongs, QUARTERS, alongTheWay, placeInWords } from "../map/songs.js";
import { promptDialog } from "../components/dialogs.js";
import { MoodMap, coverIdOf } from "../components/mood_map.js";
import { cover } from "../components/cover.js";
import { notAnalysed, stillListening } from "../components/analysis_state.js";
import { moreButton, trackEntries } from "../components/track_menu.js";
import { pageHeader } from "./headers.js";

const MOST_PLAYED = 500;
const SHOWN_AT_FIRST = 30;
const TOOLS = /** @type {const} */ ([
  ["move", "hand", "Move the map"],
  ["rectangle", "rectangle", "Select a rectangle"],
  ["lasso", "lasso", "Draw around songs"],
]);

/** Names of clusters that are switched off; kept while the page is open. @type {Set<string>} */
const switchedOff = new Set();

/** @type {import("../components/page_view.js").Page} */
export async function mapPage({ signal }) {
  const songs = new MapSongs(await get("/api/sound/map?limit=20000", signal));
  if (!songs.size) return notAnalysed("map", "Your map is still empty", signal);
  const map = new MoodMap();
  map.songs = songs;
  for (const [place, cluster] of songs.clusters.entries()) if (switchedOff.has(cluster.name)) map.hidden.add(place);
  const chosen = h("div", { class: "map-chosen", hidden: true });
  map.addEventListener("select", (event) => showChosen(chosen, map, songs, /** @type {CustomEvent} */ (event).detail));
  return h(
    "div",
    { class: "page map-page" },
    pageHeader("Map", `${counted(songs.size, "song")} by how they feel. Click one: it plays, and its neighbours follow.`, toolButtons(map), zoomButtons(map)),
    stillListening(songs.size, signal),
    h("div", { class: "map-frame" }, map, chosen),
    h("p", { class: "map-axes small quiet" }, h("span", {}, "↑ energetic, ↓ calm; → bright, ← dark, compared with your own library."), h("span", {}, icon("alert"), "Bright or dark is only a weak hint from sound alone: the paler a song, the less sure.")),
    legend(map, songs),
    list(map, songs),
  );
}

/** @param {MoodMap} map */
function toolButtons(map) {
  const buttons = TOOLS.map(([tool, symbol, label]) => h("button", { type: "button", class: "icon-button tool", "aria-label": label, title: label, "aria-pressed": String(tool === "move"), onclick: () => choose(tool) }, icon(symbol)));
  const choose = (/** @type {typeof TOOLS[number][0]} */ tool) => {
    map.tool = tool;
    map.dataset.tool = tool;
    buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(TOOLS[index][0] === tool)));
  };
  return h("div", { class: "tool-group", role: "group", "aria-label": "What dragging does" }, buttons);
}

/** @param {MoodMap} map */
function zoomButtons(map) {
  const ways = /** @type {const} */ ([["in", "plus", "Zoom in"], ["out", "minus", "Zoom out"], ["whole", "frame", "Show the whole map"]]);
  return h("div", { class: "tool-group", role: "group", "aria-label": "Zoom" }, ways.map(([how, symbol, label]) => h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick: () => map.zoom(how) }, icon(symbol))));
}

/** What can be done with the region that was chosen. @param {HTMLElement} box @param {MoodMap} map @param {MapSongs} songs @param {number[]} points */
function showChosen(box, map, songs, points) {
  box.hidden = !points.length;
  if (!points.length) return;
  const ids = alongTheWay(songs, points.slice(0, MOST_PLAYED)).map((point) => songs.points[point].track.id);
  const middle = (/** @type {Float32Array} */ values) => points.reduce((sum, point) => sum + values[point], 0) / points.length;
  const words = placeInWords(middle(songs.xs), middle(songs.ys));
  const name = words[0].toUpperCase() + words.slice(1);
  fill(
    box,
    h("p", { role: "status" }, h("strong", {}, counted(points.length, "song")), ` ${words}`),
    h("button", { type: "button", class: "button small primary", onclick: () => void actions.play({ track_ids: ids }) }, icon("play"), "Play this region"),
    h("button", { type: "button", class: "button small", onclick: () => void keep(name, ids) }, icon("playlist"), "Make a playlist"),
    h("button", { type: "button", class: "button small", onclick: () => void actions.addToQueue({ track_ids: ids }, counted(ids.length, "song")) }, icon("queue"), "Add to queue"),
    h("button", { type: "button", class: "icon-button small", "aria-label": "Clear the selection", onclick: () => map.select(null) }, icon("close")),
  );
}

/** @param {string} suggested @param {number[]} ids */
async function keep(suggested, ids) {
  const name = await promptDialog("New playlist", { label: "Name", value: suggested, verb: "Create" });
  if (name) await actions.createPlaylist(name, ids);
}

/** The clusters by name: each can be switched off. @param {MoodMap} map @param {MapSongs} songs */
function legend(map, songs) {
  return h(
    "ul",
    { class: "map-legend", "aria-label": "Groups that sound alike" },
    songs.clusters.map((cluster, place) => {
      const button = h(
        "button",
        {
          type: "button",
          class: "chip legend-chip",
          "aria-pressed": String(!map.hidden.has(place)),
          title: "Show or hide this group",
          onclick: () => {
            if (!map.hidden.delete(place)) map.hidden.add(place);
            if (map.hidden.has(place)) switchedOff.add(cluster.name);
            else switchedOff.delete(cluster.name);
            button.setAttribute("aria-pressed", String(!map.hidden.has(place)));
            map.redraw();
          },
        },
        h("i", { class: "swatch", style: { "--colour": clusterColour(place) } }),
        bidi(cluster.name),
        h("small", {}, cluster.count.toLocaleString("en")),
      );
      return h("li", {}, button);
    }),
  );
}

/** The same as words: for screen readers and for those who like lists. @param {MoodMap} map @param {MapSongs} songs */
function list(map, songs) {
  /** @type {Map<number, number[]>} */
  const members = new Map();
  songs.points.forEach((_, point) => members.set(songs.clusterOf(point), [...(members.get(songs.clusterOf(point)) ?? []), point]));
  return h(
    "section",
    { class: "map-list" },
    h("h2", {}, "The same as a list"),
    h("p", { class: "quiet small" }, "Four quarters: ", QUARTERS.map(({ title, words }, index) => [index > 0 && ", ", h("strong", {}, title.toLowerCase()), ` (${words})`]), "."),
    songs.clusters.map((cluster, place) => {
      const points = members.get(place) ?? [];
      const inside = h("div", {});
      return h(
        "details",
        { ontoggle: (/** @type {any} */ event) => event.target.open && !inside.childElementCount && showMembers(inside, map, songs, points) },
        h("summary", {}, h("i", { class: "swatch", style: { "--colour": clusterColour(place) } }), bidi(cluster.name), h("span", { class: "quiet small" }, counted(points.length, "song"))),
        inside,
      );
    }),
  );
}

/** @param {HTMLElement} box @param {MoodMap} map @param {MapSongs} songs @param {number[]} points @param {number} [most] */
function showMembers(box, map, songs, points, most = SHOWN_AT_FIRST) {
  const ids = points.map((point) => songs.points[point].track.id);
  const rest = points.length - most;
  fill(
    box,
    h(
      "div",
      { class: "large-buttons" },
      h("button", { type: "button", class: "button small", onclick: () => void actions.play({ track_ids: ids.slice(0, MOST_PLAYED) }) }, icon("play"), "Play all"),
      h("button", { type: "button", class: "button small", onclick: () => (map.select(points), map.scrollIntoView({ block: "center" })) }, icon("lasso"), "Select on the map"),
    ),
    h("ul", { class: "map-members" }, points.slice(0, most).map((point, index) => h("li", {}, member(songs, point, () => void actions.play({ track_ids: ids.slice(0, MOST_PLAYED) }, index))))),
    rest > 0 && h("button", { type: "button", class: "text-button", onclick: () => showMembers(box, map, songs, points, points.length) }, `Show ${counted(rest, "more song")}`),
  );
}

/** @param {MapSongs} songs @param {number} point @param {() => void} play */
function member(songs, point, play) {
  const { track, valence, arousal } = songs.points[point];
  return h(
    "div",
    { class: "map-member", dataset: { track: String(track.id) } },
    h("button", { type: "button", class: "choice song-choice", "aria-label": `Play ${track.title} by ${track.artist}`, onclick: play }, cover({ title: track.title, cover_id: coverIdOf(track.cover_url) }, 96), h("span", { class: "row-text" }, bidi(track.title, "row-title cut"), h("span", { class: "row-artist cut", dir: "auto" }, `${track.artist} · ${placeInWords(valence, arousal)}`))),
    moreButton(track.title, async () => trackEntries(await get(`/api/tracks/${track.id}`))),
  );
}
