"""Does the library know a song when somebody else plays it, and keep quiet about other songs?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.evaluation import EvalReport, Plot, Progress, Series, Table, each
from evals.performances import Song, can_play_midi, songs
from evals.recognition.channels import telephone
from evals.recognition.corpus import load_corpus
from evals.recognition.folders import cache_folder, music_folder
from evals.recognition.noises import mixed, pink
from evals.recognition.resampling import ENGINE_RATE_HZ, Signal, resampled, to_signal
from evals.recognition.tracks import RATE_HZ, Pcm
from evals.timing import CpuTimes
from knowledge.fingerprint.fingerprinter import Density
from knowledge.fingerprint.models import CODE_BYTES, HOP, Fingerprint, SegmentView
from knowledge.recognition.memory_segment import segment_of
from knowledge.versions.chroma import landmarks_of
from knowledge.versions.decision import is_version
from knowledge.versions.finder import SongVersions
from knowledge.versions.library import library_of
from knowledge.versions.strangers import strangers_of
from knowledge.versions.timeline import joined, timeline_of

_SEED = 29
_LENGTHS_S = (10, 20, 30)
_MAIN_S = 20
_SNR_DB = 5.0
_CLIPS = {"tune": 1, "composed": 1, "real": 2}
"""Of each recording and length."""
_EVERY_ABSENT = 3
"""The original of every third song is not indexed."""
_MANY = 10_000
_IS_A_VERSION = "supertux2/music/retro/cave_old.ogg"
"""An older arrangement of `antarctic/cave.ogg`, which is indexed: no negative."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is measured."""

    tunes: int
    composed: int
    performances: int


_FULL = Amount(tunes=14, composed=28, performances=3)
_QUICK = Amount(tunes=2, composed=6, performances=2)


@dataclass(frozen=True, slots=True)
class Clip:
    """A question.

    Attributes:
        song: which of the indexed recordings is a version of it; empty when none is.
        kind: "tune", "composed" or "real".
        condition: "clean", "noise" or "phone".
        seconds: its length.
        samples: mono at the engine's rate.
    """

    song: str
    kind: str
    condition: str
    seconds: int
    samples: Signal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered."""

    clip: Clip
    best: str
    named: bool

    @property
    def right(self) -> bool:
        """Whether the most similar recording is a version of the clip."""
        return bool(self.clip.song) and self.best == self.clip.song


class VersionsEvaluation:
    """Indexes one performance of each song among real music, and asks with the others."""

    name = "versions"
    summary = "The same song by somebody else: covers in other styles, keys and tempi."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Play, index, ask."""
        music, cache = music_folder(), cache_folder()
        corpus = load_corpus(music, cache, progress)
        split = corpus.splits["dev" if quick else "test"]
        amount = _QUICK if quick else _FULL
        played = songs(
            "dev" if quick else "test",
            cache,
            progress,
            tunes=amount.tunes,
            composed=amount.composed,
            performances=amount.performances,
        )
        fewer = 5 if quick else 1
        others = {track.key: corpus.pcm(track, ENGINE_RATE_HZ) for track in split.indexed[::fewer]}
        unknown = [
            corpus.pcm(track, ENGINE_RATE_HZ)
            for track in split.unknown[::fewer]
            if not track.key.endswith(_IS_A_VERSION)
        ]
        return measure(played, others, unknown, progress, many=0 if quick else _MANY)


def measure(
    played: Sequence[Song],
    others: Mapping[str, Pcm],
    unknown: Sequence[Pcm],
    progress: Progress,
    *,
    many: int = 0,
) -> EvalReport:
    """Ask about songs.

    Args:
        played: songs; the first performance of two out of three is indexed.
        others: indexed along with them.
        unknown: recordings that nothing in the index is a version of.
        progress: told how far it is.
        many: also ask in a library filled up to so many recordings; 0 does not.
    """
    present = [song for number, song in enumerate(played) if number % _EVERY_ABSENT]
    absent = [song for number, song in enumerate(played) if not number % _EVERY_ABSENT]
    indexed = {song.key: song.recordings[0] for song in present} | dict(others)
    index = _Index(_fingerprinted(indexed, progress))
    finder = SongVersions(index)
    finder.warm()
    clips = _clips(present, absent, unknown)
    times = CpuTimes()
    outcomes = []
    for clip in each(progress, "asking", clips):
        with times.measure():
            best = finder.best(clip.samples)
        named = best is not None and is_version(best.probability)
        outcomes.append(Outcome(clip, best.recording if best else "", named))
    main = [
        took
        for took, clip in zip(times.samples_ms, clips, strict=True)
        if clip.seconds == _MAIN_S and clip.condition == "clean"
    ]
    metrics = _metrics(outcomes) | {"versions.cpu_ms.20s.p50": float(np.median(main or [0.0]))}
    if many:
        metrics |= _among_many(index, clips, many, progress)
    notes = () if can_play_midi() else ("fluidsynth or its sound font is not installed.",)
    return EvalReport(
        metrics=metrics, tables=(_table(outcomes),), plots=(_plot(outcomes),), notes=notes
    )


class _Index:
    """One segment in memory."""

    def __init__(self, prints: Mapping[str, Fingerprint]) -> None:
        self._segment = segment_of(list(prints), list(prints.values()))

    def segments(self) -> Sequence[SegmentView]:
        return (self._segment,)


def _fingerprinted(recordings: Mapping[str, Pcm], progress: Progress) -> dict[str, Fingerprint]:
    return {
        key: _fingerprint(to_signal(recordings[key]))
        for key in each(progress, "fingerprinting", list(recordings))
    }


