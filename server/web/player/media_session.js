/**
 * The keys of a keyboard, headset and lock screen, through the Media Session API.
 *
 * Browsers offer those only while a media element plays, and sound that comes from decoded buffers has none. So a
 * silent loop runs along.
 */

import { coverUrl } from "../api.js";
import { store } from "../store.js";

/** @typedef {{play(): void, pause(): void, next(): void, previous(): void, seek(positionS: number): void, position(): number}} Controls */

/** @param {Controls} controls */
export function startMediaSession(controls) {
  if (!("mediaSession" in navigator)) return;
  const session = navigator.mediaSession;
  const silence = silentLoop();
  const handlers = /** @type {Array<[MediaSessionAction, (details: MediaSessionActionDetails) => void]>} */ ([
    ["play", () => controls.play()],
    ["pause", () => controls.pause()],
    ["nexttrack", () => controls.next()],
    ["previoustrack", () => controls.previous()],
    ["seekto", (details) => controls.seek(details.seekTime ?? 0)],
    ["seekforward", (details) => controls.seek(controls.position() + (details.seekOffset ?? 10))],
    ["seekbackward", (details) => controls.seek(Math.max(0, controls.position() - (details.seekOffset ?? 10)))],
  ]);
  for (const [action, handler] of handlers) {
    try {
      session.setActionHandler(action, handler);
    } catch {
      // An older browser that does not know this one.
    }
  }

  const update = () => {
    const here = store.state.output === "here";
    const current = here ? store.current : null;
    session.metadata = current ? metadata(current.track) : null;
    const status = store.state.player?.status ?? "idle";
    session.playbackState = !here || status === "idle" ? "none" : status;
    if (here && status === "playing") silence.play().catch(() => undefined);
    else silence.pause();
    place(session);
  };
  store.watch(["queue", "player", "output"], update);
}

/** @param {import("../store.js").Track} track */
function metadata(track) {
  const artwork = /** @type {const} */ ([96, 256, 512]).flatMap((size) => {
    const src = coverUrl(track.cover_id, size);
    return src ? [{ src, sizes: `${size}x${size}` }] : [];
  });
  return new MediaMetadata({ title: track.title, artist: track.artist, album: track.album ?? "", artwork });
}

/** @param {MediaSession} session */
function place(session) {
  const player = store.state.player;
  if (!player || !player.duration_s || !session.setPositionState) return;
  session.setPositionState({ duration: player.duration_s, position: Math.min(player.position_s, player.duration_s), playbackRate: 1 });
}

/** Ten seconds of nothing as a WAV file, looping. */
function silentLoop() {
  const rate = 8000;
  const samples = rate * 10;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const text = (/** @type {number} */ at, /** @type {string} */ word) => [...word].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + samples, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, "data");
  view.setUint32(40, samples, true);
  new Uint8Array(view.buffer, 44).fill(128);
  const audio = new Audio(URL.createObjectURL(new Blob([view.buffer], { type: "audio/wav" })));
  audio.loop = true;
  return audio;
}
