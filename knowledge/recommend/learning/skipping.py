"""Will this track be skipped or rejected? Judged always beside the listener's own rate so far.

Most of the signal is how often a person skips at all. The rest is learned by gradient boosting
where LightGBM is installed and there is enough to learn from, plus a bias of the running session.
It reorders and stops suggesting; it never hides what is liked.
"""

import math
from collections import deque
from dataclasses import dataclass
from typing import Self

import numpy as np

from knowledge.recommend.learning.boosting import BoostedChances, is_available
from knowledge.recommend.learning.plays import Numbers

_LEAST_EXAMPLES = 300


class RunningRate:
    """A share so far, pulled towards `prior` while little is known."""

    def __init__(self, prior: float = 0.2, strength: float = 5.0) -> None:
        self._sum, self._count = prior * strength, strength

    @property
    def value(self) -> float:
        return self._sum / self._count

    def see(self, happened: bool) -> None:
        self._sum += happened
        self._count += 1


@dataclass(frozen=True, slots=True)
class Moment:
    """A play that may be skipped."""

    person: str
    session: str
    artist: str
    track: str
    source: str
    hour: float
    """Local time of day, 0 to 24."""
    fit: float = 0.0
    """Nearness to what was played lately in the session, 0 to 1."""


MOMENT_FEATURES = (
    "person", "session", "last", "last_three", "position", "hour_sin", "hour_cos",
    "artist", "track", "source", "fit",
)  # fmt: skip
"""The columns of `SkipHistory.features`, in order."""


class SkipHistory:
    """Rates of everything that was seen so far, in the order it happened: no look ahead."""

    def __init__(self, *, prior: float = 0.2) -> None:
        self._prior = prior
        self._rates: dict[tuple[str, str], RunningRate] = {}
        self._last: dict[str, deque[bool]] = {}
        self._positions: dict[str, int] = {}

    def rate(self, kind: str, name: str, *, towards: float | None = None) -> float:
        """The rate of a "person", "session", "artist", "track" or "source" so far, 0 to 1."""
        known = self._rates.get((kind, name))
        return known.value if known else (self._prior if towards is None else towards)

    def features(self, moment: Moment) -> tuple[float, ...]:
        """What is known before the outcome; see `MOMENT_FEATURES`."""
        last = self._last.get(moment.session, deque())
        person = self.rate("person", moment.person)
        angle = 2 * math.pi * moment.hour / 24
        return (
            person,
            self.rate("session", moment.session, towards=person),
            float(last[-1]) if last else person,
            sum(last) / len(last) if last else person,
            float(self._positions.get(moment.session, 0)),
            math.sin(angle),
            math.cos(angle),
            self.rate("artist", moment.artist, towards=person),
            self.rate("track", moment.track, towards=person),
            self.rate("source", moment.source),
            moment.fit,
        )

    def see(self, moment: Moment, skipped: bool) -> None:
        """Count an outcome."""
        person = self.rate("person", moment.person)
        for kind, name, prior in (
            ("person", moment.person, self._prior),
            ("session", moment.session, person),
            ("artist", moment.artist, person),
            ("track", moment.track, person),
            ("source", moment.source, self._prior),
        ):
            self._rates.setdefault((kind, name), RunningRate(prior)).see(skipped)
        self._last.setdefault(moment.session, deque(maxlen=3)).append(skipped)
        self._positions[moment.session] = self._positions.get(moment.session, 0) + 1


class SkipModel:
    """Risk of a skip from features whose first column is the listener's rate so far.

    Without LightGBM, or with fewer than 300 examples, the risk is that rate itself.
    """

    def __init__(self, *, seeds: int = 3, rounds: int = 300) -> None:
        self._chances = BoostedChances(seeds=seeds, rounds=rounds)

    @property
    def is_learned(self) -> bool:
        return self._chances.is_learned

    def fit(self, features: Numbers, skipped: Numbers) -> Self:
        """Learn from rows in the order of time.

        Args:
            features: shape (n, m); column 0 is the rate so far.
            skipped: 0 or 1, shape (n,).
        """
        both = 0 < skipped.sum() < len(skipped)
        if len(skipped) >= _LEAST_EXAMPLES and both and is_available():
            self._chances.fit(features, skipped)
        return self

    def risk(self, features: Numbers) -> Numbers:
        """Probability of a skip for each row, shape (n,)."""
        if not self.is_learned:
            return np.clip(features[:, 0], 0.0, 1.0)
        return self._chances.chance(features)


class OnlineBias:
    """What this session adds, in log-odds: it learns from each outcome as it comes."""

    def __init__(self, *, rate: float = 0.3, most: float = 2.0) -> None:
        self._rate, self._most = rate, most
        self.value = 0.0

    def adjusted(self, risk: float) -> float:
        """The risk with the bias, 0 to 1."""
        inside = min(max(risk, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-(math.log(inside / (1 - inside)) + self.value)))

    def see(self, risk: float, skipped: bool) -> None:
        """Learn from an outcome whose unadjusted risk was `risk`."""
        step = self._rate * (float(skipped) - self.adjusted(risk))
        self.value = min(max(self.value + step, -self._most), self._most)