def _fingerprint(samples: Signal) -> Fingerprint:
    """What versions need of one: without hashes and codes."""
    none = np.empty(0, np.uint32)
    landmarks = landmarks_of(samples, Density().peaks_per_s)
    return Fingerprint(
        samples.size // HOP, none, none, landmarks, np.empty((0, CODE_BYTES), np.uint8)
    )


def _clips(
    present: Sequence[Song], absent: Sequence[Song], unknown: Sequence[Pcm]
) -> tuple[Clip, ...]:
    sources = [
        (song.key, song.kind, recording) for song in present for recording in song.recordings[1:]
    ]
    sources += [("", song.kind, recording) for song in absent for recording in song.recordings[1:]]
    sources += [("", "real", recording) for recording in unknown]
    random = np.random.default_rng(_SEED)
    clips = []
    for song, kind, recording in sources:
        for seconds in _LENGTHS_S:
            for _ in range(_CLIPS[kind]):
                count = seconds * ENGINE_RATE_HZ
                first = int(random.integers(max(1, len(recording) - count)))
                clean = to_signal(recording[first : first + count])
                spoiled: dict[str, Callable[[Signal], Signal]] = {"clean": lambda sound: sound}
                if seconds == _MAIN_S:
                    spoiled |= {"noise": lambda sound: _noisy(sound, random), "phone": _phoned}
                clips += [
                    Clip(song, kind, condition, seconds, spoil(clean))
                    for condition, spoil in spoiled.items()
                ]
    return tuple(clips)


def _noisy(sound: Signal, random: np.random.Generator) -> Signal:
    return mixed(sound.astype(np.float64), pink(len(sound), random), _SNR_DB).astype(np.float32)


def _phoned(sound: Signal) -> Signal:
    wide = resampled(sound, ENGINE_RATE_HZ, RATE_HZ)
    return resampled(telephone(wide.astype(np.float64)).astype(np.float32), RATE_HZ, ENGINE_RATE_HZ)


def _metrics(outcomes: Sequence[Outcome]) -> dict[str, float]:
    metrics: dict[str, float] = {}
    for label, cell in _cells(outcomes).items():
        known = [one for one in cell if one.clip.song]
        metrics[f"versions.top1.{label}"] = _share([one.right for one in known])
        metrics[f"versions.recall.{label}"] = _share([one.right and one.named for one in known])
    named = [one for one in outcomes if one.named]
    without = [one for one in outcomes if not one.clip.song]
    real = [one for one in without if one.clip.kind == "real"]
    return metrics | {
        "versions.precision": _share([one.right for one in named], nothing=1.0),
        "versions.fpr": _share([one.named for one in without]),
        "versions.fpr.real": _share([one.named for one in real]),
        "versions.fpr.clips": float(len(without)),
    }


def _cells(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    cells: dict[str, list[Outcome]] = {}
    for one in outcomes:
        spoiled = "" if one.clip.condition == "clean" else f"_{one.clip.condition}"
        cells.setdefault(f"{one.clip.seconds}s{spoiled}", []).append(one)
    return dict(sorted(cells.items()))


def _among_many(
    index: _Index, clips: Sequence[Clip], many: int, progress: Progress
) -> dict[str, float]:
    """Ask again among made-up recordings with the harmonies of the others."""
    own = timeline_of(index.segments()[0])
    made = strangers_of(own.recordings(), many - len(own.keys))
    library = library_of((own, joined([f"made up {n}" for n in range(len(made))], made)))
    finder = SongVersions(index)
    known = [
        clip
        for clip in clips
        if clip.song and clip.seconds == _MAIN_S and clip.condition == "clean"
    ][::2]
    times = CpuTimes()
    right = []
    for clip in each(progress, f"asking among {many}", known):
        with times.measure():
            best = finder.best_in(library, clip.samples)
        right.append(best is not None and best.recording == clip.song)
    return {
        "versions.cpu_ms.20s.10000.p50": float(np.median(times.samples_ms or [0.0])),
        "versions.top1.20s.10000": _share(right),
    }


def _share(answers: Sequence[bool], nothing: float = 0.0) -> float:
    return sum(answers) / len(answers) if answers else nothing


def _table(outcomes: Sequence[Outcome]) -> Table:
    rows = []
    for label, cell in _cells(outcomes).items():
        for kind in ("tune", "composed", "real"):
            known = [one for one in cell if one.clip.kind == kind and one.clip.song]
            other = [one for one in cell if one.clip.kind == kind and not one.clip.song]
            if known or other:
                rows.append(
                    (
                        label,
                        kind,
                        len(known),
                        round(_share([one.right for one in known]), 3),
                        round(_share([one.right and one.named for one in known]), 3),
                        len(other),
                        sum(one.named for one in other),
                    )
                )
    columns = ("clips", "kind", "known", "most similar", "named", "without a version", "named")
    return Table("Clips", columns, tuple(rows))


def _plot(outcomes: Sequence[Outcome]) -> Plot:
    cells = {
        label: [one for one in cell if one.clip.song] for label, cell in _cells(outcomes).items()
    }
    labels = tuple(cells)
    similar = tuple(_share([one.right for one in cell]) for cell in cells.values())
    named = tuple(_share([one.right and one.named for one in cell]) for cell in cells.values())
    series = (Series("most similar", labels, similar), Series("named", labels, named))
    return Plot("Songs found by other performances", "clips", "share", series)
