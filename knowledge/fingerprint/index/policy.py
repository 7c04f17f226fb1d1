"""Which segments to merge, and when.

A search looks its hashes up in every segment, so there should be few; a merge writes everything
again, so each posting should be in few merges. Sizes that at least halve from one segment to the
next give both: about log2 of the library in segments, and in rewrites.
"""

from collections.abc import Sequence

MAX_SEGMENT_POSTINGS = 2**28
"""Segments are not merged beyond this: 26 days of audio, a file of 1.3 GB."""
AUTOMATIC_GROUP = 4
"""While adding, so many segments must come together before a merge is worth it."""
_MOSTLY_DEAD = 0.25
"""Share of removed recordings from which a segment is written again without them."""


def merge_group(
    sizes: Sequence[int], *, at_least: int, largest: int = MAX_SEGMENT_POSTINGS
) -> tuple[int, ...]:
    """Choose the segments to merge next.

    Args:
        sizes: postings of each segment.
        at_least: how many must come together; 2 is thorough, more is lazier.
        largest: postings that a merged segment may hold.

    Returns:
        Their places in `sizes`, rising; none when all is well.
    """
    order = sorted(range(len(sizes)), key=lambda place: (sizes[place], place))
    best: tuple[int, ...] = ()
    total = 0
    for count, place in enumerate(order, start=1):
        if total + sizes[place] > largest:
            break
        if count >= at_least and sizes[place] <= total:
            best = tuple(sorted(order[:count]))
        total += sizes[place]
    return best


def full_groups(
    sizes: Sequence[int], *, largest: int = MAX_SEGMENT_POSTINGS
) -> list[tuple[int, ...]]:
    """Divide the segments, in order, into as few groups as `largest` allows."""
    groups: list[list[int]] = []
    total = 0
    for place, size in enumerate(sizes):
        if not groups or total + size > largest:
            groups.append([])
            total = 0
        groups[-1].append(place)
        total += size
    return [tuple(group) for group in groups]


def worth_rewriting(recordings: int, alive: int) -> bool:
    """Say whether so much of a segment was removed that its room is worth having back."""
    return recordings - alive > _MOSTLY_DEAD * recordings
