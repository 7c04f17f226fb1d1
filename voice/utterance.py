"""One turn while it is spoken: its sound, and what the transcriber makes of it so far."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable

import numpy as np

from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import HearingFailed, VoiceError
from voice.stt.transcriber import Transcriber, Transcript, Urgency
from voice.timing import Stage, TurnTiming
from voice.vad import FRAME


class Utterance:
    """Collects the frames of one turn and asks for transcripts ahead of time.

    At most one transcript is asked for at a time. The newest answer is the transcript of the turn
    when no voice was added after it was asked for.
    """

    def __init__(
        self,
        transcriber: Transcriber,
        *,
        start: int,
        before: Iterable[Samples] = (),
        language: str | None = None,
        who: str = "",
        changed: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Begin.

        Args:
            transcriber: who understands.
            start: position of the first sample of `before`, in samples of this microphone.
            before: frames from just before the speech.
            language: ISO 639-1 code, or None to detect it.
            who: the session, for fairness.
            changed: called on the event loop when an answer has come or failed.
            clock: what the timing reads.
        """
        self.start = start
        self.announced = False
        """Whether others know that somebody speaks."""
        self.ducked = False
        self.pressed = False
        """Whether a button said that this is for us, so that nothing needs to be announced."""
        self.timing = TurnTiming(clock=clock)
        self.text = ""
        """The newest text of all that came, perhaps of a part only."""
        self._frames = list(before)
        self._transcriber, self._language, self._who = transcriber, language, who
        self._changed = changed
        self._task: asyncio.Task[Transcript] | None = None
        self._asked = 0
        self._voiced = 0
        self._clock = clock
        self._answered_at = 0.0

    @property
    def seconds(self) -> float:
        """How much sound is kept."""
        return len(self._frames) * FRAME / HEARING_RATE_HZ

    def add(self, frame: Samples, *, voiced: bool, keep_s: float) -> None:
        """Take the next frame; of more than `keep_s` seconds the oldest are dropped."""
        self._frames.append(frame)
        if voiced:
            self._voiced = len(self._frames)
        dropped = len(self._frames) - int(keep_s * HEARING_RATE_HZ) // FRAME
        if dropped > 0:
            del self._frames[:dropped]
            self.start += dropped * FRAME
            self._voiced, self._asked = self._voiced - dropped, self._asked - dropped

    def sound(self, first: int = 0) -> Samples:
        """What was said, from frame `first` on."""
        frames = self._frames[first:]
        return np.concatenate(frames) if frames else np.zeros(0, np.float32)

    @property
    def frames(self) -> int:
        """How many frames are kept."""
        return len(self._frames)

    @property
    def is_asking(self) -> bool:
        """Whether an answer is awaited."""
        return self._task is not None and not self._task.done()

    @property
    def is_covered(self) -> bool:
        """Whether the newest question holds all of the voice."""
        return self._task is not None and self._asked >= self._voiced

    @property
    def answer(self) -> Transcript | None:
        """The transcript of everything, if it has come."""
        task = self._task
        if task is None or not self.is_covered or not task.done() or task.cancelled():
            return None
        return None if task.exception() is not None else task.result()

    async def answered(self, at_most_s: float) -> None:
        """Wait for what was asked for, but not for ever."""
        if self._task is not None:
            await asyncio.wait([self._task], timeout=at_most_s)

    def recent(self, frames: int) -> list[Samples]:
        """The last frames."""
        return self._frames[-frames:] if frames else []

    def ask(self, urgency: Urgency) -> "asyncio.Task[Transcript]":
        """Ask for the transcript of everything so far; an older question is dropped."""
        self.drop_question()
        self._asked = len(self._frames)
        task = self._task = asyncio.create_task(self._transcribe(urgency))
        task.add_done_callback(self._note)
        return task

    async def settle(self) -> Transcript:
        """The transcript of everything, asked for again when what was asked ahead failed.

        Raises:
            HearingFailed: the transcriber broke.
            HearingBusy: too many wait.
        """
        if self._task is not None and self.is_covered:
            with contextlib.suppress(VoiceError):  # it was asked ahead of time; now it matters
                return self._settled(await self._task)
        return self._settled(await self.ask(Urgency.FINAL))

    def note_transcript(self) -> None:
        """The newest answer is the transcript of the turn."""
        self.timing.mark(Stage.TRANSCRIPT, at=self._answered_at)

    def _settled(self, transcript: Transcript) -> Transcript:
        self.note_transcript()
        return transcript

    def drop_question(self) -> None:
        """Nobody needs the answer that is awaited."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _transcribe(self, urgency: Urgency) -> Transcript:
        sound = self.sound()
        try:
            transcript = await self._transcriber.transcribe(
                sound, language=self._language, urgency=urgency, who=self._who
            )
        except VoiceError:
            raise
        except Exception as error:
            raise HearingFailed(f"The speech recogniser broke: {error}") from error
        self._answered_at = self._clock()
        return transcript

    def _note(self, task: "asyncio.Task[Transcript]") -> None:
        if task.cancelled():
            return
        if task.exception() is None and task is self._task:
            self.text = task.result().text
        self._changed()
