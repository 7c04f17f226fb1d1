"""Let a recogniser answer clips, and see what it costs. Answers of peers are kept."""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.evaluation import Progress
from evals.recognition.clips import CLIP_SEED, Amount, Clip, ClipFacts, ClipStore
from evals.recognition.conditions import conditions
from evals.recognition.corpus import Corpus, Split
from evals.recognition.resampling import ENGINE_RATE_HZ
from evals.recognition.systems import Answer, Sound, System
from evals.recognition.tracks import RATE_HZ

REDO_VARIABLE = "REFRAIN_EVAL_RECOGNITION_REDO"
_METHOD = 1
"""Raise it when clips are made, or peers are driven, in another way."""
_WARMING = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """One clip, what was said of it, and the CPU time of saying it."""

    facts: ClipFacts
    answer: Answer
    cpu_ms: float

    @property
    def right(self) -> bool:
        """Whether the right recording comes first."""
        return self.answer.recording is not None and self.answer.recording == self.facts.truth


@dataclass(frozen=True, slots=True)
class Result:
    """Everything measured with one recogniser.

    Attributes:
        name: of the recogniser.
        answered: every clip.
        build_cpu_s: CPU seconds to index the recordings, decoding not included.
        index_bytes: size of the index.
        minutes: of music in the index.
        kept: whether the answers are from an earlier run.
    """

    name: str
    answered: tuple[Answered, ...]
    build_cpu_s: float
    index_bytes: int
    minutes: float
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Questions:
    """Which clips of which split are asked."""

    split: Split
    amount: Amount
    lengths_s: tuple[int, ...]
    names: tuple[str, ...] | None = None

    def clips(self, store: ClipStore) -> Iterable[Clip]:
        """Yield the clips."""
        return store.clips(self.split.name, self.amount, lengths_s=self.lengths_s, names=self.names)

    def count(self) -> int:
        """Say how many clips there are."""
        each = len(conditions()) if self.names is None else len(self.names)
        return each * len(self.lengths_s) * (self.amount.known + self.amount.unknown)

    def digest(self) -> str:
        """Name the recordings and clips, so that answers to others are never taken for these."""
        content = [
            _METHOD,
            CLIP_SEED,
            [track.digest for track in self.split.indexed],
            [track.digest for track in self.split.unknown],
            asdict(self.amount),
            self.lengths_s,
            self.names,
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def ask(
    system: System, corpus: Corpus, store: ClipStore, questions: Questions, progress: Progress
) -> Result:
    """Index the recordings of the split, then ask about every clip."""
    build_cpu_s = 0.0
    tracks = questions.split.indexed
    progress.start(f"{system.name}: indexing", len(tracks))
    prepared: list[tuple[str, Any]] = []
    for track in tracks:
        sound = Sound(corpus.pcm(track, RATE_HZ), corpus.pcm(track, ENGINE_RATE_HZ))
        prepared.append((track.key, system.prepare(sound)))
    start = time.process_time()
    system.add(_followed(prepared, progress))
    build_cpu_s = time.process_time() - start
    del prepared
    progress.start(f"{system.name}: answering", questions.count())
    answered: list[Answered] = []
    for clip in questions.clips(store):
        ready = system.prepare(Sound(clip.pcm, clip.engine_pcm))
        if not answered:
            for _ in range(_WARMING):
                system.answer(ready)
        start = time.process_time()
        answer = system.answer(ready)
        answered.append(Answered(clip.facts, answer, 1000 * (time.process_time() - start)))
        progress.advance()
    minutes = sum(track.duration_s for track in tracks) / 60
    return Result(system.name, tuple(answered), build_cpu_s, system.index_bytes(), minutes)


def ask_peers(
    peers: Mapping[str, Callable[[], System]],
    corpus: Corpus,
    store: ClipStore,
    questions: Questions,
    folder: Path,
    progress: Progress,
) -> tuple[list[Result], list[str]]:
    """Ask each peer, or read what it answered before. Also returns the names of the absent."""
    results: list[Result] = []
    absent: list[str] = []
    redo = bool(os.environ.get(REDO_VARIABLE))
    for name, make in peers.items():
        try:
            peer = make()
        except ImportError:
            absent.append(name)
            continue
        path = folder / f"{name}-{peer.version}-{questions.digest()}.json"
        if path.is_file() and not redo:
            results.append(_read(path))
        else:
            results.append(ask(peer, corpus, store, questions, progress))
            _write(path, results[-1])
        peer.close()
    return results, absent


def _followed(
    recordings: Sequence[tuple[str, Any]], progress: Progress
) -> Iterable[tuple[str, Any]]:
    for recording in recordings:
        yield recording
        progress.advance()


def _write(path: Path, result: Result) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(asdict(result)), "utf-8")
    temporary.replace(path)


def _read(path: Path) -> Result:
    content = json.loads(path.read_text("utf-8"))
    answered = tuple(
        Answered(ClipFacts(**row["facts"]), Answer(**row["answer"]), row["cpu_ms"])
        for row in content.pop("answered")
    )
    return Result(**{**content, "answered": answered, "kept": True})
