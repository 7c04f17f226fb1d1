"""The seam of text to speech: a clause in, sound out."""

from typing import Protocol

from voice.audio import Samples


class Synthesizer(Protocol):
    """Speaks. Safe to call from several tasks at once; never blocks the loop."""

    @property
    def name(self) -> str:
        """For people, such as "hibari heart"."""
        ...

    async def synthesize(self, text: str, *, language: str = "en", speed: float = 1.0) -> Samples:
        """Speak one clause.

        Args:
            text: spelled out for reading aloud; see `voice.tts.reading`.
            language: ISO 639-1 code; a voice that cannot speak it reads it as its own language.
            speed: 0.5 to 2.0.

        Returns:
            Mono at `SPEAKING_RATE_HZ`, without long silence around it.

        Raises:
            SpeakingFailed: the engine broke, or its server cannot be reached.
        """
        ...

    async def close(self) -> None: ...
