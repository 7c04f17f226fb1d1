"""Clips of known and unknown recordings, each spoiled in one way; the same ones every time.

Each cell (split, length, condition, known or not) draws from generators of its own, so cells do
not depend on one another, and asking for more clips of a cell leaves the first ones as they were.
"""

import json
import math
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from evals.evaluation import Progress
from evals.recognition.channels import fitted
from evals.recognition.conditions import Condition, conditions
from evals.recognition.corpus import Corpus, Split, SplitName
from evals.recognition.noises import Random, SoundBank, load_bank
from evals.recognition.resampling import ENGINE_RATE_HZ, Signal, to_engine_rate, to_pcm, to_signal
from evals.recognition.tracks import RATE_HZ, Pcm, Track

LENGTHS_S = (2, 3, 5, 10)
CLIP_SEED = 7_040_319
_PEAK = 0.98
_LOWEST_RMS = 10 ** (-42 / 20)
_TRIES = 200
_WORKERS = 2
_KINDS = ("known", "unknown")


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What is true of a clip.

    Attributes:
        source: key of the recording that it was cut from.
        truth: the same if that recording is indexed, else None.
        offset_s: where in the recording it begins.
        condition: what happened to it.
        group: group of the condition.
        length_s: seconds.
        tempo: of the clip as a ratio to the recording's.
        pitch: of the clip against the recording's, semitones.
        number: of the clip in its cell.
    """

    source: str
    truth: str | None
    offset_s: float
    condition: str
    group: str
    length_s: int
    tempo: float
    pitch: float
    number: int


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip and what is true of it; `pcm` is 16-bit mono at 44,100 Hz, `engine_pcm` at 11,025."""

    facts: ClipFacts
    pcm: Pcm
    engine_pcm: Pcm

    @property
    def samples(self) -> Signal:
        """At 44,100 Hz."""
        return to_signal(self.pcm)

    @property
    def engine_samples(self) -> Signal:
        """At 11,025 Hz, as `knowledge.fingerprint` wants them."""
        return to_signal(self.engine_pcm)


@dataclass(frozen=True, slots=True)
class Amount:
    """How many clips of each cell."""

    known: int
    unknown: int

    def of(self, kind: str) -> int:
        """Return how many of "known" or "unknown" clips."""
        return self.known if kind == "known" else self.unknown


@dataclass(frozen=True, slots=True)
class _Cell:
    split: SplitName
    length_s: int
    condition: Condition
    kind: str
    count: int
    seed: int

    def generator(self, *more: int) -> Random:
        name = f"{self.split}/{self.length_s}/{self.condition.name}/{self.kind}"
        return np.random.default_rng([self.seed, zlib.crc32(name.encode()), *more])


