"""How the wake word is measured: who calls, what else is heard, and what is counted."""

import shutil
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from evals.documentation import describe
from evals.errors import EvaluationImpossible
from evals.hearing.voices import Voice
from evals.progress import SilentProgress
from evals.wake_sounds import NEAR, Stretch, callers, chatter, game_music, kept, near_misses, talk
from evals.wake_word import Noises, measure
from voice.audio import HEARING_RATE_HZ, Samples
from voice.wake_word import OFFERED_WAKE_WORDS, WAKE_WORDS
from voice_models import model_file


@pytest.mark.unit
def test_nobody_who_helped_to_choose_the_cut_offs_calls_in_the_test() -> None:
    dev, test = callers("dev"), callers("test")
    assert not set(dev) & set(test)
    assert len(test) > 50
    assert {voice.engine for voice in test} == {"espeak", "hibari", "piper"}


@pytest.mark.unit
def test_what_is_said_is_the_same_each_time_and_never_the_wake_word() -> None:
    said = list(islice(chatter("test"), 500))
    assert said == list(islice(chatter("test"), 500))
    assert len(set(said)) > 300
    for word in OFFERED_WAKE_WORDS:
        phrase = WAKE_WORDS[word].phrase.lower()
        assert not any(phrase in sentence.lower() for sentence in said)
        assert not any(phrase in sentence.lower() for sentence in near_misses(word))
        assert len(near_misses(word)) == 2 * len(NEAR[word])


@pytest.mark.unit
def test_without_the_recordings_their_hours_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REFRAIN_EVAL_RECOGNITION", raising=False)
    with pytest.raises(EvaluationImpossible, match="REFRAIN_EVAL_RECOGNITION"):
        next(game_music("test", 60.0))


@pytest.mark.unit
def test_sound_is_made_once_and_then_read(tmp_path: Path) -> None:
    made = []

    def make() -> Samples:
        made.append(1)
        return np.full(100, 0.5, np.float32)

    first = kept(tmp_path / "sounds" / "one.npy", make)
    assert np.array_equal(first, kept(tmp_path / "sounds" / "one.npy", make))
    assert len(made) == 1
    assert [path.name for path in (tmp_path / "sounds").iterdir()] == ["one.npy"]


def _tone() -> Samples:
    time_s = np.arange(4 * HEARING_RATE_HZ) / HEARING_RATE_HZ
    return (0.3 * np.sin(2 * np.pi * 220 * time_s)).astype(np.float32)


def _noise() -> Samples:
    return (0.1 * np.random.default_rng(0).standard_normal(4 * HEARING_RATE_HZ)).astype(np.float32)


@pytest.mark.evals
def test_calls_are_heard_and_every_metric_is_documented(tmp_path: Path) -> None:
    model_file("silero-vad", "silero_vad_16k.onnx")
    pytest.importorskip("pymicro_wakeword")
    if shutil.which("espeak-ng") is None:
        pytest.skip("the voices need espeak-ng")
    accents = ("en-us", "en-gb", "en-us+f3", "en-gb+f2", "en-gb-x-rp", "en-us+m3")
    voices = [Voice("espeak", accent) for accent in accents]
    streams = [
        ("music_demo", [Stretch("music_demo", _tone())] * 5),
        ("speech", talk("dev", voices, 30.0, tmp_path)),
    ]
    report = measure(
        ("okay_nabu",), voices, Noises([_tone()], [_noise()]), streams, tmp_path,
        SilentProgress(), near=2, notes=("Nothing is missing.",),
    )  # fmt: skip
    assert report.metrics["detected.okay_nabu.clean"] >= 0.5
    assert report.metrics["detected.okay_nabu.music_20db"] >= 0.5
    assert report.metrics["hours"] >= 50 / 3_600
    assert report.metrics["false_per_hour.okay_nabu.music_demo"] == 0
    assert [name for name in report.metrics if describe("wake_word", name) is None] == []
    assert report.notes == ("Nothing is missing.",)
