"""Where candidates come from: what was heard, what follows it, what is alike, what others play.

Each source gives at most 200 tracks with a score from 0 to 1. The models behind them are fitted on
the log of listening and fitted anew when it has grown.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from knowledge.models import TrackId
from knowledge.people.current import PersonId, current_person
from knowledge.recommend.learning.plays import Plays, Scored
from knowledge.recommend.learning.sequential import ArtistTransitions, BaseLevel, SequentialRules
from knowledge.recommend.listening import Listening
from knowledge.recommend.shelf import Shelf
from knowledge.sound.sounding import Alike, Sounding
from knowledge.sources.neighbours.nearness import Nearby, Nearness

MOST = 200
_GROWN_BY = 25
"""Models are fitted anew after so many further plays."""
_MEMORY = 3
"""So many of the last tracks of a session say what may follow."""
_PEOPLE = 2
_LINEAR_FROM = 10
"""Below so many known tracks neighbours serve better than a linear model."""
_LEAST_OF_ONE = 10
_FAVOURITES = 8
_HALF_LIFE_DAYS = 180.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """Models of one state of the log."""

    plays: int
    shelf_revision: int
    rules: SequentialRules
    artists: ArtistTransitions
    linear: Any = None
    """EASE over people; None with one listener."""
    neighbours: Any = None
    people: int = 1


class Sources:
    """Keeps the models, for each person apart. Safe to share between threads."""

    def __init__(self, sounding: Sounding, nearness: Nearness | None = None) -> None:
        self._sounding = sounding
        self._nearness = nearness
        self._lock = threading.Lock()
        self._fitted: dict[PersonId, Fitted] = {}

    def fitted(self, listening: Listening, shelf: Shelf) -> Fitted:
        """Models that know the log of this person well enough."""
        person = current_person()
        with self._lock:
            known = self._fitted.get(person)
            if known is None or self._is_stale(known, listening, shelf):
                known = self._fitted[person] = _fit(listening, shelf)
            return known

    def forget(self) -> None:
        """Let go of what was learned."""
        with self._lock:
            self._fitted.clear()

    @staticmethod
    def _is_stale(known: Fitted, listening: Listening, shelf: Shelf) -> bool:
        grown = len(listening) - known.plays
        few = grown != 0 and known.plays < _GROWN_BY
        return few or not 0 <= grown < _GROWN_BY or known.shelf_revision != shelf.revision

    def recent(self, listening: Listening, now: float) -> Mapping[TrackId, float]:
        """What is most present in memory: heard often, and lately."""
        good = listening.where(listening.heard & ~listening.skipped)
        found = BaseLevel().score(good.tracks, good.at, now=now, limit=MOST)
        if not len(found):
            return {}
        low, high = float(found.scores.min()), float(found.scores.max())
        span = high - low
        scaled = (found.scores - low) / span if span > 0 else np.ones(len(found))
        return dict(zip(found.ids.tolist(), (0.2 + 0.8 * scaled).tolist(), strict=True))

    def rules(self, fitted: Fitted, session: Sequence[TrackId]) -> Mapping[TrackId, float]:
        """What followed the last tracks of the session before."""
        return _scaled(fitted.rules.score(list(session), memory=_MEMORY).without(session))

    def artists(self, fitted: Fitted, session: Sequence[TrackId]) -> Mapping[TrackId, float]:
        """What one plays of the artists that follow this one."""
        return _scaled(fitted.artists.score(list(session)).without(session))

    def content(
        self, seeds: Sequence[TrackId], but: Mapping[str, float] | None = None
    ) -> Mapping[TrackId, Alike]:
        """What sounds like the seeds, moved along axes."""
        if not seeds:
            return {}
        found = self._sounding.alike(seeds, but=but or None, count=MOST)
        return {each.track_id: each for each in found}

    def people(self, fitted: Fitted, listening: Listening) -> Mapping[TrackId, float] | None:
        """What people with a like taste play; None with one listener, where it is undefined."""
        if fitted.people < _PEOPLE:
            return None
        mine = listening.own()
        good = mine.where(mine.heard & ~mine.skipped)
        history = list(dict.fromkeys(good.tracks.tolist()))
        model = fitted.linear if len(history) >= _LINEAR_FROM else fitted.neighbours
        return _scaled(model.score(history).without(history))

    def outside(self, seeds: Sequence[TrackId], shelf: Shelf) -> Mapping[TrackId, Nearby]:
        """What listeners elsewhere play beside the seeds; nothing where nobody was asked."""
        if self._nearness is None or not seeds:
            return {}
        return self._nearness.near(seeds, shelf)

    @staticmethod
    def favourites(recent: Mapping[TrackId, float]) -> tuple[TrackId, ...]:
        """What one comes back to: seeds where nothing else is known."""
        best = sorted(recent.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(track_id for track_id, _ in best[:_FAVOURITES])


def _fit(listening: Listening, shelf: Shelf) -> Fitted:
    plays = listening.plays().without_repeats()
    artist_of = dict(zip(shelf.ids.tolist(), shelf.artist_numbers.tolist(), strict=True))
    rules = SequentialRules(half_life_days=_HALF_LIFE_DAYS).fit(plays)
    artists = ArtistTransitions(artist_of).fit(plays)
    people = _several(plays)
    if people < _PEOPLE:
        return Fitted(len(listening), shelf.revision, rules, artists)
    # They load scipy, which nobody needs who listens alone.
    from knowledge.recommend.learning.linear import Ease  # noqa: PLC0415
    from knowledge.recommend.learning.neighbours import ItemNeighbours  # noqa: PLC0415

    return Fitted(
        len(listening),
        shelf.revision,
        rules,
        artists,
        Ease().fit(plays),
        ItemNeighbours().fit(plays),
        people,
    )


def _several(plays: Plays) -> int:
    """How many people have listened to enough different tracks to be compared."""
    if not len(plays):
        return 0
    pairs = np.unique(np.stack([plays.users, plays.items]), axis=1)
    _, counts = np.unique(pairs[0], return_counts=True)
    return int((counts >= _LEAST_OF_ONE).sum())


def _scaled(found: Scored) -> Mapping[TrackId, float]:
    """The best is 1; what scores nothing is left out."""
    ids, scores = found.ids[:MOST], found.scores[:MOST]
    if not len(ids) or scores[0] <= 0:
        return {}
    good = scores > 0
    return dict(zip(ids[good].tolist(), (scores[good] / scores[0]).tolist(), strict=True))
