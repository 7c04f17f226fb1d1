"""The rendered queries and tunes for development, where they are on this machine."""

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evals.errors import EvaluationImpossible
from evals.humming.demo_tunes import melody_of
from evals.humming.performance import SungKind, as_notes
from knowledge.audio.decoder import decode
from knowledge.melody.models import Melody, MelodyKey, Samples

VARIABLE: Final = "REFRAIN_EVAL_HUMMING"
RATE_HZ: Final = 16_000
_BESIDE = Path(__file__).parents[3] / "shared" / "data" / "humming"


@dataclass(frozen=True, slots=True, eq=False)
class DevelopmentQuery:
    """One clip and what is true about it."""

    name: str
    path: Path
    kind: SungKind
    snr_db: float
    target: MelodyKey
    accept: frozenset[MelodyKey]
    f0_hz: NDArray[np.float32]
    """200 values a second; 0 where nothing is sung."""
    f0_start_s: float

    def samples(self) -> Samples:
        """Read the clip: mono at `RATE_HZ`."""
        blocks = [block[0] for block, _ in decode(self.path, sample_rate=RATE_HZ, channels=1)]
        return np.concatenate(blocks)


def development_folder() -> Path | None:
    """The folder that `REFRAIN_EVAL_HUMMING` names, or the one beside the checkout, if it is there.

    Raises:
        EvaluationImpossible: the variable names a folder without queries.
    """
    named = os.environ.get(VARIABLE)
    folder = Path(named) if named else _BESIDE
    if (folder / "queries.jsonl").is_file():
        return folder
    if named:
        raise EvaluationImpossible(f"{VARIABLE} names {folder}, which has no queries.jsonl.")
    return None


def development_queries(folder: Path) -> tuple[DevelopmentQuery, ...]:
    """Every query of the set."""
    rows = [json.loads(line) for line in (folder / "queries.jsonl").read_text("utf-8").splitlines()]
    with np.load(folder / "f0.npz") as pitches:
        return tuple(_query(row, folder, pitches[row["id"]]) for row in rows)


def development_melodies(folder: Path) -> Iterator[Melody]:
    """Index and distractors, 5,001 in all."""
    for name in ("index.jsonl.gz", "distractors.jsonl.gz"):
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield melody_of(row["id"], as_notes(row["notes"]))


def _query(row: dict[str, Any], folder: Path, f0_hz: NDArray[np.float32]) -> DevelopmentQuery:
    path = folder / row["audio"]
    return DevelopmentQuery(
        name=row["id"],
        path=path if path.is_file() else folder / "clips" / row["audio"],
        kind=SungKind(row["kind"]),
        snr_db=float(row["snr"]),
        target=row["target"],
        accept=frozenset(row["accept"]) | {row["target"]},
        f0_hz=f0_hz.astype(np.float32),
        f0_start_s=float(row["f0_start_s"]),
    )
