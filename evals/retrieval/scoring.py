"""How good one list of answers is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.retrieval.cases import Request
from evals.retrieval.catalogue import Catalogue
from evals.retrieval.grading import Grades, broken, obeys
from evals.retrieval.heard_sound import Heard

RIGHT = 2
"""From this grade on an answer is right."""


@dataclass(frozen=True, slots=True)
class Score:
    """One request answered by one system."""

    request: Request
    ndcg10: float
    first_is_right: bool
    violations: tuple[str, ...]
    """Facts that hits break although the library knows better."""
    hidden_violations: int
    """Hits that break a fact in truth, shown or not."""
    hits: tuple[int, ...]


def score(
    catalogue: Catalogue, heard: Heard, request: Request, graded: Grades, hits: Sequence[int]
) -> Score:
    """Score the first ten hits of a request."""
    hits = list(hits)[:10]
    facts = [one.fact for row in hits for one in broken(catalogue, heard, request.wish, row)]
    fine = obeys(catalogue, request.wish)
    return Score(
        request,
        ndcg(_gained(catalogue, graded, hits), _ideal(catalogue, graded)),
        bool(hits) and int(graded[hits[0]]) >= RIGHT,
        tuple(facts),
        sum(not fine[row] for row in hits),
        tuple(hits),
    )


def ndcg(gained: Sequence[int], ideal: Sequence[int]) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), gain 2^grade - 1."""
    best = _gain(ideal[:10])
    return _gain(gained[:10]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return float(sum((2**grade - 1) / np.log2(place + 2) for place, grade in enumerate(grades)))


def _gained(catalogue: Catalogue, graded: Grades, hits: Sequence[int]) -> list[int]:
    """Grades of hits; another recording of a song that is there already earns nothing."""
    seen: set[tuple[str, str]] = set()
    gained = []
    for row in hits:
        song = _song(catalogue, row)
        gained.append(0 if song in seen else int(graded[row]))
        seen.add(song)
    return gained


def _song(catalogue: Catalogue, row: int) -> tuple[str, str]:
    return catalogue.artists[row], catalogue.songs[row].casefold()


def _ideal(catalogue: Catalogue, graded: Grades) -> list[int]:
    """The best ten, each song once: other recordings of it are no further answers."""
    best: list[int] = []
    seen: set[tuple[str, str]] = set()
    for row in np.argsort(-graded, kind="stable")[:400].tolist():
        song = _song(catalogue, row)
        if song not in seen:
            seen.add(song)
            best.append(int(graded[row]))
        if len(best) == 10:
            break
    return best
