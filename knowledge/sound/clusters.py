"""Groups of the library that sound alike, found by k-means, each named by what sets it apart.

Begun several times as k-means++ does (Arthur and Vassilvitskii 2007), always with the same chances,
so that the same library is always grouped alike.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import Axis, Vector
from knowledge.sound.mood_fit import FileTags
from knowledge.sound.sounding import AXIS_COLUMN, SoundTable

_MOST = 12
_LEAST_TO_GROUP = 6
"""With fewer recordings there is one group."""
_DIMENSIONS = 16
_ROUNDS = 40
_BEGINNINGS = 8
_SAMPLE = 4_000
"""So many recordings find the centres; all are then given to the nearest."""
_AXES_COUNT_FOR = 1.0
_LIFT = 0.12
"""How much higher than usual the mean place of a tag must be to name a group."""
_AXIS_WORDS: Mapping[Axis, tuple[str, str]] = {
    Axis.ENERGY: ("calm", "energetic"),
    Axis.ACOUSTICNESS: ("electric", "acoustic"),
    Axis.BRIGHTNESS: ("mellow in tone", "bright in tone"),
    Axis.DANCEABILITY: ("free in time", "danceable"),
    Axis.INSTRUMENTALNESS: ("sung", "instrumental"),
    Axis.DYNAMICS: ("steady", "changing"),
    Axis.LOUDNESS: ("soft", "loud"),
}
_DULL = frozenset({"00s", "90s", "80s", "70s", "60s", "weird", "man", "woman", "solo", "classic"})
"""Tags that name nothing one would look for."""


def cluster(table: SoundTable) -> NDArray[np.int64]:
    """The number of the group of every recording, shape (n,); the largest group is 0."""
    count = len(table.ids)
    if count < _LEAST_TO_GROUP:
        return np.zeros(count, np.int64)
    points = _points(table)
    groups = int(np.clip(round(np.sqrt(count / 2)), 2, _MOST))
    sample = points[np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.int64)]
    chance = np.random.default_rng(count)
    found = [_settled(sample, _first_centres(sample, groups, chance)) for _ in range(_BEGINNINGS)]
    centres = min(found, key=lambda one: _spread(sample, one))
    label = _nearest(points, centres)
    sizes = np.bincount(label, minlength=len(centres))
    order = np.argsort(-sizes, kind="stable")
    order = order[sizes[order] > 0]
    renamed = np.zeros(len(centres), np.int64)
    renamed[order] = np.arange(len(order))
    numbers: NDArray[np.int64] = renamed[label]
    return numbers


def names(table: SoundTable, labels: NDArray[np.int64], files: FileTags) -> tuple[str, ...]:
    """A name in words for each group, no two alike."""
    given: list[str] = []
    for group in range(int(labels.max()) + 1 if labels.size else 0):
        words = _words(table, labels == group, files)
        name = ", ".join(words[:3]) or "everything"
        for more in words[3:]:
            if name not in given:
                break
            name = f"{name}, {more}"
        number = 2
        plain = name
        while name in given:
            name = f"{plain} ({number})"
            number += 1
        given.append(name)
    return tuple(given)


def _points(table: SoundTable) -> Vector:
    """What is compared: the embedding's main directions and the trusted axes."""
    places = np.where(np.isfinite(table.percentiles), table.percentiles, 0.5)
    axes = (places - 0.5) * np.sqrt(table.confidence) * _AXES_COUNT_FOR
    embedding = table.embedding
    known = np.any(embedding != 0, axis=1)
    if known.sum() < _LEAST_TO_GROUP:
        return axes.astype(np.float32)
    of_all = np.flatnonzero(known)
    sample = embedding[
        of_all[np.linspace(0, len(of_all) - 1, min(len(of_all), _SAMPLE)).astype(int)]
    ]
    spread, directions = np.linalg.eigh(np.cov(sample.T))
    main = directions[:, np.argsort(-spread)[:_DIMENSIONS]]
    # The sign of a direction is the solver's whim, which must not decide anything.
    main = main * np.sign(main[np.abs(main).argmax(axis=0), np.arange(main.shape[1])])
    flat = np.where(known[:, None], embedding @ main - sample.mean(axis=0) @ main, 0)
    scale = np.sqrt((flat[known] ** 2).sum(axis=1).mean()) or 1.0
    return np.concatenate((flat / scale, axes), axis=1).astype(np.float32)


