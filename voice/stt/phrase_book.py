"""What may be asked for, in words: openings and names, for decoding that knows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

MAX_NAMES = 60_000
"""A larger library is searched by sound alone: its tree would take long to make."""


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Openings and names; the key tells one book from another."""

    key: str
    openings: tuple[str, ...]
    names: tuple[str, ...]


PRIOR_SHARE = 0.5
"""How much of a name's log probability in silence is taken off; chosen on the development split."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """One request for a name."""

    text: str
    log_probability: float
    """Natural logarithm, the end included; without any prompt."""
    prior: float = 0.0
    """Of the name when nothing is heard: 0 for words that nothing else can be expected than."""

    @property
    def evidence(self) -> float:
        """What the sound itself says for it, in nats."""
        return self.log_probability - PRIOR_SHARE * self.prior


@runtime_checkable
class SpellsNames(Protocol):
    """A transcriber that can hear sound again as a request for one of given names."""

    async def spell(
        self, clip_id: str, book: PhraseBook, *, heard: str, language: str, limit: int = 12
    ) -> Sequence[Spelled]:
        """The likeliest requests, best first.

        Args:
            clip_id: of a transcript that this transcriber gave.
            book: what may be asked for.
            heard: what was written of it; a request may begin as that does.
            language: ISO 639-1 code.
            limit: at most so many.

        Raises:
            ClipForgotten: the sound is no longer known.
            HearingFailed: the engine broke.
        """
        ...

    async def expect(self, clip_id: str, texts: Sequence[str], *, language: str) -> Sequence[float]:
        """Log probability of each text when nothing is heard: how usual its words are.

        Args:
            clip_id: of a transcript that this transcriber gave; its sound plays no part.
            texts: 32 at most.
            language: ISO 639-1 code.

        Raises:
            ClipForgotten: there was no such transcript.
            HearingFailed: the engine broke.
        """
        ...
