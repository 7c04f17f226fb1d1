"""A live clip, answered as soon as an answer is certain: after 2 seconds, or 3, or 5, 8, 10."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from knowledge.fingerprint.decision import certainty
from knowledge.fingerprint.models import RATE_HZ, Certainty, ClipMatch, Recognised, Samples
from knowledge.fingerprint.timeline_models import Recognises

LOOKS_S = (2.0, 3.0, 5.0, 8.0, 10.0)
"""How much is heard before each decision, seconds."""


class ProgressiveClip:
    """Decides again and again while a clip grows, and stops at the first certain answer.

    Who looks five times has five chances to be wrong. So that all looks together claim no more
    falsely than a single one would, each may use only its share of the chance of error: the odds of
    a match are divided by the number of looks (Bonferroni's correction) before anything is
    claimed. What is no longer certain then is only likely, and the clip goes on.
    """

    def __init__(
        self, recogniser: Recognises, *, looks_s: Sequence[float] = LOOKS_S, limit: int = 5
    ) -> None:
        """Begin a clip.

        Args:
            recogniser: names the recording of one clip.
            looks_s: when to decide, rising, seconds.
            limit: candidates in each answer.

        Raises:
            ValueError: no looks, or looks that do not rise.
        """
        self._looks_s = tuple(looks_s)
        if not self._looks_s or list(self._looks_s) != sorted({0.0, *self._looks_s} - {0.0}):
            raise ValueError("The times to look at a clip must rise and be positive.")
        self._recogniser = recogniser
        self._limit = limit
        self._samples: Samples = np.zeros(round(self._looks_s[-1] * RATE_HZ), np.float32)
        self._held = 0
        self._looks = 0
        self._answer: Recognised | None = None
        self._done = False

    @property
    def seconds(self) -> float:
        """How much has been heard and kept."""
        return self._held / RATE_HZ

    @property
    def answer(self) -> Recognised | None:
        """The newest answer; None before the first look."""
        return self._answer

    @property
    def done(self) -> bool:
        """Whether it is decided: an answer is certain, or the last look is over."""
        return self._done

    def feed(self, samples: Samples) -> tuple[Recognised, ...]:
        """Hear more of the clip: mono at `RATE_HZ`, shape (n,). Ignored when done.

        Returns:
            The answer of each look that took place, mostly none.
        """
        answers = []
        start = 0
        while not self._done and start < samples.size:
            wanted = round(self._looks_s[self._looks] * RATE_HZ) - self._held
            part = samples[start : start + wanted]
            self._samples[self._held : self._held + part.size] = part
            self._held += part.size
            start += part.size
            if part.size == wanted:
                self._looks += 1
                answers.append(self._look())
                self._done = self._certain or self._looks == len(self._looks_s)
        return tuple(answers)

    def finish(self, *, picture: bool = False) -> Recognised:
        """End the clip where it is, and answer with all of it.

        Args:
            picture: whether the answer shows what was heard.
        """
        at_look = self._looks and self._held == round(self._looks_s[self._looks - 1] * RATE_HZ)
        self._done = True
        if self._answer is not None and at_look and not picture:
            return self._answer
        return self._look(picture=picture)

    @property
    def _certain(self) -> bool:
        best = self._answer.best if self._answer else None
        return best is not None and best.certainty is Certainty.CERTAIN

    def _look(self, *, picture: bool = False) -> Recognised:
        clip = self._samples[: self._held]
        found = self._recogniser.recognise(clip, limit=self._limit, picture=picture)
        looks = len(self._looks_s)
        corrected = tuple(corrected_for_looks(match, looks) for match in found.matches)
        self._answer = replace(found, matches=corrected)
        return self._answer


def corrected_for_looks(match: ClipMatch, looks: int) -> ClipMatch:
    """Claim of a match what may still be claimed when it is one of `looks` tries.

    Nothing is claimed more boldly than by the engine, which looked once; a claim that the
    corrected probability does not carry any more becomes a weaker one.
    """
    odds = _odds(match.probability) - math.log(looks)
    corrected = 1 / (1 + math.exp(-odds))
    claimed = match.certainty is not Certainty.UNKNOWN
    return replace(
        match,
        certainty=_weaker(match.certainty, certainty(corrected)) if claimed else match.certainty,
        probability=corrected,
    )


def _weaker(one: Certainty, other: Certainty) -> Certainty:
    order = (Certainty.UNKNOWN, Certainty.LIKELY, Certainty.CERTAIN)
    return min(one, other, key=order.index)


def _odds(probability: float) -> float:
    inside = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(inside / (1 - inside))
