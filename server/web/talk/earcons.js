/** Two very short sounds of the page itself: the microphone is open, and it is closed again. */

const LENGTH_S = 0.09;
const GAP_S = 0.07;
const LOUDNESS = 0.07;
const NOTES_HZ = { open: [587.33, 880], close: [880, 587.33] };

/** @type {AudioContext | null} */
let context = null;

/** Inside a click or key handler, so that sound is allowed. @param {"open" | "close"} kind @param {number} volume  0 to 100 */
export function playEarcon(kind, volume) {
  if (volume <= 0) return;
  context ??= new AudioContext({ latencyHint: "interactive" });
  const { currentTime } = context;
  void context.resume().catch(() => undefined);
  NOTES_HZ[kind].forEach((hertz, index) => note(/** @type {AudioContext} */ (context), hertz, currentTime + 0.01 + index * GAP_S, LOUDNESS * (volume / 100) ** 2));
}

/** @param {AudioContext} on @param {number} hertz @param {number} at @param {number} loudness */
function note(on, hertz, at, loudness) {
  const tone = on.createOscillator();
  const gain = on.createGain();
  tone.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loudness, at + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH_S);
  tone.connect(gain).connect(on.destination);
  tone.start(at);
  tone.stop(at + LENGTH_S + 0.02);
}
