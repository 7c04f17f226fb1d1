"""Melodies from files of notes: JSON lines, as collections of tunes are exchanged."""

import gzip
import json
import math
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.melody.models import Melody, MelodyLine
from server.errors import BadSettings

MAX_TUNES = 200_000
MAX_LINE = 2_000_000
"""Characters."""
MAX_NOTES = 20_000
_MIDI = (0.0, 127.0)
_LONGEST_S = 36_000.0
_FORM = '{"id": "…", "title": "…", "notes": [[onset_s, duration_s, midi], …]}'


@dataclass(frozen=True, slots=True)
class TuneRow:
    """One tune of such a file."""

    melody: Melody
    title: str
    artist: str = ""


def read_tunes(paths: Iterable[Path]) -> dict[str, TuneRow]:
    """The tunes of all files by their id; of two with one id the last counts.

    Args:
        paths: files of JSON lines, packed with gzip or not; a row is
            {"id", "title", "notes": [[onset_s, duration_s, midi], ...]}.

    Raises:
        BadSettings: a file cannot be read, or a row is no tune; names file and line.
    """
    rows: dict[str, TuneRow] = {}
    for path in paths:
        for number, line in enumerate(_lines(path), 1):
            if not line.strip():
                continue
            row = _row(line, f"{path}, line {number}")
            rows[row.melody.key] = row
            if len(rows) > MAX_TUNES:
                raise BadSettings(f"{path} holds more than {MAX_TUNES:,} tunes.")
    if not rows:
        raise BadSettings("There are no tunes in it.", next_step=f"A line holds {_FORM}.")
    return rows


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open("rb") as probe:
            packed = probe.read(2) == b"\x1f\x8b"
        opener = gzip.open if packed else open
        with opener(path, "rt", encoding="utf-8", errors="replace") as file:
            while line := file.readline(MAX_LINE):
                yield line
    except (OSError, EOFError, zlib.error) as error:
        said = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise BadSettings(
            f"{path} cannot be read: {said}.", next_step="Check the name after --index."
        ) from error


def _row(line: str, where: str) -> TuneRow:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _bad(where, "that is not JSON") from error
    if not isinstance(row, dict) or not isinstance(row.get("id"), str | int):
        raise _bad(where, "the row has no id")
    notes = _notes(row.get("notes"), where)
    title = str(row.get("title") or row["id"])[:300]
    return TuneRow(
        Melody(str(row["id"]), (MelodyLine(notes),)), title, str(row.get("artist") or "")[:300]
    )


def _notes(value: Any, where: str) -> "np.ndarray[Any, np.dtype[np.float32]]":
    if not isinstance(value, list):
        raise _bad(where, "the row has no notes")
    if len(value) > MAX_NOTES:
        raise _bad(where, f"a tune may have {MAX_NOTES:,} notes")
    kept = []
    for note in value:
        try:
            onset, duration, pitch = (float(one) for one in note[:3])
        except (TypeError, ValueError, OverflowError, KeyError) as error:
            raise _bad(where, "a note is [onset_s, duration_s, midi]") from error
        if not all(math.isfinite(one) for one in (onset, duration, pitch)):
            raise _bad(where, "a note holds a number that is none")
        inside = 0 <= onset <= _LONGEST_S and 0 < duration <= _LONGEST_S
        if inside and _MIDI[0] <= pitch <= _MIDI[1]:
            kept.append((onset, duration, pitch, 1.0))
    kept.sort()
    return np.asarray(kept, np.float32).reshape(-1, 4)


def _bad(where: str, why: str) -> BadSettings:
    return BadSettings(f"{where}: {why}.", next_step=f"A line holds {_FORM}.")
