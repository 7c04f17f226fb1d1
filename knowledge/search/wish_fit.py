"""`LibraryWishFit`: which tracks obey a wish, and how well they fit it, for the recommender."""

from collections.abc import Mapping

import numpy as np

from knowledge.database import Database
from knowledge.models import TrackId
from knowledge.search.terms import reasons
from knowledge.search.wish_judge import WishJudge
from knowledge.sound.sounding import Sounding
from knowledge.wish import MusicWish

_MOST_EXPLAINED = 400
"""So many of the best tracks come with reasons; those of the others nobody sees."""


class LibraryWishFit:
    """Implements `knowledge.sound.sounding.WishFit`. Safe to share between threads."""

    def __init__(
        self, database: Database, sounding: Sounding, *, judge: WishJudge | None = None
    ) -> None:
        """Prepare; nothing is read.

        Args:
            database: the library.
            sounding: what it sounds like.
            judge: share one with others, so that the library is kept in memory once.
        """
        self._judge = judge or WishJudge(database, sounding)

    def fit(self, wish: MusicWish) -> Mapping[TrackId, tuple[float, tuple[str, ...]]]:
        """Track to fit (0 to 1) and reasons, the best first; only those that break no condition.

        Conditions are the facts of the wish and its stretches of sound. Moods, activities,
        instruments and likeness only make the fit. Nothing is given up here: when no track obeys,
        the mapping is empty.
        """
        judged = self._judge.judge(wish, give_way=False)
        rows = np.flatnonzero(judged.allowed)
        rows = rows[np.lexsort((judged.view.library.spread[rows], -judged.scores[rows]))]
        ids = judged.view.library.ids[rows].tolist()
        scores = judged.scores[rows].tolist()
        fits: dict[TrackId, tuple[float, tuple[str, ...]]] = {}
        for place, (track_id, score) in enumerate(zip(ids, scores, strict=True)):
            why: tuple[str, ...] = ()
            if place < _MOST_EXPLAINED:
                why = tuple(one.words for one in reasons(judged.terms, int(rows[place])))
            fits[track_id] = (score, why)
        return fits
