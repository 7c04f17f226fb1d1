/**
 * What the page knows, in one place. Components read `store.state` and are told of the keys that they watch.
 *
 * @typedef {{id: number, title: string, artist: string, artists: string[], album: string | null, album_id: number | null,
 *   year: number | null, genres: string[], duration_s: number, codec: string, cover_id: string | null,
 *   track_no: number | null, disc_no: number | null, liked: boolean | null, guessed: string[],
 *   loudness_gain_db: number | null, audio_url: string, cover_url: string | null}} Track
 * @typedef {{id: number, title: string, artist: string, year: number | null, track_count: number, duration_s: number,
 *   cover_id: string | null, is_compilation: boolean, tracks?: Track[]}} Album
 * @typedef {{id: number, name: string, track_count: number, album_count: number, albums?: Album[], tracks?: Track[]}} Artist
 * @typedef {{id: number, name: string, track_count: number, duration_s: number, tracks?: Track[]}} Playlist
 * @typedef {{id: string, track: Track}} QueueItem
 * @typedef {{items: QueueItem[], position: number | null, shuffle: boolean, repeat: "off" | "all" | "one",
 *   revision: number}} Queue
 * @typedef {{name: string, connected: boolean, capabilities: string[], status: "idle" | "playing" | "paused",
 *   item_id: string | null, position_s: number, duration_s: number, volume: number, muted: boolean}} PlayerState
 * @typedef {{phase: "idle" | "scanning" | "analysing" | "melodies", done: number, total: number, current: string, failed: number,
 *   refused: number, eta_s: number | null}} IndexState
 * @typedef {{tracks: number, albums: number, artists: number, duration_s: number, refused: number}} LibrarySummary
 * @typedef {{here: boolean, seconds: number, limit_s: number, place: string, received_at: number}} RingState
 * @typedef {{code: string, message: string, next_step: string}} Trouble
 * @typedef {{state: "idle" | "loading" | "ready" | "unusable", problem: Trouble | null, speaks: boolean, speaking_problem: Trouble | null, waiting: number,
 *   wake_word: string, earcons: boolean}} SpeechService
 * @typedef {{id: number, kind: "sleep" | "alarm", at: string | null, in_s: number | null, clock: string,
 *   until: string, songs: number, after: string, weekdays: number[], music: string, volume: number | null, player: string, room: string}} Timer
 * @typedef {{id: number, at: string, timer_id: number, kind: "rang" | "missed" | "failing" | "stopped", clock: string,
 *   music: string, reason: string}} TimerNews
 *
 * @typedef {object} State
 * @property {"connecting" | "open" | "lost" | "refused"} connection
 * @property {Queue | null} queue
 * @property {(PlayerState & {received_at: number}) | null} player
 * @property {IndexState | null} index
 * @property {LibrarySummary | null} library
 * @property {number} revision  Grows when the library changed and lists should be read again.
 * @property {"here" | "elsewhere" | "none"} output  Where sound comes out.
 * @property {boolean} sound_blocked  The browser wants a click before it allows sound.
 * @property {boolean} queue_open
 * @property {boolean} sheet_open  The full-screen now-playing sheet of the phone layout.
 * @property {boolean} listen_open  The full-screen "What is this?".
 * @property {RingState | null} ring  The last minutes that are kept for "what was that?", while they are.
 * @property {boolean} hearing  The server asked for a clip of this device's microphone, and gets it.
 * @property {SpeechService | null} speech  Whether this server can be talked to.
 * @property {{timers: Timer[], news: TimerNews[], now: string, received_at: number} | null} timers  Sleep timer and alarms.
 * @property {Record<number, boolean | null>} likes  Ratings changed since the tracks were read.
 */

class Store extends EventTarget {
  /** @type {State} */
  state = {
    connection: "connecting",
    queue: null,
    player: null,
    index: null,
    library: null,
    revision: 0,
    output: "none",
    sound_blocked: false,
    queue_open: false,
    sheet_open: false,
    listen_open: false,
    ring: null,
    hearing: false,
    speech: null,
    timers: null,
    likes: {},
  };

  /** @param {Partial<State>} patch */
  set(patch) {
    const changed = Object.keys(patch).filter((key) => !Object.is(patch[key], this.state[key]));
    if (changed.length === 0) return;
    Object.assign(this.state, patch);
    for (const key of changed) this.dispatchEvent(new Event(key));
  }

  /**
   * Call `listener` whenever one of `keys` changes.
   * @param {Array<keyof State>} keys
   * @param {() => void} listener
   * @returns {() => void} call it to stop
   */
  watch(keys, listener) {
    for (const key of keys) this.addEventListener(key, listener);
    return () => {
      for (const key of keys) this.removeEventListener(key, listener);
    };
  }

  /** The queue item that plays or is paused. @returns {QueueItem | null} */
  get current() {
    const { queue, player } = this.state;
    if (!queue) return null;
    const sounding = player?.item_id ? queue.items.find((item) => item.id === player.item_id) : null;
    if (sounding) return sounding;
    return queue.position === null ? null : (queue.items[queue.position] ?? null);
  }

  /** Songs are still read or listened to. Finding the tunes comes after it, and only humming waits for them. */
  get analysing() {
    const { index } = this.state;
    return index !== null && (index.phase === "scanning" || index.phase === "analysing");
  }

  get playing() {
    return this.state.player?.status === "playing";
  }

  /** @param {Track} track */
  liked(track) {
    return this.state.likes[track.id] ?? track.liked ?? null;
  }
}

export const store = new Store();

/**
 * A choice that this browser remembers. Storage may be switched off; then it lasts as long as the page.
 * @param {string} key
 * @param {string | null} [value]  leave out to read
 * @returns {string | null}
 */
export function remembered(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(`refrain.${key}`);
    if (value === null) localStorage.removeItem(`refrain.${key}`);
    else localStorage.setItem(`refrain.${key}`, value);
  } catch {
    // Private windows may refuse storage; nothing depends on it.
  }
  return value ?? null;
}
