import * as actions from "../actions.js";
import { get } from "../api.js";
import { bidi, fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { Camera } from "../map/camera.js";
import { clusterColour, palette } from "../map/colours.js";
import { followGestures } from "../map/gestures.js";
import { Painter } from "../map/painter.js";
import { inPolygon } from "../map/quadtree.js";
import { around, placeInWords, trustInWords } from "../map/songs.js";
import { store } from "../store.js";
import { Component } from "./component.js";
import { cover } from "./cover.js";
import { openMenu } from "./menu.js";
import { trackEntries } from "./track_menu.js";

/** @typedef {import("../map/songs.js").MapSongs} MapSongs */
/** @typedef {import("../map/colours.js").Palette} Palette */

const NEAR_PX = 22;
const FINGER_PX = 34;
const KEY_ZOOM = 1.5;
const KEY_PAN_PX = 80;
const CARD_GAP_PX = 30;
const GLIDE_MS = 220;
/** After this the view counts as resting. */
const REST_MS = 160;
/** How many songs near the chosen one follow it. */
const FOLLOWING = 24;
/** The glow moves this often: enough to seem alive, too little to cost anything. */
const PULSE_MS = 70;
const PULSE_LASTS_MS = 1800;

/** Where the map was last, so that a reload of its songs does not throw anybody out. */
const view = { zoom: 1, x: 0.5, y: 0.5 };

/** The emotional map as a picture that can be moved and played. Tells of "select" (detail: indices of songs). */
export class MoodMap extends Component {
  /** @type {MapSongs | null} */
  songs = null;
  /** Places of clusters that are not shown. @type {Set<number>} */
  hidden = new Set();
  /** @type {"move" | "rectangle" | "lasso"} */
  tool = "move";
  /** @type {Set<number> | null} */
  selected = null;
  #camera = Object.assign(new Camera(), view);
  #painter = new Painter(() => this.redraw());
  /** The song under the pointer or the keyboard. */
  #focus = -1;
  #pinned = false;
  /** @type {Array<[number, number]>} */
  #corners = [];
  #waiting = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;
  #groundStale = true;
  /** @type {Palette} */
  #palette = palette();
  #ground = h("canvas", { "aria-hidden": "true" });
  #air = h("canvas", { "aria-hidden": "true" });
  #card = h("div", { class: "map-card", hidden: true });
  #spoken = h("p", { class: "visually-hidden", role: "status" });
  #surface = h("div", { class: "map-surface", tabindex: 0, role: "application", "aria-label": "Emotional map of your songs. Arrow keys go from song to song, plus and minus zoom, Enter plays, M opens the menu. The same songs follow as a list." });

  start() {
    fill(this.#surface, this.#ground, this.#air);
    fill(this, this.#surface, this.#card, this.#spoken);
    followGestures(this.#surface, this.#meaning(), this.life);
    this.on(this.#surface, "keydown", (event) => this.#key(event));
    this.on(this.#surface, "blur", () => !this.#pinned && this.#look(-1));
    const size = new ResizeObserver(() => this.#resize());
    size.observe(this.#surface);
    const theme = new MutationObserver(() => this.#recolour());
    theme.observe(document.documentElement, { attributes: true });
    const scheme = matchMedia("(prefers-color-scheme: light)");
    this.on(scheme, "change", () => this.#recolour());
    const pulse = setInterval(() => this.#beat(), PULSE_MS);
    this.life.addEventListener("abort", () => {
      size.disconnect();
      theme.disconnect();
      clearInterval(pulse);
      Object.assign(view, { zoom: this.#camera.zoom, x: this.#camera.x, y: this.#camera.y });
    });
    this.follow(["player", "queue"], () => this.#drawSoon());
  }

  /** Everything is drawn again, soon. */
  redraw() {
    this.#groundStale = true;
    this.#drawSoon();
  }

  /** The view changes: draw less until it rests. */
  #moves() {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#resting = undefined;
      this.redraw();
    }, REST_MS);
    this.redraw();
  }

  /** Choose songs by their numbers; null for none. @param {number[] | null} points */
  select(points) {
    this.selected = points?.length ? new Set(points) : null;
    this.redraw();
    this.dispatchEvent(new CustomEvent("select", { detail: points ?? [] }));
  }

  /** Bring a song into sight. @param {number} point */
  show(point) {
    if (!this.songs) return;
    this.#camera.reveal(this.songs.xs[point], this.songs.ys[point]);
    this.#look(point);
    this.redraw();
  }

  /** @param {"in" | "out" | "whole"} how */
  zoom(how) {
    if (how === "whole") this.#whole();
    else this.#zoomTo(how === "in" ? KEY_ZOOM : 1 / KEY_ZOOM);
  }

  /** For tests: where a song is on the screen. @param {number} trackId @returns {{x: number, y: number} | null} */
  placeOf(trackId) {
    const point = this.songs?.byTrack.get(trackId);
    if (!this.songs || point === undefined) return null;
    const box = this.#surface.getBoundingClientRect();
    return { x: box.left + this.#camera.screenX(this.songs.xs[point]), y: box.top + this.#camera.screenY(this.songs.ys[point]) };
  }

  /** @returns {import("../map/gestures.js").Meaning} */
  #meaning() {
    return {
      tool: () => this.tool,
      pan: (dx, dy) => {
        this.#camera.pan(dx, dy);
        this.#place();
        this.#moves();
      },
      zoom: (x, y, factor) => {
        this.#camera.zoomAt(x, y, factor);
        this.#place();
        this.#moves();
      },
      hover: (x, y) => {
        if (this.#pinned) return;
        const point = this.#at(x, y, NEAR_PX);
        this.#surface.classList.toggle("over", point >= 0);
        if (point !== this.#focus) this.#look(point);
      },
      leave: () => !this.#pinned && document.activeElement !== this.#surface && this.#look(-1),
      choose: (x, y, kind) => {
        const point = this.#at(x, y, kind === "mouse" ? NEAR_PX : FINGER_PX);
        if (point < 0) {
          this.#look(-1);
          if (this.selected) this.select(null);
        } else if (kind === "mouse") {
          this.#look(point);
          this.#play(point);
        } else this.#look(point, { pinned: true });
      },
      menu: (x, y) => {
        const point = this.#at(x, y, FINGER_PX);
        if (point >= 0) void this.#menu(point);
      },
      drawing: (corners) => {
        this.#corners = corners;
        this.#drawSoon();
      },
      drawn: (corners) => {
        this.#corners = [];
        this.select(this.#within(corners));
      },
    };
  }

  /** @param {number} x  pixels @param {number} y @param {number} reach */
  #at(x, y, reach) {
    if (!this.songs) return -1;
    const [mapX, mapY] = this.#camera.place(x, y);
    return this.songs.tree.nearest(mapX, mapY, reach / this.#camera.scaleX, reach / this.#camera.scaleY, (point) => this.#shown(point));
  }

  /** @param {number} point */
  #shown(point) {
    return this.songs !== null && !this.hidden.has(this.songs.clusterOf(point));
  }

  /** @param {Array<[number, number]>} corners */
  #within(corners) {
    const { songs } = this;
    if (!songs || corners.length < 3) return [];
    const places = corners.map(([x, y]) => this.#camera.place(x, y));
    const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
    /** @type {number[]} */
    const found = [];
    songs.tree.visit({ left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) }, 0, (point) => inPolygon(places, songs.xs[point], songs.ys[point]) && found.push(point), (point) => this.#shown(point));
    return found;
  }

  /** @param {number} point @param {{pinned?: boolean, aloud?: boolean}} [options] */
  #look(point, { pinned = false, aloud = false } = {}) {
    this.#focus = point;
    this.#pinned = pinned && point >= 0;
    this.#fillCard();
    this.#drawSoon();
    if (!aloud || !this.songs || point < 0) return;
    const { track, valence, arousal } = this.songs.points[point];
    this.#spoken.textContent = `${track.title} by ${track.artist}: ${placeInWords(valence, arousal)}. ${this.songs.clusters[this.songs.clusterOf(point)]?.name ?? ""}`;
  }

  #fillCard() {
    const { songs } = this;
    const point = this.#focus;
    this.#card.hidden = !songs || point < 0;
    if (!songs || point < 0) return;
    const { track, valence, arousal, confidence } = songs.points[point];
    const place = songs.clusterOf(point);
    this.#card.classList.toggle("pinned", this.#pinned);
    fill(
      this.#card,
      cover({ title: track.title, cover_id: coverIdOf(track.cover_url) }, 96),
      h(
        "div",
        { class: "map-card-text" },
        bidi(track.title, "map-card-title"),
        h("span", { class: "quiet", dir: "auto" }, track.artist),
        h("span", { class: "map-card-place" }, placeInWords(valence, arousal)),
        h("span", { class: "map-card-cluster" }, h("i", { class: "swatch", style: { "--colour": clusterColour(place, this.#palette.dark) } }), songs.clusters[place]?.name ?? ""),
        h("span", { class: "quiet small" }, trustInWords(confidence)),
        this.#pinned &&
          h(
            "span",
            { class: "map-card-buttons" },
            h("button", { type: "button", class: "button small primary", onclick: () => this.#play(point) }, icon("play"), "Play"),
            h("button", { type: "button", class: "icon-button small", "aria-label": `More for ${track.title}`, onclick: () => void this.#menu(point) }, icon("more")),
          ),
      ),
    );
    this.#place();
  }

  /** The card stands beside its song, inside the map and off the song's way where that can be. */
  #place() {
    if (!this.songs || this.#focus < 0 || this.#card.hidden) return;
    const camera = this.#camera;
    const [x, y] = [camera.screenX(this.songs.xs[this.#focus]), camera.screenY(this.songs.ys[this.#focus])];
    const { offsetWidth: width, offsetHeight: height } = this.#card;
    const way = this.songs.points[this.#focus].path.map(([, valence, arousal]) => [camera.screenX(valence), camera.screenY(arousal)]);
    let best = { left: 0, top: 0, hidden: Infinity };
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]]) {
      const left = clamp(x + dx * (CARD_GAP_PX + width / 2) - width / 2, camera.width - width);
      const top = clamp(y + dy * (CARD_GAP_PX + height / 2) - height / 2, camera.height - height);
      const covers = (/** @type {number[]} */ [px, py]) => px > left - 14 && px < left + width + 14 && py > top - 14 && py < top + height + 14;
      const [from, to] = [camera.place(left, top + height), camera.place(left + width, top)];
      let songs = 0;
      this.songs.tree.visit({ left: from[0], bottom: from[1], right: to[0], top: to[1] }, 0.02, () => (songs += 1), (point) => this.#shown(point));
      const hidden = way.filter(covers).length + (covers([x, y]) ? 10 : 0) + songs / 12;
      if (hidden < best.hidden) best = { left, top, hidden };
    }
    this.#card.style.transform = `translate(${Math.round(best.left)}px, ${Math.round(best.top)}px)`;
  }

  /** A song, and then those that lie near it. @param {number} point */
  #play(point) {
    const { songs } = this;
    if (songs) void actions.play({ track_ids: around(songs, point, FOLLOWING + 1, (one) => this.#shown(one)).map((one) => songs.points[one].track.id) });
  }

  /** @param {number} point */
  async #menu(point) {
    if (!this.songs) return;
    this.#look(point, { pinned: this.#pinned });
    const { track } = this.songs.points[point];
    const whole = await get(`/api/tracks/${track.id}`).catch(() => null);
    if (!whole || !this.alive) return;
    const anchor = h("span", { class: "map-anchor", style: { left: `${this.#camera.screenX(this.songs.xs[point])}px`, top: `${this.#camera.screenY(this.songs.ys[point])}px` } });
    anchor.focus = () => this.#surface.focus();
    for (const old of this.querySelectorAll(".map-anchor")) old.remove();
    this.append(anchor);
    openMenu(anchor, [{ label: "Play", icon: "play", action: () => this.#play(point) }, ...trackEntries(whole)], track.title);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.songs) return;
    const arrows = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] });
    const arrow = arrows[event.key];
    if (arrow && event.shiftKey) {
      this.#camera.pan(-arrow[0] * KEY_PAN_PX, -arrow[1] * KEY_PAN_PX);
      this.redraw();
    } else if (arrow) this.#step(arrow);
    else if (event.key === "+" || event.key === "=") this.#zoomTo(KEY_ZOOM);
    else if (event.key === "-") this.#zoomTo(1 / KEY_ZOOM);
    else if (event.key === "0") this.#whole();
    else if ((event.key === "Enter" || event.key === " ") && this.#focus >= 0) this.#play(this.#focus);
    else if ((event.key === "m" || event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) && this.#focus >= 0) void this.#menu(this.#focus);
    else if (event.key === "Escape" && (this.#focus >= 0 || this.selected)) {
      this.#look(-1);
      this.select(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** To the next song in a direction. @param {[number, number]} direction */
  #step([dx, dy]) {
    const { songs } = this;
    if (!songs) return;
    const camera = this.#camera;
    const [fromX, fromY] = this.#focus >= 0 ? [camera.screenX(songs.xs[this.#focus]), camera.screenY(songs.ys[this.#focus])] : [camera.width / 2, camera.height / 2];
    let best = -1;
    let least = Infinity;
    for (let point = 0; point < songs.size; point += 1) {
      if (point === this.#focus || !this.#shown(point)) continue;
      const [x, y] = [camera.screenX(songs.xs[point]) - fromX, camera.screenY(songs.ys[point]) - fromY];
      const [along, aside] = [x * dx + y * dy, Math.abs(x * dy) + Math.abs(y * dx)];
      const cost = along + 2 * aside;
      if (along <= 0 || aside > along * 1.3 || cost >= least) continue;
      [best, least] = [point, cost];
    }
    if (best < 0) return;
    camera.reveal(songs.xs[best], songs.ys[best]);
    this.#look(best, { aloud: true });
    this.redraw();
  }

  /** @param {number} factor */
  #zoomTo(factor) {
    const { songs } = this;
    const camera = this.#camera;
    const [x, y] = songs && this.#focus >= 0 ? [camera.screenX(songs.xs[this.#focus]), camera.screenY(songs.ys[this.#focus])] : [camera.width / 2, camera.height / 2];
    this.#glide((share) => camera.zoomAt(x, y, factor ** share));
  }

  #whole() {
    const camera = this.#camera;
    const from = { zoom: camera.zoom, x: camera.x, y: camera.y };
    let done = 0;
    this.#glide((share) => {
      done += share;
      camera.zoom = from.zoom * (1 / from.zoom) ** done;
      camera.x = from.x + (0.5 - from.x) * done;
      camera.y = from.y + (0.5 - from.y) * done;
      if (done > 0.999) camera.whole();
    });
  }

  /** Do something bit by bit; the shares add up to 1. @param {(share: number) => void} move */
  #glide(move) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      move(1);
      this.#place();
      return this.redraw();
    }
    const started = performance.now();
    let done = 0;
    const step = () => {
      if (!this.alive) return;
      const time = Math.min(1, (performance.now() - started) / GLIDE_MS);
      const eased = 1 - (1 - time) ** 3;
      move(eased - done);
      done = eased;
      this.#place();
      this.#moves();
      if (time < 1) requestAnimationFrame(step);
    };
    return step();
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.#surface;
    if (!width || !height) return;
    Object.assign(this.#camera, { width, height });
    for (const canvas of [this.#ground, this.#air]) {
      canvas.width = Math.round(width * devicePixelRatio);
      canvas.height = Math.round(height * devicePixelRatio);
    }
    this.redraw();
  }

  #recolour() {
    const fresh = palette();
    if (JSON.stringify(fresh) === JSON.stringify(this.#palette)) return;
    this.#palette = fresh;
    this.#painter.forget();
    this.redraw();
  }

  #beat() {
    if (store.playing && !document.hidden && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.#drawSoon();
  }

  #drawSoon() {
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      if (this.alive && this.songs && this.#camera.width > 1) this.#draw(this.songs);
    });
  }

  /** @param {MapSongs} songs */
  #draw(songs) {
    const colours = this.#palette;
    if (this.#groundStale) {
      this.#groundStale = false;
      const brush = brushOf(this.#ground);
      this.#painter.songs(brush, this.#camera, songs, { hidden: this.hidden, selected: this.selected, palette: colours, ratio: devicePixelRatio, moving: this.#resting !== undefined });
    }
    const brush = brushOf(this.#air);
    brush.clearRect(0, 0, this.#camera.width, this.#camera.height);
    const playing = this.#playingPoint(songs);
    const time = (performance.now() % PULSE_LASTS_MS) / PULSE_LASTS_MS;
    const pulse = store.playing ? (1 - Math.cos(2 * Math.PI * time)) / 2 : 0;
    if (playing >= 0) {
      const { path } = songs.points[playing];
      const at = actions.positionNow();
      const current = path.findLastIndex(([start]) => start <= at + 0.01);
      this.#painter.path(brush, this.#camera, path, { colour: colours.accent, current: Math.max(0, current), pulse, palette: colours, faint: this.#focus >= 0 && this.#focus !== playing });
      this.#painter.mark(brush, this.#camera, songs, playing, colours.accent, 19 + 3 * pulse);
    }
    if (this.#focus >= 0) {
      if (this.#focus !== playing) this.#painter.path(brush, this.#camera, songs.points[this.#focus].path, { colour: clusterColour(songs.clusterOf(this.#focus), colours.dark), current: -1, pulse: 0, palette: colours });
      this.#painter.mark(brush, this.#camera, songs, this.#focus, colours.text, 17);
    }
    this.#painter.selection(brush, this.#corners, colours);
  }

  /** @param {MapSongs} songs */
  #playingPoint(songs) {
    const track = store.state.player?.status === "idle" ? null : store.current?.track;
    return track ? (songs.byTrack.get(track.id) ?? -1) : -1;
  }
}

customElements.define("refrain-map", MoodMap);

/** @param {HTMLCanvasElement} canvas */
function brushOf(canvas) {
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  brush.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  return brush;
}

/** @param {number} value @param {number} most */
function clamp(value, most) {
  return Math.max(8, Math.min(value, most - 8));
}

/** @param {string | null | undefined} url */
export function coverIdOf(url) {
  return url?.match(/\/covers\/([^/?]+)/)?.[1] ?? null;
}
