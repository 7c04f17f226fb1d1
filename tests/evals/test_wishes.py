"""The evaluation of wishes, quickly, and how requests are compared."""

from pathlib import Path

import pytest

from evals import wishes
from evals.progress import SilentProgress
from evals.runner import run_evaluation
from evals.wish_cases import LANGUAGES, WishCase, read_cases, rules_out_rightly, wrong_fields
from evals.wish_failures import main
from evals.wishes import WishesEvaluation, is_covered
from knowledge.wish import MusicWish
from knowledge.wishes import NamedThing, parse_wish


@pytest.mark.evals
def test_a_quick_run_is_documented() -> None:
    outcome = run_evaluation(WishesEvaluation(), quick=True, progress=SilentProgress())
    metrics = outcome.report.metrics
    assert outcome.undocumented == ()
    assert {f"wishes.{code}" for code in LANGUAGES} <= set(metrics)
    assert metrics["wishes.all"] > 0.7
    assert metrics["negation"] > 0.7


@pytest.mark.evals
def test_without_the_real_requests_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(wishes, "data_folder", lambda: tmp_path)
    report = WishesEvaluation().run(quick=True, progress=SilentProgress())
    assert "deezer.coverage" not in report.metrics
    assert "MusicRecoIntent" in report.notes[0]


@pytest.mark.unit
def test_requests_of_both_halves_alternate() -> None:
    for code in LANGUAGES:
        cases = read_cases(code)
        assert len(cases) >= 20
        assert [case.part for case in cases[:4]] == ["dev", "test", "dev", "test"]
        assert len({case.id for case in cases}) == len({case.said for case in cases}) == len(cases)
        assert sum(case.rules_out for case in cases) >= 4


@pytest.mark.unit
def test_a_field_too_many_is_wrong() -> None:
    case = WishCase("x", "en", "dev", "calm jazz", rules_out=False, expected={"genres": ["jazz"]})
    assert wrong_fields(case, MusicWish(genres=("jazz",))) == {}
    assert list(wrong_fields(case, MusicWish(genres=("jazz",), moods=("calm",)))) == ["moods"]
    assert list(wrong_fields(case, MusicWish())) == ["genres"]
    assert list(wrong_fields(case, MusicWish(genres=("jazz",), vocal=False))) == ["vocal"]


@pytest.mark.unit
def test_tempo_and_examples_are_compared_by_what_they_mean() -> None:
    queen = NamedThing("artist", "Queen", (1,))
    case = WishCase(
        "x", "en", "dev", "", rules_out=False, names=(queen,),
        expected={"tempo_bpm": 120, "like": ["Queen"]},
    )  # fmt: skip
    assert wrong_fields(case, MusicWish(tempo_bpm=(116, 124), like=(1,))) == {}
    assert set(wrong_fields(case, MusicWish(tempo_bpm=(30, 210)))) == {"tempo_bpm", "like"}


@pytest.mark.unit
def test_wishing_for_what_is_ruled_out_is_wrong() -> None:
    expected = {"not_genres": ["metal"]}
    case = WishCase("x", "en", "dev", "", rules_out=True, expected=expected)
    assert rules_out_rightly(case, MusicWish(not_genres=("metal",)))
    assert not rules_out_rightly(case, MusicWish(not_genres=("metal",), genres=("metal",)))
    assert not rules_out_rightly(case, MusicWish(genres=("metal",)))


@pytest.mark.unit
def test_descriptors_are_covered_with_their_polarity() -> None:
    wish = parse_wish("calm classic rock from the late 80s without piano")
    assert is_covered("classic rock", wanted=True, wish=wish)
    assert is_covered("rock", wanted=True, wish=wish)
    assert is_covered("80s", wanted=True, wish=wish)
    assert is_covered("piano", wanted=False, wish=wish)
    assert not is_covered("piano", wanted=True, wish=wish)
    assert not is_covered("jazz", wanted=True, wish=wish)
    assert not is_covered("qwxz", wanted=True, wish=wish)


@pytest.mark.unit
def test_failures_are_printed_for_development_only(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--dev", "--lang", "en"])
    assert "en: " in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main([])
