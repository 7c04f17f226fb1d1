"""The next track of a running session: candidates of all sources, and what is known of each.

Every source brings some candidates; each candidate is then described by the same numbers, so that
a few fixed weights or a learned ranking can order them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from knowledge.recommend.learning.plays import Ids, Numbering, Numbers, Plays, Scored
from knowledge.recommend.learning.sequential import (
    ArtistTransitions,
    BaseLevel,
    SequentialRules,
    SessionNeighbours,
    by_distance,
)

NEXT_FEATURES = (
    "rules", "rules_memory", "follows", "before", "sessions", "transitions", "same_artist",
    "artist_share", "artist_follows", "repeat", "own_artist", "own_count", "in_session",
    "since_in_session", "popular", "popular_now", "session_artist", "length", "run",
    "artist_heard",
)  # fmt: skip
"""The columns of `Candidates.features`, in order."""

_MOST = 60
_NOW_DAYS = 3.0


@dataclass(frozen=True, slots=True)
class SoFar:
    """A running session and who listens."""

    recent: Sequence[int]
    """Tracks of this session, oldest first; at least one."""
    own_items: Ids
    """What the person played before this session."""
    own_times: Numbers
    now: float
    """Unix seconds."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may come next."""

    ids: Ids
    features: Numbers
    """Shape (n, len(NEXT_FEATURES))."""


class NextTrack:
    """Sources for the next track, fitted together."""

    def __init__(self, artist_of: Mapping[int, int]) -> None:
        self._artist_of = artist_of
        self._rules = SequentialRules(steps=10)
        self._follows = SequentialRules(steps=1)
        self._before = SequentialRules(steps=3)
        self._sessions = SessionNeighbours()
        self._transitions = ArtistTransitions(artist_of)
        self._base = BaseLevel()
        self._items = Numbering([])
        self._counts: Numbers = np.empty(0)
        self._lately: Numbers = np.empty(0)
        self._shares: Numbers = np.empty(0)
        self._artists: Ids = np.empty(0, np.int64)

    def fit(self, plays: Plays) -> Self:
        for source in (self._rules, self._follows, self._sessions, self._transitions):
            source.fit(plays)
        backwards = Plays(
            plays.users[::-1], plays.items[::-1], plays.times[::-1], plays.sessions[::-1]
        )
        self._before.fit(backwards)
        self._items = Numbering(plays.items)
        place = self._items.places(plays.items)
        self._counts = np.bincount(place, minlength=len(self._items)).astype(np.float64)
        age_days = (plays.times.max() - plays.times) / 86_400.0 if len(plays) else plays.times
        lately = np.bincount(place, 0.5 ** (age_days / _NOW_DAYS), len(self._items))
        self._lately = lately.astype(np.float64)
        self._artists = self._artists_of(self._items.ids)
        artists = Numbering(self._artists)
        of_artist = np.bincount(artists.places(self._artists), self._counts, len(artists))
        self._shares = self._counts / np.maximum(of_artist[artists.places(self._artists)], 1)
        return self

    def candidates(self, so_far: SoFar) -> Candidates:
        """Bring candidates for the next track, each with its features."""
        recent = list(so_far.recent)
        last = self._artist_of.get(recent[-1], -1)
        sources = (
            _scaled(self._rules.score(recent)),
            _scaled(self._rules.score(recent, memory=4)),
            _scaled(self._follows.score(recent)),
            _scaled(self._before.score(recent, memory=2)),
            _scaled(self._sessions.score(recent[-20:])),
            self._transitions.score(recent),
        )
        repeat = self._base.score(so_far.own_items, so_far.own_times, now=so_far.now)
        brought = [source.ids[:_MOST] for source in (*sources, self._transitions.tracks(last))]
        ids = np.unique(np.concatenate([*brought, repeat.ids[:_MOST], np.asarray(recent[-_MOST:])]))
        columns = [_looked_up(source, ids) for source in sources]
        artists = self._artists_of(ids)
        place = self._items.places(ids)
        known = place >= 0
        follows = self._transitions.artists(last)
        session_artists = self._artists_of(np.asarray(recent, np.int64))
        own_artists = self._artists_of(so_far.own_items)
        run = int(np.argmax(session_artists[::-1] != last)) or len(recent)
        catalogue = max(len(self._transitions.tracks(last)), 1)
        heard = len({item for item, by in zip(recent, session_artists, strict=True) if by == last})
        columns += [
            artists == last,
            np.where(known, self._shares[place], 0.0) if len(self._shares) else np.zeros(len(ids)),
            _looked_up(follows, artists),
            _looked_up(repeat, ids, missing=-10.0),
            _share(own_artists, artists),
            _count(so_far.own_items, ids),
            _count(np.asarray(recent), ids),
            _since(recent, ids),
            np.log1p(np.where(known, self._counts[place], 0.0)),
            np.log1p(np.where(known, self._lately[place], 0.0)),
            _share(session_artists, artists),
            np.full(len(ids), float(len(recent))),
            np.full(len(ids), float(run)),
            np.full(len(ids), min(heard / catalogue, 1.0)),
        ]
        return Candidates(ids, np.column_stack([np.asarray(c, np.float64) for c in columns]))

    def _artists_of(self, ids: Ids) -> Ids:
        return np.fromiter((self._artist_of.get(int(i), -1) for i in ids), np.int64, len(ids))


def fixed_score(features: Numbers, weights: Mapping[str, float]) -> Numbers:
    """A weighted sum of some features: what is used until enough is learned."""
    total = np.zeros(len(features))
    for name, weight in weights.items():
        total += weight * features[:, NEXT_FEATURES.index(name)]
    return total


def _scaled(scored: Scored) -> Scored:
    """Scores as shares of their sum."""
    total = float(scored.scores.sum())
    return Scored(scored.ids, scored.scores / total) if total > 0 else scored


def _looked_up(scored: Scored, ids: Ids, missing: float = 0.0) -> Numbers:
    if not len(scored):
        return np.full(len(ids), missing)
    order = np.argsort(scored.ids)
    place = np.minimum(np.searchsorted(scored.ids[order], ids), len(order) - 1)
    found = scored.ids[order][place] == ids
    return np.where(found, scored.scores[order][place], missing)


def _count(among: Ids, ids: Ids) -> Numbers:
    values, counts = np.unique(among, return_counts=True)
    return _looked_up(Scored(values, counts.astype(np.float64)), ids)


def _share(among: Ids, ids: Ids) -> Numbers:
    return _count(among, ids) / max(len(among), 1)


def _since(recent: Sequence[int], ids: Ids) -> Numbers:
    """1 for what was just played, 1/2 for the one before; 0 for what was not."""
    last = {item: by_distance(place) for place, item in enumerate(reversed(recent), 1)}
    nearest: dict[int, float] = {}
    for item, value in last.items():
        nearest[item] = max(value, nearest.get(item, 0.0))
    return np.fromiter((nearest.get(int(i), 0.0) for i in ids), np.float64, len(ids))
