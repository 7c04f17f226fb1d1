"""Years of the last century in two digits: "'77", "from 77 to 82", "before 75"."""

from knowledge.wish import Span
from knowledge.wishes.amounts import has_at, number_at, pair_at
from knowledge.wishes.pieces import Request

_LEAST, _GREATEST = 30.0, 99.0
_APOSTROPHES = frozenset("'’‘`´")
_YEAR_LAST = frozenset({"ja", "zh", "hi"})
"""Languages that say "year" after it."""


def short_year(request: Request, place: int) -> tuple[Span, list[int]] | None:
    """The year that two digits at `place` are, and its places; None when they are none."""
    value = request.pieces[place].number
    if value is None or not _is_short_year(request, place, value):
        return None
    year = value + 1900
    is_said = request.language in _YEAR_LAST and has_at(request, place + 1, "years", "year")
    return (year, year), [place, place + 1] if is_said else [place]


def is_measured(request: Request, place: int) -> bool:
    """Whether the number at `place` counts something: beats, minutes, songs."""
    for after in range(place + 1, min(place + 3, len(request.pieces))):
        piece = request.pieces[after]
        if piece.has("units") or piece.has("kinds"):
            return True
        if piece.is_mark or piece.number is not None:
            return False
    return False


def _is_short_year(request: Request, place: int, value: float) -> bool:
    """Whether two digits are a year of the last century: "'77", "from 77 to 82", "before 75"."""
    if (
        number_at(request, place) is None
        or not _LEAST <= value <= _GREATEST
        or is_measured(request, place)
    ):
        return False
    piece = request.pieces[place]
    if request.language in _YEAR_LAST and has_at(request, place + 1, "years", "year"):
        return True
    if request.text[max(piece.start - 1, 0) : piece.start] in _APOSTROPHES:
        return True
    for first in (place, place - 2):
        pair = pair_at(request, first) if first >= 0 else None
        if pair is not None and _LEAST <= pair[0] < pair[1] <= _GREATEST:
            return _begins_years(request, first)
    if value % 10 == 0 or pair_at(request, place) is not None:
        return False
    for before in range(place - 1, max(place - 4, -1), -1):
        small = request.pieces[before]
        if small.has("years", "since") or small.has("years", "before"):
            return True
        if not small.is_passed_over:
            return False
    return False


def _begins_years(request: Request, place: int) -> bool:
    if place == 0:
        return False
    before = request.pieces[place - 1]
    return before.has("years") or before.has("amount", "between") or before.has("function")
