"""The evaluation of understanding: what it counts, and what it does without the public sets."""

from collections import Counter
from pathlib import Path

import pytest

from agent.understanding.training.data import Row, read_rows
from evals.progress import SilentProgress
from evals.runner import run_evaluation
from evals.timing import CpuTimes
from evals.understanding import DATA_VARIABLE, OWN_CASES, UnderstandingEvaluation
from evals.understanding.folders import INDIRECT_CASES
from evals.understanding.mishearing import Mishearing, sound, vocabulary
from evals.understanding.report import Found, report
from evals.understanding.scoring import (
    PLAY_SLOTS,
    Answer,
    SetScores,
    SlotCounts,
    loosely,
    with_titles,
)


def music(text: str = "play some jazz", *, name: str = "x-1") -> Row:
    return Row(name, text, "play", frozenset({"play", "queue"}), {"genre": ("jazz",)})


def other(text: str = "will it rain") -> Row:
    return Row("x-2", text, "out_of_scope", frozenset({"out_of_scope"}), {})


@pytest.mark.evals
def test_without_the_public_sets_our_own_cases_are_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    outcome = run_evaluation(UnderstandingEvaluation(), quick=True, progress=SilentProgress())
    metrics = outcome.report.metrics
    assert outcome.undocumented == ()
    assert metrics["own.recall"] >= 0.95
    assert metrics["indirect.own.recall"] >= 0.7
    assert metrics["indirect.own.rejection"] >= 0.7
    assert "not on this machine" in outcome.report.notes[0]


@pytest.mark.unit
def test_any_accepted_label_is_right_and_claiming_other_rows_is_not() -> None:
    scores = SetScores()
    for row, label in [(music(), "queue"), (music(), "pause"), (other(), "play_other_media"),
                       (other(), "play")]:  # fmt: skip
        scores.count(row, Answer(label))
    assert (scores.recall, scores.rejection) == (0.5, 0.5)
    assert scores.wrong == Counter({("play", "pause"): 1})


@pytest.mark.unit
def test_slot_values_count_apart_from_case_and_only_where_the_set_marks_them() -> None:
    counts = SlotCounts()
    counts.count({"artist": ("Queen",)}, {"artist": ("queen",), "mood": ("calm",)}, {"artist"})
    assert counts == SlotCounts(right=1)
    counts.count({"artist": ("Moby",)}, {}, {"artist"})
    assert counts.f1 == pytest.approx(2 / 3)


@pytest.mark.unit
def test_slurp_spans_are_written_as_ours() -> None:
    counts = SlotCounts()
    wanted = {"artist": ("queen's",), "playlist": ("gym playlist",), "track": ("leviathan",)}
    given = {"artist": ("Queen",), "playlist": ("gym",), "query": ("leviathan",)}
    counts.count(wanted, with_titles(given), PLAY_SLOTS, loosely)
    assert counts == SlotCounts(right=3)


@pytest.mark.unit
def test_misheard_words_sound_alike_and_are_always_the_same() -> None:
    assert sound("play") == sound("blue") != sound("song")
    rows = [
        music("play some blue songs and bring the best music", name=f"x-{n}") for n in range(60)
    ]
    words = Mishearing(vocabulary(rows) | {"brink", "blew"})
    heard = [words.mishear(row).text for row in rows]
    assert heard == [words.mishear(row).text for row in rows]
    assert any("brink" in text for text in heard)
    assert any(len(text.split()) < 9 for text in heard)
    assert sum(text == rows[0].text for text in heard) > 5


@pytest.mark.unit
def test_peers_stand_beside_ours_on_the_sets_that_all_of_them_read() -> None:
    scores = SetScores()
    scores.count(music(), Answer("play"))
    found = Found(sets={"snips": scores, "own": scores}, peers={"svm": {"snips": scores}})
    made = report(found, CpuTimes())
    beside = next(table for table in made.tables if table.title.startswith("Beside"))
    assert beside.columns == ("set", "refrain", "svm")
    assert [row[0] for row in beside.rows] == ["snips"]
    assert made.metrics["svm.snips.recall"] == 1.0


@pytest.mark.unit
@pytest.mark.parametrize("path", [OWN_CASES, INDIRECT_CASES])
def test_our_cases_are_well_formed(path: Path) -> None:
    rows = read_rows(path)
    assert len({row.id for row in rows}) == len(rows)
    assert len({row.text for row in rows}) == len(rows)
    assert all(row.intent in row.accept for row in rows)
