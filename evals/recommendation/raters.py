"""How someone writes, as a hint of how much they reject: ridge regression on words."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from knowledge.recommend.learning.plays import Numbers

_RIDGE = 2.0


class RaterWords:
    """Rates of dialogues from the words and pairs of words of the user."""

    def __init__(self, ids: Sequence[str], texts: Sequence[Sequence[str]], rates: Numbers) -> None:
        """Learn from texts and rates, one for each id."""
        terms = [_terms(text) for text in texts]
        spread = Counter(term for one in terms for term in one)
        count = len(texts)
        kept = sorted(t for t, n in spread.items() if 3 <= n <= 0.6 * count)
        self._place = {term: number for number, term in enumerate(kept)}
        self._rarity = np.array([math.log(count / spread[term]) for term in kept])
        self._texts = np.array([self._vector(one) for one in terms])
        self._mean = float(rates.mean())
        alike = self._texts @ self._texts.T
        self._weights = np.linalg.solve(alike + _RIDGE * np.eye(count), rates - self._mean)
        self._row = {one: number for number, one in enumerate(ids)}

    def rate(self, key: str, text: Sequence[str]) -> float:
        """The rate that a text lets expect; what was learned from `key` itself is left out."""
        near = self._texts @ self._vector(_terms(text))
        own = self._row.get(key)
        left_out = 0.0 if own is None else float(near[own] * self._weights[own])
        return self._mean + float(near @ self._weights) - left_out

    def _vector(self, terms: Counter[str]) -> Numbers:
        vector = np.zeros(len(self._place))
        for term, count in terms.items():
            place = self._place.get(term)
            if place is not None:
                vector[place] = (1 + math.log(count)) * self._rarity[place]
        return vector / max(float(np.linalg.norm(vector)), 1e-9)


def _terms(words: Sequence[str]) -> Counter[str]:
    pairs = (f"{one} {two}" for one, two in pairwise(words))
    return Counter([*words, *pairs])
