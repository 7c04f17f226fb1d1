"""Which tracks obey a wish, by what tags and sound say alone: a plain `WishFit` for tests."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import Axis
from knowledge.folding import fold
from knowledge.models import TrackId
from knowledge.recommend.frame import NEUTRAL, Frame
from knowledge.recommend.shelf import Shelf, ShelfReader
from knowledge.sound.sounding import Sounding
from knowledge.taste.matching import theme_words
from knowledge.wish import MusicWish, Span

_SINGS = 0.5
_HOLDS = 0.7
"""From this fit a mood that was ruled out counts as being there."""


class PlainFit:
    """Implements `knowledge.sound.sounding.WishFit`. Safe to share between threads."""

    def __init__(self, shelf: ShelfReader, sounding: Sounding) -> None:
        self._shelf, self._sounding = shelf, sounding

    def fit(self, wish: MusicWish) -> Mapping[TrackId, tuple[float, tuple[str, ...]]]:
        """Track to fit and reasons; only tracks that break no condition."""
        shelf = self._shelf.read()
        frame = Frame.of(shelf, self._sounding.table(), None)
        if not len(frame):
            return {}
        keep = self._keep(frame, shelf, wish)
        values, words = self._weighed(frame, wish)
        ids = frame.ids.tolist()
        return {
            ids[place]: (float(values[place]), words) for place in np.flatnonzero(keep).tolist()
        }

    def _keep(self, frame: Frame, shelf: Shelf, wish: MusicWish) -> NDArray[np.bool_]:
        ids = frame.ids.tolist()
        keep = np.ones(len(frame), bool)
        if wish.genres:
            keep &= _marked(ids, _of_genres(shelf, wish.genres))
        if wish.not_genres:
            keep &= ~_marked(ids, _of_genres(shelf, wish.not_genres))
        if wish.artists:
            keep &= np.isin(frame.ids, list(_by(shelf, wish.artists)))
        if wish.not_artists:
            keep &= ~np.isin(frame.ids, list(_by(shelf, wish.not_artists)))
        if wish.years is not None:
            with np.errstate(invalid="ignore"):
                keep &= (frame.years >= wish.years[0]) & (frame.years <= wish.years[1])
        if wish.tempo_bpm is not None:
            keep &= _in_tempo(frame, wish.tempo_bpm, exact=wish.tempo_exact)
        if wish.vocal is not None:
            silent = np.nan_to_num(frame.places(Axis.INSTRUMENTALNESS), nan=_SINGS) > _SINGS
            keep &= silent != wish.vocal
        for mood in wish.not_moods:
            there = self._sounding.mood_fit(mood)
            keep &= ~_marked(ids, {each for each, fit in there.items() if fit >= _HOLDS})
        for word in wish.not_words:
            keep &= ~_named(frame, shelf, theme_words(fold(word)))
        return keep

    def _weighed(
        self, frame: Frame, wish: MusicWish
    ) -> tuple[NDArray[np.float32], tuple[str, ...]]:
        ids = frame.ids.tolist()
        fits = [frame.within(axis, span) for axis, span in wish.axes.items()]
        words = list(wish.genres)
        for mood in (*wish.moods, *((wish.activity,) if wish.activity else ())):
            known = self._sounding.mood_fit(mood)
            if known:
                fits.append(np.asarray([known.get(each, 0.0) for each in ids], np.float32))
                words.append(mood)
        if not fits:
            return np.full(len(frame), 1.0 if words else NEUTRAL, np.float32), tuple(words)
        return np.asarray(np.mean(fits, axis=0), np.float32), tuple(words)


def _of_genres(shelf: Shelf, genres: Iterable[str]) -> set[TrackId]:
    wanted = [fold(genre) for genre in genres]
    kinds = {
        each for each in shelf.genre_names if any(f" {genre} " in f" {each} " for genre in wanted)
    }
    return {track_id for track_id, styles in shelf.genres.items() if not kinds.isdisjoint(styles)}


def _by(shelf: Shelf, artists: Iterable[str]) -> frozenset[TrackId]:
    return shelf.of_artists([fold(artist) for artist in artists])


def _named(frame: Frame, shelf: Shelf, words: Iterable[str]) -> NDArray[np.bool_]:
    padded = [f" {fold(shelf.titles[row])} " for row in frame.rows.tolist()]
    return np.asarray([any(f" {word} " in title for word in words) for title in padded], bool)


def _in_tempo(frame: Frame, span: Span, *, exact: bool) -> NDArray[np.bool_]:
    bpm = frame.tempo_bpm
    low, high = span
    with np.errstate(invalid="ignore"):
        inside = (bpm >= low) & (bpm <= high)
        if not exact:
            inside |= (2 * bpm >= low) & (2 * bpm <= high)
            inside |= (bpm / 2 >= low) & (bpm / 2 <= high)
    return np.asarray(inside)


def _marked(ids: list[TrackId], there: set[TrackId]) -> NDArray[np.bool_]:
    return np.asarray([each in there for each in ids], bool)
