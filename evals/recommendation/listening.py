"""Listening sessions of 30Music: five windows of five days, and their splits."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.recommendation.models.next_track import NextTrack, SoFar
from evals.recommendation.scoring import NOT_FOUND, Places, place_of
from knowledge.recommend.learning.plays import Ids, Numbers, Plays

WINDOWS = 5
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Windows:
    """The plays of each window, and who made each track."""

    plays: tuple[Plays, ...]
    artist_of: dict[int, int]


@dataclass(frozen=True, slots=True)
class Prediction:
    """Candidates for one next track, and the track that came."""

    ids: Ids
    features: NDArray[np.float32]
    came: int
    user: int
    is_known: bool
    """Whether the track was played before the split."""

    @property
    def place(self) -> int:
        """Row of the right candidate; -1 when it was not brought."""
        found = np.flatnonzero(self.ids == self.came)
        return int(found[0]) if len(found) else -1


def read_windows(folder: Path) -> Windows:
    """Read all windows, without immediate repeats and sessions of one play."""
    windows: list[Plays] = []
    artist_of: dict[int, int] = {}
    for number in range(WINDOWS):
        with gzip.open(folder / f"window_{number}.tsv.gz", "rt", encoding="ascii") as file:
            rows = np.loadtxt(file, dtype=np.int64, skiprows=1, delimiter="\t")
        artist_of.update(zip(rows[:, 2].tolist(), rows[:, 4].tolist(), strict=True))
        played = Plays.of(rows[:, 0], rows[:, 2], rows[:, 3].astype(np.float64), rows[:, 1])
        played = played.without_repeats()
        sessions, counts = np.unique(played.sessions, return_counts=True)
        windows.append(played.where(np.isin(played.sessions, sessions[counts >= 2])))
    return Windows(tuple(windows), artist_of)


def cut(plays: Plays, days: float) -> tuple[Plays, Plays]:
    """Part off the sessions that start in the last `days`."""
    sessions, place = np.unique(plays.sessions, return_inverse=True)
    starts = np.full(len(sessions), np.inf)
    np.minimum.at(starts, place, plays.times)
    late = starts[place] >= plays.times.max() - days * _DAY_S
    return plays.where(~late), plays.where(late)


def joined(parts: Sequence[Plays]) -> Plays:
    """All plays of several windows."""
    return Plays.of(
        np.concatenate([part.users for part in parts]),
        np.concatenate([part.items for part in parts]),
        np.concatenate([part.times for part in parts]),
        np.concatenate([part.sessions for part in parts]),
    )


def predictions(
    train: Plays, sessions: Plays, artist_of: dict[int, int], *, most: int | None = None
) -> Iterator[Prediction]:
    """Every next track of `sessions`, with candidates of sources fitted on `train`."""
    model = NextTrack(artist_of).fit(train)
    known = set(np.unique(train.items).tolist())
    for count, (start, end) in enumerate(_spans(sessions)):
        if most is not None and count >= most:
            return
        user = int(sessions.users[start])
        own = slice(*np.searchsorted(train.users, [user, user + 1]).tolist())
        for place in range(start + 1, end):
            so_far = SoFar(
                sessions.items[start:place].tolist(),
                train.items[own],
                train.times[own],
                float(sessions.times[place - 1]),
            )
            brought, came = model.candidates(so_far), int(sessions.items[place])
            yield Prediction(
                brought.ids, brought.features.astype(np.float32), came, user, came in known
            )


def places(made: Sequence[Prediction], scores: Sequence[Numbers]) -> Places:
    """Where the right track stands in each list."""
    return Places(
        np.array(
            [
                place_of(score, one.place) if one.place >= 0 else NOT_FOUND
                for one, score in zip(made, scores, strict=True)
            ]
        )
    )


def _spans(plays: Plays) -> list[tuple[int, int]]:
    new = np.r_[True, plays.sessions[1:] != plays.sessions[:-1]]
    starts = np.flatnonzero(new).tolist()
    return list(zip(starts, [*starts[1:], len(plays)], strict=True))
