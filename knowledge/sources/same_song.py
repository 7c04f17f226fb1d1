"""Whether two names are of the same recording, however they are written."""

from knowledge.folding import fold, without_article, without_featuring
from knowledge.search.versions import Version, song_title

_MARKS = (" feat", " ft.", ",", ";", " & ", " / ", " with ", " x ", " vs")
_SAME_RECORDING = Version.EDIT
"""Marks up to this one, such as "Remastered 2011", hardly make another recording."""


def same_title(one: str, other: str) -> bool:
    """Whether two titles name one recording: a live version or a remix is another one."""
    first, second = song_title(one), song_title(other)
    same_marks = first.versions == second.versions or (
        first.rank <= _SAME_RECORDING and second.rank <= _SAME_RECORDING
    )
    return same_marks and bool({first.key, first.short} & {second.key, second.short})


def same_artist(one: str, other: str) -> bool:
    """Whether two credits begin with the same artist."""
    return main_artist(one) == main_artist(other)


def main_artist(credit: str) -> str:
    """The first of several artists, folded, without an article."""
    first = without_featuring(credit)
    for mark in _MARKS:
        first = first.partition(mark)[0] or first
    return without_article(fold(first))
