"""Unfolds repeats: what is written once and played twice.

Every repeat is played as often as it has endings, else twice, whatever the file says, so that what
comes out is never much longer than what is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Generic, TypeVar

Item = TypeVar("Item")
_MOST_ENDINGS = 4


class Sign(Enum):
    """Where a repeat begins or ends."""

    BEGIN = auto()
    END = auto()
    ENDING = auto()
    """A bracket begins: from here on it is played only the first, or only the next time."""
    CLOSE = auto()
    """A double bar: a bracket that is open ends here."""


@dataclass(slots=True)
class _Section(Generic[Item]):
    body: list[Item] = field(default_factory=list)
    endings: list[list[Item]] = field(default_factory=list)
    repeated: bool = False

    def played(self) -> list[Item]:
        if not self.repeated:
            return self.body + [item for ending in self.endings for item in ending]
        if not self.endings:
            return self.body * 2
        times = self.endings[:_MOST_ENDINGS]
        if len(times) == 1:
            return self.body + times[0] + self.body
        return [item for ending in times for item in (*self.body, *ending)]


def unfold(written: Iterable[Item | Sign]) -> list[Item]:
    """Return what is played, in order."""
    section: _Section[Item] = _Section()
    sections = [section]
    closing = False
    for item in written:
        if item is Sign.ENDING:
            section.endings.append([])
            closing = False
            continue
        if closing or item is Sign.BEGIN:
            section = _Section()
            sections.append(section)
            closing = False
        if item is Sign.END:
            section.repeated = True
            closing = True  # unless another ending follows
        elif item is Sign.CLOSE:
            closing = bool(section.endings)
        elif not isinstance(item, Sign):
            (section.endings[-1] if section.endings else section.body).append(item)
    return [item for each in sections for item in each.played()]
