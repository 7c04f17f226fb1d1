"""Which of the recordings that a service found is the user's, and from which release it is.

A wrong year or cover is worse than none: title and artist must agree, and then the length, or, when
the lengths say nothing, the album.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.folding import fold
from knowledge.sources.musicbrainz_search import FoundRecording, FoundRelease
from knowledge.sources.recordings import Recording
from knowledge.sources.same_song import same_artist, same_title

_NEAR_S = 4.0
_APART_S = 10.0
"""Lengths that differ by more are of different recordings, whatever their names."""
_YEAR = re.compile(r"(1[89]\d\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Identified:
    """What the user's recording is."""

    recording: FoundRecording
    release: FoundRelease | None
    """The one whose title the user's album has, else the first official one."""
    certainty: float
    """0 to 1."""
    year: int | None
    """Of its first release."""


def identify(wanted: Recording, found: Sequence[FoundRecording]) -> Identified | None:
    """Choose one of what was found; None when none is surely the user's."""
    judged = [(_certainty(wanted, one), one) for one in found]
    good = [(certainty, one) for certainty, one in judged if certainty >= 0.6]
    if not good:
        return None
    certainty, best = max(
        good, key=lambda pair: (pair[0], len(pair[1].releases) > 0, pair[1].score)
    )
    # The same song by the same artist may be there many times: the oldest release of those that
    # are as long says when it came out.
    alike = [one for likely, one in good if likely >= certainty - 0.1]
    years = [year for one in alike for release in one.releases if (year := year_of(release.date))]
    return Identified(best, _release(wanted, best), certainty, min(years, default=None))


def year_of(date: str) -> int | None:
    """The year of an ISO date."""
    found = _YEAR.match(date)
    return int(found[1]) if found else None


def _certainty(wanted: Recording, one: FoundRecording) -> float:
    if not same_title(wanted.title, one.title) or not same_artist(wanted.artist, one.artist):
        return 0.0
    has_album = bool(wanted.album) and any(
        fold(release.title) == fold(wanted.album) for release in one.releases
    )
    certainty = 0.5 + (0.2 if has_album else 0.0)
    if one.duration_s and wanted.duration_s:
        apart_s = abs(one.duration_s - wanted.duration_s)
        if apart_s > _APART_S:
            return 0.0
        certainty += 0.3 if apart_s <= _NEAR_S else 0.1
    return certainty


def _release(wanted: Recording, one: FoundRecording) -> FoundRelease | None:
    def order(release: FoundRelease) -> tuple[bool, bool, bool, str]:
        return (
            fold(release.title) != fold(wanted.album),
            not release.official,
            release.kind == "Compilation",
            release.date or "9999",
        )

    return min(one.releases, key=order, default=None)
