"""Requests in languages other than English: the half of xSID that no grammar was written with.

Rows that translate one another fall on the same side, by a hash of their English original, so that
no held-back request was seen in any language.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from agent.understanding.training.data import Row
from evals.evaluation import Progress, each
from evals.understanding.scoring import Reader, SetScores, merged

FILE = "xsid_valid.jsonl.gz"


def held_back(folder: Path) -> dict[str, list[Row]]:
    """Rows to measure, by language; English and its rows are not among them.

    Raises:
        OSError: the file is not there or cannot be read.
    """
    text = gzip.decompress((folder / "language" / FILE).read_bytes()).decode("utf-8")
    rows: dict[str, list[Row]] = {}
    for line in text.splitlines():
        data = json.loads(line)
        if data["lang"] != "en" and is_held_back(data):
            rows.setdefault(data["lang"], []).append(_row(data))
    return dict(sorted(rows.items()))


def is_held_back(data: Mapping[str, Any]) -> bool:
    """Whether a row is for measuring, not for writing grammars."""
    original = " ".join(str(data.get("text_en") or data["text"]).casefold().split())
    return hashlib.sha256(original.encode()).digest()[0] % 2 == 1


def measure(folder: Path, reader: Reader, progress: Progress) -> dict[str, SetScores]:
    """Scores by language; empty when the rows are not on this machine."""
    try:
        rows = held_back(folder)
    except OSError:
        return {}
    found: dict[str, SetScores] = {}
    for language, each_row in rows.items():
        scores = found[language] = SetScores()
        for row in each(progress, f"xsid, {language}", each_row):
            scores.count(row, reader.read(row.text))
    return found


def metrics(found: Mapping[str, SetScores]) -> dict[str, float]:
    """`xsid.recall` and `xsid.rejection` over all languages, and each language's own."""
    if not found:
        return {}
    total = merged(found.values())
    named = {"xsid.recall": total.recall, "xsid.rejection": total.rejection}
    for language, score in found.items():
        if score.music:
            named[f"xsid.{_plain(language)}.recall"] = score.recall
        named[f"xsid.{_plain(language)}.rejection"] = score.rejection
    return named


def _plain(language: str) -> str:
    """As names of metrics are written: "de_ba" for "de-ba"."""
    return language.replace("-", "_")


def _row(data: Mapping[str, Any]) -> Row:
    slots: Mapping[str, Sequence[str]] = data.get("slots", {})
    return Row(
        id=str(data["id"]),
        text=str(data["text"]),
        intent=str(data["intent"]),
        accept=frozenset(data["accept"]),
        slots={slot: tuple(values) for slot, values in slots.items()},
    )
