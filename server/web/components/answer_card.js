/** The answer to "What is this?": what it is, how sure, where in it, and what can be done with it. */

import * as actions from "../actions.js";
import { bidi, h } from "../dom.js";
import { clock, dotted } from "../format.js";
import { icon } from "../icons.js";
import { href } from "../router.js";
import { listening } from "../recognition/listening.js";
import { facts, notKnown, verdict } from "../recognition/words.js";
import { correct, settle } from "./correction.js";
import { cover } from "./cover.js";

/** @typedef {import("../recognition/answer.js").Answer} Answer */
/** @typedef {import("../store.js").Track} Track */
/** @typedef {{leave: () => void, mend: (parts: Partial<Answer>) => void}} Ways  `leave`: close what covers the page. */

const ALTERNATIVES = 3;

/** @param {Answer} answer @param {Ways} ways */
export function answerCard(answer, ways) {
  return answer.certainty === "unknown" ? unknownCard(answer, ways) : knownCard(answer, ways);
}

/** @param {Answer} answer @param {Ways} ways */
function knownCard(answer, ways) {
  const { track, certainty } = answer;
  return h(
    "article",
    { class: `answer ${certainty}`, dataset: track ? { track: String(track.id) } : {} },
    cover(track ?? { title: answer.title }, 512),
    h(
      "div",
      { class: "answer-words" },
      h("p", { class: "answer-verdict" }, verdict(answer)),
      h("h3", { class: "answer-title", dir: "auto" }, answer.title),
      h("p", { class: "answer-artist" }, bidi(answer.artist)),
      track?.album && h("p", { class: "answer-album small quiet" }, h("a", { class: "link", href: href("albums", track.album_id ?? 0), dir: "auto", onclick: ways.leave }, dotted(track.album, track.year))),
      h("p", { class: "answer-facts" }, facts(answer).map((fact) => h("span", {}, fact))),
    ),
    track ? buttons(answer, track, ways) : h("p", { class: "quiet small answer-away" }, "It is not in your library, so it cannot be played here."),
    certainty === "likely" && alternatives(answer, ways),
  );
}

/** @param {Answer} answer @param {Track} track @param {Ways} ways */
function buttons(answer, track, ways) {
  const { position_s: at } = answer;
  const { heard_id: id } = answer;
  return h(
    "div",
    { class: "answer-buttons" },
    h("button", { type: "button", class: "button primary large", onclick: () => (ways.leave(), void actions.play({ track_ids: [track.id] })) }, icon("play"), "Play it"),
    at >= 1 && h("button", { type: "button", class: "button large", onclick: () => (ways.leave(), void actions.playFrom(track, at)) }, icon("playnext"), `Play from ${clock(Math.round(at))}`),
    h("button", { type: "button", class: "button large", onclick: () => void actions.addToQueue({ track_ids: [track.id] }, track.title) }, icon("queue"), "Add to queue"),
    id !== null && h("button", { type: "button", class: "text-button answer-wrong", onclick: () => void putRight(answer, id, ways) }, "That’s wrong"),
  );
}

/** @param {Answer} answer @param {Ways} ways */
function alternatives(answer, ways) {
  const others = answer.alternatives.filter(({ track }) => track.id !== answer.track?.id).slice(0, ALTERNATIVES);
  const { heard_id: id } = answer;
  if (!others.length || id === null) return null;
  return h(
    "div",
    { class: "answer-others" },
    h("p", { class: "small quiet" }, "Or is it one of these?"),
    h("ul", {}, others.map(({ track }) => h("li", {}, h("button", { type: "button", class: "choice song-choice", onclick: async () => take(await settle(id, track), ways) }, cover(track, 96), h("span", { class: "row-text" }, bidi(track.title, "row-title cut"), bidi(track.artist, "row-artist cut")))))),
  );
}

/** @param {Answer} answer @param {Ways} ways */
function unknownCard(answer, ways) {
  const { title, text } = notKnown(answer);
  const { version_of: version, heard_id: id } = answer;
  return h(
    "article",
    { class: "answer unknown" },
    h("span", { class: "cover" }, icon(answer.reason ? "wave" : "unknown")),
    h("div", { class: "answer-words" }, h("h3", { class: "answer-title" }, title), h("p", { class: "quiet" }, text)),
    version && h("p", { class: "answer-version" }, "It sounds like a version of ", h("button", { type: "button", class: "link strong", dir: "auto", onclick: () => (ways.leave(), void actions.play({ track_ids: [version.id] })) }, version.title), " by ", bidi(version.artist), "."),
    h(
      "div",
      { class: "answer-buttons" },
      h("button", { type: "button", class: "button", onclick: () => void listening.listen({ hum: true }) }, icon("hum"), "Hum it"),
      id !== null && !answer.reason && h("button", { type: "button", class: "button", onclick: () => void putRight(answer, id, ways) }, icon("edit"), "I know what it is"),
    ),
  );
}

/** @param {Answer} answer @param {number} id @param {Ways} ways */
async function putRight(answer, id, ways) {
  take(await correct(id, answer.alternatives.map(({ track }) => track)), ways);
}

/** @param {Track | "none" | null} chosen @param {Ways} ways */
function take(chosen, ways) {
  if (chosen === null) return;
  if (chosen === "none") ways.mend({ certainty: "unknown", track: null, title: "", artist: "", reason: "", alternatives: [] });
  else ways.mend({ told: true, certainty: "certain", track: chosen, title: chosen.title, artist: chosen.artist, alternatives: [], position_s: 0 });
}
