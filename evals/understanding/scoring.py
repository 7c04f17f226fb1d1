"""What is right: intents, and the words that fill slots."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Protocol

from agent.understanding.intents import NOT_MUSIC
from agent.understanding.training.data import Row

Slots = Mapping[str, Sequence[str]]
PLAY_SLOTS = frozenset({"artist", "track", "genre", "playlist"})
"""What SLURP's requests to play are asked for: the slots that other published numbers count."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system says of a request."""

    label: str
    """A public one, or ours when it is measured on our own cases."""
    slots: Slots = field(default_factory=dict)


class Reader(Protocol):
    """A system that says what a request means."""

    def read(self, text: str) -> Answer:
        """Never raises on any text."""
        ...


@dataclass(slots=True)
class SlotCounts:
    """Slot values that were right, made up and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1.0 when there was nothing to find."""
        total = 2 * self.right + self.extra + self.missed
        return 2 * self.right / total if total else 1.0

    def count(
        self, wanted: Slots, given: Slots, marked: AbstractSet[str], same: "Same" = str.casefold
    ) -> None:
        """Compare values as `same` writes them; slots that the set never marks do not count."""
        right, found = _values(wanted, marked, same), _values(given, marked, same)
        self.right += (found & right).total()
        self.extra += (found - right).total()
        self.missed += (right - found).total()


Same = Callable[[str], str]


def _values(slots: Slots, marked: AbstractSet[str], same: Same) -> Counter[tuple[str, str]]:
    return Counter(
        (slot, same(value)) for slot, values in slots.items() if slot in marked for value in values
    )


def loosely(value: str) -> str:
    """A value without what SLURP puts into its spans and we do not: "queen's", "gym playlist"."""
    bare = value.casefold().strip().removesuffix(" playlist").removesuffix("'s")
    return bare.removeprefix("my ").removeprefix("the ")


def with_titles(slots: Slots) -> Slots:
    """A name of no known kind (`query`), which the public schema has no slot for, as a track."""
    named = (*slots.get("track", ()), *slots.get("query", ()))
    rest = {slot: values for slot, values in slots.items() if slot not in {"track", "query"}}
    return rest | ({"track": named} if named else {})


@dataclass(slots=True)
class SetScores:
    """What was counted over one set."""

    music: int = 0
    right: int = 0
    others: int = 0
    rejected: int = 0
    slots: SlotCounts = field(default_factory=SlotCounts)
    play_slots: SlotCounts = field(default_factory=SlotCounts)
    """Of requests to play only: see `PLAY_SLOTS`, for Snips every slot it marks."""
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Right label and given label of music rows that were not understood."""

    @property
    def recall(self) -> float:
        """Share of music rows with an accepted answer."""
        return self.right / self.music if self.music else 0.0

    @property
    def rejection(self) -> float:
        """Share of other rows that were not claimed to be about music."""
        return self.rejected / self.others if self.others else 0.0

    def count(self, row: Row, answer: Answer, others: AbstractSet[str] = NOT_MUSIC) -> None:
        """Count the intent; `others` are labels that do not claim a request for music."""
        if not row.is_music:
            self.others += 1
            self.rejected += answer.label in others
            return
        self.music += 1
        if answer.label in row.accept:
            self.right += 1
        else:
            self.wrong[row.intent, answer.label] += 1


def score(reader: Reader, rows: Iterable[Row]) -> SetScores:
    """Intents only, for a system that is compared with ours."""
    scores = SetScores()
    for row in rows:
        scores.count(row, reader.read(row.text))
    return scores


def merged(parts: Iterable[SetScores]) -> SetScores:
    """All sets as one."""
    total = SetScores()
    for part in parts:
        total.music += part.music
        total.right += part.right
        total.others += part.others
        total.rejected += part.rejected
    return total
