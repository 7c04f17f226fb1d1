"""Recordings that the library holds several times, in other formats or encodings."""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from knowledge.catalog import Catalog
from knowledge.catalog_rows import chunks
from knowledge.database import Database
from knowledge.errors import NotInLibrary
from knowledge.fingerprint.models import SegmentView
from knowledge.models import Track
from knowledge.recognition.coinciding import Coinciding
from knowledge.recognition.models import Duplicate, DuplicateGroup, TimeRange
from knowledge.schema import tracks

_LEAST_SHARE = 0.5
"""With less of the shorter one in common, they only have a part in common."""
_LOSSLESS = ("flac", "alac", "pcm", "wavpack", "ape", "tta")


def find_duplicates(
    database: Database,
    catalog: Catalog,
    segments: Sequence[SegmentView],
    progress: Callable[[int, int], None] | None = None,
) -> tuple[DuplicateGroup, ...]:
    """Find recordings that are there several times.

    Args:
        database: the library.
        catalog: reads it.
        segments: the library's index.
        progress: told how many recordings of how many were looked at.
    """
    coinciding = Coinciding(segments)
    group_of = list(range(len(coinciding.keys)))

    def root(number: int) -> int:
        while group_of[number] != number:
            group_of[number] = group_of[group_of[number]]
            number = group_of[number]
        return number

    for number in range(len(coinciding.keys)):
        for other, ranges in coinciding.others(number):
            if _share(coinciding, number, other, ranges) >= _LEAST_SHARE:
                group_of[root(other)] = root(number)
        if progress is not None:
            progress(number + 1, len(coinciding.keys))
    members: dict[int, list[int]] = {}
    for number in range(len(coinciding.keys)):
        members.setdefault(root(number), []).append(number)
    groups = [group for group in members.values() if len(group) > 1]
    there = _tracks(database, catalog, [coinciding.keys[n] for group in groups for n in group])
    found = (_group(coinciding, catalog, there, group) for group in groups)
    return tuple(group for group in found if group is not None)


def _group(
    coinciding: Coinciding, catalog: Catalog, there: dict[str, Track], numbers: list[int]
) -> DuplicateGroup | None:
    held = [(number, there[key]) for number in numbers if (key := coinciding.keys[number]) in there]
    if len(held) < 2:
        return None
    held.sort(key=lambda one: (_is_lossy(one[1]), -one[1].duration_s, one[1].id))
    (first, track), *others = held
    copies = []
    for number, copy in others:
        ranges = coinciding.between(first, number)
        copies.append(
            Duplicate(
                track=copy,
                path=_path(catalog, copy),
                share=round(_share(coinciding, first, number, ranges), 3),
                ranges=ranges,
            )
        )
    return DuplicateGroup(track, _path(catalog, track), tuple(copies))


def _share(coinciding: Coinciding, number: int, other: int, ranges: tuple[TimeRange, ...]) -> float:
    shorter_s = min(coinciding.seconds(number), coinciding.seconds(other))
    common_s = sum(part.end_s - part.start_s for part in ranges)
    return min(1.0, common_s / max(shorter_s, 1.0))


def _tracks(database: Database, catalog: Catalog, keys: Sequence[str]) -> dict[str, Track]:
    ids: dict[str, int] = {}
    with database.read() as connection:
        for chunk in chunks(keys):
            rows = connection.execute(
                select(tracks.c.audio_hash, tracks.c.id).where(tracks.c.audio_hash.in_(chunk))
            )
            ids.update({row.audio_hash: row.id for row in rows})
    there = {track.id: track for track in catalog.tracks(list(ids.values()))}
    return {key: there[track_id] for key, track_id in ids.items() if track_id in there}


def _is_lossy(track: Track) -> bool:
    return not track.codec.startswith(_LOSSLESS)


def _path(catalog: Catalog, track: Track) -> str:
    try:
        return str(catalog.path_of(track.id))
    except NotInLibrary:
        return ""
