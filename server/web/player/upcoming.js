/**
 * The track that follows: fetched and decoded ahead of time, so that it can begin on the exact sample where the
 * current one ends, or under it with a crossfade.
 */

import { BufferDeck, MediaDeck } from "./decks.js";

/** @typedef {import("./decks.js").Cue} Cue */

/** Decoded sound takes about 21 MB a minute; longer tracks are streamed by a second element instead. */
const LONGEST_DECODED_S = 12 * 60;
/** An element cannot start on a clock tick; it is asked this much earlier. */
const ELEMENT_START_S = 0.03;

export class Upcoming {
  /** @type {BufferDeck | MediaDeck | null} */
  deck = null;
  /** Context time at which it begins; null while not scheduled. @type {number | null} */
  at = null;
  /** Why it cannot be played; empty when nothing is wrong. */
  failure = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #abort = new AbortController();
  #loading = false;

  /**
   * @param {Cue} cue
   * @param {number} crossfadeS  0 to 12 seconds
   */
  constructor(cue, crossfadeS) {
    this.cue = cue;
    this.crossfadeS = crossfadeS;
  }

  get ready() {
    return this.deck !== null && this.deck.ready;
  }

  /**
   * Fetch and decode. Returns at once; `deck` appears when it is done.
   * @param {import("./graph.js").AudioGraph} graph
   * @param {AudioBuffer | null} [known]  the samples, when this very track was decoded before
   */
  load(graph, known = null) {
    if (this.#loading) return;
    this.#loading = true;
    if (known) this.deck = new BufferDeck(graph, this.cue, known);
    else if (this.cue.track.is_live || this.cue.track.duration_s > LONGEST_DECODED_S) this.#stream(graph);
    else void this.#decode(graph);
  }

  /** @param {import("./graph.js").AudioGraph} graph */
  async #decode(graph) {
    try {
      const response = await fetch(this.cue.track.audio_url, { signal: this.#abort.signal });
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      const buffer = await graph.context.decodeAudioData(await response.arrayBuffer());
      if (!this.#abort.signal.aborted) this.deck = new BufferDeck(graph, this.cue, buffer);
    } catch {
      // Some formats play in an element although they cannot be decoded in one piece.
      if (!this.#abort.signal.aborted) this.#stream(graph);
    }
  }

  /** @param {import("./graph.js").AudioGraph} graph */
  #stream(graph) {
    const deck = new MediaDeck(graph, this.cue);
    deck.onFailure = (message) => {
      this.failure = message;
    };
    this.deck = deck;
  }

  /**
   * Plan the beginning, fading in for `overlap` seconds when that is not 0.
   * @param {number} at  context time
   * @param {number} overlap  seconds
   */
  schedule(at, overlap) {
    const deck = this.deck;
    if (!deck) return;
    this.unschedule();
    this.at = at;
    if (overlap > 0) deck.fadeIn(at, overlap);
    if (deck instanceof BufferDeck) void deck.start(0, at);
    else {
      const waitMs = Math.max(0, (at - deck.graph.now - ELEMENT_START_S) * 1000);
      this.#timer = setTimeout(() => deck.start(0).catch((error) => (this.failure = String(error.message))), waitMs);
    }
  }

  unschedule() {
    clearTimeout(this.#timer);
    if (this.at === null || !this.deck) return;
    this.at = null;
    this.deck.clearFade();
    if (this.deck instanceof BufferDeck) this.deck.unschedule();
    else this.deck.pause();
  }

  /** Hand the deck over; this object is empty then. */
  take() {
    const deck = this.deck;
    this.deck = null;
    this.drop();
    return deck;
  }

  drop() {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.deck?.dispose();
    this.deck = null;
  }
}
