/** The answer to a hum: the line that was heard, the tune it is or may be, and what can be done with it. */

import * as actions from "../actions.js";
import { post } from "../api.js";
import { bidi, h } from "../dom.js";
import { clock, counted, dotted } from "../format.js";
import { icon } from "../icons.js";
import { listening, problemOf } from "../recognition/listening.js";
import { extent, hitFacts, notFound, stillWaiting, whereIn, youDid } from "../recognition/hum_words.js";
import { href } from "../router.js";
import { store } from "../store.js";
import { Component } from "./component.js";
import { chooseRecording } from "./correction.js";
import { cover } from "./cover.js";
import { hasPicture, humPicture } from "./hum_picture.js";
import { toast } from "./toasts.js";

/** @typedef {import("../recognition/hum.js").Hum} Hum */
/** @typedef {import("../recognition/hum.js").HumHit} HumHit */
/** @typedef {import("../store.js").Track} Track */
/** @typedef {{leave: () => void, mend: (hum: Partial<Hum>) => void}} Ways  `leave`: close what covers the page. */

/** A share of the song that is too small to be seen is drawn as large as this. */
const LEAST_SHARE = 0.012;

/** @param {Hum} hum @param {Ways} ways */
export function humCard(hum, ways) {
  if (hum.picked) return pickedCard(hum, hum.picked, ways);
  if (hum.outcome === "found") return foundCard(hum, hum.hits[0], ways);
  return hum.outcome === "ambiguous" ? choiceCard(hum, ways) : againCard(hum, ways);
}

/** @param {Hum} hum @param {HumHit} hit @param {Ways} ways */
function foundCard(hum, hit, ways) {
  return card(
    hum,
    "found",
    song(hit.track ?? hit, "That sounds like", ways, h("p", { class: "answer-facts" }, hitFacts(hit).map((fact) => h("span", {}, fact)))),
    hit.track && place(hit, hit.track),
    hit.track ? buttons(hum, hit.track, hit.start_s, ways) : h("p", { class: "quiet small answer-away" }, "You have the tune, but no recording of it, so it cannot be played here."),
  );
}

/** @param {Hum} hum @param {Track} track @param {Ways} ways */
function pickedCard(hum, track, ways) {
  const hit = hum.hits.find((one) => one.track?.id === track.id);
  return card(
    hum,
    "picked",
    song(track, "Thank you, that is learned", ways, h("p", { class: "quiet small hum-learned" }, "The next time you hum it like this, it is known.")),
    hit && place(hit, track),
    buttons(hum, track, hit?.start_s ?? 0, ways),
  );
}

/** @param {Hum} hum @param {Ways} ways */
function choiceCard(hum, ways) {
  return card(
    hum,
    "ambiguous",
    h("div", { class: "answer-words hum-wide" }, h("h3", { class: "answer-title" }, "Did you mean"), h("p", { class: "quiet" }, "Listen to them, and tell me which it is. I learn from it.")),
    h("ol", { class: "hum-choices" }, hum.hits.map((hit) => h("li", {}, choice(hum, hit, ways)))),
    h("div", { class: "answer-buttons" }, again("button"), otherwise(hum, "None of these", ways)),
    waiting(hum),
  );
}

/** @param {Hum} hum @param {HumHit} hit @param {Ways} ways */
function choice(hum, hit, ways) {
  const { track } = hit;
  return h(
    "article",
    { class: "hum-choice", dataset: track ? { track: String(track.id) } : {} },
    cover(track ?? hit, 256),
    h(
      "div",
      { class: "hum-choice-words" },
      h("h4", { class: "hum-choice-title", dir: "auto" }, hit.title),
      h("p", { class: "hum-choice-artist" }, bidi(hit.artist)),
      h("p", { class: "quiet small" }, track ? whereIn(hit) : "You have no recording of it"),
    ),
    h(
      "div",
      { class: "hum-choice-buttons" },
      track && listenTo(track, hit.start_s),
      track && hum.hum_id !== null && h("button", { type: "button", class: "button", "aria-label": `This one: ${hit.title}`, onclick: () => void pick(hum, track, ways) }, icon("check"), "This one"),
    ),
  );
}

/** @param {Hum} hum @param {Ways} ways */
function againCard(hum, ways) {
  const { title, text } = notFound(hum);
  return card(
    hum,
    "again",
    h("span", { class: "cover" }, icon(hum.problem === "speech" ? "chat" : "hum")),
    h("div", { class: "answer-words" }, h("h3", { class: "answer-title", dir: "auto" }, title), text && h("p", { class: "quiet", dir: "auto" }, text), !hum.problem && hum.searched > 0 && h("p", { class: "quiet small" }, `Compared with ${counted(hum.searched, "tune")}.`)),
    h("div", { class: "answer-buttons" }, again("button primary large"), !hum.problem && otherwise(hum, "I know what it is", ways)),
    waiting(hum),
  );
}

