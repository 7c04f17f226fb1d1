"""How likely somebody speaks: the network, and the fallback without one."""

from pathlib import Path

import numpy as np
import pytest

from voice.audio import Samples
from voice.errors import ModelFileUnusable
from voice.vad import FRAME, EnergyVad, SileroVad, VoiceActivity
from voice_models import model_file, spoken


def _probabilities(vad: VoiceActivity, sound: Samples) -> np.ndarray:
    whole = len(sound) // FRAME * FRAME
    return np.array([vad.probability(sound[at : at + FRAME]) for at in range(0, whole, FRAME)])


def _hiss(seconds: float, level: float) -> Samples:
    rng = np.random.default_rng(5)
    return rng.normal(0, level, round(seconds * 16_000)).astype(np.float32)


@pytest.fixture(scope="module")
def silero() -> SileroVad:
    return SileroVad(model_file("silero-vad", "silero_vad_16k.onnx"))


@pytest.mark.model
def test_speech_is_told_from_silence_and_hiss(silero: SileroVad) -> None:
    silero.reset()
    assert _probabilities(silero, _hiss(1, 0.001)).max() < 0.3
    assert np.mean(_probabilities(silero, spoken("play something quiet")) > 0.5) > 0.7
    assert np.mean(_probabilities(silero, _hiss(1, 0.05))[10:] > 0.5) < 0.1


@pytest.mark.model
def test_each_microphone_has_its_own_memory(silero: SileroVad) -> None:
    speech = spoken("play something quiet")
    other = silero.sibling()
    alone = _probabilities(silero.sibling(), speech)
    mixed = []
    for at in range(0, len(speech) // FRAME * FRAME, FRAME):
        mixed.append(other.probability(speech[at : at + FRAME]))
        silero.probability(_hiss(0.032, 0.1)[:FRAME])
    assert np.allclose(alone, mixed)
    other.reset()
    assert np.allclose(alone, _probabilities(other, speech))


@pytest.mark.unit
def test_a_file_that_is_no_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFileUnusable):
        SileroVad(tmp_path / "absent.onnx")
    damaged = tmp_path / "damaged.onnx"
    damaged.write_bytes(b"not a network")
    with pytest.raises(ModelFileUnusable):
        SileroVad(damaged)


@pytest.mark.unit
def test_without_a_model_what_is_louder_than_the_room_counts() -> None:
    vad = EnergyVad()
    assert _probabilities(vad, _hiss(3, 0.003))[20:].max() < 0.5
    assert _probabilities(vad, _hiss(1, 0.1)).min() > 0.5
    assert _probabilities(vad, _hiss(1, 0.003)).max() < 0.5
    vad.reset()
    assert _probabilities(vad, np.zeros(16_000, np.float32)).max() < 0.1


@pytest.mark.unit
def test_a_room_that_has_become_louder_is_believed_after_a_while() -> None:
    vad = EnergyVad()
    _probabilities(vad, _hiss(2, 0.001))
    assert _probabilities(vad, _hiss(30, 0.02))[-20:].max() < 0.5
