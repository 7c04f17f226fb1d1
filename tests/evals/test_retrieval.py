"""The evaluation of search for requests, on its small catalogue."""

import numpy as np
import pytest

from evals.progress import SilentProgress
from evals.retrieval.cases import Request, made_requests, read_requests
from evals.retrieval.catalogue import Catalogue, make_catalogue
from evals.retrieval.demo import demo_catalogue
from evals.retrieval.grading import broken, grades
from evals.retrieval.heard_sound import Heard, hear
from evals.retrieval.measure import RetrievalEvaluation
from evals.retrieval.scoring import ndcg, score
from evals.runner import run_evaluation
from knowledge.wish import MusicWish


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return make_catalogue(600, seed=3)


@pytest.fixture(scope="module")
def heard(catalogue: Catalogue) -> Heard:
    return hear(catalogue, seed=3)


@pytest.mark.evals
def test_a_quick_run_is_documented_and_beats_words_alone() -> None:
    outcome = run_evaluation(RetrievalEvaluation(), quick=True, progress=SilentProgress())
    metrics = outcome.report.metrics
    assert outcome.undocumented == ()
    assert metrics["violations.told"] == 0
    assert metrics["ndcg10.told"] > 0.8
    assert metrics["ndcg10"] > 2 * metrics["ndcg10.bm25"]


@pytest.mark.unit
def test_the_catalogue_is_the_same_each_time(catalogue: Catalogue) -> None:
    again = make_catalogue(600, seed=3)
    assert again.shown == catalogue.shown
    assert np.array_equal(hear(again, seed=3).tags, hear(catalogue, seed=3).tags)


@pytest.mark.unit
def test_files_show_less_than_the_truth(catalogue: Catalogue) -> None:
    named = [bool(one.draft.genres) for one in catalogue.shown]
    assert 0.8 < np.mean(named) < 0.97
    wider = [
        one.genres < hidden
        for one, hidden in zip(catalogue.shown, catalogue.genres, strict=True)
        if one.genres
    ]
    assert 0.05 < np.mean(wider) < 0.5


@pytest.mark.unit
def test_grades_follow_the_truth(catalogue: Catalogue) -> None:
    graded = grades(catalogue, MusicWish(genres=("rock",), moods=("energetic",)))
    rock = np.array(["rock" in one for one in catalogue.genres])
    assert set(graded[~rock]) == {0}
    agreeing = catalogue.moods["energetic"] >= 0.5
    assert np.array_equal(graded >= 2, rock & agreeing)


@pytest.mark.unit
def test_a_hit_that_shows_another_year_or_genre_breaks_a_condition(
    catalogue: Catalogue, heard: Heard
) -> None:
    wish = MusicWish(genres=("rock",), years=(1980, 1989))
    for row, shown in enumerate(catalogue.shown):
        facts = {one.fact for one in broken(catalogue, heard, wish, row)}
        year = shown.draft.year
        assert ("years" in facts) == (year is not None and not 1980 <= year <= 1989)
        assert ("genre" in facts) == bool(shown.genres and "rock" not in shown.genres)


@pytest.mark.unit
def test_the_same_song_twice_earns_once(catalogue: Catalogue, heard: Heard) -> None:
    graded = np.zeros(len(catalogue), np.int64)
    graded[:3] = 3
    request = Request("one", "en", "mixed", "anything", MusicWish())
    once = score(catalogue, heard, request, graded, [0, 1, 2])
    twice = score(catalogue, heard, request, graded, [0, 0, 0])
    assert once.ndcg10 > twice.ndcg10
    assert ndcg([3, 2, 0], [3, 2, 0]) == 1.0


@pytest.mark.unit
def test_requests_are_written_in_every_language_and_apart() -> None:
    dev, test = read_requests("dev"), read_requests("test")
    for language in ("en", "de", "es", "fr", "it", "pt", "ja", "zh"):
        assert sum(one.language == language for one in (*dev, *test)) >= 40, language
    assert not {one.said for one in dev} & {one.said for one in test}
    for requests in (dev, test, read_requests("demo")):
        assert len({one.id for one in requests}) == len(requests)
        assert all(
            one.wish != MusicWish(text=one.said, said_in=one.language) or one.kind == "like"
            for one in requests
        )


@pytest.mark.unit
def test_made_requests_say_what_they_mean() -> None:
    for request in made_requests(40, seed=5):
        assert all(genre in request.said for genre in request.wish.genres)
        assert all(
            f"{genre}" in request.said.split(" but ")[-1] for genre in request.wish.not_genres
        )


@pytest.mark.unit
def test_names_are_filled_into_what_is_said_and_what_is_meant() -> None:
    record = next(one for one in read_requests("dev") if "{artist}" in one.said)
    filled = record.named({"artist": "Nina Hart"})
    assert "Nina Hart" in filled.said
    assert filled.wish.artists == ("Nina Hart",)
    assert filled.slots == ()


@pytest.mark.unit
def test_the_demo_library_is_its_own_truth() -> None:
    demo = demo_catalogue()
    graded = grades(demo, MusicWish(genres=("lo fi",)))
    shown = {demo.shown[row].draft.title for row in np.flatnonzero(graded)}
    assert "Gymnopédie for Headphones" in shown
