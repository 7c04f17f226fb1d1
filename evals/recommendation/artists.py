"""Which artists someone would play too: EASE, CEASE, neighbours, factors and their blend."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.evaluation import Plot, Progress, Series, Table
from evals.recommendation.findings import Findings, Rows
from evals.recommendation.hetrec import (
    TEST,
    TRAIN,
    VALIDATION,
    ArtistPlays,
    read_plays,
    read_taggings,
    tag_rows,
    without_pairs,
)
from evals.recommendation.models import factors
from evals.recommendation.models.blend import standardised
from evals.recommendation.scoring import Ranked, interval, rank_people
from knowledge.recommend.learning.linear import Ease
from knowledge.recommend.learning.neighbours import ItemNeighbours
from knowledge.recommend.learning.plays import Numbers

_STEPS = (0.15, 0.3, 0.6, 1.0)
_GRID = ((50.0, 4.0), (100.0, 4.0), (100.0, 16.0), (200.0, 16.0), (100.0, 32.0))
_WIDE = (200.0, 64.0)


def measure_artists(folder: Path, *, quick: bool, progress: Progress) -> Findings:
    """Choose on the validation pairs, refit with them, and rank the test pairs once."""
    if not (folder / "user_artists.dat").is_file():
        return Findings(notes=("HetRec is not here: artists were not measured.",))
    progress.start("artists", 6)
    plays = read_plays(folder, least_listeners=50 if quick else 5)
    taggings = read_taggings(folder)
    held = without_pairs(taggings, plays.pairs((VALIDATION, TEST)))
    tags = tag_rows(held, plays.artists)
    grid = _GRID[1:3] if quick else _GRID
    train, wanted = plays.matrix((TRAIN,)), plays.matrix((VALIDATION,))
    tried = {
        setting: rank_people(_cease(plays, (TRAIN,), tags, setting), train, wanted)
        for setting in grid
    }
    best = max(tried, key=lambda setting: tried[setting].ndcg10.mean())
    progress.advance(2)
    members = _members(plays, (TRAIN,), tags, best)
    weights = _weights(members, train, wanted)
    progress.advance()

    parts = (TRAIN, VALIDATION)
    tags = tag_rows(without_pairs(taggings, plays.pairs((TEST,))), plays.artists)
    known, wanted = plays.matrix(parts), plays.matrix((TEST,))
    members = _members(plays, parts, tags, best)
    progress.advance()
    ranked = {
        "popularity": rank_people(_popular(known), known, wanted),
        "item kNN": rank_people(members["neighbours"], known, wanted),
        "EASE": rank_people(members["ease"], known, wanted),
        "CEASE": rank_people(members["cease"], known, wanted),
        "blend": rank_people(_mixed(members, weights), known, wanted),
    }
    if "factors" in members:
        ranked["ALS"] = rank_people(members["factors"], known, wanted)
    pooled = _members(plays, parts, tag_rows(taggings, plays.artists), best)
    ranked["blend, tags of held-out pairs left in"] = rank_people(
        _mixed(pooled, weights), known, wanted
    )
    progress.advance(2)
    return _findings(ranked, weights, best, tried)


def _cease(
    plays: ArtistPlays, parts: Sequence[int], tags: Any, setting: tuple[float, float]
) -> Numbers:
    matrix = plays.relative(parts)
    model = Ease(regularisation=setting[0], side_weight=setting[1])
    return model.fit_matrix(matrix, plays.artists, tags).scores(matrix)


def _members(
    plays: ArtistPlays, parts: Sequence[int], tags: Any, best: tuple[float, float]
) -> dict[str, Numbers]:
    """Every model's scores, standardised for each person."""
    ones, matrix = plays.matrix(parts), plays.relative(parts)
    alike = tags.T @ tags
    alike.setdiag(0)
    found = {
        "cease": _cease(plays, parts, tags, best),
        "wide cease": _cease(plays, parts, tags, _WIDE),
        "ease": Ease(regularisation=50.0).fit_matrix(ones, plays.artists).scores(ones),
        "neighbours": ItemNeighbours(shrinkage=0.0).fit_matrix(ones, plays.artists).scores(ones),
        "tags": np.asarray((matrix @ alike).todense()),
    }
    if factors.is_available():
        model = factors.Factors(seeds=(0, 1, 2, 3, 4)).fit_matrix(
            plays.weighted(parts), plays.artists
        )
        found["factors"] = model.scores(len(plays.users))
    return {name: standardised(scores) for name, scores in found.items()}


