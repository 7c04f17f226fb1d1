"""Which recordings are in the index, which are not, and which are kept apart for development."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from evals.errors import EvaluationImpossible
from evals.evaluation import Progress, each
from evals.recognition.resampling import ENGINE_RATE_HZ
from evals.recognition.tracks import SPARE_PACKAGE, Pcm, Track, TrackCache
from evals.recognition.twins import SHARED_ERROR, closest, twins, words

SplitName: TypeAlias = Literal["test", "dev"]

SPLIT_SEED = 20_261_123
INDEXED = 220
UNKNOWN = 50
_FEWEST = 350
_DEV_INDEXED = 0.7


@dataclass(frozen=True, slots=True)
class Split:
    """Recordings that are measured together.

    Attributes:
        name: "test" is what is reported; nothing may be tuned on it.
        indexed: the recognisers know these.
        unknown: of the same composers, never indexed.
        relatives: keys of unknown recordings that share a passage with an indexed one, such as a
            drum loop: naming the other is not plainly wrong, so they do not count.
    """

    name: SplitName
    indexed: tuple[Track, ...]
    unknown: tuple[Track, ...]
    relatives: frozenset[str] = frozenset()


class Corpus:
    """All recordings in the cache, and their splits."""

    def __init__(self, cache: Path, splits: Mapping[SplitName, Split]) -> None:
        self._tracks = TrackCache(cache)
        self.splits = splits

    def pcm(self, track: Track, rate_hz: int) -> Pcm:
        """Return the 16-bit samples of a track at 44,100 or 11,025 Hz, memory-mapped."""
        return self._tracks.pcm(track, rate_hz)


def load_corpus(music: Path, cache: Path, progress: Progress) -> Corpus:
    """Decode the music into the cache, unless it is there, and split it.

    Raises:
        EvaluationImpossible: packages are missing.
    """
    cache.mkdir(parents=True, exist_ok=True)
    store = TrackCache(cache)
    tracks = store.tracks(music, progress)
    doubles = _second_of_pair(tracks, store, cache, progress)
    single = [track for track in tracks if track.key not in doubles]
    if len(single) < _FEWEST:
        raise EvaluationImpossible(
            f"{music} holds {len(single)} usable recordings; {_FEWEST} or more are needed. Some "
            f"packages are missing. Empty {cache} when they are there."
        )
    return Corpus(
        cache,
        {
            name: replace(one, relatives=_relatives(one, store, cache, progress))
            for name, one in split(single).items()
        },
    )


def split(
    tracks: Sequence[Track], indexed: int = INDEXED, unknown: int = UNKNOWN
) -> dict[SplitName, Split]:
    """Deal out the recordings, each package in proportion.

    "test" gets `indexed` and `unknown` recordings of the packages; "dev" gets the rest of them
    and the spare package, seven in ten indexed.
    """
    packages: dict[str, list[Track]] = defaultdict(list)
    for track in sorted(tracks, key=lambda track: track.key):
        packages[track.package].append(track)
    spare = packages.pop(SPARE_PACKAGE, [])
    random = np.random.default_rng(SPLIT_SEED)
    for package in (*packages.values(), spare):
        random.shuffle(package)
    sizes = {name: len(package) for name, package in packages.items()}
    test = _proportional(sizes, indexed + unknown)
    known = _proportional(test, indexed)
    test_indexed, test_unknown, rest = [], [], []
    for name, package in packages.items():
        test_indexed += package[: known[name]]
        test_unknown += package[known[name] : test[name]]
        rest += package[test[name] :]
    rest += spare
    random.shuffle(rest)
    cut = round(_DEV_INDEXED * len(rest))
    return {
        "test": Split("test", tuple(test_indexed), tuple(test_unknown)),
        "dev": Split("dev", tuple(rest[:cut]), tuple(rest[cut:])),
    }


def _proportional(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """Share out `wanted` in proportion to `sizes`, largest remainders first."""
    total = sum(sizes.values())
    exact = {name: wanted * size / total for name, size in sizes.items()}
    shares = {name: int(share) for name, share in exact.items()}
    by_remainder = sorted(exact, key=lambda name: (shares[name] - exact[name], name))
    for name in by_remainder[: wanted - sum(shares.values())]:
        shares[name] += 1
    return shares


def _second_of_pair(
    tracks: Sequence[Track], store: TrackCache, cache: Path, progress: Progress
) -> set[str]:
    """Find the keys that are the same music as an earlier one; it is left out everywhere."""
    path = cache / "twins.json"
    if not path.is_file():
        progress.start("looking for the same music twice", len(tracks))
        bits = []
        for track in tracks:
            bits.append(words(store.pcm(track, ENGINE_RATE_HZ)))
            progress.advance()
        pairs = [[tracks[one].key, tracks[two].key, error] for one, two, error in twins(bits)]
        path.write_text(json.dumps(pairs, indent=1), "utf-8")
    return {second for _, second, _ in json.loads(path.read_text("utf-8"))}


def _relatives(one: Split, store: TrackCache, cache: Path, progress: Progress) -> frozenset[str]:
    path = cache / f"relatives-{one.name}.json"
    if not path.is_file():
        known = [words(store.pcm(track, ENGINE_RATE_HZ)) for track in one.indexed]
        found: list[tuple[str, str, float]] = []
        for track in each(progress, "looking for shared passages", one.unknown):
            bits = words(store.pcm(track, ENGINE_RATE_HZ))
            errors = [closest(bits, other) for other in known]
            found += [
                (track.key, other.key, error)
                for other, error in zip(one.indexed, errors, strict=True)
                if error < SHARED_ERROR
            ]
        path.write_text(json.dumps(found, indent=1), "utf-8")
    return frozenset(key for key, _, _ in json.loads(path.read_text("utf-8")))


__all__ = ["Corpus", "Split", "SplitName", "load_corpus", "split"]
