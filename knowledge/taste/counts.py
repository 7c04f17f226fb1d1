"""What listening shows of a taste: decayed counts for each artist, genre and kind of sound.

A play that was heard counts for, a skip against; both fade with a half-life, so that a taste may
change. Nothing is hidden in it: `sentences` says the same counts in words.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import Vector
from knowledge.models import TrackId
from knowledge.recommend.frame import Frame
from knowledge.recommend.listening import Listening
from knowledge.recommend.selection import NOBODY
from knowledge.recommend.shelf import Shelf
from knowledge.sound.sounding import SoundTable

HALF_LIFE_DAYS = 120.0
_ARTIST, _GENRE, _SOUND = 0.5, 0.3, 0.2
"""How much each says about a track."""
_SATURATED = 6.0
"""So many plays more than skips, and one hardly likes an artist more."""
_GENRE_SHRINKAGE = 20.0
_LIKE = 3.0
"""A like or dislike weighs as much as so many plays or skips."""
_LEAST_HEARD = 5
_LIKED = 0.45
"""From about three plays more than skips an artist counts as liked, not only played."""
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class TasteCounts:
    """What was learned, for the tracks of a shelf."""

    artists: NDArray[np.float64]
    """Liking of each artist by number, -1 to 1."""
    genres: Mapping[str, float]
    """Liking of each folded genre, -1 to 1, against its share of the library."""
    likes_sound: Vector | None
    """Mean place of what is liked on each axis; None while too little is known."""
    plays: float
    """How much was heard, decayed."""

    def liking(self, frame: Frame, ignored: Collection[tuple[str, str]] = ()) -> Vector:
        """How much each candidate should be liked, -1 to 1.

        Args:
            frame: the candidates.
            ignored: (subject, folded value) of what is not to be learned from.
        """
        shelf = frame.shelf
        artists = self.artists.copy()
        genres = dict(self.genres)
        for subject, value in ignored:
            if subject == "genre":
                genres.pop(value, None)
            elif subject == "artist":
                mine = [n for n, key in zip(shelf.artist_numbers, shelf.artist_keys, strict=True)
                        if key == value]  # fmt: skip
                artists[mine[:1]] = 0.0
        of_genre = _of_genres(shelf, genres)[frame.rows]
        liking = _ARTIST * artists[frame.artists] + _GENRE * of_genre
        if self.likes_sound is not None and ("sound", "") not in ignored:
            liking = liking + _SOUND * _near(frame, self.likes_sound)
        return np.asarray(np.clip(liking, -1, 1), np.float32)

    def words(self, shelf: Shelf, row: int) -> str:
        """What speaks for a track of the shelf: its artist, its genre, or its sound."""
        liked = float(self.artists[shelf.artist_numbers[row]])
        if liked > 0 and shelf.artist_keys[row] not in NOBODY:
            return f"you {'like' if liked >= _LIKED else 'play'} {shelf.artists[row]}"
        genres = shelf.genres.get(int(shelf.ids[row]), ())
        best = max(genres, key=lambda genre: self.genres.get(genre, 0.0), default="")
        if self.genres.get(best, 0.0) > 0:
            return f"you play {shelf.genre_names[best]}"
        return "the sound that you like"


def count(
    shelf: Shelf,
    table: SoundTable,
    listening: Listening,
    rated: Mapping[TrackId, bool],
    *,
    now: float,
    since: float = 0.0,
) -> TasteCounts:
    """Count what was heard between `since` and `now` (Unix seconds)."""
    kept = listening.where((listening.at >= since) & (listening.at <= now))
    age_days = np.maximum(now - kept.at, 0.0) / _DAY_S
    faded = 0.5 ** (age_days / HALF_LIFE_DAYS)
    value = np.where(kept.skipped, -faded, np.where(kept.heard, faded, 0.0))
    of_track = np.zeros(len(shelf))
    place, known = _places(shelf, kept.tracks)
    np.add.at(of_track, place, value[known])
    heard = np.zeros(len(shelf))
    np.add.at(heard, place, np.maximum(value[known], 0.0))
    for track_id, liked in rated.items():
        row = shelf.row(track_id)
        if row is not None:
            of_track[row] += _LIKE if liked else -_LIKE
            heard[row] += _LIKE if liked else 0.0
    number = int(shelf.artist_numbers.max()) + 1 if len(shelf) else 0
    summed = np.bincount(shelf.artist_numbers, weights=of_track, minlength=number)
    return TasteCounts(
        artists=np.tanh(summed / _SATURATED),
        genres=_genres(shelf, of_track, heard),
        likes_sound=_sound(shelf, table, of_track),
        plays=float(heard.sum()),
    )


def _of_genres(shelf: Shelf, liked: Mapping[str, float]) -> NDArray[np.float64]:
    """Mean liking of the known genres of each track of the shelf, 0 where none is known."""
    rows, numbers = shelf.styled
    value = np.asarray([liked.get(name, np.nan) for name in shelf.genre_names], np.float64)
    if not len(rows):
        return np.zeros(len(shelf))
    known = ~np.isnan(value[numbers])
    summed = np.bincount(rows[known], weights=value[numbers[known]], minlength=len(shelf))
    return np.asarray(summed / np.maximum(np.bincount(rows[known], minlength=len(shelf)), 1))


def _places(shelf: Shelf, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    if not len(shelf) or not len(ids):
        return np.zeros(0, np.int64), np.zeros(len(ids), bool)
    place = np.minimum(np.searchsorted(shelf.ids, ids), len(shelf) - 1)
    known = shelf.ids[place] == ids
    return place[known], known


def _genres(
    shelf: Shelf, of_track: NDArray[np.float64], heard: NDArray[np.float64]
) -> dict[str, float]:
    owned: dict[str, int] = {}
    liked: dict[str, float] = {}
    for track_id, genres in shelf.genres.items():
        row = shelf.row(track_id)
        for genre in genres:
            owned[genre] = owned.get(genre, 0) + 1
            if row is not None and of_track[row]:
                liked[genre] = liked.get(genre, 0.0) + float(of_track[row])
    total = float(heard.sum())
    if total <= 0:
        return {genre: float(np.tanh(value / _SATURATED)) for genre, value in liked.items()}
    found: dict[str, float] = {}
    for genre, value in liked.items():
        expected = total * owned[genre] / len(shelf)
        found[genre] = float(np.tanh((value - expected) / (expected + _GENRE_SHRINKAGE / 2)))
    return found


def _sound(shelf: Shelf, table: SoundTable, of_track: NDArray[np.float64]) -> Vector | None:
    frame = Frame.of(shelf, table, None)
    used = (of_track > 0) & (frame.heard >= 0)
    if used.sum() < _LEAST_HEARD:
        return None
    places = table.percentiles[frame.heard[used]].astype(np.float64)
    weight = np.where(np.isnan(places), 0.0, of_track[used][:, None])
    total = weight.sum(axis=0)
    mean = (np.nan_to_num(places) * weight).sum(axis=0) / np.maximum(total, 1e-9)
    return np.where(total > 0, mean, 0.5).astype(np.float32)


def _near(frame: Frame, centre: Vector) -> Vector:
    """-1 (the opposite) to 1 (just that), 0 where nothing is known."""
    near = np.zeros(len(frame), np.float32)
    there = frame.heard >= 0
    if there.any():
        apart = np.abs(frame.table.percentiles[frame.heard[there]] - centre)
        near[there] = 1 - 4 * np.nan_to_num(np.nanmean(apart, axis=1), nan=0.25)
    return np.clip(near, -1, 1)
