"""What comes next: rules from one track to another, artists, like sessions, and replays.

These work for one listener alone. Numpy only; a prediction takes well below a millisecond for the
histories of a household.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from knowledge.recommend.learning.plays import Ids, Numbering, Numbers, Plays, Scored

Decay = Callable[[int], float]


def by_distance(distance: int) -> float:
    """Weigh a follower that many plays later: 1, 1/2, 1/3 and so on."""
    return 1.0 / distance


@dataclass(frozen=True, slots=True)
class Links:
    """A sparse table of weights from one id to others, by rows (CSR)."""

    sources: Numbering
    starts: Ids
    targets: Ids
    weights: Numbers

    @classmethod
    def of(cls, source: Ids, target: Ids, weight: Numbers) -> Self:
        """Add up the weights of equal pairs. All of shape (n,)."""
        froms, tos = Numbering(source), Numbering(target)
        key = froms.places(source) * max(len(tos), 1) + tos.places(target)
        pairs, place = np.unique(key, return_inverse=True)
        summed = np.bincount(place, weights=weight, minlength=len(pairs)).astype(np.float64)
        rows = pairs // max(len(tos), 1)
        starts = np.searchsorted(rows, np.arange(len(froms) + 1))
        return cls(froms, starts, tos.ids[pairs % max(len(tos), 1)], summed)

    def row(self, source: int) -> tuple[Ids, Numbers]:
        """What `source` leads to, and how strongly; empty for the unknown."""
        place = int(self.sources.places([source])[0])
        if place < 0:
            return self.targets[:0], self.weights[:0]
        span = slice(int(self.starts[place]), int(self.starts[place + 1]))
        return self.targets[span], self.weights[span]

    def from_recent(self, recent: Sequence[int], fade: Decay, *, normalised: bool) -> Scored:
        """Sum the rows of what was played last, each weighed by how long ago it was."""
        ids, weights = [self.targets[:0]], [self.weights[:0]]
        for distance, item in enumerate(reversed(recent), start=1):
            target, weight = self.row(item)
            if len(target):
                share = weight / weight.sum() if normalised else weight
                ids.append(target)
                weights.append(share * fade(distance))
        return Scored.summed(np.concatenate(ids), np.concatenate(weights))


class SequentialRules:
    """Which tracks followed a track within a few plays of the same session.

    Ludewig and Jannach 2018, "Evaluation of session-based recommendation algorithms" (SR).
    """

    def __init__(
        self, *, steps: int = 10, decay: Decay = by_distance, half_life_days: float | None = None
    ) -> None:
        """Set the rules up.

        Args:
            steps: how far a follower may be away, in plays.
            decay: the weight of a follower by its distance, from 1 to `steps`.
            half_life_days: older sessions count less; None when age does not matter.
        """
        self._steps, self._decay, self._half_life_days = steps, decay, half_life_days
        self._links: Links | None = None

    def fit(self, plays: Plays) -> Self:
        self._links = follow_links(
            plays, plays.items, self._steps, self._decay, self._half_life_days
        )
        return self

    def score(self, recent: Sequence[int], *, memory: int = 1, fade: Decay = by_distance) -> Scored:
        """Score what may follow `recent`, oldest first; only the last `memory` of it counts."""
        if self._links is None or not len(recent):
            return Scored.nothing()
        return self._links.from_recent(recent[-memory:], fade, normalised=False)


class ArtistTransitions:
    """Which artists follow an artist, and of each its most played tracks."""

    def __init__(self, artist_of: Mapping[int, int], *, steps: int = 5, same: float = 1.0) -> None:
        """Set it up.

        Args:
            artist_of: the artist's id by the track's id.
            steps: how far artists may be apart in a session.
            same: how much staying with the same artist counts, against its share in history.
        """
        self._artist_of, self._steps, self._same = artist_of, steps, same
        self._links: Links | None = None
        self._tracks: dict[int, tuple[Ids, Numbers]] = {}

    def fit(self, plays: Plays) -> Self:
        known = np.fromiter((int(i) in self._artist_of for i in plays.items), bool, len(plays))
        kept = plays.where(known)
        artists = np.fromiter((self._artist_of[int(i)] for i in kept.items), np.int64, len(kept))
        self._links = follow_links(kept, artists, self._steps, by_distance, None)
        self._tracks = {}
        items, counts = np.unique(kept.items, return_counts=True)
        owners = np.fromiter((self._artist_of[int(i)] for i in items), np.int64, len(items))
        order = np.argsort(owners, kind="stable")
        edges = np.flatnonzero(np.diff(owners[order])) + 1
        for group in np.split(order, edges):
            if len(group):
                share = counts[group] / counts[group].sum()
                self._tracks[int(owners[group[0]])] = (items[group], share)
        return self

    def tracks(self, artist: int) -> Scored:
        """The tracks of one artist, by their share of its plays."""
        ids, shares = self._tracks.get(artist, (np.empty(0, np.int64), np.empty(0)))
        return Scored.ranked(ids, shares)

    def artists(self, artist: int) -> Scored:
        """The artists that follow `artist`, by their share; staying is weighed by `same`."""
        if self._links is None:
            return Scored.nothing()
        ids, weights = self._links.row(artist)
        if not len(ids):
            return Scored.nothing()
        shares = weights / weights.sum() * np.where(ids == artist, self._same, 1.0)
        return Scored.ranked(ids, shares)

    def score(self, recent: Sequence[int], *, most_artists: int = 20) -> Scored:
        """Score tracks by P(artist | artist played last) x P(track | artist)."""
        artist = self._artist_of.get(int(recent[-1])) if len(recent) else None
        if artist is None:
            return Scored.nothing()
        ids, weights = [np.empty(0, np.int64)], [np.empty(0)]
        following = self.artists(artist)
        for other, share in zip(following.ids[:most_artists], following.scores, strict=False):
            tracks, popularity = self._tracks.get(int(other), (ids[0], weights[0]))
            ids.append(tracks)
            weights.append(popularity * share)
        return Scored.summed(np.concatenate(ids), np.concatenate(weights))


class SessionNeighbours:
    """Tracks of sessions that share tracks with this one, the newest shared ones counting most.

    VSKNN of Ludewig and Jannach 2018.
    """

    def __init__(self, *, neighbours: int = 100, most_sessions: int = 500) -> None:
        self._neighbours, self._most = neighbours, most_sessions
        self._of_item: Links | None = None
        self._of_session: Links | None = None

    def fit(self, plays: Plays) -> Self:
        ones = np.ones(len(plays))
        self._of_item = Links.of(plays.items, plays.sessions, ones)
        self._of_session = Links.of(plays.sessions, plays.items, ones)
        return self

    def score(self, recent: Sequence[int], *, leave_out: int | None = None) -> Scored:
        """Score for a session so far, oldest first; `leave_out` is its own number when fitted."""
        if self._of_item is None or self._of_session is None or not len(recent):
            return Scored.nothing()
        weight_of = {int(item): (i + 1) / len(recent) for i, item in enumerate(recent)}
        shared: dict[int, float] = {}
        for item, weight in weight_of.items():
            # The newest sessions have the highest numbers: of a very common track only those count.
            for session in self._of_item.row(item)[0][-self._most :].tolist():
                shared[session] = shared.get(session, 0.0) + weight
        if leave_out is not None:
            shared.pop(leave_out, None)
        nearest = sorted(shared.items(), key=lambda pair: (-pair[1], -pair[0]))[: self._neighbours]
        ids, weights = [np.empty(0, np.int64)], [np.empty(0)]
        for session, likeness in nearest:
            items, _ = self._of_session.row(session)
            ids.append(items)
            weights.append(np.full(len(items), likeness / np.sqrt(len(items))))
        return Scored.summed(np.concatenate(ids), np.concatenate(weights))


class BaseLevel:
    """How present tracks are in one person's memory: ln of the sum of age^-decay.

    Base-level activation of ACT-R (Anderson and Schooler 1991): how often, and how lately.
    """

    def __init__(self, *, decay: float = 0.5, least_age_s: float = 60.0) -> None:
        self._decay, self._least_age_s = decay, least_age_s

    def score(self, items: Ids, times: Numbers, *, now: float, limit: int = 200) -> Scored:
        """Score one person's plays at `now` (unix seconds); later plays do not count."""
        before = times <= now
        ages = np.maximum(now - times[before], self._least_age_s) / 3600.0
        summed = Scored.summed(items[before], ages**-self._decay, limit=limit)
        return Scored(summed.ids, np.log(summed.scores))


def follow_links(
    plays: Plays, values: Ids, steps: int, decay: Decay, half_life_days: float | None
) -> Links:
    """Link each of `values` (an id for each play) with those that follow in the same session."""
    aged = np.ones(len(plays))
    if half_life_days is not None and len(plays):
        aged = 0.5 ** ((plays.times.max() - plays.times) / 86_400.0 / half_life_days)
    source, target, weight = [values[:0]], [values[:0]], [aged[:0]]
    for distance in range(1, min(steps, max(len(plays) - 1, 0)) + 1):
        same = plays.sessions[distance:] == plays.sessions[:-distance]
        source.append(values[:-distance][same])
        target.append(values[distance:][same])
        weight.append(aged[distance:][same] * decay(distance))
    return Links.of(np.concatenate(source), np.concatenate(target), np.concatenate(weight))
