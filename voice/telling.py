"""Turns that have ended, told in order as soon as it is known what was said."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from voice.audio import HEARING_RATE_HZ
from voice.backchannels import is_assent, is_backchannel, is_filler, is_nothing, is_wordless
from voice.completeness import joined
from voice.errors import VoiceError
from voice.events import (
    HearingBroke,
    NothingHeard,
    SpeechStarted,
    SpeechStopped,
    TurnHeard,
    Unducked,
    VoiceEvent,
)
from voice.stt.transcriber import Transcript
from voice.utterance import Utterance

_SURELY_NO_SPEECH = 0.8
_PERHAPS_NO_SPEECH = 0.3
_UNSURE = 0.6
_VERY_UNSURE = 0.4


class Floor(Enum):
    """Who has the floor when somebody says something."""

    OURS = auto()
    """We speak."""
    THEIRS = auto()
    """We have just spoken: a mere "mm-hm" is an answer."""
    NOBODYS = auto()


def at_ms(position: int) -> int:
    """Milliseconds of a position in samples."""
    return round(position * 1_000 / HEARING_RATE_HZ)


def meaningless(transcript: Transcript, floor: Floor) -> str | None:
    """Why these words ask for nothing, or None if they mean something."""
    text = transcript.text
    doubtful = transcript.no_speech >= _PERHAPS_NO_SPEECH or transcript.confidence < _UNSURE
    noise = transcript.no_speech >= _SURELY_NO_SPEECH and transcript.confidence < _VERY_UNSURE
    if noise or not any(one.isalnum() for one in text) or (is_nothing(text) and doubtful):
        return "No words were heard."
    if floor is Floor.THEIRS and is_assent(text):
        return None
    if is_filler(text) or is_wordless(text):
        return "Only a sound of attention or thought was heard."
    if floor is Floor.OURS and is_backchannel(text):
        return "They only showed that they listen."
    return None


def cuts_in(text: str) -> bool:
    """Whether words that came over our own voice ask us to be silent."""
    return not (is_nothing(text) or is_filler(text) or is_backchannel(text))


@dataclass(slots=True)
class _Ended:
    utterance: Utterance
    start: int
    end: int
    floor: Floor
    may_join: bool


@dataclass(frozen=True, slots=True)
class _Told:
    text: str
    start: int
    end: int


_JOIN_WITHIN: Final = 2 * HEARING_RATE_HZ
"""A turn may go on with the one before if so little silence is between them."""


class Teller:
    """Tells what became of each turn, in the order in which they ended."""

    def __init__(self, on_event: Callable[[VoiceEvent], None]) -> None:
        self._on_event = on_event
        self._waiting: list[_Ended] = []
        self._task: asyncio.Task[None] | None = None
        self._told: _Told | None = None

    @property
    def untold(self) -> int:
        """How many turns have ended and are not told."""
        return len(self._waiting)

    def tell(
        self,
        utterance: Utterance,
        *,
        start: int,
        end: int,
        floor: Floor,
        may_join: bool = False,
    ) -> None:
        """Tell of a turn that has ended: at once if its words are known and no other waits.

        Args:
            utterance: what was said.
            start: position of its first sound.
            end: position of its last.
            floor: who had the floor.
            may_join: nobody has answered the turn before aloud, so that this may be its rest.
        """
        ended = _Ended(utterance, start, end, floor, may_join)
        if utterance.announced:
            self._on_event(SpeechStopped(at_ms(end)))
        if (answer := utterance.answer) is not None and not self._waiting:
            utterance.note_transcript()
            self._report(ended, answer)
            return
        self._waiting.append(ended)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())

    async def told(self) -> None:
        """Wait until every turn is told."""
        while self._waiting and self._task is not None:
            await asyncio.wait([self._task])

    async def close(self) -> None:
        """Tell nothing more."""
        for ended in self._waiting:
            ended.utterance.drop_question()
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _work(self) -> None:
        while self._waiting:
            ended = self._waiting[0]
            try:
                transcript = await ended.utterance.settle()
            except VoiceError as error:
                self._waiting.pop(0)
                self._release(ended)
                if ended.utterance.announced or ended.utterance.pressed:
                    self._on_event(HearingBroke(error.code, str(error)))
            else:
                self._waiting.pop(0)
                self._report(ended, transcript)

    def _report(self, ended: _Ended, transcript: Transcript) -> None:
        utterance = ended.utterance
        start_ms, end_ms = at_ms(ended.start), at_ms(ended.end)
        reason = meaningless(transcript, ended.floor)
        if reason is not None:
            self._release(ended)
            if utterance.announced or utterance.pressed:
                self._on_event(NothingHeard(start_ms, end_ms, reason))
            return
        if not utterance.announced and not utterance.pressed:
            utterance.announced = True
            self._on_event(SpeechStarted(start_ms))
            self._on_event(SpeechStopped(end_ms))
        transcript, start = self._join(ended, transcript)
        self._told = _Told(transcript.text, start, ended.end)
        self._on_event(TurnHeard(transcript, at_ms(start), end_ms, utterance.timing))

    def _join(self, ended: _Ended, transcript: Transcript) -> tuple[Transcript, int]:
        """The whole request, when a pause in it was taken for its end."""
        told = self._told
        if told is None or not ended.may_join or ended.start - told.end > _JOIN_WITHIN:
            return transcript, ended.start
        text = joined(told.text, transcript.text, transcript.language)
        if text is None:
            return transcript, ended.start
        return replace(transcript, text=text), told.start

    def _release(self, ended: _Ended) -> None:
        """Nobody cut in after all."""
        if ended.utterance.ducked and not ended.utterance.announced:
            self._on_event(Unducked(at_ms(ended.end)))
