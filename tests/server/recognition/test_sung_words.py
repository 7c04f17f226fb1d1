"""The words of what is sung: which transcripts are relied on."""

import asyncio

import numpy as np
import pytest

from listening_rig import ToneTranscriber
from server.recognition.sung_words import SungWords, sung
from server.voice.engine import EngineState
from voice.errors import HearingFailed

pytestmark = pytest.mark.unit
RATE = 11_025
SOUND = np.full(8 * RATE, 0.1, np.float32)
LINE = "Are you going to Scarborough Fair"


class FakeSpeech:
    """Hears what it was told to hear."""

    def __init__(self, text: str, *, confidence: float = 0.8, no_speech: float = 0.1) -> None:
        self.transcriber = ToneTranscriber(always=text, confidence=confidence, no_speech=no_speech)
        self.state = EngineState.READY


def heard(speech: FakeSpeech, **options: float) -> str:
    words = SungWords(speech, **options)  # type: ignore[arg-type]
    return asyncio.run(words(SOUND, RATE))


def test_a_line_is_understood_at_the_rate_of_speech() -> None:
    speech = FakeSpeech(f"{LINE}, la la la.")
    assert heard(speech) == LINE
    assert speech.transcriber.asked[0][1] == pytest.approx(8.0, abs=0.01)


@pytest.mark.parametrize(
    "speech",
    [
        FakeSpeech(LINE, confidence=0.2),
        FakeSpeech(LINE, no_speech=0.9),
        FakeSpeech("La la la, na na na, hmm."),
        FakeSpeech("Thank you."),
        FakeSpeech("thank you very much " * 12),
        FakeSpeech(""),
    ],
)
def test_what_a_recogniser_makes_up_is_not_relied_on(speech: FakeSpeech) -> None:
    assert heard(speech) == ""


def test_a_recogniser_that_is_not_there_slow_or_broken_is_no_loss() -> None:
    loading = FakeSpeech(LINE)
    loading.state = EngineState.LOADING
    assert heard(loading) == ""
    assert loading.transcriber.asked == []
    broken = FakeSpeech(LINE)
    broken.transcriber.broken = HearingFailed("It broke.")
    assert heard(broken) == ""
    slow = FakeSpeech(LINE)
    slow.transcriber.gate = asyncio.Event()
    assert heard(slow, patience_s=0.05) == ""


def test_words_faster_than_anybody_sings_are_made_up() -> None:
    text = " ".join(f"word{chr(97 + n)}" for n in range(20))
    assert sung(text, 10.0)
    assert sung(text, 2.0) == ""
