/** One song: how it sounds, how its mood goes, what is like it, its words. */

import * as actions from "../actions.js";
import { get } from "../api.js";
import { fill, h } from "../dom.js";
import { clock, dotted } from "../format.js";
import { icon } from "../icons.js";
import { href } from "../router.js";
import { quarterOf, soundOf } from "../sound.js";
import { store } from "../store.js";
import { cover } from "../components/cover.js";
import { feedbackButtons } from "../components/feedback_buttons.js";
import { heart } from "../components/heart_button.js";
import { moodStrip } from "../components/mood_strip.js";
import { songFacts } from "../components/song_facts.js";
import { songWords } from "../components/song_words.js";
import { moreButton, trackEntries } from "../components/track_menu.js";
import { markPlaying, trackRow } from "../components/track_row.js";
import { openWhy } from "../components/why.js";
import { largeHeader, playAllButton } from "./headers.js";

/** @typedef {import("../sound.js").TrackSound} TrackSound */

/** Axis, its name, and its two ends in words. @type {Array<[string, string, string, string]>} */
const AXES = [
  ["energy", "Energy", "still", "driving"],
  ["valence", "Mood", "dark", "bright"],
  ["danceability", "Danceability", "for listening", "for dancing"],
  ["acousticness", "Acoustic", "electronic", "acoustic"],
  ["vocals", "Voice", "nobody sings", "voice in front"],
  ["brightness", "Timbre", "dull", "brilliant"],
  ["loudness", "Loudness", "soft", "loud"],
  ["dynamics", "Dynamics", "steady", "changing"],
];
const CHANGES = ["calmer", "more energetic", "slower", "faster", "darker", "happier", "more acoustic", "instrumental", "older", "newer"];
const SIMILAR = 12;

/** @type {import("../components/page_view.js").Page} */
export async function trackPage({ argument, signal }) {
  const track = await get(`/api/tracks/${encodeURIComponent(argument)}`, signal);
  const [sound, words, said] = await Promise.all([soundOf(track.id), songWords(track, signal), songFacts(track, signal)]);
  const known = sound?.analysed ? sound : null;
  return h(
    "div",
    { class: "page track-page" },
    largeHeader({
      kind: "Song",
      title: track.title,
      art: cover(track, 512),
      lines: [
        h("button", { type: "button", class: "link", dir: "auto", onclick: () => void actions.openArtist(track.artists[0] ?? track.artist) }, track.artist),
        track.album && h("a", { class: "link", dir: "auto", href: href("albums", track.album_id) }, dotted(track.album, track.year)),
        dotted(track.genres.slice(0, 3).join(", "), clock(track.duration_s)),
      ],
      buttons: [playAllButton(() => actions.play({ track_ids: [track.id] })), h("button", { type: "button", class: "button large", onclick: () => void openWhy(track) }, icon("why"), "Why this?"), heart(track), moreButton(track.title, () => trackEntries(track)), feedbackButtons(track)],
    }),
    known ? [facts(known), moods(track, known)] : h("p", { class: "still-listening small" }, icon("wave"), waitingWords()),
    words,
    known && (await similar(track, signal)),
    said,
  );
}

function waitingWords() {
  const index = store.state.index;
  if (index && store.analysing) return `Refrain has not listened to this song yet. The analysis of your library is running: ${index.done} of ${index.total}.`;
  return "Refrain has not listened to this song yet.";
}

/** Tempo, key and the axes, each as sure as it is. @param {TrackSound} sound */
function facts(sound) {
  const { tempo, key } = sound;
  return h(
    "section",
    {},
    h("h2", {}, "How it sounds"),
    h(
      "dl",
      { class: "figures sound-figures" },
      tempo && fact(`${Math.round(tempo.bpm)} BPM`, "tempo", tempo.confidence, tempo.other_bpm ? `or ${Math.round(tempo.other_bpm)}` : ""),
      key && fact(key.name, "key", key.confidence, key.other ? `or ${key.other}` : ""),
      sound.loudness_lufs !== null && fact(`${sound.loudness_lufs.toFixed(1)} LUFS`, "loudness", 1, sound.dynamics_db ? `${sound.dynamics_db.toFixed(0)} dB between loud and soft` : ""),
      sound.moods.length > 0 && fact(sound.moods.slice(0, 2).map((mood) => mood.name).join(", "), "feels", 0.6, "a guess by its parts"),
    ),
    h("ul", { class: "axes" }, AXES.map(([axis, name, low, high]) => sound.axes[axis] && h("li", {}, axisBar(name, low, high, sound.axes[axis])))),
    sound.tags.length > 0 && h("p", { class: "tags" }, tagsOf(sound).map((tag) => h("span", { class: "tag", title: `More so than ${Math.round(tag.percentile * 100)} % of your library` }, tag.name))),
    h("p", { class: "small quiet" }, "Bars compare with your own library. Pale ones are weak hints."),
  );
}

