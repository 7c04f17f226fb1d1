"""Search an index with several processes, each its own part of the segments.

The parent finds the peaks of a clip once and asks every worker two or three times:

    Ask("chance")  ->  what unrelated places of its segments score with this clip
    Ask("look")    ->  its best few contenders as the clip is
    Ask("alike")   ->  those that sound like it, when the parent is not yet sure; or, in a large
                       index, Ask("look") at other pitches and tempi

Each question names the segment files it is about and what was removed from them, so that all
workers search the state that the parent saw, and a worker may die and be replaced between any two.
A worker that misses a file (merged away meanwhile) says so, and the search begins again with the
newest state. Only scores and the best few contenders travel. What the parent decides is what it
would have decided alone.
"""

import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import IndexCorrupt, WorkerUnusable
from knowledge.fingerprint.contenders import (
    Chance,
    Contender,
    Searching,
    SegmentSearch,
    chance_of,
    chance_scores,
)
from knowledge.fingerprint.encoder import Embeddings
from knowledge.fingerprint.index.segment import Segment, SegmentFile
from knowledge.fingerprint.models import Samples
from knowledge.fingerprint.recogniser import Effort, Recogniser
from knowledge.fingerprint.spectrum import Spectrogram
from knowledge.fingerprint.voting import Plane
from knowledge.worker import Worker

Clip: TypeAlias = NDArray[np.int8]
Scores: TypeAlias = NDArray[np.float64]

BEST = 16
"""Contenders that a worker returns for each question: more than any answer names."""
_TIMEOUT_S = 30.0
_ATTEMPTS = 5


class Refreshable(Protocol):
    """An index on disk; `FingerprintIndex` is one."""

    @property
    def folder(self) -> Path: ...
    def segments(self) -> Sequence[Segment]: ...
    def refresh(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Part:
    """A segment that a worker is to search, and what was removed from it."""

    path: Path
    checksum: int
    alive: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to a worker. `pairs`, `planes` and `share` are for "look".

    Attributes:
        what: the question.
        parts: segments to search; all others of the worker's are closed.
        of: how many segments there are with all workers.
        clip: evidence of the clip.
        pairs: of the clip's peaks.
        planes: pitches and tempi to look for.
        places: candidates to verify in each segment.
        share: postings to read in each segment.
        heard: embeddings of the clip, for "alike".
    """

    what: Literal["chance", "look", "alike"]
    parts: tuple[Part, ...]
    of: int
    clip: Clip
    pairs: NDArray[np.float32] | None = None
    planes: tuple[Plane, ...] = ()
    places: int = 0
    share: int = 0
    heard: Embeddings | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker found, or that it misses a file."""

    scores: tuple[Scores, ...] = ()
    contenders: tuple[Contender, ...] = ()
    missing: str = ""


class Shard:
    """What a worker process does: keeps its segment files open, and answers."""

    def __init__(self) -> None:
        self._files: dict[Path, SegmentFile] = {}

    def __call__(self, ask: Ask) -> Reply:
        try:
            segments = [self._open(part) for part in ask.parts]
        except (FileNotFoundError, IndexCorrupt) as error:
            return Reply(missing=str(error))
        wanted = {part.path for part in ask.parts}
        self._files = {path: file for path, file in self._files.items() if path in wanted}
        if ask.what == "chance":
            return Reply(scores=tuple(chance_scores(ask.clip, one, ask.of) for one in segments))
        if ask.heard is not None:
            alike = SegmentSearch(segments).look_alike(ask.clip, ask.heard, places=ask.places)
            return Reply(contenders=tuple(alike))
        if ask.pairs is None:
            return Reply()
        found = SegmentSearch(segments).look(
            ask.clip,
            ask.pairs,
            ask.planes,
            places=ask.places,
            budget=ask.share * len(segments),
        )
        return Reply(contenders=_best(found))

    def _open(self, part: Part) -> Segment:
        file = self._files.get(part.path)
        if file is None or file.checksum != part.checksum:
            file = self._files[part.path] = SegmentFile.open(part.path)
        if file.checksum != part.checksum:
            raise IndexCorrupt(f"{part.path.name} is another file than it was.")
        return Segment(file, part.alive)


class Shards:
    """Worker processes that share the segments of an index. Questions take turns."""

    def __init__(self, index: Refreshable, *, workers: int) -> None:
        """Prepare `workers` processes; they are started by the first search."""
        self._index = index
        self._workers = [Worker(Shard, low_priority=False) for _ in range(workers)]
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="shard")
        self._asking = threading.Lock()

    def segments(self) -> Sequence[Segment]:
        """Return the state that a search begun now would see."""
        return self._index.segments()

    def refresh(self) -> bool:
        """See what was committed by another process."""
        return self._index.refresh()

    def begin(self) -> "ShardedSearch":
        """Begin a search of the state as it is now."""
        segments = [segment for segment in self._index.segments() if len(segment.alive)]
        codes = sum(len(segment.codes) for segment in segments)
        return ShardedSearch(self, _divided(segments, len(self._workers)), codes)

    def ask(self, questions: Sequence[Ask]) -> list[Reply]:
        """Ask each worker its question, all at the same time.

        Raises:
            WorkerUnusable: a worker died twice over its question, or took too long.
            StateGone: a file of the state was merged away.
        """
        pairs = zip(self._workers, questions, strict=True)
        asked = [(worker, question) for worker, question in pairs if question.parts]
        with self._asking:
            replies = list(self._threads.map(lambda pair: _answer(*pair), asked))
        for reply in replies:
            if reply.missing:
                raise StateGone(reply.missing)
        return replies

    def close(self) -> None:
        """End the worker processes."""
        self._threads.shutdown()
        for worker in self._workers:
            worker.close()