class ClipStore:
    """Makes clips, and keeps them on disk."""

    def __init__(self, corpus: Corpus, music: Path, cache: Path) -> None:
        self._corpus = corpus
        self._music = music
        self._cache = cache

    def clips(
        self,
        split: SplitName,
        amount: Amount,
        *,
        lengths_s: Sequence[int] = LENGTHS_S,
        names: Sequence[str] | None = None,
        seed: int = CLIP_SEED,
    ) -> Iterator[Clip]:
        """Yield the clips cell by cell: length, condition, known before unknown.

        Args:
            split: which recordings.
            amount: clips of each cell.
            lengths_s: seconds.
            names: of conditions; None for all.
            seed: of all generators.
        """
        for cell in _cells(split, amount, lengths_s, names, seed):
            path = self._path(cell)
            if not _is_there(path, cell):
                self._write(cell, load_bank(self._music, self._cache))
            facts = json.loads(path.with_suffix(".json").read_text("utf-8"))
            pcm = np.load(path.with_suffix(f".{RATE_HZ}.npy"), mmap_mode="r")
            engine_pcm = np.load(path.with_suffix(f".{ENGINE_RATE_HZ}.npy"), mmap_mode="r")
            for number in range(cell.count):
                yield Clip(ClipFacts(**facts[number]), pcm[number], engine_pcm[number])

    def prepare(
        self,
        split: SplitName,
        amount: Amount,
        progress: Progress,
        *,
        lengths_s: Sequence[int] = LENGTHS_S,
        names: Sequence[str] | None = None,
        seed: int = CLIP_SEED,
        workers: int = _WORKERS,
    ) -> None:
        """Make the clips that are not on disk yet, in worker processes."""
        cells = [
            cell
            for cell in _cells(split, amount, lengths_s, names, seed)
            if not _is_there(self._path(cell), cell)
        ]
        progress.start(f"making {split} clips", len(cells))
        if not cells:
            return
        load_bank(self._music, self._cache)
        jobs = [
            (self, split, cell.length_s, cell.condition.name, cell.kind, cell.count, seed)
            for cell in cells
        ]
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for _ in pool.map(_make, jobs):
                progress.advance()

    def make(self, cell: _Cell) -> None:
        """Make one cell."""
        self._write(cell, load_bank(self._music, self._cache))

    def _path(self, cell: _Cell) -> Path:
        folder = self._cache / "clips" / f"{cell.split}-{cell.seed}" / f"{cell.length_s}s"
        return folder / f"{cell.condition.name}-{cell.kind}"

    def _write(self, cell: _Cell, bank: SoundBank) -> None:
        path = self._path(cell)
        path.parent.mkdir(parents=True, exist_ok=True)
        made = [
            _clip(self._corpus, cell, track, number, bank)
            for number, track in enumerate(_drawn(self._corpus.splits[cell.split], cell))
        ]
        for rate_hz, arrays in (
            (RATE_HZ, [clip.pcm for clip in made]),
            (ENGINE_RATE_HZ, [clip.engine_pcm for clip in made]),
        ):
            np.save(path.with_suffix(f".{rate_hz}.npy"), np.stack(arrays))
        temporary = path.with_suffix(".tmp")
        temporary.write_text(json.dumps([asdict(clip.facts) for clip in made]), "utf-8")
        temporary.replace(path.with_suffix(".json"))  # last: the cell is complete with it


def _make(job: tuple[ClipStore, SplitName, int, str, str, int, int]) -> None:
    store, split, length_s, name, kind, count, seed = job
    by_name = {condition.name: condition for condition in conditions()}
    store.make(_Cell(split, length_s, by_name[name], kind, count, seed))


def _cells(
    split: SplitName,
    amount: Amount,
    lengths_s: Sequence[int],
    names: Sequence[str] | None,
    seed: int,
) -> Iterator[_Cell]:
    for length_s in lengths_s:
        for condition in conditions():
            if names is None or condition.name in names:
                for kind in _KINDS:
                    if count := amount.of(kind):
                        yield _Cell(split, length_s, condition, kind, count, seed)


def _is_there(path: Path, cell: _Cell) -> bool:
    facts = path.with_suffix(".json")
    return facts.is_file() and len(json.loads(facts.read_text("utf-8"))) >= cell.count


def _drawn(split: Split, cell: _Cell) -> list[Track]:
    """Draw recordings without repetition, beginning again when all were drawn."""
    tracks = sorted(
        split.indexed if cell.kind == "known" else split.unknown, key=lambda track: track.key
    )
    order = cell.generator().permutation(len(tracks))
    return [tracks[order[number % len(order)]] for number in range(cell.count)]


def _clip(corpus: Corpus, cell: _Cell, track: Track, number: int, bank: SoundBank) -> Clip:
    random = cell.generator(number)
    condition = cell.condition
    count = cell.length_s * RATE_HZ
    needed = math.ceil(condition.tempo * count)
    music = corpus.pcm(track, RATE_HZ)
    for _ in range(_TRIES):
        start = int(random.integers(max(1, len(music) - needed)))
        piece = to_signal(music[start : start + needed]).astype(np.float64)
        if np.sqrt(np.mean(np.square(piece))) >= _LOWEST_RMS:
            break
    spoiled = fitted(condition.degrade(piece, random, bank), count)
    peak = float(np.abs(spoiled).max())
    heard = (spoiled * (min(_PEAK / peak, 1.0) if peak else 1.0)).astype(np.float32)
    facts = ClipFacts(
        source=track.key,
        truth=track.key if cell.kind == "known" else None,
        offset_s=start / RATE_HZ,
        condition=condition.name,
        group=condition.group,
        length_s=cell.length_s,
        tempo=condition.tempo,
        pitch=condition.pitch,
        number=number,
    )
    return Clip(facts, to_pcm(heard), to_pcm(to_engine_rate(heard, RATE_HZ)))
