"""What a baseline must be able to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.melody.models import Contour, MelodyKey


@dataclass(frozen=True, slots=True)
class Ranked:
    """A tune and how far off the hum is."""

    key: MelodyKey
    cost: float


class Matcher(Protocol):
    """Looks a hum up in the melodies it was made with."""

    name: str

    def rank(self, contour: Contour, count: int) -> Sequence[Ranked]:
        """The best `count` tunes, best first, each once; empty when the hum holds too little."""
        ...