class StateGone(Exception):
    """A worker misses a segment file: the writer was quicker."""


@dataclass(frozen=True, slots=True)
class ShardedSearch:
    """A search of one state by all workers; see `Searching`."""

    shards: Shards
    parts: Sequence[tuple[Part, ...]]
    codes: int

    @property
    def count(self) -> int:
        """Segments of all workers together."""
        return sum(map(len, self.parts))

    def chance(self, clip: Clip) -> Chance:
        replies = self.shards.ask([Ask("chance", part, self.count, clip) for part in self.parts])
        return chance_of([scores for reply in replies for scores in reply.scores])

    def look(
        self,
        clip: Clip,
        pairs: NDArray[np.float32],
        planes: Sequence[Plane],
        *,
        places: int,
        budget: int,
    ) -> Iterable[Contender]:
        share = budget // max(1, self.count)
        replies = self.shards.ask(
            [
                Ask("look", part, self.count, clip, pairs, tuple(planes), places, share)
                for part in self.parts
            ]
        )
        return [one for reply in replies for one in reply.contenders]

    def code_count(self) -> int:
        return self.codes

    def look_alike(self, clip: Clip, heard: Embeddings, *, places: int) -> Iterable[Contender]:
        replies = self.shards.ask(
            [
                Ask("alike", part, self.count, clip, places=places, heard=heard)
                for part in self.parts
            ]
        )
        return [one for reply in replies for one in reply.contenders]


class ShardedRecogniser(Recogniser):
    """A recogniser whose searching is done by worker processes."""

    def __init__(self, shards: Shards, effort: Effort | None = None) -> None:
        super().__init__(shards, effort)
        self._shards = shards

    def searching(self) -> Searching:
        return self._shards.begin()

    def contenders(
        self, seen: Spectrogram, clip: Clip, samples: Samples | None = None
    ) -> tuple[list[Contender], Chance]:
        for _ in range(_ATTEMPTS - 1):
            try:
                return super().contenders(seen, clip, samples)
            except StateGone:
                self._shards.refresh()
        return super().contenders(seen, clip, samples)


def _answer(worker: Worker[Ask, Reply], question: Ask) -> Reply:
    outcome = worker.call(question, timeout_s=_TIMEOUT_S)
    if outcome.crash:  # once more with a new process
        outcome = worker.call(question, timeout_s=_TIMEOUT_S)
    if outcome.result is None:
        raise WorkerUnusable(
            "A process that searches the fingerprint index failed "
            f"({outcome.crash or outcome.refusal}). Try again."
        )
    return outcome.result


def _best(found: Iterable[Contender]) -> tuple[Contender, ...]:
    """Keep the best alignment of each recording, and of those the best few."""
    best: dict[str, Contender] = {}
    for one in found:
        known = best.get(one.recording)
        if known is None or known.alignment.score < one.alignment.score:
            best[one.recording] = one
    ranked = sorted(best.values(), key=lambda one: one.alignment.score, reverse=True)
    return tuple(ranked[:BEST])


def _divided(segments: Sequence[Segment], workers: int) -> list[tuple[Part, ...]]:
    """Give each worker about as many postings: the largest first, to whoever has least."""
    shares: list[list[Part]] = [[] for _ in range(workers)]
    loads = [0] * workers
    ordered = sorted(segments, key=lambda one: (-one.file.head.postings, one.name))
    for segment in ordered:
        place = loads.index(min(loads))
        loads[place] += segment.file.head.postings
        shares[place].append(Part(segment.file.path, segment.file.checksum, segment.alive))
    return [tuple(share) for share in shares]
