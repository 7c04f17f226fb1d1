"""How the analysis is judged, and a quick run of it."""

import numpy as np
import pytest

from evals.analysis.judging import Judged, metrics_of, plots_of, tables_of
from evals.analysis.learn_tempo import Example, accuracy, cross_validated, learn, main
from evals.analysis.material import Piece, key_named
from evals.analysis.measure import AnalysisEvaluation
from evals.analysis.peers import PeerHeard
from evals.analysis.scoring import beats_f, every_key, kendall, key_score, tempo_right
from evals.analysis.songs import songs
from evals.documentation import describe
from evals.progress import SilentProgress
from evals.runner import run_evaluation
from knowledge.analysis.sound import KeyHeard, TempoHeard


@pytest.mark.unit
def test_a_tempo_is_right_within_four_percent() -> None:
    assert tempo_right(124.0, 120.0)
    assert not tempo_right(126.0, 120.0)
    assert not tempo_right(61.0, 120.0)
    assert tempo_right(61.0, 120.0, octaves=True)
    assert not tempo_right(None, 120.0, octaves=True)


@pytest.mark.unit
def test_keys_are_scored_as_in_mirex() -> None:
    c_major, a_minor = (0, False), (9, True)
    assert key_score(c_major, c_major) == 1.0
    assert key_score((7, False), c_major) == 0.5
    assert key_score((5, False), c_major) == 0.0
    assert key_score(a_minor, c_major) == 0.3
    assert key_score(c_major, a_minor) == 0.3
    assert key_score((0, True), c_major) == 0.2
    assert key_score(None, c_major) == 0.0
    for true in every_key():
        assert sum(key_score(found, true) for found in every_key()) == pytest.approx(2.0)
    assert key_named("F# minor") == (6, True)
    assert key_named("Bb major") == (10, False)


@pytest.mark.unit
def test_beats_count_once_and_after_five_seconds() -> None:
    true = np.arange(0, 20, 0.5).tolist()
    assert beats_f(true, true) == 1.0
    assert beats_f([beat + 0.1 for beat in true], true) == 0.0
    assert beats_f(np.arange(0, 20, 0.25).tolist(), true) == pytest.approx(2 / 3, abs=0.02)
    assert beats_f([1.0, 2.0], true) == 0.0


@pytest.mark.unit
def test_order_is_compared_by_kendall() -> None:
    assert kendall([1, 2, 3], [10, 20, 30]) == pytest.approx(1.0)
    assert kendall([1, 2, 3], [3, 2, 1]) == pytest.approx(-1.0)
    assert kendall([1, 1, 1], [1, 2, 3]) == 0.0


@pytest.mark.unit
def test_bands_of_the_test_never_play_for_development() -> None:
    dev, test = (list(songs(split, 48)) for split in ("dev", "test"))
    assert not {song.style for song in dev} & {song.style for song in test}
    for some in (dev, test):
        assert len({(song.tonic, song.minor) for song in some}) == 24
        assert {song.cents == 0 for song in some} == {True, False}
        assert all(61 <= song.tempo_bpm <= 190 for song in some)
    assert [song.tune for song in songs("test", 3)] == [song.tune for song in test[:3]]


@pytest.mark.unit
def test_all_that_is_judged_is_documented_and_shown() -> None:
    piece = Piece(
        "one", "demo", "rock", 120.0, lambda: np.zeros((2, 1), np.float32), (0, False), (5.0,), 0.5
    )
    right = Judged(
        piece, TempoHeard(120.0, 0.9), KeyHeard(0, False, 0.9), 1.0, 0.6,
        PeerHeard(60.0, (), (7, False)), 0.0,
    )  # fmt: skip
    wrong = Judged(piece, TempoHeard(60.0, 0.4, 120.0), None, 0.0, 0.2, None, 0.0)
    found = metrics_of([right, wrong])
    assert [name for name in found if describe("analysis", name) is None] == []
    assert (found["tempo.accuracy"], found["tempo.accuracy2"]) == (0.5, 1.0)
    assert found["tempo.first_two"] == 1.0
    assert found["key.mirex"] == 0.5
    assert found["key.demo.mirex.librosa"] == 0.5
    assert found["tempo.confident.accuracy"] == 1.0
    assert tables_of([right, wrong])[0].rows[0] == ("right", 1, 0)
    assert tables_of([right, wrong])[1].rows[1][7] == "none"
    assert [plot.title for plot in plots_of([right, wrong])] == [
        "Tempo errors", "Found keys", "Energy",
    ]  # fmt: skip


@pytest.mark.evals
def test_a_quick_run_is_documented_and_hears_what_is_there() -> None:
    outcome = run_evaluation(AnalysisEvaluation(), quick=True, progress=SilentProgress())
    found = outcome.report.metrics
    assert outcome.undocumented == ()
    assert found["tempo.clicks"] == 1.0
    assert found["beats.ramps"] > 0.9
    assert found["key.mirex"] > 0.5
    assert found["segments.detected"] == 1.0
    assert found["cpu_s_per_min"] > 0
    assert found["storage.bytes_per_track"] > 0


@pytest.mark.unit
def test_weights_are_learned_from_what_is_right() -> None:
    rng = np.random.default_rng(1)
    examples = []
    for _ in range(60):
        seen = rng.normal(size=(6, 5))
        right = np.zeros(6)
        right[int((seen[:, 2] - seen[:, 4]).argmax())] = 1
        examples.append(Example(seen, right, 1.0))
    weights = learn(examples, ridge=1.0)
    assert weights[2] > 1 > -1 > weights[4]
    assert accuracy(examples, weights) > 0.9
    assert cross_validated(examples) > 0.8
    assert main([]) == 2
