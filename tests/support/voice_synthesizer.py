"""A voice that makes beeps: as long as the words, without any model."""

import asyncio

import numpy as np

from voice.audio import SPEAKING_RATE_HZ, Samples
from voice.errors import SpeakingFailed

MS_PER_CHARACTER = 50


class BeepSynthesizer:
    """A synthesizer to test with; writes down what it is asked to say."""

    def __init__(self, *, fails_at: int | None = None, delay_s: float = 0.0) -> None:
        self.said: list[str] = []
        self.closed = False
        self.fails_at = fails_at
        self._delay_s = delay_s

    @property
    def name(self) -> str:
        return "beeps"

    async def synthesize(self, text: str, *, language: str = "en", speed: float = 1.0) -> Samples:
        """50 ms of a tone for each character."""
        await asyncio.sleep(self._delay_s)
        if self.fails_at == len(self.said):
            raise SpeakingFailed("The test wants this to fail.")
        self.said.append(text)
        count = round(len(text) * MS_PER_CHARACTER * SPEAKING_RATE_HZ / 1000 / speed)
        beep: Samples = (0.3 * np.sin(np.arange(count) * 0.1)).astype(np.float32)
        return beep

    async def close(self) -> None:
        self.closed = True