/** Without the name of the collection that a tag was learned from. @param {TrackSound} sound */
function tagsOf({ tags }) {
  const named = tags.map((tag) => ({ ...tag, name: tag.name.replace(/ \((MSD|MTT)\)$/, "") }));
  return named.filter((tag, index) => named.findIndex((other) => other.name === tag.name) === index).slice(0, 8);
}

/** @param {string} value @param {string} label @param {number} confidence @param {string} note */
function fact(value, label, confidence, note) {
  return h("div", { class: `figure ${confidence < 0.4 ? "weak" : ""}` }, h("dt", {}, label), h("dd", {}, value), h("dd", { class: "small quiet" }, dotted(confidence < 0.4 && "not sure", note)));
}

/** @param {string} name @param {string} low @param {string} high @param {import("../sound.js").AxisHeard} heard */
function axisBar(name, low, high, { value, confidence, percentile, weak }) {
  const share = Math.round(100 * (percentile ?? value));
  const words = `${name}: more than ${share} % of your library${weak ? ", only a weak hint" : ""}`;
  return h(
    "div",
    { class: `axis ${weak ? "weak" : ""}`, title: `${words}. Confidence ${Math.round(confidence * 100)} %.` },
    h("span", { class: "axis-name" }, name, weak && h("small", {}, "weak hint")),
    h("span", { class: "axis-bar", role: "img", "aria-label": words }, h("i", { style: { left: `${share}%`, opacity: (0.35 + 0.65 * confidence).toFixed(2) } })),
    h("span", { class: "axis-ends small quiet", "aria-hidden": "true" }, h("span", {}, low), h("span", {}, high)),
  );
}

/** @param {any} track @param {TrackSound} sound */
function moods(track, sound) {
  const seek = (/** @type {number} */ seconds) => void (store.current?.track.id === track.id ? actions.seek(seconds) : actions.playFrom(track, seconds));
  return h(
    "section",
    {},
    h("h2", {}, "Moods along the song"),
    moodStrip(sound, { seek }),
    h("ol", { class: "mood-parts" }, sound.segments.map((part, index) => h("li", {}, h("button", { type: "button", class: "chip", "aria-label": `Play from ${clock(part.start_s)}: ${part.moods.join(", ")}`, onclick: () => seek(part.start_s) }, h("i", { class: `swatch ${quarterOf(sound, index).mood}` }), clock(part.start_s), h("span", { class: "quiet" }, part.moods.slice(0, 2).join(", ") || quarterOf(sound, index).mood))))),
  );
}

/** @param {any} track @param {AbortSignal} signal */
async function similar(track, signal) {
  /** @type {Set<string>} */
  const but = new Set();
  const slot = h("div", { class: "similar-list" });
  let asked = 0;
  const show = async () => {
    const mine = (asked += 1);
    const answer = await get(`/api/tracks/${track.id}/similar?limit=${SIMILAR}${but.size ? `&but=${encodeURIComponent([...but].join(","))}` : ""}`, signal).catch(() => null);
    if (mine !== asked || signal.aborted) return;
    /** @type {any[]} */
    const found = answer?.tracks ?? [];
    const ids = found.map((one) => one.track.id);
    fill(
      slot,
      found.length ? h("ol", { class: "tracks", "aria-label": "Songs like this" }, found.map((one, index) => h("li", {}, trackRow(one.track, { onplay: () => void actions.play({ track_ids: ids }, index), showAlbum: false }), h("p", { class: "row-why small quiet cut" }, one.reasons.join(" · "))))) : h("p", { class: "quiet" }, but.size ? "Nothing in your library is like this but so. Try fewer changes." : "Nothing in your library is like this yet."),
    );
    markPlaying();
  };
  const chips = CHANGES.map((word) => {
    const chip = h("button", { type: "button", class: "chip", "aria-pressed": "false", onclick: () => {
      if (!but.delete(word)) but.add(word);
      chip.setAttribute("aria-pressed", String(but.has(word)));
      void show();
    } }, word);
    return chip;
  });
  await show();
  return h("section", {}, h("h2", {}, "Songs like this"), h("div", { class: "chips", role: "group", "aria-label": "Like this, but" }, h("span", { class: "quiet" }, "but"), chips), slot);
}
