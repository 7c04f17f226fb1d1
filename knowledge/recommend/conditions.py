"""Which tracks a request allows at all, and what gives way, in which order, when there are none.

Facts are never given up: names, genres, years, a tempo that was said, voices or none, languages,
whatever was ruled out, and what a person never wants. Search keeps them as well. What gives way,
in this order, is the sound and the instruments, which are only heard.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import Axis
from knowledge.models import TrackId
from knowledge.recommend.frame import Frame
from knowledge.recommend.suiting import in_step
from knowledge.sound.sounding import WishFit
from knowledge.wish import MusicWish

_STEP = 0.03
"""How far along an axis, as a percentile, a track must be to be "calmer" than another."""
_FASTER = 1.04
_YEARS = 2.0

CHANGED: Mapping[str, tuple[str, str]] = {
    "energy": ("calmer", "more energetic"),
    "valence": ("darker", "happier"),
    "danceability": ("less danceable", "more danceable"),
    "acousticness": ("less acoustic", "more acoustic"),
    "instrumentalness": ("less instrumental", "more instrumental"),
    "vocals": ("with less singing", "with more singing"),
    "brightness": ("duller", "brighter"),
    "loudness": ("softer", "louder"),
    "dynamics": ("steadier", "more changing"),
    "tempo": ("slower", "faster"),
    "year": ("older", "newer"),
}
"""Words for less and for more of each."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be offered."""

    fits: Mapping[TrackId, tuple[float, tuple[str, ...]]] | None
    """Fit and reasons of each track that obeys the request; None: the request allows all."""
    wish: MusicWish
    """What is left of the request."""
    relaxed: tuple[str, ...] = ()
    """What was given up, in words."""


def facts_of(wish: MusicWish) -> MusicWish:
    """The part of a request that says which tracks obey it, without how many and in what order."""
    return replace(
        wish,
        text="",
        like=(),
        but={},
        count=None,
        duration_s=None,
        arc="",
        cadence=None,
        time_of_day="",
        weather="",
        place="",
        kinds=(),
        said={},
    )


def allowed(fit: WishFit, wish: MusicWish, *, without: frozenset[TrackId] = frozenset()) -> Allowed:
    """Ask which tracks obey a request, and relax it until some do.

    Args:
        fit: who knows.
        wish: the request.
        without: tracks that are never offered; what only they obey counts as obeyed by none.
    """
    for relaxed, words in _relaxing(facts_of(wish)):
        if relaxed.is_empty and not relaxed.free:
            return Allowed(None, _with_frame(wish, relaxed), words)
        fits = {key: value for key, value in fit.fit(relaxed).items() if key not in without}
        if fits:
            return Allowed(fits, _with_frame(wish, relaxed), words)
    return Allowed({}, wish)


def _with_frame(wish: MusicWish, facts: MusicWish) -> MusicWish:
    return replace(
        facts,
        text=wish.text,
        like=wish.like,
        but=wish.but,
        count=wish.count,
        duration_s=wish.duration_s,
        arc=wish.arc,
        cadence=wish.cadence,
        time_of_day=wish.time_of_day,
        weather=wish.weather,
        place=wish.place,
        kinds=wish.kinds,
        said=wish.said,
    )


def _relaxing(facts: MusicWish) -> Iterator[tuple[MusicWish, tuple[str, ...]]]:
    yield facts, ()
    words: list[str] = []
    wish = facts
    for change, word in (
        ({"axes": {}}, "the sound"),
        ({"instruments": ()}, "the instruments"),
    ):
        relaxed = replace(wish, **change)
        if relaxed != wish:
            wish = relaxed
            words.append(word)
            if wish.is_empty and not wish.free:
                return  # nothing of the request would be left: then nothing was found
            yield wish, tuple(words)


def in_step_with(frame: Frame, cadence: float) -> NDArray[np.bool_]:
    """Which candidates one can run to at so many steps per minute."""
    return np.asarray(in_step(frame.tempo_bpm, cadence))


def change(
    frame: Frame, seeds: tuple[TrackId, ...], name: str, amount: float
) -> tuple[NDArray[np.bool_], NDArray[np.float32]] | None:
    """Compare candidates with the seeds in one respect.

    Args:
        frame: the candidates.
        seeds: what the music shall be like.
        name: an axis, "tempo" or "year".
        amount: -1 (much less) to 1 (much more).

    Returns:
        Which candidates are changed the right way, and how near each is to the wished change;
        None when the seeds are not known in that respect.
    """
    own = Frame.of(frame.shelf, frame.table, seeds)
    sign = 1.0 if amount >= 0 else -1.0
    if name == "year":
        before, there, least, wanted = own.years, frame.years, _YEARS, 10.0 * abs(amount)
    elif name == "tempo":
        before = np.log2(own.tempo_bpm.astype(np.float64))
        there = np.log2(frame.tempo_bpm.astype(np.float64))
        least, wanted = float(np.log2(_FASTER)), 0.35 * abs(amount)
    elif name in set(Axis):
        before = own.places(Axis(name)).astype(np.float64)
        there = frame.places(Axis(name)).astype(np.float64)
        least, wanted = _STEP, 0.3 * abs(amount)
    else:
        return None
    before = before[~np.isnan(before)]
    if not len(before):
        return None
    moved = sign * (there - float(before.mean()))
    with np.errstate(invalid="ignore"):
        right = moved >= least
    # "Older" means any time before; along an axis a step is meant, not the far end.
    far = np.abs(moved - wanted) / (4 * wanted + least)
    near = np.ones_like(moved) if name == "year" else np.clip(1 - far, 0.05, 1)
    return right, np.where(right, np.nan_to_num(near), 0.0).astype(np.float32)
