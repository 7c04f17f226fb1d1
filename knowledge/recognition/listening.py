"""Which parts of a clip to ask about, and how their answers become one."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from knowledge.fingerprint.models import RATE_HZ, ClipMatch, ClipPicture, Recognised, Samples

WINDOW_S = 12.0
_WINDOWS = (0.25, 0.6, 0.05)
"""Where in a long clip they begin, as shares of what can be shifted: the middle tells most."""
_LOOKED_AT_S = 180.0
_SETTLED = 0.999


def recognise_parts(
    samples: Samples, recognise: Callable[[Samples], Recognised], *, longest_s: float
) -> Recognised:
    """Recognise a clip of any length.

    Up to `longest_s` it is taken whole. Of a longer one, parts are tried until one is certain,
    and the best evidence wins.

    Args:
        samples: mono at `RATE_HZ`, shape (n,).
        recognise: recognises a short clip.
        longest_s: the longest clip that is taken whole, seconds.
    """
    seconds = samples.size / RATE_HZ
    if seconds <= longest_s:
        return recognise(samples)
    best = Recognised((), seconds, reason="silent")
    for start_s, part in _parts(samples):
        found = _moved(recognise(part), start_s, seconds)
        if _strength(found) > _strength(best):
            best = found
        if best.best is not None and best.best.probability > _SETTLED:
            break
    return best


def _parts(samples: Samples) -> Iterator[tuple[float, Samples]]:
    usable_s = min(samples.size / RATE_HZ, _LOOKED_AT_S)
    for share in _WINDOWS:
        start_s = max(0.0, usable_s - WINDOW_S) * share
        first = int(start_s * RATE_HZ)
        yield start_s, samples[first : first + int(WINDOW_S * RATE_HZ)]


def _strength(found: Recognised) -> tuple[float, float]:
    """What speaks for an outcome; hearing anything at all counts more than silence."""
    if not found.matches:
        return (-1.0 if found.reason else 0.0, 0.0)
    return (found.matches[0].probability, found.matches[0].score)


def _moved(found: Recognised, start_s: float, clip_s: float) -> Recognised:
    """The outcome of a part, told on the clock of the whole clip."""

    def move(match: ClipMatch) -> ClipMatch:
        return replace(
            match,
            offset_s=match.offset_s - start_s * match.speed,
            start_s=match.start_s + start_s,
            end_s=match.end_s + start_s,
        )

    picture = found.picture
    if picture is not None and picture.peaks.size:
        peaks = picture.peaks.copy()
        peaks[:, 0] += start_s
        picture = ClipPicture(clip_s, peaks, picture.matched)
    return Recognised(tuple(map(move, found.matches)), clip_s, found.reason, picture)
