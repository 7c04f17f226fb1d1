"""The humming evaluation: its singer, its made-up tunes, its baselines and its numbers."""

from pathlib import Path

import numpy as np
import pytest

from evals.documentation import Better, describe
from evals.errors import EvaluationImpossible
from evals.humming import failures, real_songs
from evals.humming.asking import accuracy_of
from evals.humming.baselines.lsdtw import LinearScaling
from evals.humming.baselines.notedp import NoteAlignment
from evals.humming.baselines.ranking import Matcher
from evals.humming.demo_tunes import contains, demo_melodies, own_queries, tune_keys, tune_notes
from evals.humming.development import VARIABLE, development_folder
from evals.humming.filler import generated_melodies, generated_tune
from evals.humming.performance import Habits, Notes, SungKind, perform
from evals.humming.scoring import Answer, Query, first, interval, kept, mrr, rank_of, top
from evals.humming.singer import RATE_HZ, TRUTH_HZ, sing
from evals.humming.surroundings import CODECS, coded
from knowledge.melody.models import FRAME_S, Contour, HumKind, HumOutcome, MelodyNote

pytestmark = pytest.mark.unit


def _scale() -> Notes:
    return np.array(
        [[0.5 * n, 0.45, pitch] for n, pitch in enumerate([60, 62, 64, 65, 67, 65] * 3)]
    )


def _exact(notes: Notes) -> Contour:
    """A contour without any mistake, five semitones higher and a tenth faster."""
    times = np.arange(0, notes[-1, 0] + notes[-1, 1], FRAME_S)
    owner = np.searchsorted(notes[:, 0], times, side="right") - 1
    pitch = (notes[owner, 2] + 5).astype(np.float32)
    slow = 1 / 1.1
    sung = tuple(
        MelodyNote(float(on) * slow, float(length) * slow, float(p) + 5) for on, length, p in notes
    )
    kept_frames = (np.arange(int(len(pitch) * slow)) / slow).astype(int)
    return Contour(pitch[kept_frames], sung, HumKind.VOICE)


@pytest.mark.parametrize("kind", list(SungKind))
def test_the_same_seed_sings_the_same_and_another_one_does_not(kind: SungKind) -> None:
    once, again, other = (
        sing(_scale(), kind, snr_db=15, seed=seed, seconds=4) for seed in (3, 3, 4)
    )
    assert np.array_equal(once.samples, again.samples)
    assert not np.array_equal(once.samples[:1000], other.samples[:1000])
    assert np.isfinite(once.samples).all()
    assert np.abs(once.samples).max() <= 1.2  # codecs overshoot
    assert len(once.f0_hz) == pytest.approx(len(once.samples) / RATE_HZ * TRUTH_HZ, abs=2)
    assert len(once.notes) >= 9


def test_what_is_sung_has_the_pitch_that_is_handed_back() -> None:
    sung = sing(_scale(), SungKind.WHISTLE, snr_db=25, seed=5, seconds=5)
    at = int(np.flatnonzero(sung.f0_hz > 0)[60])
    middle = at * RATE_HZ // TRUTH_HZ
    piece = sung.samples[middle - 1024 : middle + 1024] * np.hanning(2048)
    spectrum = np.abs(np.fft.rfft(piece, 1 << 15))
    loudest = spectrum.argmax() * RATE_HZ / (1 << 15)
    assert abs(12 * np.log2(loudest / sung.f0_hz[at])) < 0.5


def test_a_careful_singer_keeps_every_interval_and_a_careless_one_does_not() -> None:
    random = np.random.default_rng(1)
    bad = Habits.drawn(random)
    good = Habits(
        tempo=1, detune=0, drift=0, slip=0, slip_at=1, squeeze=1, loose=0, rubato=0, rubato_s=4,
        hurry=0, legato=1, wrong=0, dropped=0, inserted=0, breath_every_s=99, breath_s=0.2,
        folds=False,
    )  # fmt: skip
    sung, mistakes = perform(_scale(), SungKind.LA, good, random)
    assert (mistakes.wrong, mistakes.dropped, mistakes.inserted) == (0, 0, 0)
    steps = np.diff([note.pitch for note in sung])
    assert steps == pytest.approx(np.diff(_scale()[:, 2]))
    assert [note.onset_s for note in sung] == pytest.approx(_scale()[:, 0], abs=1e-6)
    off, _ = perform(_scale(), SungKind.LA, bad, random)
    assert (
        len(off) != len(sung)
        or max(abs(a.onset_s - b.onset_s) for a, b in zip(sung, off, strict=True)) > 0.05
    )


@pytest.mark.parametrize("codec", list(CODECS))
def test_a_codec_keeps_length_and_time(codec: str) -> None:
    time = np.arange(2 * RATE_HZ) / RATE_HZ
    tone = (0.3 * np.sin(2 * np.pi * 300 * time) * (time > 1)).astype(np.float32)
    heard = coded(tone, RATE_HZ, codec, 32_000)
    assert len(heard) == len(tone)
    begin = np.flatnonzero(np.abs(heard) > 0.1)[0] / RATE_HZ
    assert begin == pytest.approx(1.0, abs=0.03)


