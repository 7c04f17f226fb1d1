"""The next artist that someone tags: the sequence benchmark of S3-Rec, fitted without validation.

The benchmark's attributes of artists are tags of the same people about the same artists, also of
the held-out ones: with them the answer leaks. So the tags are counted again from HetRec, which the
set was made from, without what was said about held-out artists. Both are reported.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from evals.evaluation import Plot, Progress, Series, Table
from evals.recommendation.findings import Findings, Rows
from evals.recommendation.hetrec import read_taggings, tag_rows, without_pairs
from evals.recommendation.models import transformer
from evals.recommendation.models.blend import standardised
from evals.recommendation.scoring import Places, interval, place_of
from knowledge.recommend.learning.linear import Ease
from knowledge.recommend.learning.neighbours import ItemNeighbours
from knowledge.recommend.learning.plays import Ids, Numbering, Numbers

_GRID = ((50.0, 8.0), (100.0, 8.0), (100.0, 16.0), (200.0, 16.0), (100.0, 32.0))
_HALF_LIVES = ((None, 0.0), (10, 0.3))
_WEIGHTS = (0.0, 0.2, 0.4, 0.7, 1.0)
_SEEDS = 5
_QUICK_PEOPLE = 80
_SHAPE = transformer.Shape(
    layers=1, rounds=25, batch=64, negatives=256, dropout=0.4, learning_rate=5e-3
)


@dataclass(frozen=True, slots=True)
class Sequences:
    """Items 0 to `count` - 1 of each person, oldest first."""

    rows: tuple[tuple[int, ...], ...]
    count: int

    @property
    def train(self) -> list[tuple[int, ...]]:
        return [row[:-2] for row in self.rows]

    @property
    def known(self) -> list[tuple[int, ...]]:
        """What is known when the last item is asked for."""
        return [row[:-1] for row in self.rows]


def read_sequences(folder: Path) -> Sequences:
    """Read the benchmark's file."""
    lines = (folder / "LastFM.txt").read_text("ascii").splitlines()
    rows = tuple(tuple(int(cell) - 1 for cell in line.split()[1:]) for line in lines)
    return Sequences(rows, 1 + max(max(row) for row in rows))


def measure_tagging(folder: Path, *, quick: bool, progress: Progress) -> Findings:
    """Choose on the last but one artist of each person, and find the last one."""
    place = folder / "s3rec_lastfm"
    if not (place / "LastFM.txt").is_file():
        return Findings(
            notes=("S3-Rec's LastFM is not here: tagging sequences were not measured.",)
        )
    sequences = whole = read_sequences(place)
    if quick:
        rows = whole.rows[:_QUICK_PEOPLE]  # artists are numbered in the order of the file
        sequences = Sequences(rows, 1 + max(max(row) for row in rows))
    seeds = 0 if quick else _SEEDS  # training takes minutes
    progress.start("tagging sequences", 4 + seeds)
    published = _attributes(place, whole.count)[:, : sequences.count]
    clean = _clean_tags(folder / "hetrec", whole)
    clean = None if clean is None else clean[:, : sequences.count]
    tags = published if clean is None else clean
    runs = _Runs(sequences, tags, grid=_GRID[2:3] if quick else _GRID)
    progress.advance(3)
    nets = []
    for seed in range(seeds if transformer.is_available() else 0):
        net = transformer.SequenceTransformer(sequences.count, _SHAPE, seed=seed)
        nets.append(net.fit(sequences.train))
        progress.advance()
    found = _found(sequences, runs, nets)
    found["CEASE with published attributes"] = runs.test(runs.fitted(published, runs.best))
    progress.advance()
    return _findings(found, runs, nets=len(nets), is_clean=clean is not None)


