"""Listening as arrays: who played what, and when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]

SESSION_GAP_S = 1800.0
"""Silence that ends a listening session."""


@dataclass(frozen=True, slots=True)
class Plays:
    """Plays, ordered by person and then by time. All arrays have shape (n,)."""

    users: Ids
    items: Ids
    times: Numbers
    """Unix seconds."""
    sessions: Ids
    """Equal for plays of one listening session; no two people share one."""

    def __len__(self) -> int:
        return len(self.items)

    @classmethod
    def of(
        cls,
        users: Sequence[int] | Ids,
        items: Sequence[int] | Ids,
        times: Sequence[float] | Numbers,
        sessions: Sequence[int] | Ids | None = None,
    ) -> Self:
        """Sort plays; without `sessions`, cut them at half an hour of silence.

        Raises:
            ValueError: the arrays are not equally long.
        """
        who = np.asarray(users, dtype=np.int64)
        what = np.asarray(items, dtype=np.int64)
        when = np.asarray(times, dtype=np.float64)
        given = None if sessions is None else np.asarray(sessions, dtype=np.int64)
        if not len(who) == len(what) == len(when) == len(what if given is None else given):
            raise ValueError("Users, items, times and sessions must be equally many.")
        order = np.lexsort((when, who))
        who, what, when = who[order], what[order], when[order]
        if given is not None:
            return cls(who, what, when, given[order])
        new = np.ones(len(who), dtype=bool)
        new[1:] = (who[1:] != who[:-1]) | (np.diff(when) > SESSION_GAP_S)
        return cls(who, what, when, np.cumsum(new, dtype=np.int64))

    def where(self, keep: NDArray[np.bool_]) -> Self:
        """The plays marked True, in the same order."""
        return type(self)(self.users[keep], self.items[keep], self.times[keep], self.sessions[keep])

    def without_repeats(self) -> Self:
        """Without plays of what was just played in the same session."""
        same = np.zeros(len(self), dtype=bool)
        same[1:] = (self.items[1:] == self.items[:-1]) & (self.sessions[1:] == self.sessions[:-1])
        return self.where(~same)


@dataclass(frozen=True, slots=True)
class Scored:
    """Items with scores, the best first. Scores of two models are not comparable: see `blend`."""

    ids: Ids
    scores: Numbers

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def nothing(cls) -> Self:
        return cls(np.empty(0, np.int64), np.empty(0, np.float64))

    @classmethod
    def ranked(cls, ids: Ids, scores: Numbers, *, limit: int = 200) -> Self:
        """Sort by score; equal scores by id, so that a result is the same every time."""
        if len(ids) > 4 * limit > 0:
            cut = np.partition(scores, len(scores) - limit)[len(scores) - limit]
            kept = scores >= cut
            ids, scores = ids[kept], scores[kept]
        order = np.lexsort((ids, -scores))[:limit]
        return cls(np.asarray(ids[order], np.int64), np.asarray(scores[order], np.float64))

    @classmethod
    def summed(cls, ids: Ids, weights: Numbers, *, limit: int = 200) -> Self:
        """Add up the weights of equal ids, then sort."""
        if not len(ids):
            return cls.nothing()
        unique, place = np.unique(ids, return_inverse=True)
        summed = np.bincount(place, weights=weights).astype(np.float64)
        return cls.ranked(unique, summed, limit=limit)

    def without(self, excluded: Iterable[int]) -> Self:
        """Leave out what may not be offered."""
        gone = np.fromiter(excluded, np.int64)
        keep = ~np.isin(self.ids, gone)
        return type(self)(self.ids[keep], self.scores[keep])

    def as_dict(self) -> Mapping[int, float]:
        return dict(zip(self.ids.tolist(), self.scores.tolist(), strict=True))


class Numbering:
    """Any ids as 0 to n - 1, in the order of the ids."""

    def __init__(self, ids: Iterable[int] | Ids) -> None:
        given = ids if isinstance(ids, np.ndarray) else np.fromiter(ids, np.int64)
        self.ids: Ids = np.unique(given)

    def __len__(self) -> int:
        return len(self.ids)

    def places(self, ids: Sequence[int] | Ids) -> Ids:
        """The number of each id, shape (n,); -1 for the unknown."""
        wanted = np.asarray(ids, dtype=np.int64)
        if not len(self.ids):
            return np.full(len(wanted), -1, np.int64)
        place = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return np.where(self.ids[place] == wanted, place, -1).astype(np.int64)

    def known(self, ids: Sequence[int] | Ids) -> Ids:
        """The numbers of the known ones of `ids`."""
        places = self.places(ids)
        return places[places >= 0]
