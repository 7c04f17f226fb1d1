"""What a few questions tell of a taste: answers simulated from half of a profile (HetRec)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.evaluation import Plot, Progress, Series, Table
from evals.recommendation.findings import Findings
from evals.recommendation.hetrec import TEST, TRAIN, VALIDATION, read_plays, read_taggings
from knowledge.recommend.learning.plays import Ids, Numbering, Numbers
from knowledge.recommend.learning.questions import TasteClusters

_LEAST_ARTISTS, _TAGS, _TAGS_OF_ARTIST = 20, 150, 6
_YES_FROM = 0.15
"""A tag is liked when so large a share of someone's artists carries it."""
_CLUSTERS, _SMOOTHING = 40, 5.0
_COUNTS = (0, 1, 3, 5, 8)
_WRONG = 0.1


@dataclass(frozen=True, slots=True)
class _People:
    """New people, who answer from one half of their artists; the other half is looked for."""

    answers: NDArray[np.bool_]
    """What each would say to each question, shape (people, questions)."""
    known: list[Ids]
    wanted: list[Ids]


def measure_asking(folder: Path, *, quick: bool, progress: Progress) -> Findings:
    """Ask by information gain, the most common question, or any; NDCG@10 after each few."""
    if not (folder / "user_artists.dat").is_file():
        return Findings(notes=("HetRec is not here: questions were not measured.",))
    plays = read_plays(folder, least_listeners=50 if quick else 5)
    matrix = plays.matrix((TRAIN, VALIDATION, TEST)).tocsr()
    people = np.flatnonzero(np.diff(matrix.indptr) >= _LEAST_ARTISTS)
    people = np.random.default_rng(0).permutation(people)
    new, old = people[: len(people) // 5], people[len(people) // 5 :]
    new = new[:30] if quick else new
    taggings = read_taggings(folder)
    said = np.isin(taggings[:, 0], plays.users.ids[new])
    carries = _carries(taggings[~said], plays.artists)  # new people said nothing yet
    played = np.asarray(matrix[old].todense())
    shares = played @ carries / np.maximum(played.sum(axis=1, keepdims=True), 1)
    likes = shares >= _YES_FROM
    asked = np.argsort(-likes.mean(axis=0), kind="stable")[:_TAGS]
    answers = likes[:, asked].astype(np.float64)
    clusters = TasteClusters.of(answers, clusters=_CLUSTERS)
    given = clusters.belonging(answers)
    everyone = played.mean(axis=0)
    by_cluster = (given.T @ played + _SMOOTHING * everyone) / (
        given.sum(axis=0)[:, None] + _SMOOTHING
    )
    halves = _people(matrix, new, carries[:, asked])
    rng = np.random.default_rng(1)
    mistaken = halves.answers ^ (rng.random(halves.answers.shape) < _WRONG)
    runs = {
        "by information": (halves.answers, "information"),
        "by information, a tenth answered wrongly": (mistaken, "information"),
        "most common tag": (halves.answers, "common"),
        "any tag": (halves.answers, "any"),
    }
    progress.start("questions", len(runs))
    found: dict[str, list[float]] = {}
    for name, (said_to, how) in runs.items():
        found[name] = _asked(clusters, by_cluster, halves, said_to, how)
        progress.advance()
    return _findings(found)


def _carries(taggings: Ids, artists: Numbering) -> Numbers:
    """Which artist carries which tag: 1 for its most given ones, shape (artists, tags)."""
    place = artists.places(taggings[:, 1])
    kept, place = taggings[place >= 0], place[place >= 0]
    tags = Numbering(kept[:, 2])
    counts = np.zeros((len(artists), len(tags)), np.float32)
    np.add.at(counts, (place, tags.places(kept[:, 2])), 1)
    carries = np.zeros(counts.shape)
    for row, given in zip(carries, counts, strict=True):
        best = np.argsort(-given, kind="stable")[:_TAGS_OF_ARTIST]
        row[best[given[best] > 0]] = 1.0
    return carries


def _people(matrix: object, new: Ids, carries: Numbers) -> _People:
    rng = np.random.default_rng(1)
    answers, known, wanted = [], [], []
    for person in new:
        mine = rng.permutation(matrix[person].indices)  # type: ignore[index]
        half = len(mine) // 2
        known.append(mine[:half])
        wanted.append(mine[half:])
        answers.append(carries[mine[:half]].mean(axis=0) >= _YES_FROM)
    return _People(np.array(answers), known, wanted)


def _asked(
    clusters: TasteClusters,
    by_cluster: Numbers,
    people: _People,
    answers: NDArray[np.bool_],
    how: str,
) -> list[float]:
    """Mean NDCG@10 after each number of `_COUNTS` questions."""
    rng = np.random.default_rng(2)
    scores: list[list[float]] = [[] for _ in _COUNTS]
    for row, known, wanted in zip(answers, people.known, people.wanted, strict=True):
        order = rng.permutation(len(row)) if how == "any" else np.arange(len(row))
        said: dict[int, bool] = {}
        for count in range(max(_COUNTS) + 1):
            if count in _COUNTS:
                expected = clusters.expected(said, by_cluster)
                scores[_COUNTS.index(count)].append(_ndcg10(expected, known, wanted))
            asked = clusters.next_question(said) if how == "information" else None
            question = asked.question if asked is not None else int(order[count])
            said[question] = bool(row[question])
    return [float(np.mean(values)) for values in scores]


def _ndcg10(scores: Numbers, known: Ids, wanted: Ids) -> float:
    masked = scores.copy()
    masked[known] = -np.inf
    hits = np.isin(np.argsort(-masked, kind="stable")[:10], wanted)
    discount = 1 / np.log2(np.arange(10) + 2)
    return float((hits * discount).sum() / discount[: min(10, len(wanted))].sum())


def _findings(found: Mapping[str, list[float]]) -> Findings:
    five = _COUNTS.index(5)
    metrics = {
        "questions.ndcg10": found["by information"][five],
        "questions.wrong_answers.ndcg10": found["by information, a tenth answered wrongly"][five],
        "questions.baseline.none.ndcg10": found["by information"][0],
        "questions.baseline.common.ndcg10": found["most common tag"][five],
        "questions.baseline.any.ndcg10": found["any tag"][five],
    }
    numbers = tuple(float(count) for count in _COUNTS)
    return Findings(
        metrics,
        (
            Table(
                "Questions: NDCG@10 after so many",
                ("question", *map(str, _COUNTS)),
                tuple((name, *values) for name, values in found.items()),
            ),
        ),
        (
            Plot(
                "Questions",
                "questions asked",
                "NDCG@10",
                tuple(Series(name, numbers, tuple(values)) for name, values in found.items()),
                kind="lines",
            ),
        ),
    )