class _Runs:
    """CEASE fitted on the training part, with its setting chosen on validation."""

    def __init__(
        self, sequences: Sequences, tags: Any, grid: Sequence[tuple[float, float]]
    ) -> None:
        self.sequences = sequences
        self.items = Numbering(range(sequences.count))
        self.matrix = _matrix(sequences.train, sequences.count)
        self.tried: dict[tuple[float, float, int], float] = {}
        models = {}
        for setting in grid:
            models[setting] = self.fitted(tags, setting)
            for number in range(len(_HALF_LIVES)):
                self.half = number
                places = self.validation(self.scores(models[setting], sequences.train))
                self.tried[(*setting, number)] = float(places.ndcg10.mean())
        chosen = max(self.tried, key=lambda key: self.tried[key])
        self.best, self.half = (chosen[0], chosen[1]), chosen[2]
        self.model = models[self.best]
        self.weight = 0.0

    def fitted(self, tags: Any, setting: tuple[float, float]) -> Ease:
        model = Ease(regularisation=setting[0], side_weight=setting[1])
        return model.fit_matrix(self.matrix, self.items, tags)

    def scores(self, model: Ease, known: Sequence[Sequence[int]]) -> Numbers:
        half_life, floor = _HALF_LIVES[self.half]
        return model.scores(_matrix(known, self.sequences.count, half_life, floor))

    def validation(self, scores: Numbers) -> Places:
        wanted = [row[-2] for row in self.sequences.rows]
        return _places(scores, self.sequences.train, wanted)

    def test(self, model: Ease) -> Places:
        return self.test_scores(self.scores(model, self.sequences.known))

    def test_scores(self, scores: Numbers) -> Places:
        return _places(scores, self.sequences.known, [row[-1] for row in self.sequences.rows])


def _found(sequences: Sequences, runs: _Runs, nets: Sequence[Any]) -> dict[str, Places]:
    matrix = _matrix(sequences.known, sequences.count)
    popular = np.asarray(runs.matrix.sum(axis=0), np.float64)
    ease = Ease(regularisation=50.0).fit_matrix(runs.matrix, runs.items)
    neighbours = ItemNeighbours(shrinkage=0.0).fit_matrix(runs.matrix, runs.items)
    found = {
        "popularity": runs.test_scores(np.repeat(popular.reshape(1, -1), matrix.shape[0], axis=0)),
        "item kNN": runs.test_scores(neighbours.scores(matrix)),
        "EASE": runs.test_scores(ease.scores(matrix)),
        "CEASE, tags without held-out pairs": runs.test(runs.model),
    }
    base = standardised(runs.scores(runs.model, sequences.known))
    if not nets:
        found["blend"] = found["CEASE, tags without held-out pairs"]
        return found
    before = [standardised(net.scores(sequences.train)) for net in nets]
    after = [standardised(net.scores(sequences.known)) for net in nets]
    validation = standardised(runs.scores(runs.model, sequences.train))
    together = standardised(np.mean(before, axis=0))
    runs.weight = max(
        _WEIGHTS, key=lambda w: float(runs.validation(validation + w * together).ndcg10.mean())
    )
    found["transformer, one seed"] = runs.test_scores(after[0])
    for seed, scores in enumerate(after):
        found[f"blend, seed {seed}"] = runs.test_scores(base + runs.weight * scores)
    mean = standardised(np.mean(after, axis=0))
    found["blend"] = runs.test_scores(base + runs.weight * mean)
    return found


def _places(scores: Numbers, known: Sequence[Sequence[int]], wanted: Sequence[int]) -> Places:
    masked = scores.copy()
    for row, seen in zip(masked, known, strict=True):
        row[list(seen)] = -np.inf
    return Places(np.array([place_of(r, w) for r, w in zip(masked, wanted, strict=True)]))


def _matrix(
    rows: Sequence[Sequence[int]], count: int, half_life: int | None = None, floor: float = 0.0
) -> Any:
    """People x items; with a half-life in items the last ones count most."""
    values, row, column = [], [], []
    for number, items in enumerate(rows):
        for age, item in enumerate(reversed(items)):
            row.append(number)
            column.append(item)
            fresh = 1.0 if half_life is None else 0.5 ** (age / half_life)
            values.append(floor + (1 - floor) * fresh)
    return sparse.csr_matrix((values, (row, column)), (len(rows), count))


def _attributes(folder: Path, count: int) -> Any:
    said: Mapping[str, list[int]] = json.loads(
        (folder / "LastFM_item2attributes.json").read_text("ascii")
    )
    rows = [(0, int(item) - 1, tag) for item, tags in said.items() for tag in tags]
    return tag_rows(np.array(rows), Numbering(range(count)))