def _first_centres(points: Vector, count: int, chance: np.random.Generator) -> Vector:
    """Recordings far from one another: each is chosen by its squared distance to the others."""
    chosen = [int(chance.integers(len(points)))]
    nearest = ((points - points[chosen[0]]) ** 2).sum(axis=1).astype(np.float64)
    while len(chosen) < count and nearest.max() > 1e-9:
        chosen.append(int(chance.choice(len(points), p=nearest / nearest.sum())))
        nearest = np.minimum(nearest, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    return points[chosen].copy()


def _settled(points: Vector, centres: Vector) -> Vector:
    label = np.full(len(points), -1, np.int64)
    for _ in range(_ROUNDS):
        nearest = _nearest(points, centres)
        if np.array_equal(nearest, label):
            break
        label = nearest
        for group in range(len(centres)):
            if (mine := label == group).any():
                centres[group] = points[mine].mean(axis=0)
    return centres


def _spread(points: Vector, centres: Vector) -> float:
    """Sum of the squared distances to the nearest centre."""
    return float(((points - centres[_nearest(points, centres)]) ** 2).sum())


def _nearest(points: Vector, centres: Vector) -> NDArray[np.int64]:
    distance = (centres**2).sum(axis=1) - 2 * points @ centres.T
    return np.asarray(distance.argmin(axis=1), np.int64)


def _words(table: SoundTable, mine: NDArray[np.bool_], files: FileTags) -> list[str]:
    """Words that set a group apart, the most telling first."""
    scored = [*_genres(table, mine, files), *_tags(table, mine), *_extremes(table, mine)]
    scored.sort(key=lambda one: (-one[0], one[1]))
    return list(dict.fromkeys(word for _, word in scored))


def _tags(table: SoundTable, mine: NDArray[np.bool_]) -> list[tuple[float, str]]:
    if not table.tag_names:
        return []
    known = np.isfinite(table.tags).all(axis=1)
    if not (known & mine).any():
        return []
    lift = table.tags[known & mine].mean(axis=0) - table.tags[known].mean(axis=0)
    return [
        (float(rise), name.partition(" (")[0].lower())
        for name, rise in zip(table.tag_names, lift, strict=True)
        if rise >= _LIFT and name not in _DULL
    ]


def _genres(table: SoundTable, mine: NDArray[np.bool_], files: FileTags) -> list[tuple[float, str]]:
    ids = table.ids.tolist()
    everywhere: Counter[str] = Counter()
    here: Counter[str] = Counter()
    for row, track_id in enumerate(ids):
        for genre in files.genres.get(track_id, ()):
            everywhere[genre] += 1
            here[genre] += bool(mine[row])
    size = int(mine.sum())
    return [
        (count / size * (1 - everywhere[genre] / len(ids)), genre)
        for genre, count in here.items()
        if count >= max(2, 0.25 * size) and count / size > 1.5 * everywhere[genre] / len(ids)
    ]


def _extremes(table: SoundTable, mine: NDArray[np.bool_]) -> Sequence[tuple[float, str]]:
    """Axes on which a group lies far from the middle; a last resort, hence the low score."""
    found = []
    for axis, words in _AXIS_WORDS.items():
        column = AXIS_COLUMN[axis]
        places = table.percentiles[mine, column]
        places = places[np.isfinite(places)]
        if places.size and float(table.confidence[mine, column].mean()) >= 0.4:
            off = float(places.mean()) - 0.5
            found.append((abs(off) * 0.5, words[off > 0]))
    return found
