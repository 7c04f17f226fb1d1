"""The melodies of a library, to be asked for the ones that a hum may be."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from knowledge.melody.matching.alignment import (
    COST,
    FIRST,
    KEY,
    LAST,
    TEMPO,
    Costs,
    Floats,
    align,
)
from knowledge.melody.matching.atoms import Atoms, atoms_of
from knowledge.melody.matching.decision import verdict
from knowledge.melody.matching.store import MelodyStore
from knowledge.melody.models import (
    Contour,
    HumOutcome,
    Melody,
    MelodyHit,
    MelodyKey,
    MelodyMatches,
)

_FEWEST_ATOMS = 4
_WEIGHT_PRICE = 0.1
"""Added to the cost of a line of weight 0: less often hummed."""


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
        """Find the tunes that a hum may be; a contour with a problem is searched all the same."""
        atoms = atoms_of(contour)
        if len(atoms) < _FEWEST_ATOMS or not self._store.melody.size:
            return MelodyMatches(HumOutcome.AGAIN)
        found = self._aligned(atoms)
        hits = self._best(found, count)
        said = verdict([hit.cost for hit in hits], [hit.cost for hit in hits])
        return MelodyMatches(
            said.outcome,
            tuple(
                MelodyHit(
                    hit.key,
                    hit.cost,
                    probability,
                    hit.start_s,
                    hit.end_s,
                    hit.transposition,
                    hit.tempo,
                )
                for hit, probability in zip(hits, said.probabilities, strict=True)
            ),
            said.offered,
        )

    def _aligned(self, atoms: Atoms) -> Floats:
        store = self._store
        found = align(
            atoms.pitch,
            atoms.voiced,
            atoms.begin,
            store.notes,
            store.lines[:-1],
            store.lines[1:],
            Costs().packed(),
        )
        found[:, COST] += _WEIGHT_PRICE * (1 - store.weight)
        return found

    def _best(self, found: Floats, count: int) -> list[MelodyHit]:
        """The best line of each melody, best melodies first."""
        store = self._store
        hits: list[MelodyHit] = []
        seen: set[int] = set()
        for line in np.argsort(found[:, COST], kind="stable"):
            if len(hits) == count:
                break
            melody = int(store.melody[line])
            if melody in seen:
                continue
            seen.add(melody)
            row = found[line]
            begin = int(store.lines[line])
            first, last = begin + int(row[FIRST]), begin + int(row[LAST])
            hits.append(
                MelodyHit(
                    key=store.keys[melody],
                    cost=float(row[COST]),
                    probability=0.0,
                    start_s=float(store.heard_s[first]),
                    end_s=float(store.heard_s[last]),
                    transposition=float(row[KEY]),
                    tempo=1 / float(row[TEMPO]) if row[TEMPO] > 0 else 1.0,
                )
            )
        return hits