def test_made_up_tunes_are_the_same_each_time_and_like_real_ones() -> None:
    assert np.array_equal(generated_tune(5000, 7), generated_tune(5000, 7))
    tunes = [melody.lines[0].notes for melody in generated_melodies(300)]
    steps = np.abs(np.concatenate([np.diff(notes[:, 2]) for notes in tunes]))
    assert 50 < np.mean([len(notes) for notes in tunes]) < 110
    assert 0.6 < np.mean(steps <= 2) < 0.75
    assert np.mean(steps > 12) < 0.01
    for notes in tunes:
        assert (np.diff(notes[:, 0]) > 0).all()
        assert (notes[:, 1] > 0).all()
    keys = [melody.key for melody in generated_melodies(5, first=3)]
    assert keys == [f"fill:{number}" for number in range(3, 8)]


def test_halves_of_the_demo_tunes_do_not_meet() -> None:
    dev, test = set(tune_keys("dev")), set(tune_keys("test"))
    assert not dev & test
    assert dev | test == {melody.key for melody in demo_melodies()}
    # Two ways to write one piece down are one tune.
    assert {"demo:furelise", "demo:furelise_common"} <= dev or {
        "demo:furelise",
        "demo:furelise_common",
    } <= test


def test_a_query_accepts_every_tune_that_holds_its_passage() -> None:
    query = next(own_queries("test", 1, tune_keys("test")[:1]))
    assert query.target in query.accept
    assert contains(tune_notes(query.target.removeprefix("demo:")), query.sung.written)
    assert not contains(_scale(), np.flipud(_scale()))


@pytest.mark.parametrize("make", [LinearScaling, NoteAlignment])
def test_a_baseline_finds_an_exact_hum_in_another_key_and_tempo(
    make: type[LinearScaling | NoteAlignment],
) -> None:
    melodies = [*demo_melodies(), *generated_melodies(60)]
    matcher: Matcher = make(melodies)
    notes = tune_notes("greensleeves")[12:32].copy()
    notes[:, 0] -= notes[0, 0]
    ranked = matcher.rank(_exact(notes), 5)
    assert ranked[0].key == "demo:greensleeves"
    assert [one.cost for one in ranked] == sorted(one.cost for one in ranked)
    nothing = Contour(np.full(50, np.nan, np.float32), (), HumKind.VOICE)
    assert list(matcher.rank(nothing, 5)) == []


def _answer(rank: int, outcome: HumOutcome, offered: int, tune: str = "a") -> Answer:
    contour = Contour(np.zeros(0, np.float32), (), HumKind.VOICE)
    query = Query("q", "own", SungKind.HUM, 10.0, tune, frozenset({tune}), contour, 0.1)
    return Answer(query, rank, outcome, offered, 0.5, "x", 0.2)


def test_ranks_become_numbers() -> None:
    answers = [
        _answer(1, HumOutcome.FOUND, 1),
        _answer(2, HumOutcome.AMBIGUOUS, 3),
        _answer(0, HumOutcome.FOUND, 1, "b"),
        _answer(1, HumOutcome.AGAIN, 0, "b"),
    ]
    assert mrr(answers) == pytest.approx((1 + 0.5 + 0 + 1) / 4)
    assert top(answers, 1) == 0.5
    assert top(answers, 10) == 0.75
    assert kept(answers) == 0.5
    assert [one.is_right for one in answers] == [True, True, False, False]
    assert [one.is_shown_wrong for one in answers] == [False, False, True, False]
    low, high = interval(answers, first)
    assert low <= 0.5 <= high
    assert rank_of(["x", "y", "z"], {"z", "y"}) == 2
    assert rank_of(["x"], {"a"}) == 0


def test_a_contour_is_compared_with_the_truth() -> None:
    truth = np.concatenate([np.zeros(100), np.full(200, 440.0)]).astype(np.float32)
    pitch = np.full(94, 69.0, np.float32)
    exact = accuracy_of(Contour(pitch, (), HumKind.VOICE), truth, 0.0)
    assert (exact.right_frames, exact.false_frames) == (1.0, 1.0)
    octave = accuracy_of(Contour(pitch - 12, (), HumKind.VOICE), truth, 0.0)
    assert octave.right_frames == 0.0


def test_a_named_folder_without_queries_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(EvaluationImpossible, match=r"queries\.jsonl"):
        development_folder()


def test_the_half_that_is_scored_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert failures.main([]) == 2
    assert "--dev" in capsys.readouterr().err


def test_rows_of_the_readme_are_not_mistaken_for_each_other() -> None:
    for metric, better in (
        ("contour.own.false", Better.LOWER),
        ("contour.own.hum", Better.HIGHER),
        ("mrr.own.low", None),
        ("top1.dev.50k", Better.HIGHER),
        ("audio.top1.0db", Better.HIGHER),
    ):
        row = describe("humming", metric)
        assert row is not None
        assert row.better is better


def test_real_recordings_are_named_in_a_list(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(real_songs.VARIABLE, raising=False)
    assert real_songs.real_songs() == ()
    monkeypatch.setenv(real_songs.VARIABLE, str(tmp_path))
    with pytest.raises(EvaluationImpossible, match=r"songs\.jsonl"):
        real_songs.real_songs()
    (tmp_path / "songs.jsonl").write_text('{"audio": "elise.wav", "tune": "furelise"}\n')
    with pytest.raises(EvaluationImpossible, match=r"elise\.wav"):
        real_songs.real_songs()
    (tmp_path / "elise.wav").touch()
    assert real_songs.real_songs() == ((tmp_path / "elise.wav", "demo:furelise"),)
