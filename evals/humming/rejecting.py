"""How often "I don't know" is said where it should be, at the setting that the product has."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evals.evaluation import Progress, Series
from evals.humming.asking import search
from evals.humming.scoring import Answer
from evals.humming.strangers import RATE_HZ, strangers
from evals.humming.symbolic import own_melodies
from knowledge.melody.listening import HumListener
from knowledge.melody.matching import MelodyIndex
from knowledge.melody.models import HumOutcome, HumProblem

_STEPS = 41


@dataclass(frozen=True, slots=True)
class Reaction:
    """What was said to a sound that is no hum of a tune."""

    group: str
    name: str
    problem: HumProblem | None
    outcome: HumOutcome
    probability: float


def react(
    listener: HumListener, each: int, melodies: int, progress: Progress
) -> tuple[Reaction, ...]:
    """Play strangers to the ear, and what it takes for a hum to an index of `melodies`."""
    index = MelodyIndex.build(own_melodies(melodies))
    progress.start("no hums at all", each * 6)
    reactions = []
    for stranger in strangers(each):
        contour = listener.listen(stranger.samples, RATE_HZ)
        matches = search(index, contour, 10)
        best = matches.hits[0].probability if matches.hits else 0.0
        reactions.append(
            Reaction(stranger.group, stranger.name, contour.problem, matches.outcome, best)
        )
        progress.advance()
    return tuple(reactions)


def refused_by_group(
    reactions: tuple[Reaction, ...], absent: Mapping[str, tuple[Answer, ...]]
) -> dict[str, tuple[int, float]]:
    """For each group of sounds how many there were, and the share of "I don't know"."""
    outcomes: dict[str, list[bool]] = {}
    for one in reactions:
        outcomes.setdefault(one.group, []).append(one.outcome is HumOutcome.AGAIN)
    for name, answers in absent.items():
        outcomes[f"absent_{name}"] = [one.outcome is HumOutcome.AGAIN for one in answers]
    return {name: (len(said), float(np.mean(said))) for name, said in outcomes.items()}


def decision_curves(
    present: Mapping[str, tuple[Answer, ...]], absent: Mapping[str, tuple[Answer, ...]]
) -> tuple[Series, ...]:
    """Precision and refusals against coverage, were one tune shown from some probability on."""
    series: list[Series] = []
    for name, answers in present.items():
        gone = absent.get(name, ())
        coverage, precision, refusals = [], [], []
        for least in np.linspace(0, 1, _STEPS):
            shown = [one for one in answers if one.first and one.probability >= least]
            if not shown:
                continue
            coverage.append(len(shown) / len(answers))
            precision.append(float(np.mean([one.rank == 1 for one in shown])))
            refusals.append(float(np.mean([one.probability < least for one in gone] or [1.0])))
        series.append(Series(f"{name}: right", tuple(coverage), tuple(precision)))
        series.append(Series(f"{name}: refused", tuple(coverage), tuple(refusals)))
    return tuple(series)
