"""One explored place in a list: Thompson sampling over the sources of candidates.

It serves to learn which source works for whom, not to surprise anybody: what stands there obeys the
same rules and is the best that its source has. At most a tenth of all places, and it can be off.
"""

import threading
from collections.abc import Mapping

import numpy as np

from knowledge.recommend.learning.bandit import Choice, Outcome, SourceBandit
from knowledge.recommend.offers import OffersLog

SHARE = 0.1
"""At most this share of all places ever offered to a person is explored."""
_LEARN_AFTER = 20
"""The log is read again after so many lists."""


class Explorer:
    """Chooses the source of the explored place. Safe to share between threads."""

    def __init__(self, log: OffersLog, *, enabled: bool = True, seed: int | None = None) -> None:
        self._log = log
        self._enabled = enabled
        self._rng = np.random.default_rng(seed)
        self._lock = threading.Lock()
        self._bandit: SourceBandit | None = None
        self._lists = 0

    def may_explore(self, person: str, count: int) -> bool:
        """Whether a list of `count` places may have an explored one."""
        if not self._enabled or count < 2:
            return False
        explored, total = self._log.explored_share(person)
        return explored + 1 <= SHARE * (total + count)

    def choose(self, person: str, sources: Mapping[str, int]) -> Choice | None:
        """Choose among sources that have something to offer there; None with fewer than two.

        Args:
            person: for whom.
            sources: how many candidates each source has for the place.
        """
        able = sorted(name for name, there in sources.items() if there > 0)
        if len(able) < 2:
            return None
        with self._lock:
            self._lists += 1
            if self._bandit is None or self._lists % _LEARN_AFTER == 0:
                self._bandit = SourceBandit(rng=self._rng)
                self._bandit.learn(
                    Outcome(one.person, one.source, one.kept) for one in self._log.taken()
                )
            return self._bandit.choose(person, able)
