"""One explored place in a list: Thompson sampling over the sources of candidates.

It serves to learn which source works for whom, not to surprise anybody: what stands there obeys the
same rules and is the best that its source has. At most a tenth of all places, and it can be off.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from knowledge.people.current import PersonId, current_person
from knowledge.recommend.learning.bandit import Choice, Outcome, SourceBandit
from knowledge.recommend.offers import OffersLog

SHARE = 0.1
"""At most this share of all places ever offered to a person is explored."""
_LEARN_AFTER = 20
"""The log is read again after so many lists."""


@dataclass(slots=True)
class _Learned:
    """What was learned of one person."""

    bandit: SourceBandit
    lists: int = 0
    """So many were made with it."""


class Explorer:
    """Chooses the source of the explored place, for each person. Safe to share between threads."""

    def __init__(self, log: OffersLog, *, enabled: bool = True, seed: int | None = None) -> None:
        self._log = log
        self._enabled = enabled
        self._rng = np.random.default_rng(seed)
        self._lock = threading.Lock()
        self._of: dict[PersonId, _Learned] = {}

    def may_explore(self, count: int) -> bool:
        """Whether a list of `count` places may have an explored one."""
        if not self._enabled or count < 2:
            return False
        explored, total = self._log.explored_share()
        return explored + 1 <= SHARE * (total + count)

    def choose(self, sources: Mapping[str, int]) -> Choice | None:
        """Choose among sources that have something to offer there; None with fewer than two.

        Args:
            sources: how many candidates each source has for the place.
        """
        able = sorted(name for name, there in sources.items() if there > 0)
        if len(able) < 2:
            return None
        person = current_person()
        with self._lock:
            known = self._of.get(person)
            if known is None or known.lists % _LEARN_AFTER == 0:
                known = self._of[person] = _Learned(SourceBandit(rng=self._rng))
                known.bandit.learn(
                    Outcome(str(person), one.source, one.kept) for one in self._log.taken()
                )
            known.lists += 1
            return known.bandit.choose(str(person), able)

    def forget(self, person: PersonId) -> None:
        """Let go of what was learned of a person."""
        with self._lock:
            self._of.pop(person, None)
