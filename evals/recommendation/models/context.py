"""Will this person like this track now? Rates, audio, distance to what they like, and the moment.

What is measured of the moment (time, weather, the body) is given as further columns: how much it
adds is measured, `refrain eval recommendation` shows it beside the same model without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge.recommend.learning.boosting import BoostedChances
from knowledge.recommend.learning.plays import Ids, Numbers

_RATE_STRENGTH = 3.0
_GROUP_STRENGTH = 2.0

PAIR_FEATURES = (
    "person_rate", "track_rate", "person_mean", "track_mean", "person_count", "track_count",
    "nearest_liked", "centre_liked", "nearest_disliked", "centre_disliked", "like_alike",
    "group_rate",
)  # fmt: skip
"""The columns of `Likings.pair`, in order."""


@dataclass(frozen=True, slots=True)
class Likings:
    """What was liked so far. Arrays of one length; row i is one rating."""

    users: Ids
    items: Ids
    ratings: Numbers
    liked: Numbers
    """1 or 0."""
    audio: Mapping[int, Numbers]
    """Standardised audio features of each item, all equally long."""
    group: Mapping[int, int]
    """The genre of each item, as a number."""

    def pair(self, user: int, item: int, *, leave_out: int | None = None) -> tuple[float, ...]:
        """What is known of a person and a track; see `PAIR_FEATURES`.

        Args:
            user: who.
            item: what.
            leave_out: a row that must not count, because it is what shall be told.
        """
        counts = np.ones(len(self.users), bool)
        if leave_out is not None:
            counts[leave_out] = False
        own, same = counts & (self.users == user), counts & (self.items == item)
        overall, mean = float(self.liked.mean()), float(self.ratings.mean())
        person = _shrunk(self.liked[own], overall, _RATE_STRENGTH)
        groups = np.fromiter((self.group[int(i)] for i in self.items[own]), np.int64, own.sum())
        here = self.liked[own][groups == self.group[item]]
        return (
            person,
            _shrunk(self.liked[same], overall, _RATE_STRENGTH),
            _shrunk(self.ratings[own], mean, _RATE_STRENGTH),
            _shrunk(self.ratings[same], mean, _RATE_STRENGTH),
            float(own.sum()),
            float(same.sum()),
            *self._distances(item, own),
            _shrunk(here, person, _GROUP_STRENGTH),
        )

    def _distances(self, item: int, own: NDArray[np.bool_]) -> tuple[float, ...]:
        unknown = float("nan")
        if not own.any():
            return (unknown,) * 5
        points = np.stack([self.audio[int(i)] for i in self.items[own]])
        here, liked = self.audio[item], self.liked[own]
        apart = np.sqrt(((points - here) ** 2).sum(axis=1))
        found: list[float] = []
        for value in (1, 0):
            some = liked == value
            if some.any():
                centre = points[some].mean(axis=0)
                found += [float(apart[some].min()), float(np.sqrt(((centre - here) ** 2).sum()))]
            else:
                found += [unknown, unknown]
        near = np.exp(-apart / 2)
        return (*found, float((near * liked).sum() / near.sum()))


@dataclass(frozen=True, slots=True)
class Moments:
    """What was liked in which situations. Row i of each array is one rating."""

    users: Ids
    liked: Numbers
    points: Numbers
    """Numbers of the situation, shape (n, m)."""

    def rates(self, user: int, point: Numbers) -> tuple[float, float]:
        """How much is liked in situations like this one: by this person, and by all.

        Every rating counts by how alike its situation is, in standard deviations.
        """
        spread = self.points.std(axis=0) + 1e-9
        near = np.exp(-(((self.points - point) / spread) ** 2).mean(axis=1))
        everyone = float((near * self.liked).sum() / max(float(near.sum()), 1e-9))
        own = self.users == user
        prior = _GROUP_STRENGTH * float(self.liked.mean())
        mine = float((near * self.liked)[own].sum()) + prior
        return mine / (float(near[own].sum()) + _GROUP_STRENGTH), everyone


class ContextModel:
    """The chance that a track is liked, from pair, audio and situation columns."""

    def __init__(self, *, seeds: int = 5, rounds: int = 400) -> None:
        self._chances = BoostedChances(
            seeds=seeds, rounds=rounds, least_in_leaf=10, share_of_columns=0.5
        )

    def fit(self, features: Numbers, liked: Numbers) -> Self:
        """Learn from rows, shape (n, m), and 0 or 1, shape (n,).

        Raises:
            ModuleNotFoundError: LightGBM is not installed.
        """
        self._chances.fit(features, liked)
        return self

    def chance(self, features: Numbers) -> Numbers:
        """Probability of being liked, shape (n,)."""
        return self._chances.chance(features)

    def gains(self, names: Sequence[str]) -> dict[str, float]:
        """How much each column gave, the most first."""
        pairs = zip(names, self._chances.gains().tolist(), strict=True)
        return dict(sorted(pairs, key=lambda pair: -pair[1]))


def _shrunk(values: Numbers, towards: float, strength: float) -> float:
    return float((values.sum() + towards * strength) / (len(values) + strength))
