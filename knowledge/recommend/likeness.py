"""Which recordings are like a given one: by artist, genre, tags, era, energy and tempo.

A sum of weighted agreements, in the spirit of content-based filtering: nothing is learned, every
term can be explained. Cross-genre matches by sound alone are kept low on purpose, since users call
that "genre bleed".
"""

import math
from collections.abc import Iterable, Sequence
from typing import Protocol

from knowledge.folding import fold
from knowledge.models import AudioFeatures, Track
from knowledge.recommend.selection import Candidate

_GENRE, _MOOD, _ARTIST, _ERA, _ENERGY, _TEMPO = 0.35, 0.15, 0.1, 0.1, 0.2, 0.1


class SoundFacts(Protocol):
    def features(self, track_ids: Sequence[int]) -> dict[int, AudioFeatures]: ...
    def calm_to_driving(self) -> tuple[tuple[int, float], ...]: ...


def alike(seeds: Sequence[Track], library: Iterable[Track], sound: SoundFacts) -> list[Candidate]:
    """Every track of `library` with its likeness to the nearest of `seeds`, 0 to 1."""
    seeds = seeds[:20]
    tracks = list(library)
    energy = dict(sound.calm_to_driving())
    features = sound.features([t.id for t in (*seeds, *tracks)])
    tempo = {track_id: f.tempo_bpm for track_id, f in features.items()}
    return [
        Candidate(track, max(_likeness(seed, track, energy, tempo) for seed in seeds))
        for track in tracks
    ]


def _likeness(
    one: Track, other: Track, energy: dict[int, float], tempo: dict[int, float | None]
) -> float:
    score = _GENRE * _overlap(one.genres, other.genres) + _MOOD * _overlap(one.moods, other.moods)
    score += _ARTIST * _overlap(one.artists, other.artists)
    if one.year is not None and other.year is not None:
        score += _ERA * math.exp(-abs(one.year - other.year) / 8)
    a, b = energy.get(one.id), energy.get(other.id)
    if a is not None and b is not None:
        score += _ENERGY * max(0.0, 1 - 2.5 * abs(a - b))
    x, y = tempo.get(one.id), tempo.get(other.id)
    if x and y:
        octaves = abs(math.log2(x / y)) % 1.0  # half and double tempo feel alike
        score += _TEMPO * max(0.0, 1 - 5 * min(octaves, 1 - octaves))
    return score


def _overlap(one: Sequence[str], other: Sequence[str]) -> float:
    a, b = {fold(x) for x in one}, {fold(x) for x in other}
    return len(a & b) / len(a | b) if a and b else 0.0
