"""The seam of speech to text: sound in, a transcript out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, runtime_checkable

from voice.audio import Samples


class Urgency(IntEnum):
    """What goes first when more is asked than there are workers."""

    FINAL = 0
    """Somebody has finished speaking and waits."""
    PARTIAL = 1
    """Somebody still speaks; dropped rather than queued when a final one waits."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, as far as it could be made out."""

    text: str
    """In reading form, without surrounding blanks; "" when nothing was said."""
    language: str
    """ISO 639-1 code, such as "en"."""
    confidence: float
    """Geometric mean of the probabilities of the tokens, 0..1."""
    no_speech: float
    """Probability that this is no speech at all, 0..1."""
    audio_s: float
    heard: str = ""
    """What it read like before a name of the library was put in; "" when nothing was changed."""
    clip_id: str = ""
    """Names the encoded sound, which `ScoresTexts.score` knows for a while; "" without one."""
    cpu_ms: float = 0.0


class Transcriber(Protocol):
    """Turns speech into text. Safe to call from several tasks at once; never blocks the loop."""

    @property
    def name(self) -> str:
        """For people, such as "whisper-base"."""
        ...

    async def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None = None,
        prompt: str = "",
        urgency: Urgency = Urgency.FINAL,
        who: str = "",
    ) -> Transcript:
        """Transcribe one utterance.

        Args:
            samples: mono at `HEARING_RATE_HZ`; of more than 30 s the last 30 are heard.
            language: ISO 639-1 code, or None to detect it.
            prompt: words that are likely, in the way they are written.
            urgency: partial transcripts give way to final ones.
            who: the session; those who ask more often wait for those who ask less.

        Raises:
            HearingFailed: the engine broke, or its server cannot be reached.
            HearingBusy: too many wait already, or a partial one had to give way.
        """
        ...

    async def close(self) -> None: ...


@runtime_checkable
class ScoresTexts(Protocol):
    """A transcriber that can tell how well a text fits sound which it has heard."""

    async def score(
        self, clip_id: str, texts: Sequence[str], *, language: str, prompt: str = ""
    ) -> tuple[float, ...]:
        """Log probability of each text given the sound, natural logarithm, end included.

        Args:
            clip_id: of a transcript that this transcriber gave.
            texts: 32 at most.
            language: ISO 639-1 code.
            prompt: names that are likely, so that a rare spelling is no disadvantage.

        Raises:
            ClipForgotten: the sound is no longer known.
            HearingFailed: the engine broke.
        """
        ...
