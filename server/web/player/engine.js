/**
 * Plays one track after the other, and says only what the audio clock shows.
 *
 * The first track streams from an element and is heard at once. The one that follows is announced with `prepare`,
 * decoded ahead and scheduled on the AudioContext clock. Events: "change" (state), "advanced" (went on by itself),
 * "ended" (nothing follows), "failed" (detail: {message}), "blocked" (the browser wants a click first).
 */

import { BufferDeck, MediaDeck } from "./decks.js";
import { AudioGraph, NotHeard, pause, SoundBlocked } from "./graph.js";
import { Upcoming } from "./upcoming.js";

/** @typedef {import("./decks.js").Cue} Cue */

const TICK_MS = 100;
/** How far ahead the next track is put on the clock; background tabs get a timer only once a second. */
const LEAD_S = 3;
/** An estimated end that moved by more than this is planned again. */
const DRIFT_S = 0.06;
const CONFIRM_TIMEOUT_MS = 2700;
const HEARD_S = 0.04;

export class Engine extends EventTarget {
  /** @type {AudioGraph | null} */
  #graph = null;
  /** @type {BufferDeck | MediaDeck | null} */
  #deck = null;
  /** @type {Upcoming | null} */
  #upcoming = null;
  /** Decks that fade out or play their last samples. @type {Array<{deck: BufferDeck | MediaDeck, until: number}>} */
  #tails = [];
  /** Each play, stop or seek makes earlier ones stale. */
  #generation = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticker;
  #overlap = 0;
  /** Of the amplitude, while somebody speaks. */
  #share = 1;
  /** @type {"idle" | "playing" | "paused"} */
  status = "idle";
  volume = 100;
  muted = false;

  get graph() {
    if (!this.#graph) {
      this.#graph = new AudioGraph();
      this.#graph.setVolume(this.volume, this.muted);
      this.#graph.duck(this.#share);
    }
    return this.#graph;
  }

  /** True when a track is loaded, sounding or paused. */
  get loaded() {
    return this.#deck !== null;
  }

  /** @returns {Cue | null} */
  get cue() {
    return this.#deck?.cue ?? null;
  }

  /** What a report to the server says. */
  state() {
    const deck = this.#deck;
    return {
      status: this.status,
      item_id: deck?.cue.itemId ?? null,
      position_s: round(deck?.position ?? 0),
      duration_s: Number.isFinite(deck?.duration) ? round(deck?.duration ?? 0) : 0,
      volume: this.volume,
      muted: this.muted,
    };
  }

  /** Loudness of what leaves for the loudspeakers, root mean square, 0 to 1. */
  level() {
    return this.#graph?.level() ?? 0;
  }

  /** How much of the amplitude is left while somebody speaks; 1 when nobody does. */
  share() {
    return this.#graph?.ducking.gain.value ?? this.#share;
  }

  /** Call it inside a click or key handler: from then on sound is allowed. */
  async unlock() {
    await this.graph.run();
  }