def _weights(members: Mapping[str, Numbers], seen: Any, wanted: Any) -> dict[str, float]:
    """Weights beside CEASE's 1, one after the other, as long as validation gains."""
    weights = {name: 1.0 if name == "cease" else 0.0 for name in members}
    total = members["cease"].copy()
    best = float(rank_people(total, seen, wanted).ndcg10.mean())
    for _ in range(2):
        for name in members:
            if name == "cease":
                continue
            for step in _STEPS:
                changed = total + (step - weights[name]) * members[name]
                score = float(rank_people(changed, seen, wanted).ndcg10.mean())
                if score > best + 1e-4:
                    best, total, weights[name] = score, changed, step
    return weights


def _mixed(members: Mapping[str, Numbers], weights: Mapping[str, float]) -> Numbers:
    return np.asarray(sum(weights[name] * scores for name, scores in members.items()))


def _popular(matrix: Any) -> Numbers:
    counts = np.asarray(matrix.sum(axis=0), np.float64)
    return np.repeat(counts.reshape(1, -1), matrix.shape[0], axis=0)


def _findings(
    ranked: Mapping[str, Ranked],
    weights: Mapping[str, float],
    best: tuple[float, float],
    tried: Mapping[tuple[float, float], Ranked],
) -> Findings:
    ours, plain = ranked["blend"], ranked["EASE"]
    low, high = interval(ours.ndcg10)
    gain = interval(ours.ndcg10 - plain.ndcg10)
    rows: Rows = tuple(
        (
            name,
            *(float(x) for x in (r.ndcg10.mean(), *interval(r.ndcg10), r.recall10.mean())),
            r.covered,
        )
        for name, r in ranked.items()
    )
    metrics = {
        "hetrec.ndcg10": float(ours.ndcg10.mean()),
        "hetrec.ndcg10.low": low,
        "hetrec.ndcg10.high": high,
        "hetrec.ndcg10.gain_low": gain[0],
        "hetrec.recall10": float(ours.recall10.mean()),
        "hetrec.covered": float(ours.covered),
        "hetrec.pooled_tags.ndcg10": float(
            ranked["blend, tags of held-out pairs left in"].ndcg10.mean()
        ),
    }
    for name, key in (("popularity", "popular"), ("EASE", "ease"), ("CEASE", "cease")):
        metrics[f"hetrec.baseline.{key}.ndcg10"] = float(ranked[name].ndcg10.mean())
    chosen = tuple(
        (
            f"CEASE, lambda {a:.0f}, tags {b:.0f}",
            float(r.ndcg10.mean()),
            "chosen" if (a, b) == best else "",
        )
        for (a, b), r in tried.items()
    )
    mixed = tuple((f"weight of {name}", weight, "in the blend") for name, weight in weights.items())
    names = tuple(ranked)
    bars = Series("NDCG@10", names, tuple(float(ranked[name].ndcg10.mean()) for name in names))
    columns = ("model", "NDCG@10", "low", "high", "R@10", "artists covered")
    return Findings(
        metrics,
        (
            Table("HetRec: artists held out at random", columns, rows),
            Table("HetRec: chosen on validation", ("what", "value", ""), chosen + mixed),
        ),
        (Plot("HetRec: artists", "", "NDCG@10", (bars,)),),
    )
