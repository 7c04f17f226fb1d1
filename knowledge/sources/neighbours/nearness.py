"""Which tracks of the library are near to others, as listeners elsewhere hear it."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from knowledge.folding import fold
from knowledge.models import TrackId
from knowledge.recommend.shelf import Shelf
from knowledge.sources.neighbours.models import SHOWN
from knowledge.sources.neighbours.store import Near, NeighbourStore, artist_key, recording_key

_BY_ARTIST = 0.7
"""What is only by a near artist counts so much of what is itself near."""
_MOST = 400
_SEEDS = 5
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Nearby:
    """A track that is near."""

    score: float
    """0 to 1."""
    because: str
    """To be said as it is."""


class Nearness:
    """Reads the neighbours that were found before; asks nobody. Safe to share between threads."""

    def __init__(self, store: NeighbourStore) -> None:
        self._store = store

    def near(self, seeds: Sequence[TrackId], shelf: Shelf) -> Mapping[TrackId, Nearby]:
        """The tracks of the library that are near to `seeds`."""
        rows = [row for row in (shelf.row(each) for each in seeds[-_SEEDS:]) if row is not None]
        names = {key: name for row in rows for key, name in _names(shelf.artists[row]).items()}
        recordings = {
            recording_key(name, shelf.titles[row]): shelf.titles[row]
            for row in rows
            for name in _names(shelf.artists[row]).values()
        }
        artists = _nearest((one.artist, one) for one in self._store.near("artist", list(names)))
        titles = _nearest(
            ((one.artist, one.title), one)
            for one in self._store.near("recording", list(recordings))
        )
        if not artists and not titles:
            return {}
        known = {artist for artist, _ in titles}
        found: dict[TrackId, Nearby] = {}
        for row, track_id in enumerate(shelf.ids.tolist()):
            keys = _keys(shelf.artists[row])
            itself = next(
                (titles.get((key, fold(shelf.titles[row]))) for key in keys if key in known), None
            )
            by = next((artists[key] for key in keys if key in artists and key not in names), None)
            if itself is not None:
                words = f"played beside “{recordings[itself.of]}” on {SHOWN[itself.source]}"
                found[track_id] = Nearby(itself.score, words)
            elif by is not None:
                words = f"listeners of {names[by.of]} play it on {SHOWN[by.source]}"
                found[track_id] = Nearby(_BY_ARTIST * by.score, words)
        kept = sorted(found.items(), key=lambda pair: (-pair[1].score, pair[0]))[:_MOST]
        return dict(kept)


def _nearest(found: Iterable[tuple[Key, Near]]) -> dict[Key, Near]:
    """By what they name; of several the first, which is the nearest."""
    nearest: dict[Key, Near] = {}
    for key, near in found:
        nearest.setdefault(key, near)
    return nearest


def _names(line: str) -> dict[str, str]:
    """An artist line, and the first of several artists in it, by their keys."""
    return {artist_key(name): name for name in (line.partition(", ")[0], line)}


@lru_cache(maxsize=16_384)
def _keys(line: str) -> tuple[str, ...]:
    return tuple(_names(line))
