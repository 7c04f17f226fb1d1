"""Measuring requests in other languages: what is held back, and what is counted."""

import gzip
import json
from pathlib import Path

import pytest

from evals.progress import SilentProgress
from evals.understanding import languages
from evals.understanding.scoring import Answer


class Echo:
    """Takes everything with a note in it for a request to play."""

    def read(self, text: str) -> Answer:
        """Say play or nothing."""
        return Answer("play" if "♪" in text else "out_of_scope")


def row(original: str, text: str, lang: str, intent: str = "play") -> dict[str, object]:
    return {
        "id": f"{lang}-{original}",
        "text": text,
        "text_en": original,
        "lang": lang,
        "intent": intent,
        "accept": [intent],
        "slots": {},
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        row(f"play {number}", f"♪ {number}", lang) for number in range(20) for lang in ("da", "en")
    ]
    rows += [row(f"rain {n}", f"regn {n}", "da", "out_of_scope") for n in range(20)]
    (tmp_path / "language").mkdir()
    text = "\n".join(json.dumps(each) for each in rows)
    (tmp_path / "language" / languages.FILE).write_bytes(gzip.compress(text.encode()))
    return tmp_path


@pytest.mark.unit
def test_about_half_is_held_back_and_parallel_rows_stay_together(folder: Path) -> None:
    held = languages.held_back(folder)
    assert set(held) == {"da"}
    assert 10 <= len(held["da"]) <= 30
    assert languages.is_held_back(row("play x", "spil x", "da")) == languages.is_held_back(
        row("Play  X", "çal x", "tr")
    )


@pytest.mark.unit
def test_recall_and_rejection_are_told_by_language_and_together(folder: Path) -> None:
    found = languages.measure(folder, Echo(), SilentProgress())
    assert languages.metrics(found) == {
        "xsid.recall": 1.0,
        "xsid.rejection": 1.0,
        "xsid.da.recall": 1.0,
        "xsid.da.rejection": 1.0,
    }


@pytest.mark.unit
def test_without_the_rows_nothing_is_told(tmp_path: Path) -> None:
    assert languages.metrics(languages.measure(tmp_path, Echo(), SilentProgress())) == {}
