"""The picture of a clip, thinned out until a page can draw it."""

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from knowledge.fingerprint.models import ClipPicture

MAX_POINTS = 600


class PictureOut(BaseModel):
    """What was heard of a clip, and what of it fitted."""

    model_config = ConfigDict(frozen=True)
    seconds: float
    peaks: tuple[tuple[float, float], ...]
    """Seconds and hertz."""
    matched: tuple[bool, ...]


def picture_out(picture: ClipPicture | None) -> PictureOut | None:
    """At most `MAX_POINTS` of the peaks; those that fit the match are kept first."""
    if picture is None:
        return None
    kept = _kept(picture.matched, MAX_POINTS)
    return PictureOut(
        seconds=round(picture.seconds, 3),
        peaks=points(picture.peaks[kept]),
        matched=tuple(bool(one) for one in picture.matched[kept]),
    )


def points(peaks: NDArray[np.float32]) -> tuple[tuple[float, float], ...]:
    """Peaks, shape (n, 2), as numbers with no more digits than a picture shows."""
    return tuple((round(float(at), 3), round(float(hertz), 1)) for at, hertz in peaks)


def thinned(peaks: NDArray[np.float32], most: int) -> NDArray[np.float32]:
    """`most` of the peaks, evenly chosen."""
    return peaks if len(peaks) <= most else peaks[_even(len(peaks), most)]


def _kept(matched: NDArray[np.bool_], most: int) -> NDArray[np.intp]:
    if len(matched) <= most:
        return np.arange(len(matched))
    fitting, rest = np.flatnonzero(matched), np.flatnonzero(~matched)
    # At least a quarter is what did not fit, so that noise does not look like a perfect match.
    room = min(len(fitting), max(most - len(rest), most * 3 // 4))
    chosen = (fitting[_even(len(fitting), room)], rest[_even(len(rest), most - room)])
    return np.sort(np.concatenate(chosen))


def _even(count: int, most: int) -> NDArray[np.intp]:
    if most <= 0:
        return np.zeros(0, np.intp)
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.intp))