  /**
   * Sound a track; resolves once it is really heard, false when a newer command took over.
   * @param {Cue} cue
   * @param {number} startS
   * @returns {Promise<boolean>}
   * @throws {SoundBlocked}
   */
  async play(cue, startS = 0) {
    const generation = ++this.#generation;
    const prepared = this.#takePrepared(cue, startS);
    this.#silence();
    this.status = "idle";
    try {
      await this.graph.run();
      if (generation !== this.#generation) return false;
      const deck = prepared ?? new MediaDeck(this.graph, cue);
      this.#own(deck);
      await deck.start(startS);
      return await this.#confirm(deck, generation);
    } catch (error) {
      prepared?.dispose();
      if (generation === this.#generation) this.#giveUp(error);
      throw error;
    }
  }

  /**
   * Say what follows; null when nothing does.
   * @param {Cue | null} cue
   * @param {number} crossfadeS
   */
  prepare(cue, crossfadeS = 0) {
    this.#dropUpcoming();
    if (!cue) return;
    this.#upcoming = new Upcoming(cue, Math.min(12, Math.max(0, crossfadeS)));
    this.#loadUpcoming();
  }

  async pause() {
    if (!this.#deck) return;
    this.#generation += 1;
    this.#unschedule();
    await this.graph.freeze();
    this.status = "paused";
    for (const deck of this.#sounding()) deck.pause();
    this.#changed();
  }

  /** @returns {Promise<boolean>} */
  async resume() {
    const deck = this.#deck;
    if (!deck) return false;
    const generation = ++this.#generation;
    await this.graph.run();
    await Promise.all(this.#sounding().map((one) => one.resume()));
    return this.#confirm(deck, generation);
  }

  stop() {
    this.#generation += 1;
    this.#silence();
    this.#dropUpcoming();
    this.status = "idle";
    this.#changed();
  }

  /**
   * @param {number} positionS
   * @returns {Promise<boolean>}
   */
  async seek(positionS) {
    const deck = this.#deck;
    if (!deck) return false;
    const generation = ++this.#generation;
    this.#unschedule();
    this.#dropTails();
    await deck.seek(positionS);
    const heard = this.status !== "playing" || (await this.#heard(deck, generation));
    if (heard) this.#changed();
    return heard;
  }

  /** @param {number} volume @param {boolean} muted */
  setVolume(volume, muted) {
    this.volume = Math.round(Math.min(100, Math.max(0, volume)));
    this.muted = muted;
    this.#graph?.setVolume(this.volume, muted);
    this.#changed();
  }

  /** Be quieter for a while; the volume stays what the user wants. @param {number} share  of the amplitude, 1 is all of it */
  duck(share) {
    if (share === this.#share) return;
    this.#share = share;
    this.#graph?.duck(share);
  }

  /** @param {BufferDeck | MediaDeck} deck */
  #own(deck) {
    this.#deck = deck;
    if (deck instanceof MediaDeck) deck.onFailure = (message) => this.#fail(deck, message);
    clearInterval(this.#ticker);
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    this.#loadUpcoming();
  }

  /** "Playing" is said only from here on. @param {BufferDeck | MediaDeck} deck @param {number} generation */
  async #confirm(deck, generation) {
    const heard = await this.#heard(deck, generation);
    if (heard) {
      this.status = "playing";
      this.#changed();
    }
    return heard;
  }

  /** Wait until the position moves while the audio clock runs. @param {BufferDeck | MediaDeck} deck @param {number} generation */
  async #heard(deck, generation) {
    const from = deck.position;
    const clock = this.graph.now;
    const deadline = performance.now() + CONFIRM_TIMEOUT_MS;
    while (performance.now() < deadline) {
      if (generation !== this.#generation) return false;
      if (this.graph.running && this.graph.now > clock && deck.position > from + HEARD_S) return true;
      if (deck.ended) return true;
      await pause(20);
    }
    throw new NotHeard(deck.cue.track.title);
  }

  #tick() {
    const deck = this.#deck;
    if (!deck || this.status !== "playing") return;
    this.#tails = this.#tails.filter(({ deck: tail, until }) => {
      if (this.graph.now < until) return true;
      tail.dispose();
      return false;
    });
    if (this.#upcoming) this.#approach(deck, this.#upcoming);
    else if (deck.ended) this.#finish();
  }

  /** Put the next track on the clock when the end is near, and go over to it. @param {BufferDeck | MediaDeck} deck @param {Upcoming} upcoming */
  #approach(deck, upcoming) {
    const now = this.graph.now;
    const overlap = Math.min(upcoming.crossfadeS, deck.duration / 2, upcoming.cue.track.duration_s / 2);
    const begin = deck.endTime - overlap;
    if (upcoming.failure) {
      if (deck.ended) this.#skipBroken(upcoming);
    } else if (upcoming.at !== null && now >= upcoming.at) this.#advance(upcoming);
    else if (deck.ended && (upcoming.at === null || upcoming.at > now + DRIFT_S)) {
      if (upcoming.ready) this.#plan(deck, upcoming, now, 0);
    } else if (upcoming.ready && begin - now < LEAD_S) {
      const moved = upcoming.at === null || (Math.abs(begin - upcoming.at) > DRIFT_S && upcoming.at - now > 0.2);
      if (moved) this.#plan(deck, upcoming, Math.max(now, begin), Math.min(overlap, deck.endTime - now));
    }
  }

  /** @param {BufferDeck | MediaDeck} deck @param {Upcoming} upcoming @param {number} at @param {number} overlap */
  #plan(deck, upcoming, at, overlap) {
    this.#overlap = overlap > 0.05 ? overlap : 0;
    upcoming.schedule(at, this.#overlap);
    if (this.#overlap) deck.fadeOut(at, this.#overlap);
    else deck.clearFade();
  }

  /** @param {Upcoming} upcoming */
  #advance(upcoming) {
    const next = upcoming.take();
    this.#upcoming = null;
    if (!next) return;
    if (this.#deck) {
      if (this.#deck instanceof MediaDeck) this.#deck.onFailure = null;
      this.#tails.push({ deck: this.#deck, until: this.graph.now + this.#overlap + 0.4 });
    }
    this.#own(next);
    this.dispatchEvent(new Event("advanced"));
    this.#changed();
  }

  /** @param {Upcoming} upcoming */
  #skipBroken(upcoming) {
    const message = upcoming.failure;
    this.#generation += 1;
    this.#silence();
    this.#dropUpcoming();
    this.status = "idle";
    this.dispatchEvent(new CustomEvent("failed", { detail: { message, item_id: upcoming.cue.itemId } }));
    this.#changed();
  }

  #finish() {
    this.#generation += 1;
    const last = this.state();
    this.#silence();
    this.status = "idle";
    this.dispatchEvent(new CustomEvent("ended", { detail: { ...last, status: "idle" } }));
    this.#changed();
  }

  /** @param {MediaDeck} deck @param {string} message */
  #fail(deck, message) {
    if (deck !== this.#deck) return;
    this.#generation += 1;
    this.#silence();
    this.status = "idle";
    this.dispatchEvent(new CustomEvent("failed", { detail: { message, item_id: deck.cue.itemId } }));
    this.#changed();
  }

  /** @param {unknown} error */
  #giveUp(error) {
    this.#silence();
    this.status = "idle";
    if (error instanceof SoundBlocked) this.dispatchEvent(new Event("blocked"));
    this.#changed();
  }

  /** @param {Cue} cue @param {number} startS */
  #takePrepared(cue, startS) {
    const upcoming = this.#upcoming;
    if (!upcoming || upcoming.cue.itemId !== cue.itemId || startS > 0 || upcoming.failure || !upcoming.ready) return null;
    upcoming.unschedule();
    this.#upcoming = null;
    return upcoming.take();
  }

  #loadUpcoming() {
    if (!this.#upcoming || !this.#deck) return;
    const sameTrack = this.#deck.cue.track.id === this.#upcoming.cue.track.id;
    const known = sameTrack && this.#deck instanceof BufferDeck ? this.#deck.buffer : null;
    this.#upcoming.load(this.graph, known);
  }

  #sounding() {
    return [...(this.#deck ? [this.#deck] : []), ...this.#tails.map(({ deck }) => deck)];
  }

  #unschedule() {
    this.#upcoming?.unschedule();
    this.#deck?.clearFade();
  }

  #dropUpcoming() {
    this.#unschedule();
    this.#upcoming?.drop();
    this.#upcoming = null;
  }

  #dropTails() {
    for (const { deck } of this.#tails) deck.dispose();
    this.#tails = [];
  }

  #silence() {
    clearInterval(this.#ticker);
    this.#upcoming?.unschedule();
    this.#dropTails();
    this.#deck?.dispose();
    this.#deck = null;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** @param {number} seconds */
function round(seconds) {
  return Math.round(seconds * 1000) / 1000;
}
