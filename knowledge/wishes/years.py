"""Years of a request: "from the eighties", "1994 to 1998", "before 1970", "late nineties"."""

import math

from knowledge.wish import Span
from knowledge.wishes.amounts import Numbers, has_at, number_at, take
from knowledge.wishes.pieces import Piece, Request
from knowledge.wishes.short_years import is_measured, short_year

EARLIEST, LATEST = 0.0, 9999.0
"""What a stretch of years that is open to one side ends with."""
_FIRST_YEAR, _LAST_YEAR = 1860, 2060
_CENTURY = {"19": (1900.0, 1999.0), "20": (2000.0, 2099.0)}
_THIS_CENTURY = 20
"""Decades said with two digits below it are of this century."""
_LIMIT_LAST = frozenset({"ja", "zh", "hi"})
"""Languages that say "since" and "before" after the year; "voor" after one is "for" in Dutch."""
_YEAR_DIGITS, _SHORT_DIGITS = 4, 2
_A_DECADE = 10
_ONE_BETWEEN = 2
_LEAST_DECADE, _LAST_DECADE = 20, 90

_Read = tuple[Span, list[int]]
"""Years, and the places of the pieces that say them."""


def read_years(request: Request, numbers: Numbers) -> None:
    """Read all years, and mark the pieces that they are made of as used."""
    wanted: list[_Read] = []
    for span, places in _spans(request):
        limit = _limit(request, places)
        if not _is_negated(request, min(places), max(places)):
            if _goes_on(request, wanted, (span, places), limit):  # "aus 2015 bis 2020"
                (begins, _), earlier = wanted.pop()
                wanted.append(((begins, span[1]), [*earlier, *places]))
            else:
                wanted.append((_limited(span, limit), places))
        elif limit:  # "nothing after 1975" wishes for what is older
            wanted.append((_rest(span, limit), places))
        else:
            numbers.not_years = (*numbers.not_years, span)
            request.used.update(places)
    if not wanted:
        return
    numbers.years = _together([span for span, _ in wanted])
    take(request, numbers, "years", [place for _, places in wanted for place in places])


def _goes_on(request: Request, wanted: list[_Read], read: _Read, limit: str) -> bool:
    """Whether some years end what an earlier year began: "von 2015 bis 2020", "dal 77 all'82"."""
    if not wanted:
        return False
    (begins, ends), earlier = wanted[-1]
    first = read[0][0]
    if begins > first:
        return False
    gap = min(read[1]) - max(earlier)
    joined = gap == _ONE_BETWEEN and _is_joint(request, max(earlier) + 1)
    if limit == "before":
        return begins == ends or gap == 1 or joined
    return ends == LATEST and not limit and joined


def _together(spans: list[Span]) -> Span:
    """All of them, or what is between two limits: "after 1980 but before 1990"."""
    opens = [span for span in spans if span[0] == EARLIEST or span[1] == LATEST]
    if len(opens) == len(spans):
        between = max(first for first, _ in spans), min(last for _, last in spans)
        if between[0] <= between[1]:
            return between
    return min(first for first, _ in spans), max(last for _, last in spans)


def _spans(request: Request) -> list[_Read]:
    spans: list[_Read] = []
    place = 0
    while place < len(request.pieces):
        read = None if place in request.used else _year_at(request, place)
        if read is not None:
            spans.append(read)
            place = max(read[1]) + 1
        else:
            place += 1
    return _with_joined(request, spans)


def _with_joined(request: Request, spans: list[_Read]) -> list[_Read]:
    """Decades that share their noun with the next or the last one: "the fifties and sixty"."""
    known = {place for _, places in spans for place in places}
    joined: list[_Read] = []
    for span, places in spans:
        if span[0] % 10 or span[1] - span[0] < _A_DECADE - 1:
            continue
        for joint, other in (
            (max(places) + 1, max(places) + 2),
            (min(places) - 1, min(places) - 2),
        ):
            for at in (other, other - 1) if other < joint else (other, other + 1):
                value = number_at(request, at) if at not in known else None
                if value is None or not _is_joint(request, joint) or is_measured(request, at):
                    continue
                if _LEAST_DECADE <= value <= _LAST_DECADE and not value % 10:
                    joined.append(((1900 + value, 1909 + value), [at]))
                    known.add(at)
                    break
    return [*spans, *joined]


def _is_joint(request: Request, place: int) -> bool:
    if not 0 <= place < len(request.pieces):
        return False
    piece = request.pieces[place]
    words = ("and", "or")
    return any(piece.has("negation", word) for word in words) or piece.has("amount", "and")


