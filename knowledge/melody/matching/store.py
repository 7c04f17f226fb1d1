"""All lines of all melodies in a few arrays, as the search reads them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.matching.pieces import LONGEST_PAUSE_S
from knowledge.melody.models import Melody, MelodyKey, MelodyLine

Floats: TypeAlias = NDArray[np.float32]
Longs: TypeAlias = NDArray[np.int64]

_MOST_NOTES = 20_000
"""Of one line; an hour of music has fewer that a person could hum."""
_FEWEST_NOTES = 3

PITCH, ONSET, CONFIDENCE = range(3)


@dataclass(frozen=True, slots=True, eq=False)
class MelodyStore:
    """Immutable; a change makes a new one."""

    keys: tuple[MelodyKey, ...]
    notes: Floats
    """Rows of pitch, onset without long rests (s) and confidence, shape (3, n)."""
    heard_s: Floats
    """Onset in the recording (s), shape (n,)."""
    lines: Longs
    """First note of each line, and the end, shape (l + 1,)."""
    melody: Longs
    """Melody of each line, ascending, shape (l,)."""
    weight: Floats
    """Weight of each line, shape (l,)."""

    @classmethod
    def of(cls, melodies: Iterable[Melody]) -> "MelodyStore":
        """Take in melodies; of two with one key the last counts."""
        chosen = {melody.key: melody for melody in melodies}
        notes: list[Floats] = [np.zeros((3, 0), np.float32)]
        heard: list[Floats] = [np.zeros(0, np.float32)]
        lengths: list[int] = []
        owners: list[int] = []
        weights: list[float] = []
        for number, melody in enumerate(chosen.values()):
            for line in melody.lines:
                rows = _usable(line)
                if rows.shape[0] < _FEWEST_NOTES:
                    continue
                notes.append(_squeezed(rows))
                heard.append(rows[:, 0])
                lengths.append(rows.shape[0])
                owners.append(number)
                weights.append(line.weight)
        return cls(
            tuple(chosen),
            np.ascontiguousarray(np.concatenate(notes, axis=1)),
            np.concatenate(heard).astype(np.float32),
            np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64),
            np.array(owners, np.int64),
            np.array(weights, np.float32),
        )

    def __len__(self) -> int:
        return len(self.keys)

    def updated(self, added: Sequence[Melody], gone: Collection[MelodyKey]) -> "MelodyStore":
        """Leave out and put in; what stays is copied as it is."""
        fresh = MelodyStore.of(added)
        out = set(gone) | set(fresh.keys)
        stays = np.array([key not in out for key in self.keys], bool)
        number = np.cumsum(stays) - 1
        kept = np.flatnonzero(stays[self.melody]) if self.melody.size else self.melody
        taken = np.repeat(stays[self.melody], np.diff(self.lines))
        lengths = np.concatenate([np.diff(self.lines)[kept], np.diff(fresh.lines)])
        count = int(stays.sum())
        return MelodyStore(
            (*(key for key in self.keys if key not in out), *fresh.keys),
            np.concatenate([self.notes[:, taken], fresh.notes], axis=1),
            np.concatenate([self.heard_s[taken], fresh.heard_s]),
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            np.concatenate([number[self.melody[kept]], fresh.melody + count]).astype(np.int64),
            np.concatenate([self.weight[kept], fresh.weight]),
        )


def _usable(line: MelodyLine) -> Floats:
    """Notes in order, finite and within reach, as many as may be."""
    rows = np.asarray(line.notes, np.float32).reshape(-1, 4)
    rows = rows[np.isfinite(rows).all(axis=1)]
    rows = rows[(rows[:, 2] > 0) & (rows[:, 2] < 140)]
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    return rows[:_MOST_NOTES]


def _squeezed(rows: Floats) -> Floats:
    """Pitch, onset and confidence, with rests cut to 0.6 s and the first note at 0."""
    onset = rows[:, 0].astype(np.float64)
    end = np.maximum.accumulate(onset + np.maximum(rows[:, 1], 0))
    rest = np.maximum(onset[1:] - end[:-1] - LONGEST_PAUSE_S, 0)
    onset[1:] -= np.cumsum(rest)
    squeezed = np.stack([rows[:, 2], onset - onset[0], np.clip(rows[:, 3], 0, 1)])
    return squeezed.astype(np.float32)
