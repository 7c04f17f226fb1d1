/** Equal-power fades: the two gains squared always sum to one, so a crossfade keeps its loudness. */

const POINTS = 64;

/** @param {"in" | "out"} direction */
export function equalPower(direction) {
  const curve = new Float32Array(POINTS);
  for (let index = 0; index < POINTS; index += 1) {
    const angle = (index / (POINTS - 1)) * (Math.PI / 2);
    curve[index] = direction === "in" ? Math.sin(angle) : Math.cos(angle);
  }
  return curve;
}

const CURVES = { in: equalPower("in"), out: equalPower("out") };

/**
 * @param {AudioParam} gain
 * @param {"in" | "out"} direction
 * @param {number} at  context time, seconds
 * @param {number} length  seconds
 */
export function fade(gain, direction, at, length) {
  gain.cancelScheduledValues(0);
  if (direction === "in") gain.setValueAtTime(0, 0);
  else gain.setValueAtTime(1, 0);
  gain.setValueCurveAtTime(CURVES[direction], at, length);
}

/**
 * Take back whatever was planned.
 * @param {AudioParam} gain
 * @param {number} now  context time, seconds
 */
export function clearFade(gain, now) {
  gain.cancelScheduledValues(0);
  gain.setValueAtTime(1, now);
}

/** @param {number} decibels */
export function decibelsToGain(decibels) {
  return 10 ** (decibels / 20);
}