def _is_negated(request: Request, first: int, last: int) -> bool:
    limit_last = request.language in _LIMIT_LAST
    for after in range(last + 1, min(last + 5, len(request.pieces))):
        piece = request.pieces[after]
        is_last = after + 1 == len(request.pieces) or request.pieces[after + 1].is_mark
        # "1990年以后的不要", "alles nach 1990 bitte weglassen"
        if piece.has("negation", "after") and (limit_last or is_last):
            return True
        if piece.has("negation", "before") and limit_last and is_last:
            return True
        if piece.is_mark or piece.descriptor is not None or piece.number is not None:
            break
    for before in range(first - 1, max(first - 4, -1), -1):
        piece = request.pieces[before]
        if piece.has("negation", "before"):
            return True
        is_limit = piece.has("amount", "over") or piece.has("amount", "under")
        if not piece.is_passed_over or (is_limit and not piece.has("years")):
            return False
    return False


def _year_at(request: Request, place: int) -> _Read | None:
    piece = request.pieces[place]
    spelled = piece.value("years")
    if spelled is not None and spelled.isdecimal():
        if spelled in _CENTURY:
            return _CENTURY[spelled], [place]
        return _part(request, place, float(spelled), [place])
    value = number_at(request, place)
    if value is None or value != math.floor(value):
        return None
    shown = piece.tokens[0].text if piece.number is not None else str(int(value))
    decade = _decade(int(value), shown)
    if decade is not None:
        if has_at(request, place + 1, "years", "decade_after"):
            places = [place, place + 1]
            if has_at(request, place + 2, "years", "decade_after"):
                places.append(place + 2)
            return _part(request, place, decade, places)
        if has_at(request, place - 1, "years", "decade_before"):
            return _part(request, place - 1, decade, [place - 1, place])
    if len(shown) == _YEAR_DIGITS and _FIRST_YEAR <= value <= _LAST_YEAR:
        places = [place]
        if has_at(request, place + 1, "years", "year"):
            places.append(place + 1)
        return (value, value), places
    return short_year(request, place) if len(shown) == _SHORT_DIGITS else None


def _decade(value: int, shown: str) -> float | None:
    if value % 10:
        return None
    if len(shown) == _YEAR_DIGITS and _FIRST_YEAR <= value <= _LAST_YEAR:
        return float(value)
    if len(shown) == _SHORT_DIGITS:
        return float(value + (2000 if value < _THIS_CENTURY else 1900))
    return None


def _part(request: Request, place: int, decade: float, places: list[int]) -> _Read:
    """A decade, or the early, middle or late years of it."""
    for near in (place - 1, place - 2, max(places) + 1):
        if has_at(request, near, "years", "early"):
            return (decade, decade + 3), [near, *places]
        if has_at(request, near, "years", "mid"):
            return (decade + 4, decade + 6), [near, *places]
        if has_at(request, near, "years", "late"):
            return (decade + 6, decade + 9), [near, *places]
    return (decade, decade + 9), places


def _limit(request: Request, places: list[int]) -> str:
    """Whether years are only where it begins ("since") or ends ("before"); "" when neither.

    The pieces that say so are added to `places`.
    """
    first, last = min(places), max(places)
    for place in range(first - 1, max(first - 4, -1), -1):
        piece = request.pieces[place]
        if not _is_small(piece):
            break
        for limit in ("since", "before"):
            if piece.has("years", limit) and not _is_article(request, piece):
                places.append(place)
                return limit
    for place in range(last + 1, min(last + 3, len(request.pieces))):
        piece = request.pieces[place]
        if not _is_small(piece):
            break
        is_last = place == last + 1 and _ends_clause(request, place)
        if piece.has("years", "since_after") or (is_last and piece.has("years", "since_last")):
            places.append(place)
            return "since"
        for limit in ("since", "before"):
            if request.language in _LIMIT_LAST and piece.has("years", limit):
                places.append(place)
                return limit
    return ""


def _ends_clause(request: Request, place: int) -> bool:
    """Whether nothing that "on" could belong to follows: "from 1990 on", not "90s on vinyl"."""
    if place + 1 >= len(request.pieces):
        return True
    after = request.pieces[place + 1]
    return after.is_mark or after.has("negation")


def _is_article(request: Request, piece: Piece) -> bool:
    """Whether French "dès" ("since") is but "des" ("of the")."""
    return request.language == "fr" and request.text[piece.start : piece.end].lower() == "des"


def _limited(span: Span, limit: str) -> Span:
    if limit == "since":
        return (span[0], LATEST)
    return (EARLIEST, span[0] - 1) if limit == "before" else span


def _rest(span: Span, limit: str) -> Span:
    """What is left when everything since or before some years is ruled out."""
    return (EARLIEST, span[1]) if limit == "since" else (span[0], LATEST)


def _is_small(piece: Piece) -> bool:
    is_decade = (piece.value("years") or "").isdecimal()
    return piece.is_passed_over and piece.number is None and not is_decade
