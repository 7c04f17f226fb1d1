"""The melodies of a library, to be asked for the ones that a hum may be."""

from collections.abc import Collection, Iterable, Sequence

from knowledge.melody.matching.decision import verdict
from knowledge.melody.matching.ranking import Fit, best_fits, tunes_of
from knowledge.melody.matching.store import MelodyStore
from knowledge.melody.models import (
    Contour,
    HumOutcome,
    Melody,
    MelodyHit,
    MelodyKey,
    MelodyMatches,
)

_JUDGED = 10
"""Hits that are compared with one another before something is said."""


class MelodyIndex:
    """Melodies in arrays; immutable, so that any number of threads may search."""

    def __init__(self, store: MelodyStore) -> None:
        self._store = store

    @classmethod
    def build(cls, melodies: Iterable[Melody]) -> "MelodyIndex":
        """Index melodies; of two with one key the last counts."""
        return cls(MelodyStore.of(melodies))

    def updated(self, added: Sequence[Melody], gone: Collection[MelodyKey]) -> "MelodyIndex":
        """The index with melodies put in (again) and others left out."""
        return MelodyIndex(self._store.updated(added, gone))

    def __len__(self) -> int:
        return len(self._store)

    def search(self, contour: Contour, *, count: int = 10) -> MelodyMatches:
        """Find the tunes that a hum may be; a contour with a problem is searched all the same.

        Versions of one tune count as one when it is judged whether the tune is known; several are
        offered only where the hum fits them alike.
        """
        store = self._store
        fits = best_fits(store, contour, max(count, _JUDGED))
        if not fits:
            return MelodyMatches(HumOutcome.AGAIN)
        tunes = tunes_of(store, fits[:_JUDGED])
        first = [fits[tune].cost for tune in sorted(set(tunes))]
        said = verdict([fit.cost for fit in fits], first)
        ranked = list(zip(fits, said.probabilities, strict=True))
        if said.outcome is HumOutcome.AMBIGUOUS:
            # What is offered is of different tunes, or of versions that fit alike.
            ranked.sort(key=lambda one: -one[1])
        hits = tuple(self._hit(*one) for one in ranked[: max(count, 0)])
        return MelodyMatches(said.outcome, hits, min(said.offered, len(hits)))

    def _hit(self, fit: Fit, probability: float) -> MelodyHit:
        store = self._store
        return MelodyHit(
            key=store.keys[int(store.melody[fit.line])],
            cost=fit.cost,
            probability=probability,
            start_s=float(store.heard_s[fit.first]),
            end_s=float(store.heard_s[fit.last]),
            transposition=fit.key,
            tempo=1 / fit.tempo,
        )