/** @param {Hum} hum @param {string} kind @param {...import("../dom.js").Child} parts */
function card(hum, kind, ...parts) {
  const drawn = hasPicture(hum);
  return h(
    "article",
    { class: `answer hum ${kind}`, "aria-label": drawn ? youDid(hum) : null },
    drawn && h("figure", { class: "hum-figure" }, h("figcaption", {}, h("span", { class: "hum-who" }, icon("hum"), youDid(hum)), h("span", { class: "quiet" }, extent(hum))), humPicture(hum)),
    ...parts,
  );
}

/** @param {Track | HumHit} what @param {string} verdict @param {Ways} ways @param {HTMLElement} more */
function song(what, verdict, ways, more) {
  const album = "album" in what ? what.album : null;
  return [
    cover(what, 512),
    h(
      "div",
      { class: "answer-words" },
      h("p", { class: "answer-verdict" }, verdict),
      h("h3", { class: "answer-title", dir: "auto" }, what.title),
      h("p", { class: "answer-artist" }, bidi(what.artist)),
      album && "album" in what && h("p", { class: "answer-album small quiet" }, h("a", { class: "link", href: href("albums", what.album_id ?? 0), dir: "auto", onclick: ways.leave }, dotted(album, what.year))),
      more,
    ),
  ];
}

/** The whole song as a bar, with what was hummed of it. The words beside it say the same. @param {HumHit} hit @param {Track} track */
function place(hit, track) {
  const whole = track.duration_s;
  if (!whole || hit.end_s <= hit.start_s || hit.start_s >= whole) return null;
  const share = Math.max(LEAST_SHARE, (Math.min(hit.end_s, whole) - hit.start_s) / whole);
  const from = Math.min(1 - share, hit.start_s / whole);
  return h(
    "div",
    { class: "hum-place", "aria-hidden": "true" },
    h("span", {}, "0:00"),
    h("span", { class: "hum-place-bar" }, h("span", { style: { left: `${(100 * from).toFixed(2)}%`, width: `${(100 * share).toFixed(2)}%` } })),
    h("span", {}, clock(whole)),
  );
}

/** @param {Hum} hum @param {Track} track @param {number} at @param {Ways} ways */
function buttons(hum, track, at, ways) {
  return h(
    "div",
    { class: "answer-buttons" },
    h("button", { type: "button", class: "button primary large", onclick: () => (ways.leave(), void actions.play({ track_ids: [track.id] })) }, icon("play"), "Play it"),
    at >= 1 && h("button", { type: "button", class: "button large", onclick: () => (ways.leave(), void actions.playFrom(track, at)) }, icon("playnext"), `Play from ${clock(Math.round(at))}`),
    h("button", { type: "button", class: "button large", onclick: () => void actions.addToQueue({ track_ids: [track.id] }, track.title) }, icon("queue"), "Add to queue"),
    !hum.picked && otherwise(hum, "That’s wrong", ways),
  );
}

/** @param {string} look */
function again(look) {
  return h("button", { type: "button", class: look, onclick: () => void listening.listen({ hum: true }) }, icon("microphone"), "Hum again");
}

/** Somebody knows better. @param {Hum} hum @param {string} label @param {Ways} ways */
function otherwise(hum, label, ways) {
  if (hum.hum_id === null) return null;
  const ask = async () => {
    const chosen = await chooseRecording("Which song was it?", { text: "Refrain learns from it: hummed like this, it is found the next time.", suggestions: hum.hits.slice(hum.outcome === "found" ? 1 : 0).flatMap(({ track }) => track ?? []) });
    if (chosen && "track" in chosen) await pick(hum, chosen.track, ways);
  };
  return h("button", { type: "button", class: "text-button answer-wrong", onclick: () => void ask() }, label);
}

/** @param {Hum} hum */
function waiting(hum) {
  const words = stillWaiting(hum);
  return words && h("p", { class: "hum-waiting small quiet" }, icon("later"), words);
}

/** @param {Hum} hum @param {Track} track @param {Ways} ways */
async function pick(hum, track, ways) {
  try {
    await post(`/api/hum/${hum.hum_id}/pick`, { track_id: track.id });
    ways.mend({ picked: track });
  } catch (error) {
    const { message, nextStep } = problemOf(error);
    toast(message, { kind: "error", detail: nextStep });
  }
}

/** Plays a song from where it was hummed while the question stays open, and pauses it again. */
class HumPlay extends Component {
  /** @type {Track | null} */
  track = null;
  at = 0;

  start() {
    const { track, at } = this;
    if (!track) return;
    const sounds = () => store.playing && store.current?.track.id === track.id;
    const button = h("button", { type: "button", class: "button round-play", onclick: () => void (sounds() ? actions.control("pause") : actions.playFrom(track, at)) });
    let shown = "";
    this.append(button);
    this.follow(["player", "queue"], () => {
      const now = sounds() ? "pause" : "play";
      if (now === shown) return;
      shown = now;
      button.replaceChildren(icon(now));
      button.setAttribute("aria-label", `${now === "play" ? "Play" : "Pause"} ${track.title}`);
    });
  }
}

customElements.define("refrain-hum-play", HumPlay);

/** @param {Track} track @param {number} at */
function listenTo(track, at) {
  const button = /** @type {HumPlay} */ (document.createElement("refrain-hum-play"));
  Object.assign(button, { track, at });
  return button;
}
