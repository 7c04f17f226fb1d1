"""A voice for each language: the own one where it can, another one for the rest.

A voice that was trained on English reads German with English sounds, which nobody understands.
"""

from voice.audio import Samples
from voice.tts.synthesizer import Synthesizer


class VoicesByLanguage:
    """Speaks with `own` in its languages, and with `other` in all others."""

    def __init__(self, own: Synthesizer, languages: frozenset[str], other: Synthesizer) -> None:
        """Set up.

        Args:
            own: the voice that is wanted.
            languages: ISO 639-1 codes that it can speak.
            other: speaks many languages, such as espeak-ng.
        """
        self._own = own
        self._languages = languages
        self._other = other

    @property
    def name(self) -> str:
        return self._own.name

    async def start(self) -> None:
        """Start the own voice; the other one needs no start, or is no reason to be silent."""
        if start := getattr(self._own, "start", None):
            await start()

    async def synthesize(self, text: str, *, language: str = "en", speed: float = 1.0) -> Samples:
        """Speak a clause; see `Synthesizer`."""
        plain = language.replace("_", "-").split("-")[0].lower()
        voice = self._own if plain in self._languages else self._other
        return await voice.synthesize(text, language=language, speed=speed)

    async def close(self) -> None:
        await self._own.close()
        await self._other.close()
