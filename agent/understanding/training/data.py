"""Labelled requests from public data sets, split into what trains and what is held back.

The split is a hash of a row's id, so that it never depends on order or on chance: of Snips, HWU64
and CLINC150 one row in five is held back, of SLURP's development rows every second one.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.understanding.intents import NOT_MUSIC

FILES: Mapping[str, str] = {
    "snips": "snips_train",
    "hwu64": "hwu64_fold1_train",
    "clinc150": "clinc150_train",
    "slurp_devel": "slurp_devel",
}
"""Name of a set to the stem of its file in the folder `language`."""

HELD_BACK_PERCENT: Mapping[str, int] = {"snips": 20, "hwu64": 20, "clinc150": 20, "slurp_devel": 50}


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    text: str
    intent: str
    """A public label."""
    accept: frozenset[str]
    """Every public label that counts as right."""
    slots: Mapping[str, tuple[str, ...]]
    source_intent: str = ""
    split: str = ""

    @property
    def is_music(self) -> bool:
        """Whether it is scored as a request for music."""
        return self.intent not in NOT_MUSIC


def read_rows(path: Path) -> list[Row]:
    """Read JSON lines, gzipped or not.

    Raises:
        OSError: the file is not there or cannot be read.
    """
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [_row(json.loads(line)) for line in text.split("\n") if line.strip()]


def _row(data: Mapping[str, Any]) -> Row:
    return Row(
        id=str(data["id"]),
        text=str(data["text"]),
        intent=str(data["intent"]),
        accept=frozenset(data["accept"]),
        slots={name: tuple(values) for name, values in data["slots"].items()},
        source_intent=str(data.get("src_intent", "")),
        split=str(data.get("split", "")),
    )


def is_held_back(row_id: str, percent: int) -> bool:
    """Whether the row may be used for measuring only."""
    number = int.from_bytes(hashlib.sha256(row_id.encode()).digest()[:4], "big")
    return number % 100 < percent


def split(folder: Path, name: str) -> tuple[list[Row], list[Row]]:
    """The rows of the set `name` for training, and those held back."""
    rows = read_rows(folder / f"{FILES[name]}.jsonl.gz")
    percent = HELD_BACK_PERCENT[name]
    held = [is_held_back(row.id, percent) for row in rows]
    return (
        [row for row, back in zip(rows, held, strict=True) if not back],
        [row for row, back in zip(rows, held, strict=True) if back],
    )
