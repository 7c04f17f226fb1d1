"""Who plays which artists, and which tags people give them (HetRec 2011, Last.fm)."""

import gzip
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from knowledge.recommend.learning.plays import Ids, Numbering, Numbers

TRAIN, VALIDATION, TEST = 0, 1, 2
_PAIR = 1_000_000


@dataclass(frozen=True, slots=True)
class ArtistPlays:
    """Pairs of person and artist, with play counts, each in one part of the split."""

    users: Numbering
    artists: Numbering
    user: Ids
    """Row of each pair."""
    artist: Ids
    """Column of each pair."""
    counts: Numbers
    part: Ids
    """TRAIN, VALIDATION or TEST."""

    def matrix(self, parts: Collection[int]) -> Any:
        """Ones where someone plays an artist, in these parts: people x artists."""
        keep = np.isin(self.part, list(parts))
        return self._sparse(keep, np.ones(keep.sum()))

    def weighted(self, parts: Collection[int]) -> Any:
        """The logarithm of play counts."""
        keep = np.isin(self.part, list(parts))
        return self._sparse(keep, np.log1p(self.counts[keep]))

    def relative(self, parts: Collection[int]) -> Any:
        """The same, each person's mean being 1."""
        matrix = self.weighted(parts)
        mean = np.asarray(matrix.sum(axis=1)).ravel() / np.maximum(np.diff(matrix.indptr), 1)
        return (sparse.diags(1 / np.maximum(mean, 1e-9)) @ matrix).tocsr()

    def pairs(self, parts: Collection[int]) -> Ids:
        """The ids of person and artist of each pair, shape (n, 2)."""
        keep = np.isin(self.part, list(parts))
        return np.stack(
            [self.users.ids[self.user[keep]], self.artists.ids[self.artist[keep]]], axis=1
        )

    def _sparse(self, keep: Any, values: Numbers) -> Any:
        shape = (len(self.users), len(self.artists))
        return sparse.csr_matrix((values, (self.user[keep], self.artist[keep])), shape)


def read_plays(folder: Path, *, least_listeners: int = 5, least_artists: int = 10) -> ArtistPlays:
    """Read and split: each pair at random 70/10/20, in the order of the file, seed 0."""
    rows = _table((folder / "user_artists.dat").read_text("latin-1"), 3)
    rows = rows[_often(rows[:, 1], least_listeners)]
    rows = rows[_often(rows[:, 0], least_artists)]
    users, artists = Numbering(rows[:, 0]), Numbering(rows[:, 1])
    chance = np.random.default_rng(0).random(len(rows))
    part = np.where(chance < 0.7, TRAIN, np.where(chance < 0.8, VALIDATION, TEST))
    return ArtistPlays(
        users,
        artists,
        users.places(rows[:, 0]),
        artists.places(rows[:, 1]),
        rows[:, 2].astype(np.float64),
        part.astype(np.int64),
    )


def read_taggings(folder: Path) -> Ids:
    """Who gave which artist which tag: shape (n, 3)."""
    with gzip.open(folder / "user_taggedartists.dat.gz", "rt", encoding="latin-1") as file:
        return _table(file.read(), 3)


def without_pairs(taggings: Ids, pairs: Ids) -> Ids:
    """Drop what people said about artists that are held out for them: it would give them away."""
    held = pairs[:, 0] * _PAIR + pairs[:, 1]
    return taggings[~np.isin(taggings[:, 0] * _PAIR + taggings[:, 1], held)]


def tag_rows(taggings: Ids, artists: Numbering, *, least_artists: int = 2) -> Any:
    """Tags x artists: log counts times rarity, each artist of length 1."""
    column = artists.places(taggings[:, 1])
    kept, column = taggings[column >= 0], column[column >= 0]
    tags = Numbering(kept[:, 2])
    where = (tags.places(kept[:, 2]), column)
    counted = sparse.coo_matrix((np.ones(len(kept)), where), (len(tags), len(artists))).tocsr()
    spread = np.diff(counted.indptr)
    counted = counted[spread >= least_artists]
    spread = spread[spread >= least_artists]
    counted.data = np.log1p(counted.data)
    weighted = (sparse.diags(np.log(len(artists) / spread)) @ counted).tocsr()
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=0)).ravel())
    return (weighted @ sparse.diags(1 / np.maximum(length, 1e-9))).tocsr()


def _table(text: str, columns: int) -> Ids:
    lines = text.splitlines()[1:]
    return np.array([[int(cell) for cell in line.split("\t")[:columns]] for line in lines])


def _often(values: Ids, least: int) -> Any:
    known, counts = np.unique(values, return_counts=True)
    return np.isin(values, known[counts >= least])
