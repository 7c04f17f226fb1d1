"""A voice for each language."""

import numpy as np
import pytest

from voice.audio import Samples
from voice.speaking import Speaker
from voice.tts.abroad import VoicesByLanguage

pytestmark = pytest.mark.unit


class _Voice:
    def __init__(self, name: str) -> None:
        self.name = name
        self.said: list[tuple[str, str]] = []
        self.started = self.closed = False

    async def start(self) -> None:
        self.started = True

    async def synthesize(self, text: str, *, language: str = "en", speed: float = 1.0) -> Samples:
        del speed
        self.said.append((language, text))
        return np.zeros(240, np.float32)

    async def close(self) -> None:
        self.closed = True


async def test_each_language_is_read_by_a_voice_that_can() -> None:
    hibari, espeak = _Voice("hibari"), _Voice("espeak-ng")
    voices = VoicesByLanguage(hibari, frozenset({"en"}), espeak)
    await voices.start()
    await voices.synthesize("Playing.")
    await voices.synthesize("Es läuft.", language="de")
    await voices.synthesize("Hello.", language="en-GB")
    assert hibari.said == [("en", "Playing."), ("en-GB", "Hello.")]
    assert espeak.said == [("de", "Es läuft.")]
    assert voices.name == "hibari"
    await voices.close()
    assert hibari.started
    assert hibari.closed
    assert espeak.closed


async def test_a_speaker_goes_on_in_the_language_of_the_reply() -> None:
    voice = _Voice("any")
    speaker = Speaker(voice)

    async def words() -> object:
        yield "Es läuft Take Five. "

    speaker.speak_in("de")
    async for _ in speaker.speak(words()):  # type: ignore[arg-type]
        pass
    assert [language for language, _ in voice.said] == ["de"]
