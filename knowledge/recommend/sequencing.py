"""Put tracks into a list that flows: smooth transitions, an arc of energy, an exact length.

Beam search, then 2-opt and single exchanges with the same objective, then, where the length is
still not met, an exact choice of tracks that add up to it. Hard rules (no track and no work twice,
artists apart, few tracks of each) hold; where they cannot, the number of tracks of one artist gives
way first, then their distance, then the length, and it is said.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.models import Track, TrackId
from knowledge.recommend.beam import MOST_TRACKS, search
from knowledge.recommend.exact_length import subset_of_length
from knowledge.recommend.improving import improve, reorder
from knowledge.recommend.objective import Objective, Rules
from knowledge.recommend.pool import Pool, gather
from knowledge.recommend.transitions import Indexes, flow_cost
from knowledge.sound.sounding import SoundTable
from knowledge.wish import Arc

TOLERANCE_S = 15.0
VARIETY, LENGTH, COUNT = "the variety of artists", "the length", "the number of tracks"
"""What may be relaxed, in the words of `Recommended.relaxed`."""


@dataclass(frozen=True, slots=True)
class Sequenced:
    """A list in order."""

    tracks: tuple[Track, ...]
    duration_s: float
    flow: float
    """Mean cost of its transitions, 0 (seamless) to 1."""
    relaxed: tuple[str, ...] = ()
    """What could not be kept, in words."""


def sequence(
    tracks: Sequence[Track],
    table: SoundTable,
    *,
    fits: Mapping[TrackId, float] | None = None,
    duration_s: float | None = None,
    count: int | None = None,
    arc: Arc = "",
    before: TrackId | None = None,
    artist_gap: int = 2,
    artist_cap: int | None = None,
    tolerance_s: float = TOLERANCE_S,
    seed: int = 0,
) -> Sequenced:
    """Choose from candidates and order them.

    Args:
        tracks: candidates, any number; what breaks a condition must not be among them.
        table: their sound; tracks that are not in it can be chosen but not judged.
        fits: how well each fits the wish, 0 to 1; .5 when not given.
        duration_s: wished length in seconds, met with at most about 300 tracks. Without it and
            `count`, all candidates are ordered.
        count: wished number of tracks; counts only without `duration_s`.
        arc: course of the energy through the list.
        before: the track that sounds before the list begins.
        artist_gap: so many other tracks between two of one artist.
        artist_cap: at most so many tracks of one artist; by default about a quarter.
        tolerance_s: how much the length may be off.
        seed: decides among candidates that fit equally well; the rest is determined.
    """
    pool = gather(tracks, table, fits=fits or {}, arc=arc, before=before, seed=seed)
    if not len(pool) or (count is not None and count < 1) or (duration_s or 1.0) <= 0:
        return Sequenced((), 0.0, 0.0)
    wanted = len(pool) if duration_s is None and count is None else count
    strict = Rules(
        target_s=duration_s,
        count=None if duration_s is not None else wanted,
        tolerance_s=tolerance_s,
        artist_gap=artist_gap,
        artist_cap=artist_cap or _cap(pool, duration_s, wanted),
    )
    best: Indexes = np.zeros(0, np.int64)
    said: tuple[str, ...] = ()
    score = math.inf
    for rules, words in _relaxing(strict):
        objective = Objective(pool, arc, rules)
        found = _solve(objective)
        miss = _missed(objective, found)
        if miss < score:
            best, score, said = found, miss, words
        if miss <= 0 or len(found) >= MOST_TRACKS:
            break
    if score > 0:
        said = (*said, LENGTH if duration_s is not None else COUNT)
    chosen = tuple(pool.tracks[index] for index in best)
    return Sequenced(
        chosen,
        sum(track.duration_s for track in chosen),
        flow_cost([track.id for track in chosen], table),
        tuple(dict.fromkeys(said)),
    )


def _relaxing(strict: Rules) -> tuple[tuple[Rules, tuple[str, ...]], ...]:
    free = replace(strict, artist_cap=10_000)
    return (
        (strict, ()),
        (free, (VARIETY,)),
        (replace(free, artist_gap=0), (VARIETY,)),
    )


def _solve(objective: Objective) -> Indexes:
    found = improve(objective, search(objective))
    if objective.rules.target_s is None or not _missed(objective, found):
        return found
    pool, rules = objective.pool, objective.rules
    exact = subset_of_length(
        pool.durations,
        0.1 + pool.fits.astype(np.float64),
        rules.target_s or 0.0,
        tolerance_s=rules.tolerance_s,
    )
    if exact is None:
        return found
    ordered = reorder(objective, exact)
    return ordered if objective(ordered) < objective(found) else found


def _missed(objective: Objective, order: Indexes) -> float:
    """How far a list is from what was wished; 0 when it is met."""
    rules, pool = objective.rules, objective.pool
    if rules.target_s is not None:
        off = abs(float(pool.durations[order].sum()) - rules.target_s)
        return max(0.0, off - rules.tolerance_s)
    return float(max(0, (rules.count or 0) - len(order)))


def _cap(pool: Pool, duration_s: float | None, count: int | None) -> int:
    """About a quarter of the list, and never so few that the artists there are do not suffice."""
    if duration_s is not None:
        count = max(1, round(duration_s / float(np.median(pool.durations))))
    expected = min(count or len(pool), len(pool))
    artists = len(np.unique(pool.artists))
    return max(2, math.ceil(expected / 4), math.ceil(expected / artists))
