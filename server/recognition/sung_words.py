"""What is sung in a hum: the words, where somebody understands speech and soon enough."""

import asyncio
import logging
import re

import numpy as np

from knowledge.fingerprint.models import Samples
from server.voice.engine import EngineState
from server.voice.speech import Speech
from voice.audio import HEARING_RATE_HZ
from voice.errors import VoiceError
from voice.pcm import Resampler

_LOG = logging.getLogger(__name__)

PATIENCE_S = 6.0
"""The tune is answered without words after that."""
MOST_S = 20.0
"""So much of a song is listened to for words, from its beginning."""
_LEAST_CONFIDENCE = 0.35
"""Sung words are understood worse than spoken ones; below this they are made up."""
_MOST_NO_SPEECH = 0.6
_LEAST_WORDS = 3
_MOST_WORDS_A_SECOND = 6.0
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLES = re.compile(
    r"^(?:la+|na+|da+|du+m*|dum|doo+|do|ta+|ba+|pa+|ra+|ti|tum|hm+|mm+|um+|oh+|ooh*|ah+|eh|hey|yeah|"
    r"uh+|lala\w*|nana\w*|dada\w*|music|humming|whistling|applause|singing)$",
    re.IGNORECASE,
)
"""What a tune is sung on when nobody knows the words, and what recognisers write instead."""


class SungWords:
    """Asks the recogniser of speech; it is never waited for to be loaded."""

    def __init__(self, speech: Speech, *, patience_s: float = PATIENCE_S) -> None:
        self._speech = speech
        self._patience_s = patience_s

    async def __call__(self, samples: Samples, rate_hz: int) -> str:
        """The words in `samples`, mono, shape (n,); "" when there are none to rely on."""
        if self._speech.state is not EngineState.READY:
            return ""
        sound = samples[: round(MOST_S * rate_hz)]
        try:
            async with asyncio.timeout(self._patience_s):
                heard = await asyncio.to_thread(_for_hearing, sound, rate_hz)
                transcript = await self._speech.transcriber.transcribe(heard, who="hum")
        except TimeoutError:
            return ""
        except VoiceError as error:
            _LOG.info("what is sung was not understood: %s", error)
            return ""
        if transcript.no_speech > _MOST_NO_SPEECH or transcript.confidence < _LEAST_CONFIDENCE:
            return ""
        return sung(transcript.heard or transcript.text, sound.size / rate_hz)


def sung(text: str, seconds: float) -> str:
    """The words of a transcript without "la la la"; "" when too few or too many are left.

    Recognisers that hear a hum write one phrase again and again, or a sentence that nobody sings.
    """
    words = [word for word in _WORD.findall(text) if not _SYLLABLES.match(word)]
    different = {word.lower() for word in words}
    if len(different) < _LEAST_WORDS or len(words) > _MOST_WORDS_A_SECOND * max(seconds, 1.0):
        return ""
    return " ".join(words) if len(different) * 4 >= len(words) else ""


def _for_hearing(samples: Samples, rate_hz: int) -> Samples:
    resampler = Resampler(rate_hz, HEARING_RATE_HZ)
    parts = [resampler.feed(np.asarray(samples, np.float32)), resampler.finish()]
    return np.concatenate(parts)
