"""Make a list with an order out of judged candidates: still what was asked for, and flowing."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from knowledge.catalog import Catalog
from knowledge.recommend.judgement import Judged
from knowledge.recommend.models import Situation
from knowledge.recommend.sequencing import LENGTH, Sequenced, sequence
from knowledge.sound.sounding import Sounding
from knowledge.wish import MusicWish

MOST = 200
"""No list has more places, unless a length asks for it."""
LONGEST_S = 12 * 3600.0
"""No list is longer, whatever is wished for."""
_USUAL_COUNT = 20
_USUAL_S = 220.0
_FEWEST = 120
_EACH = 12
"""So many candidates for each place are looked at, twice as many for a list that rises or falls."""
_STILL_GOOD = 0.8
"""Only candidates with this part of a good score are taken, as long as they suffice."""
_SPARE = 4


class ListMaker:
    """Chooses and orders. Synchronous, safe to share between threads."""

    def __init__(self, catalog: Catalog, sounding: Sounding) -> None:
        self._catalog, self._sounding = catalog, sounding

    def make(self, judged: Judged, wish: MusicWish, situation: Situation) -> Sequenced:
        """Make the list that a wish describes by length or number, and by its arc.

        The best candidates are tried first; when the length cannot be met with them, more are.
        """
        if wish.duration_s is not None and wish.duration_s > LONGEST_S:
            made = self.make(judged, replace(wish, duration_s=LONGEST_S), situation)
            return replace(made, relaxed=tuple(dict.fromkeys((*made.relaxed, LENGTH))))
        expected = self._expected(judged, wish)
        wide = 1 if wish.arc in {"", "flat"} else 2
        best = judged.best(max(_FEWEST, _EACH * expected * wide))
        good = self._good(judged, best, expected)
        made = self._ordered(judged, best[good], wish, situation)
        if made.relaxed and not good.all():
            wider = self._ordered(judged, best, wish, situation)
            return wider if len(wider.relaxed) < len(made.relaxed) else made
        return made

    @staticmethod
    def _expected(judged: Judged, wish: MusicWish) -> int:
        """About how many tracks the list will have."""
        if wish.duration_s is None:
            return min(wish.count or _USUAL_COUNT, MOST)
        lengths = judged.frame.shelf.durations[judged.frame.rows[judged.best(_FEWEST)]]
        usual_s = float(np.median(lengths)) if len(lengths) else _USUAL_S
        return math.ceil(wish.duration_s / max(usual_s, 1.0))

    @staticmethod
    def _good(judged: Judged, best: NDArray[np.int64], expected: int) -> NDArray[np.bool_]:
        """Which of the best, best first, are still good: a list that flows is what was asked."""
        good = np.ones(len(best), bool)
        needed = 2 * expected + _SPARE
        if len(best) > needed:
            total = judged.scores.total[best]
            good = total >= _STILL_GOOD * float(total[expected - 1])
            good[:needed] = True
        return good

    def _ordered(
        self, judged: Judged, places: NDArray[np.int64], wish: MusicWish, situation: Situation
    ) -> Sequenced:
        ids, total = judged.frame.ids, judged.scores.total
        tracks = self._catalog.tracks([int(ids[place]) for place in places])
        low = float(total[places].min()) if len(places) else 0.0
        span = (float(total[places].max()) - low if len(places) else 0.0) or 1.0
        one_artist = bool(wish.artists or wish.albums)
        return sequence(
            tracks,
            self._sounding.table(),
            fits={int(ids[place]): (float(total[place]) - low) / span for place in places},
            duration_s=wish.duration_s,
            count=None if wish.duration_s is not None else self._expected(judged, wish),
            arc=wish.arc,
            before=situation.queue[-1] if situation.queue else None,
            artist_cap=10_000 if one_artist else None,
            artist_gap=0 if one_artist else 2,
        )
