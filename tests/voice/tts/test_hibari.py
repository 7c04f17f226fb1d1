"""The default voice: only checked files, only one voice, sound that can be joined."""

import asyncio
import importlib.util
import socket
from pathlib import Path

import numpy as np
import pytest

from voice.audio import SPEAKING_RATE_HZ
from voice.errors import ModelFileUnusable, SpeakingFailed
from voice.model_file import ModelFile
from voice.tts.hibari import HibariSynthesizer

_HIBARI = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
_UNKNOWN_WORDS = "d3cfd8122c5f172a98c8de38268bf1213ee09f2c2ae4df6e055fc6532590fe76"


def _assets() -> Path:
    found = importlib.util.find_spec("hibari")
    if found is None or found.origin is None:
        pytest.skip("hibari-tts is not installed")
    return Path(found.origin).parent / "assets"


def _hibari() -> HibariSynthesizer:
    assets = _assets()
    return HibariSynthesizer(
        ModelFile(assets / "hibari.onnx", _HIBARI),
        ModelFile(assets / "oov.onnx", _UNKNOWN_WORDS),
    )


@pytest.mark.unit
def test_another_voice_is_refused_because_it_would_be_downloaded() -> None:
    nothing = ModelFile(Path("nothing.onnx"), "0" * 64)
    with pytest.raises(ModelFileUnusable, match="emma"):
        HibariSynthesizer(nothing, nothing, voice="emma")


@pytest.mark.unit
async def test_a_file_that_is_not_the_one_meant_is_never_loaded(tmp_path: Path) -> None:
    other = tmp_path / "hibari.onnx"
    other.write_bytes(b"not a voice")
    file = ModelFile(other, _HIBARI)
    with pytest.raises(ModelFileUnusable, match=r"hibari\.onnx is damaged"):
        await HibariSynthesizer(file, file).start()
    missing = ModelFile(tmp_path / "gone.onnx", _HIBARI)
    with pytest.raises(ModelFileUnusable, match="cannot be read"):
        await HibariSynthesizer(missing, missing).start()


@pytest.mark.model
async def test_speaks_a_clause_without_silence_around_it_and_without_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the voice asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    voice = _hibari()
    sound = await voice.synthesize("Playing Take Five by Dave Brubeck.")
    await voice.close()
    assert sound.dtype == np.float32
    assert 1.2 < len(sound) / SPEAKING_RATE_HZ < 3.0
    assert 0.1 < np.abs(sound).max() <= 1.0
    edge = SPEAKING_RATE_HZ // 10
    assert np.abs(sound[:edge]).max() > 0.01  # it begins within 100 ms
    assert np.abs(sound[-edge:]).max() > 0.01


@pytest.mark.model
async def test_the_same_words_sound_the_same_and_speed_is_kept() -> None:
    voice = _hibari()
    first, second, fast, nothing = await asyncio.gather(
        voice.synthesize("Volume 40 percent."),
        voice.synthesize("Volume 40 percent."),
        voice.synthesize("Volume 40 percent.", speed=1.6),
        voice.synthesize("   "),
    )
    assert np.array_equal(first, second)
    assert len(fast) < 0.8 * len(first)
    assert len(nothing) == 0
    with pytest.raises(SpeakingFailed):
        await voice.synthesize("word " * 1_000)
    await voice.close()
    with pytest.raises(SpeakingFailed):
        await voice.synthesize("Too late.")


@pytest.mark.model
async def test_it_reads_numbers_in_english_whatever_the_language_of_the_listener() -> None:
    voice = _hibari()
    english, german = await asyncio.gather(
        voice.synthesize("three minutes and forty two seconds", language="en"),
        voice.synthesize("3:42", language="de"),
    )
    await voice.close()
    assert np.array_equal(english, german)
