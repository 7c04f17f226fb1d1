"""Artists that are like another: by how they sound, by genre, and by what is heard after them."""

from dataclasses import dataclass

import numpy as np

from knowledge.analysis.sound import Vector
from knowledge.folding import fold
from knowledge.recommend.frame import Frame
from knowledge.recommend.learning.sequential import ArtistTransitions
from knowledge.recommend.models import Reason
from knowledge.recommend.shelf import Shelf
from knowledge.sound.sounding import SoundTable

_SOUND, _GENRE, _HEARD = 0.45, 0.35, 0.2


@dataclass(frozen=True, slots=True)
class SimilarArtist:
    name: str
    score: float
    """0 to 1."""
    reasons: tuple[Reason, ...]


def similar_artists(
    artist: str,
    shelf: Shelf,
    table: SoundTable,
    transitions: ArtistTransitions,
    *,
    count: int = 10,
) -> tuple[SimilarArtist, ...]:
    """The artists of the library most like `artist`, best first; () when it is not in it."""
    key = fold(artist)
    if key not in shelf.artist_keys:
        return ()
    me = int(shelf.artist_numbers[shelf.artist_keys.index(key)])
    number = int(shelf.artist_numbers.max()) + 1
    sound = _by_sound(shelf, table, me, number)
    genre = _by_genre(shelf, me, number)
    heard = np.zeros(number)
    following = transitions.artists(me)
    heard[following.ids] = following.scores
    heard[me] = 0.0
    if heard.max() > 0:
        heard = heard / heard.max()
    total = _SOUND * sound + _GENRE * genre + _HEARD * heard
    total[me] = -1.0
    names = dict(zip(shelf.artist_numbers.tolist(), shelf.artists, strict=True))
    best = np.lexsort((np.arange(number), -total))[:count]
    return tuple(
        SimilarArtist(
            names[int(one)],
            float(total[one]),
            _reasons(float(sound[one]), float(genre[one]), float(heard[one]), artist),
        )
        for one in best
        if total[one] > 0
    )


def _by_sound(shelf: Shelf, table: SoundTable, me: int, number: int) -> Vector:
    """Nearness of mean sounds, 0 to 1; 0 where one is not analysed."""
    frame = Frame.of(shelf, table, None)
    there = frame.heard >= 0
    wide = (
        table.embedding if table.embedding.shape[1] else np.nan_to_num(table.percentiles, nan=0.5)
    )
    centre = np.zeros((number, wide.shape[1]))
    np.add.at(centre, shelf.artist_numbers[there], wide[frame.heard[there]].astype(np.float64))
    counts = np.bincount(shelf.artist_numbers[there], minlength=number)
    if not counts[me]:
        return np.zeros(number, np.float32)
    centre /= np.maximum(counts, 1)[:, None]
    if table.embedding.shape[1]:
        norm = np.linalg.norm(centre, axis=1)
        near = centre @ centre[me] / np.maximum(norm * norm[me], 1e-9)
    else:
        near = 1 - 2 * np.abs(centre - centre[me]).mean(axis=1)
    return np.where(counts > 0, np.clip(near, 0, 1), 0.0).astype(np.float32)


def _by_genre(shelf: Shelf, me: int, number: int) -> Vector:
    """Overlap of the artists' genres (Jaccard), 0 to 1."""
    of: dict[int, set[str]] = {}
    for track_id, artist in zip(shelf.ids.tolist(), shelf.artist_numbers.tolist(), strict=True):
        of.setdefault(artist, set()).update(shelf.genres.get(track_id, ()))
    mine = of.get(me, set())
    overlap = np.zeros(number, np.float32)
    for artist, genres in of.items():
        if mine and genres:
            overlap[artist] = len(mine & genres) / len(mine | genres)
    return overlap


def _reasons(sound: float, genre: float, heard: float, artist: str) -> tuple[Reason, ...]:
    parts = (
        ("alike", _SOUND * sound, "a similar sound"),
        ("genre", _GENRE * genre, "the same genres"),
        ("played", _HEARD * heard, f"you play it after {artist}"),
    )
    total = sum(added for _, added, _ in parts) or 1.0
    good = [part for part in parts if part[1] > 0]
    return tuple(
        Reason(kind, words, round(added / total, 4))
        for kind, added, words in sorted(good, key=lambda part: -part[1])
    )
