"""Waiting to be called: who is heard, who is not, and the gates in between."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import ModelFileUnusable
from voice.wake_word import WAKE_WORDS, WakeWord, WakeWordOptions, verified_file
from voice_called import called, quiet

pytest.importorskip("pymicro_wakeword", reason="wake words need pymicro-wakeword")

_ANYTHING = WakeWordOptions(cutoff=-1.0, cool_down_ms=1_000)
"""Every sound passes the network, so that the gates behind it can be seen at work."""


class _Voices:
    """A detector of voice activity that believes whatever it is told."""

    def __init__(self, probability: float) -> None:
        self.frames: list[int] = []
        self.resets = 0
        self._probability = probability

    def probability(self, frame: Samples) -> float:
        self.frames.append(len(frame))
        return self._probability

    def reset(self) -> None:
        self.resets += 1


@pytest.mark.model
@pytest.mark.parametrize("word", ["hey_jarvis", "hey_mycroft", "alexa"])
def test_being_called_by_name_is_heard_once_and_other_names_are_not(word: str) -> None:
    listening = {name: WakeWord(name) for name in ("hey_jarvis", "hey_mycroft", "alexa")}
    sound = called(f"{WAKE_WORDS[word].phrase}, play some jazz.")
    heard = [hit for one in listening.values() for hit in one.feed(sound)]
    assert [hit.word for hit in heard] == [word]
    assert 500 < heard[0].at_ms < 2_000, "while the phrase ends, not when the request does"


@pytest.mark.model
def test_the_cuts_between_chunks_do_not_matter() -> None:
    sound = called("Hey Mycroft.")
    at_once = WakeWord("hey_mycroft").feed(sound)
    piecewise = WakeWord("hey_mycroft")
    pieces = [piecewise.feed(piece) for piece in np.split(sound, [1, 2, 170, 171, 9_000, 20_001])]
    assert at_once
    assert [hit for hits in pieces for hit in hits] == list(at_once)


@pytest.mark.model
def test_after_a_reset_it_hears_as_if_it_were_new() -> None:
    sound = called("Hey Jarvis.")
    listening = WakeWord("hey_jarvis")
    first = listening.feed(sound)
    listening.reset()
    assert listening.feed(sound) == first != ()


@pytest.mark.model
@pytest.mark.parametrize("word", list(WAKE_WORDS))
def test_silence_noise_and_broken_samples_wake_nobody(word: str) -> None:
    listening = WakeWord(word)
    noise = np.random.default_rng(1).uniform(-3, 3, 3 * HEARING_RATE_HZ).astype(np.float32)
    noise[1_000:2_000], noise[5_000:5_100] = np.nan, np.inf
    assert listening.feed(quiet(1)) == ()
    assert listening.feed(np.zeros(0, np.float32)) == ()
    assert listening.feed(noise) == ()


@pytest.mark.model
def test_the_same_call_counts_once_within_the_cool_down() -> None:
    hits = WakeWord("hey_jarvis", options=_ANYTHING).feed(quiet(3.5))
    apart_ms = np.diff([hit.at_ms for hit in hits])
    assert len(hits) == 4
    assert all(1_000 <= gap < 1_200 for gap in apart_ms)


@pytest.mark.model
def test_nobody_speaks_so_nobody_called() -> None:
    silent, spoken = _Voices(0.1), _Voices(0.9)
    assert WakeWord("hey_jarvis", vad=silent, options=_ANYTHING).feed(quiet(1)) == ()
    assert len(WakeWord("hey_jarvis", vad=spoken, options=_ANYTHING).feed(quiet(1))) == 1
    assert set(silent.frames) == set(spoken.frames) == {512}
    assert silent.resets > 0, "what it heard before must not count"


@pytest.mark.model
def test_as_long_as_nobody_calls_the_detector_of_voices_rests() -> None:
    voices = _Voices(0.9)
    WakeWord("hey_jarvis", vad=voices).feed(quiet(2))
    assert voices.frames == []


@pytest.mark.model
def test_a_file_that_is_not_the_known_network_is_not_loaded(tmp_path: Path) -> None:
    good = verified_file("hey_jarvis")
    shutil.copy(good, tmp_path / "hey_jarvis.tflite")
    assert verified_file("hey_jarvis", tmp_path) == tmp_path / "hey_jarvis.tflite"
    changed = bytearray(good.read_bytes())
    changed[-1] ^= 1
    (tmp_path / "hey_jarvis.tflite").write_bytes(changed)
    with pytest.raises(ModelFileUnusable, match="not the wake word that we know"):
        WakeWord("hey_jarvis", tmp_path)
    with pytest.raises(ModelFileUnusable, match="cannot be read"):
        WakeWord("hey_jarvis", tmp_path / "gone.tflite")


@pytest.mark.unit
def test_a_word_that_no_network_knows_is_refused_by_name() -> None:
    with pytest.raises(ModelFileUnusable, match='"hey_refrain"; there are okay_nabu, hey_jarvis'):
        WakeWord("hey_refrain")
