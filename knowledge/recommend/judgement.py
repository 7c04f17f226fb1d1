"""Judge the library for one request: what may be offered at all, and how good each would be."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.models import TrackId
from knowledge.ratings import Ratings
from knowledge.recommend.activities import Activities, Activity
from knowledge.recommend.conditions import CHANGED, Allowed, allowed, change, in_step_with
from knowledge.recommend.frame import Frame
from knowledge.recommend.judging import Request, judge
from knowledge.recommend.listening import ListeningLog
from knowledge.recommend.models import Situation
from knowledge.recommend.offers import OffersLog
from knowledge.recommend.shelf import ShelfReader
from knowledge.recommend.skip_risk import SkipRisk
from knowledge.recommend.sources import Sources
from knowledge.recommend.surroundings import activity_at
from knowledge.recommend.terms import Scores
from knowledge.sound.sounding import Sounding, WishFit
from knowledge.sources.neighbours.nearness import Nearness
from knowledge.taste.profile import TasteProfile
from knowledge.wish import MusicWish


@dataclass(frozen=True, slots=True)
class Judged:
    """Candidates with their scores."""

    frame: Frame
    scores: Scores
    allowed: Allowed
    keep: NDArray[np.bool_]
    """Which may be offered at all, shape (n,)."""
    relaxed: tuple[str, ...]
    activity: Activity | None
    people: bool
    """Whether there were several listeners to compare."""

    def best(self, count: int) -> NDArray[np.int64]:
        """Places of the best, best first; equal ones by id."""
        places = np.flatnonzero(self.keep)
        order = np.argsort(-self.scores.total[places], kind="stable")
        return places[order[:count]]


class Judge:
    """Knows everything that a score is made from. Synchronous, safe to share between threads."""

    def __init__(
        self,
        shelf: ShelfReader,
        listening: ListeningLog,
        ratings: Ratings,
        sounding: Sounding,
        fit: WishFit,
        taste: TasteProfile,
        activities: Activities,
        offers: OffersLog,
        nearness: Nearness | None = None,
    ) -> None:
        self._shelf, self._listening, self._ratings = shelf, listening, ratings
        self._sounding, self._fit, self._taste = sounding, fit, taste
        self._activities, self._offers = activities, offers
        self.sources = Sources(sounding, nearness)
        self.risk = SkipRisk()

    def judge(
        self, wish: MusicWish, situation: Situation, *, without: Collection[TrackId] = ()
    ) -> Judged:
        shelf, table = self._shelf.read(), self._sounding.table()
        listening = self._listening.read()
        taste = self._taste.now()
        never = frozenset({*taste.forbidden, *self._ratings.disliked_ids()})
        left_out = frozenset({*wish.like, *without})
        found = allowed(self._fit, wish, without=never | left_out)
        ids = None if found.fits is None else list(found.fits)
        frame = Frame.of(shelf, table, ids)
        keep = ~np.isin(frame.ids, list(never | left_out))
        liked = frozenset(self._ratings.liked_ids())
        if wish.liked:
            keep &= np.isin(frame.ids, list(liked))
        keep, relaxed = self._narrowed(frame, keep, wish)
        activity = self._activity(wish, situation)
        fitted = self.sources.fitted(listening, shelf)
        heard_for = self._offers.heard_for(activity.name) if activity else ()
        request = Request(
            wish, situation, frame, listening, fitted, taste, found.fits, liked, activity, heard_for
        )
        scores = Scores.of(judge(request, self.sources, self.risk), len(frame))
        return Judged(
            frame,
            scores,
            found,
            keep,
            (*found.relaxed, *relaxed),
            activity,
            fitted.people > 1,
        )

    @staticmethod
    def _narrowed(
        frame: Frame, keep: NDArray[np.bool_], wish: MusicWish
    ) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
        """Hold to the cadence and to every "but"; what leaves nothing is given up and said."""
        relaxed: list[str] = []
        if wish.cadence:
            narrowed = keep & in_step_with(frame, wish.cadence)
            if narrowed.any():
                keep = narrowed
            elif keep.any():
                relaxed.append("the cadence")
        for name, amount in wish.but.items():
            found = change(frame, wish.like, name, amount)
            if found is None or not keep.any():
                continue
            if (keep & found[0]).any():
                keep = keep & found[0]
            else:
                relaxed.append(CHANGED[name][int(amount >= 0)])
        return keep, tuple(relaxed)

    def _activity(self, wish: MusicWish, situation: Situation) -> Activity | None:
        named = self._activities.named(wish.activity)
        if named is None and not wish.activity and not wish.moods:
            named = self._activities.named(activity_at(wish.place or situation.place))
        return named
