"""Recordings of one song by one artist become one hit; the plain studio version leads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.folding import fold, without_featuring
from knowledge.search.candidates import TrackRow
from knowledge.search.matching import Match, asked_versions
from knowledge.search.versions import Version
from knowledge.search.words import squeezed

MOST_VERSIONS = 12
MOST_MATCHES = 400


@dataclass(frozen=True, slots=True)
class Group:
    """A song: the recording that leads, and the others, best first."""

    lead: Match
    others: tuple[int, ...]
    """Track ids."""


def group_versions(
    matches: Iterable[Match], rows: Mapping[int, TrackRow], words: Sequence[str]
) -> tuple[Group, ...]:
    """Group track matches into songs, best first.

    Args:
        matches: of tracks, in any order.
        rows: the row of each of them.
        words: folded words of the query; "live" among them asks for a live recording.
    """
    songs: dict[tuple[str, str], list[Match]] = {}
    for match in sorted(matches, key=lambda match: -match.score)[:MOST_MATCHES]:
        songs.setdefault(_song(rows[match.id]), []).append(match)
    groups = []
    for members in songs.values():
        lead, *others = sorted(members, key=lambda match: _order(match, rows[match.id], words))
        groups.append(Group(lead, tuple(match.id for match in others[:MOST_VERSIONS])))
    return tuple(sorted(groups, key=lambda group: -group.lead.score))


def _song(row: TrackRow) -> tuple[str, str]:
    """Name the song and who performs it; a cover by somebody else is another song."""
    first = without_featuring(row.artist).split(", ")[0]
    return squeezed(row.song.key.split()), squeezed(fold(first).split())


def _order(
    match: Match, row: TrackRow, words: Sequence[str]
) -> tuple[float, bool, Version, bool, int, int]:
    song = row.song
    asked = asked_versions(words, row)
    return (
        -round(match.score, 2),
        bool(asked and not asked & song.versions),
        song.rank,
        row.is_compilation,
        row.year or 9999,
        row.id,
    )