def _clean_tags(folder: Path, sequences: Sequences) -> Any | None:
    """Tags x items without what people said of their last two artists; None without HetRec.

    The benchmark's numbers are HetRec's users in their order, and artists by who tagged them.
    """
    if not (folder / "user_taggedartists.dat.gz").is_file():
        return None
    taggings = read_taggings(folder)
    users, artists = _five_core(taggings)
    order = np.unique(users)
    taggers: dict[int, set[int]] = {}
    for user, artist in zip(np.searchsorted(order, users).tolist(), artists.tolist(), strict=True):
        taggers.setdefault(artist, set()).add(user)
    theirs: dict[int, set[int]] = {}
    for user, row in enumerate(sequences.rows):
        for item in row:
            theirs.setdefault(item, set()).add(user)
    by_taggers = {frozenset(who): artist for artist, who in taggers.items()}
    artist_of = {item: by_taggers.get(frozenset(who)) for item, who in theirs.items()}
    if len(order) != len(sequences.rows) or None in artist_of.values():
        return None  # not the same people: nothing can be told apart
    held = np.array(
        [(order[u], artist_of[i]) for u, row in enumerate(sequences.rows) for i in row[-2:]]
    )
    item_of = {artist: item for item, artist in artist_of.items()}
    kept = without_pairs(taggings, held)
    kept = kept[[artist in item_of for artist in kept[:, 1].tolist()]]
    kept[:, 1] = [item_of[artist] for artist in kept[:, 1].tolist()]
    return tag_rows(kept, Numbering(range(sequences.count)), least_artists=3)


def _five_core(taggings: Ids) -> tuple[Ids, Ids]:
    """Pairs of user and artist, each of whom has at least five."""
    pairs = np.unique(taggings[:, :2], axis=0)
    while True:
        kept = pairs
        for column in (0, 1):
            values, counts = np.unique(kept[:, column], return_counts=True)
            kept = kept[np.isin(kept[:, column], values[counts >= 5])]
        if len(kept) == len(pairs):
            return pairs[:, 0], pairs[:, 1]
        pairs = kept


def _findings(found: Mapping[str, Places], runs: _Runs, *, nets: int, is_clean: bool) -> Findings:
    ours, plain = found["blend"], found["EASE"]
    low, high = interval(ours.hits(10))
    metrics = {
        "s3rec.hr10": float(ours.hits(10).mean()),
        "s3rec.hr10.low": low,
        "s3rec.hr10.high": high,
        "s3rec.hr10.gain_low": interval(ours.hits(10) - plain.hits(10))[0],
        "s3rec.ndcg10": float(ours.ndcg10.mean()),
        "s3rec.published_attributes.hr10": float(
            found["CEASE with published attributes"].hits(10).mean()
        ),
        "s3rec.transformer_weight": runs.weight,
    }
    if nets:
        alone = [found[f"blend, seed {seed}"].hits(10).mean() for seed in range(nets)]
        metrics["s3rec.one_seed.hr10"] = float(np.mean(alone))
    for name, key in (("popularity", "popular"), ("EASE", "ease"), ("item kNN", "neighbours")):
        metrics[f"s3rec.baseline.{key}.hr10"] = float(found[name].hits(10).mean())
    rows: Rows = tuple(
        (
            name,
            *(float(x.mean()) for x in (p.hits(10), p.hits(20), p.ndcg10, p.mrr20)),
        )
        for name, p in found.items()
    )
    names = tuple(found)
    bars = Series("HR@10", names, tuple(float(found[name].hits(10).mean()) for name in names))
    notes = [] if is_clean else ["S3-Rec: HetRec is not here, so its tags leak held-out artists."]
    if not nets:
        notes.append("S3-Rec: a quick run, or without torch: the transformer was left out.")
    columns = ("model", "HR@10", "HR@20", "NDCG@10", "MRR@20")
    return Findings(
        metrics,
        (Table("S3-Rec LastFM, fitted without validation", columns, rows),),
        (Plot("S3-Rec LastFM", "", "HR@10", (bars,)),),
        tuple(notes),
    )
