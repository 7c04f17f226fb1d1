"""Choose a varied few of many candidates, the same way every time.

Greedy selection with three restraints: near-duplicates count once, an artist gets only a few places
and not two in a row, and what was heard or offered lately comes last. There is no chance in it:
variety over time comes from what was heard meanwhile, so a result can be explained and tested.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.folding import fold, without_featuring
from knowledge.models import Track, TrackId

ARTIST_CAP = 2
NOBODY = frozenset({"unknown artist", "unknown", "various artists"})
"""Folded names that stand for no artist: their tracks have nothing in common."""
_RECENT_PENALTY = 0.35
_VERSION = re.compile(
    r"\s*(?:[\(\[][^\)\]]*VERSION[^\)\]]*[\)\]]|\s-\s[^-]*VERSION[^-]*$)".replace(
        "VERSION",
        r"\b(?:live|remaster(?:ed)?|remix|mix|version|edit|mono|stereo|demo|acoustic|take)\b",
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    track: Track
    fit: float
    """How well it fits the wish, 0 to 1."""
    why: str = ""


def spread(
    candidates: Iterable[Candidate],
    count: int,
    *,
    recent: Mapping[TrackId, float],
    artist_cap: int = ARTIST_CAP,
) -> tuple[Candidate, ...]:
    """The best `count` of `candidates`, mixed.

    Args:
        candidates: in any order; the result does not depend on it.
        count: how many at most; fewer when there are not so many different ones.
        recent: how present a track is in memory, 1 (just now) to 0; or -1 for disliked: never.
        artist_cap: at most so many of one artist, unless too little remains otherwise.
    """
    pool = [c for c in one_version_each(candidates) if recent.get(c.track.id, 0.0) >= 0]
    scores = {c.track.id: c.fit - _RECENT_PENALTY * recent.get(c.track.id, 0.0) for c in pool}
    pool.sort(key=lambda c: (-scores[c.track.id], c.track.id))
    chosen: list[Candidate] = []
    waiting: list[Candidate] = []
    taken: dict[str, int] = {}
    for candidate in pool:
        if len(chosen) == count:
            break
        artist = performer(candidate.track)
        if taken.get(artist, 0) >= artist_cap:
            waiting.append(candidate)
            continue
        taken[artist] = taken.get(artist, 0) + 1
        chosen.append(candidate)
    if len(chosen) < min(count, 3):  # a library of one artist still gets an answer
        chosen.extend(waiting[: count - len(chosen)])
    return _apart(chosen)


def performer(track: Track) -> str:
    """A key that is the same for tracks of one artist; tracks of nobody known have one each."""
    key = fold(track.artists[0])
    return f"{key} {track.id}" if key in NOBODY else key


def recency(newest_first: Iterable[TrackId], *, fade: int = 60) -> dict[TrackId, float]:
    """How present each track is in memory: 1 for the newest, falling to 0 over `fade` others."""
    presence: dict[TrackId, float] = {}
    for place, track_id in enumerate(newest_first):
        if place >= fade:
            break
        presence.setdefault(track_id, 1.0 - place / fade)
    return presence


def one_version_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each work of an artist: live, remastered and original fall together."""
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in candidates:
        key = (_work(candidate.track.title), performer(candidate.track))
        known = best.get(key)
        if known is None or (-candidate.fit, candidate.track.id) < (-known.fit, known.track.id):
            best[key] = candidate
    return list(best.values())


def _work(title: str) -> str:
    """The title without a word on the version: "Song (Live) - 2011 Remaster" is "Song"."""
    return fold(_VERSION.sub("", without_featuring(title)) or title)


def _apart(chosen: list[Candidate]) -> tuple[Candidate, ...]:
    """The same choice, reordered so that one artist seldom follows itself."""
    rest, ordered = list(chosen), list[Candidate]()
    while rest:
        last = performer(ordered[-1].track) if ordered else None
        index = next((i for i, c in enumerate(rest) if performer(c.track) != last), 0)
        ordered.append(rest.pop(index))
    return tuple(ordered)
