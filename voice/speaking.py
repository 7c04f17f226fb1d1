"""A reply on its way to the ear: cut into clauses, read, synthesized ahead, and accounted for."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from voice.audio import SPEAKING_RATE_HZ, Samples
from voice.tts.clauses import ClauseCutter
from voice.tts.reading import spell_out
from voice.tts.shaping import silence
from voice.tts.synthesizer import Synthesizer

_CHUNKS_AHEAD: Final = 2
_MAX_CHARACTERS: Final = 20_000
"""Nobody listens to more; a model that never ends is cut here."""
_PAUSES_MS: Final = {",": 110, ";": 180, ":": 180, "—": 150, "–": 150, "-": 150, "、": 110}
_SENTENCE_PAUSE_MS: Final = 280
_CUT_PAUSE_MS: Final = 30
_CLOSING: Final = " \n\t\"'”’»)]」』）"


@dataclass(frozen=True, slots=True)
class SpokenChunk:
    """A clause as sound."""

    samples: Samples
    """Mono at `SPEAKING_RATE_HZ`, the pause behind it included."""
    text: str
    """The words of the reply that this voices, as they are written there, blanks included."""
    start_ms: int
    """Since the first sample of this reply."""
    duration_ms: int
    pause_ms: int = 0
    """How much of it is the silence at its end."""


class Speaker:
    """Speaks replies with one voice."""

    def __init__(
        self,
        synthesizer: Synthesizer,
        language: str = "en",
        speed: float = 1.0,
        *,
        read: Callable[[str, str], str] = spell_out,
    ) -> None:
        """Set the voice up.

        Args:
            synthesizer: makes the sound.
            language: of the replies, ISO 639-1.
            speed: 0.5 to 2.0.
            read: from written to spoken words, given the language.
        """
        self._synthesizer = synthesizer
        self._language = language
        self._speed = speed
        self._read = read

    def speak_in(self, language: str) -> None:
        """Speak what is still to come in another language."""
        self._language = language

    async def speak(self, deltas: AsyncIterator[str]) -> AsyncGenerator[SpokenChunk, None]:
        """The sound of a reply that still arrives, clause by clause.

        While one clause is sent the next are made, two ahead at most. Whoever stops listening
        closes this (`contextlib.aclosing`), and everything that was under way ends.

        Raises:
            SpeakingFailed: the voice broke; what was spoken before was given already.
        """
        clauses: asyncio.Queue[str | Exception | None] = asyncio.Queue()
        made: asyncio.Queue[SpokenChunk | Exception | None] = asyncio.Queue(_CHUNKS_AHEAD)
        tasks = [
            asyncio.create_task(_cut(deltas, clauses)),
            asyncio.create_task(self._make(clauses, made)),
        ]
        try:
            while (chunk := await made.get()) is not None:
                if isinstance(chunk, Exception):
                    raise chunk
                yield chunk
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(
        self,
        clauses: asyncio.Queue[str | Exception | None],
        made: asyncio.Queue[SpokenChunk | Exception | None],
    ) -> None:
        silent, at = "", 0
        try:
            while (clause := await clauses.get()) is not None:
                if isinstance(clause, Exception):
                    await made.put(clause)
                    return
                silent += clause
                sound = await self._voiced(clause)
                if len(sound) == 0:  # an emoji, a mark: it goes with the next words
                    continue
                pause = _pause_ms(clause) / self._speed
                samples = np.concatenate([sound, silence(pause)])
                end = at + len(samples)
                length = _ms(end) - _ms(at)
                await made.put(SpokenChunk(samples, silent, _ms(at), length, round(pause)))
                silent, at = "", end
        except Exception as error:  # noqa: BLE001  told to the listener, after what was spoken
            await made.put(error)
        else:
            await made.put(None)

    async def _voiced(self, clause: str) -> Samples:
        words = self._read(clause, self._language)
        if not words:
            return np.zeros(0, np.float32)
        return await self._synthesizer.synthesize(words, language=self._language, speed=self._speed)


class SpokenLedger:
    """Which words were heard by when. Keeps the words, not the sound."""

    def __init__(self) -> None:
        self._clauses: list[tuple[str, int, int]] = []
        self._total_ms = 0

    @property
    def total_ms(self) -> int:
        """How long everything is that was added."""
        return self._total_ms

    @property
    def text(self) -> str:
        """All words that were added."""
        return "".join(text for text, _, _ in self._clauses).strip()

    def add(self, chunk: SpokenChunk) -> None:
        """Note a chunk that goes to the listener."""
        voiced_end = self._total_ms + chunk.duration_ms - chunk.pause_ms
        self._clauses.append((chunk.text, self._total_ms, voiced_end))
        self._total_ms += chunk.duration_ms

    def text_until(self, ms: float) -> str:
        """The words that had been spoken whole after `ms` of sound.

        Within a clause time is shared among its words by how long they take to say, roughly.
        """
        heard = ""
        for text, start, end in self._clauses:
            if end <= ms:
                heard += text
                continue
            if start < ms:
                heard += _words_within(text, (ms - start) / max(end - start, 1))
            break
        return heard.strip()


async def _cut(deltas: AsyncIterator[str], clauses: asyncio.Queue[str | Exception | None]) -> None:
    cutter, taken = ClauseCutter(), 0
    failure: Exception | None = None
    try:
        async for delta in deltas:
            taken += len(delta)
            for clause in cutter.feed(delta):
                clauses.put_nowait(clause)
            if taken > _MAX_CHARACTERS:
                break
    except Exception as error:  # noqa: BLE001  what came before it is spoken first
        failure = error
    for clause in cutter.finish():
        clauses.put_nowait(clause)
    clauses.put_nowait(failure)


def _words_within(text: str, share: float) -> str:
    words = re.findall(r"\s*\S+", text)
    efforts = [_effort(word) for word in words]
    left, kept = share * sum(efforts), ""
    for word, effort in zip(words, efforts, strict=True):
        left -= effort
        if left < -1e-6:
            break
        kept += word
    return kept


def _effort(word: str) -> float:
    """About how many letters' time a word takes: "1967" is said with eighteen."""
    said = word if word.strip().isalpha() else spell_out(word)
    return 1.0 + sum(one.isalpha() for one in said)


def _pause_ms(clause: str) -> int:
    words = clause.rstrip(_CLOSING)
    if not words:
        return _CUT_PAUSE_MS
    if clause.endswith("\n") or words[-1] in ".!?…。！？":
        return _SENTENCE_PAUSE_MS
    return _PAUSES_MS.get(words[-1], _CUT_PAUSE_MS)


def _ms(samples: int) -> int:
    return round(samples * 1000 / SPEAKING_RATE_HZ)
