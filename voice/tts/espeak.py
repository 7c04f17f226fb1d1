"""espeak-ng: a small synthesizer with many languages, as a program of its own (GPL-3.0).

Robotic, but it is in every distribution and needs 10 MB.
"""

import asyncio
import re
from typing import Final

from voice.audio import Samples
from voice.errors import SpeakingFailed
from voice.tts.foreign import in_latin
from voice.tts.initials import LETTER_MARK
from voice.tts.process import run, sound_of_wav

_WORDS_PER_MINUTE: Final = 165
_TIMEOUT_S: Final = 15.0
_AT_ONCE: Final = 2
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,12}){0,2}")
_MAX_CHARACTERS: Final = 2_000


class EspeakSynthesizer:
    """Starts the program for each clause, which takes it about 10 ms."""

    def __init__(self, program: str = "espeak-ng", *, voice: str = "") -> None:
        """Set up.

        Args:
            program: its name or path.
            voice: a voice of espeak-ng such as "en-gb"; by default that of the language.
        """
        self._program = program
        self._voice = voice
        self._turns = asyncio.Semaphore(_AT_ONCE)

    @property
    def name(self) -> str:
        return f"espeak-ng {self._voice}".strip()

    async def start(self) -> None:
        """Say a word to nobody, to know whether it works.

        Raises:
            SpeakingFailed: it is not installed.
        """
        await self.synthesize("Hello.")

    async def synthesize(self, text: str, *, language: str = "en", speed: float = 1.0) -> Samples:
        """Speak a clause; see `Synthesizer`."""
        voice = (self._voice or language).lower()
        if not _LANGUAGE.fullmatch(voice):
            raise SpeakingFailed(f'espeak-ng has no voice "{voice[:20]}".')
        if len(text) > _MAX_CHARACTERS:
            raise SpeakingFailed(f"One clause has at most {_MAX_CHARACTERS:,} characters.")
        rate = round(_WORDS_PER_MINUTE * min(max(speed, 0.5), 2.0))
        arguments = [self._program, "--stdin", "--stdout", "-b", "1", "-v", voice, "-s", str(rate)]
        words = in_latin(text) if voice.startswith("en") else text.replace(LETTER_MARK, "")
        async with self._turns:
            printed = await run(arguments, words, timeout_s=_TIMEOUT_S, name="espeak-ng")
        return await asyncio.to_thread(sound_of_wav, printed, "espeak-ng")

    async def close(self) -> None:
        """Nothing stays open between clauses."""
