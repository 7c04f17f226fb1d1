"""The search evaluation, on its small catalogue."""

import json
import random
from pathlib import Path

import pytest

from evals.generated_library import latin_letters, make_tracks
from evals.progress import SilentProgress
from evals.runner import run_evaluation
from evals.search import SearchEvaluation
from evals.search_queries import FAMILIES, make_queries, spoil, without_accents


@pytest.mark.evals
def test_a_quick_run_is_documented_and_not_worse_than_it_was() -> None:
    outcome = run_evaluation(SearchEvaluation(), quick=True, progress=SilentProgress())
    metrics = outcome.report.metrics
    assert outcome.undocumented == ()
    assert metrics["search.cases.pass"] == 1.0
    for family in ("title_artist", "title", "accents", "script", "artist", "album", "feat", "the"):
        assert metrics[f"search.{family}.hit1"] >= 0.95, family
    for family in ("typo", "artist_typo", "prefix"):
        assert metrics[f"search.{family}.hit3"] >= 0.85, family


@pytest.mark.unit
def test_the_generated_library_is_the_same_each_time() -> None:
    one, other = list(make_tracks(300)), list(make_tracks(300))
    assert [t.draft for t in one] == [t.draft for t in other]
    assert len({t.draft.audio_hash for t in one}) > 290


@pytest.mark.unit
def test_every_family_has_queries() -> None:
    made = {query.family for query in make_queries(list(make_tracks(3000)), 5)}
    assert made == set(FAMILIES)


@pytest.mark.unit
def test_queries_are_spoiled_as_people_do() -> None:
    rng = random.Random(1)
    spoiled = {spoil("beatles", rng) for _ in range(50)}
    assert all(6 <= len(word) <= 8 for word in spoiled)
    assert without_accents("Håkansson Großer") == "Hakansson Grosser"
    assert latin_letters("Группа") == "gruppa"


@pytest.mark.unit
def test_the_cases_are_well_formed() -> None:
    folder = Path(__file__).parents[2] / "evals" / "cases"
    cases = [json.loads(line) for line in (folder / "search.jsonl").read_text("utf-8").splitlines()]
    assert len({case["id"] for case in cases}) == len(cases) > 60
