"""Measuring search by cover and by a line of a song, quickly."""

import pytest

from evals.documentation import describe
from evals.retrieval.covers import DEVELOPMENT_SEED, covers_report
from evals.retrieval.drawn_covers import KINDS, draw_covers
from evals.retrieval.lyrics import lyrics_report
from knowledge.demo.cover_truth import TRUTH
from knowledge.demo.covers import DESIGNS


class NobodyWatches:
    """Stands where progress is shown."""

    def start(self, description: str, total: int) -> None: ...
    def advance(self, count: int = 1) -> None: ...


@pytest.mark.evals
def test_covers_are_measured() -> None:
    report = covers_report(quick=True, progress=NobodyWatches(), seed=DEVELOPMENT_SEED)
    assert report.metrics["covers.colour.accuracy"] > 0.9
    assert report.metrics["covers.demo.p1"] > 0.8
    assert report.metrics["covers.languages.p1"] > 0.9
    assert report.metrics["covers.stripes.recall"] > 0.8
    assert [name for name in report.metrics if describe("retrieval", name) is None] == []


@pytest.mark.evals
def test_lines_of_songs_are_measured() -> None:
    report = lyrics_report(quick=True, progress=NobodyWatches(), seed=5)
    assert report.metrics["lyrics.exact.p1"] > 0.95
    assert report.metrics["lyrics.misspelt.p1"] > 0.8
    assert report.metrics["lyrics.strangers.auc"] > 0.9
    assert [name for name in report.metrics if describe("retrieval", name) is None] == []


@pytest.mark.unit
def test_every_demo_cover_has_its_truth() -> None:
    assert TRUTH.keys() == DESIGNS.keys()


@pytest.mark.unit
def test_the_same_seed_draws_the_same_covers() -> None:
    one, other = draw_covers(len(KINDS), 3), draw_covers(len(KINDS), 3)
    assert [cover.encoded() for cover in one] == [cover.encoded() for cover in other]
    assert {cover.kind for cover in one} == set(KINDS)
