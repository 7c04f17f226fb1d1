"""Numbers of a request: beats, steps, years, lengths and how many."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.wish import Span
from knowledge.wishes.pieces import Piece, Request

_AROUND = 0.04
_PLAIN = 0.03
_SLOWEST, _FASTEST = 30.0, 300.0
_FIRST_YEAR, _LAST_YEAR = 1860, 2060
EARLIEST, LATEST = 0.0, 9999.0
_MOST_TRACKS = 500
_LONGEST_S = 48 * 3600.0
_CENTURY = {"19": (1900.0, 1999.0), "20": (2000.0, 2099.0)}


@dataclass(slots=True)
class Numbers:
    """What the numbers say."""

    tempo_bpm: Span | None = None
    tempo_exact: bool = False
    cadence: float | None = None
    years: Span | None = None
    not_years: tuple[Span, ...] = ()
    duration_s: float | None = None
    count: int | None = None
    said: dict[str, str] = field(default_factory=dict)


def read_numbers(request: Request, ruled_out: dict[int, bool]) -> Numbers:
    """Read all numbers, and mark the pieces that they are made of as used."""
    numbers = Numbers()
    _tempo(request, numbers)
    _duration(request, numbers)
    _years(request, numbers, ruled_out)
    _count(request, numbers)
    return numbers


def _value(request: Request, place: int) -> float | None:
    if not 0 <= place < len(request.pieces) or place in request.used:
        return None
    piece = request.pieces[place]
    if piece.number is not None:
        return piece.number
    word = piece.value("numbers")
    return float(word) if word is not None else None


def _is(request: Request, place: int, slot: str, value: str) -> bool:
    return 0 <= place < len(request.pieces) and request.pieces[place].has(slot, value)


def _near(request: Request, first: int, last: int, slot: str, value: str) -> int | None:
    """A piece with this meaning up to three before `first` or two after `last`."""
    before = range(first - 1, max(first - 4, -1), -1)
    after = range(last + 1, min(last + 3, len(request.pieces)))
    for places in (before, after):
        for place in places:
            piece = request.pieces[place]
            if piece.has(slot, value):
                return place
            if piece.is_mark or piece.number is not None:
                break
    return None


def _use(request: Request, numbers: Numbers, name: str, places: list[int]) -> None:
    request.used.update(places)
    numbers.said[name] = request.words(min(places), max(places))


def _pair(request: Request, place: int) -> tuple[float, float, int] | None:
    """Two numbers joined by "and", "to" or a dash, the first at `place`."""
    first = _value(request, place)
    if first is None:
        return None
    for second_place in (place + 1, place + 2):
        second = _value(request, second_place)
        if second is None:
            continue
        if second_place == place + 1:
            gap = request.text[request.pieces[place].end : request.pieces[second_place].start]
            if not any(sign in gap for sign in "-–—~〜/"):
                return None
        elif not (_is(request, place + 1, "amount", "and") or _is_dash(request, place + 1)):
            return None
        return first, second, second_place
    return None


def _is_dash(request: Request, place: int) -> bool:
    return request.pieces[place].is_mark and request.text[
        request.pieces[place].start : request.pieces[place].end
    ].strip() in {"-", "–", "—"}


def _tempo(request: Request, numbers: Numbers) -> None:
    for place, piece in enumerate(request.pieces):
        for unit in ("bpm", "spm"):
            if not piece.has("units", unit) or place in request.used:
                continue
            span, places = _measure(request, place)
            if span is None:
                continue
            if unit == "spm":
                numbers.cadence = sum(span) / 2
                _use(request, numbers, "cadence", [*places, place])
            else:
                _set_tempo(request, numbers, span, [*places, place])
    if numbers.tempo_bpm is not None:
        return
    for place, piece in enumerate(request.pieces):
        if piece.has("units", "tempo"):
            for at in range(place + 1, place + 4):
                value = _value(request, at)
                if value is not None and 50 <= value <= _FASTEST:
                    _set_tempo(request, numbers, (value, value), [place, at])
                    return


def _measure(request: Request, unit: int) -> tuple[Span | None, list[int]]:
    """The number or two numbers that a unit belongs to."""
    for last in (unit - 1, unit - 2):
        for first in (last - 2, last - 1):
            pair = _pair(request, first) if first >= 0 else None
            if pair is not None and pair[2] == last:
                low, high = sorted(pair[:2])
                return (low, high), [first, last]
        value = _value(request, last)
        if value is not None:
            return (value, value), [last]
    # "cadence 180", "BPM 120"
    for place in (unit + 1, unit + 2):
        value = _value(request, place)
        if value is not None:
            return (value, value), [place]
    return None, []


def _set_tempo(request: Request, numbers: Numbers, span: Span, places: list[int]) -> None:
    low, high = span
    if not (_SLOWEST <= low <= high <= _FASTEST):
        return
    first, last = min(places), max(places)
    if low == high:
        for amount in ("exactly", "around", "over", "under"):
            near = _near(request, first, last, "amount", amount)
            if near is None:
                continue
            places = [*places, near]
            if amount == "exactly":
                low, high = low * 0.985, high * 1.015
                numbers.tempo_exact = True
            elif amount == "around":
                low, high = low * (1 - _AROUND), high * (1 + _AROUND)
            elif amount == "over":
                high, numbers.tempo_exact = _FASTEST, True
            else:
                low, numbers.tempo_exact = _SLOWEST, True
            break
        else:
            low, high = low * (1 - _PLAIN), high * (1 + _PLAIN)
    numbers.tempo_bpm = (round(low, 1), round(high, 1))
    _use(request, numbers, "tempo_bpm", places)


def _duration(request: Request, numbers: Numbers) -> None:
    total, places = 0.0, list[int]()
    for place, piece in enumerate(request.pieces):
        if piece.has("durations"):
            total += 60.0 * float(piece.value("durations") or 0)
            places.append(place)
            continue
        for unit, seconds in (("minute", 60.0), ("hour", 3600.0)):
            if not piece.has("units", unit):
                continue
            value = _value(request, place - 1)
            if value is not None and 0 < value < 2000:
                total += value * seconds
                places += [place - 1, place]
                break
    if places and 0 < total <= _LONGEST_S:
        numbers.duration_s = total
        _use(request, numbers, "duration_s", places)


def _years(request: Request, numbers: Numbers, ruled_out: dict[int, bool]) -> None:
    spans: list[tuple[Span, list[int]]] = []
    place = 0
    while place < len(request.pieces):
        read = None if place in request.used else _year_at(request, place)
        if read is not None:
            spans.append(read)
            place = max(read[1]) + 1
        else:
            place += 1
    wanted: list[tuple[Span, list[int]]] = []
    for span, places in spans:
        if _negated(request, min(places)):
            numbers.not_years = (*numbers.not_years, span)
            request.used.update(places)
        else:
            wanted.append((span, places))
    if not wanted:
        return
    if len(wanted) == 1:
        numbers.years = _open(request, *wanted[0])
    else:
        numbers.years = (min(s[0] for s, _ in wanted), max(s[1] for s, _ in wanted))
    _use(request, numbers, "years", [place for _, places in wanted for place in places])


def _negated(request: Request, place: int) -> bool:
    for before in range(place - 1, max(place - 4, -1), -1):
        piece = request.pieces[before]
        if piece.has("negation", "before"):
            return True
        if not piece.is_passed_over or piece.has("amount"):
            return False
    return False


def _year_at(request: Request, place: int) -> tuple[Span, list[int]] | None:
    piece = request.pieces[place]
    spelled = piece.value("years")
    if spelled is not None and spelled.isdecimal():
        if spelled in _CENTURY:
            return _CENTURY[spelled], [place]
        return _part(request, place, float(spelled), [place])
    value = _value(request, place)
    if value is None or value != math.floor(value):
        return None
    shown = piece.tokens[0].text if piece.number is not None else str(int(value))
    decade = _decade(int(value), shown)
    if decade is not None:
        if _is(request, place + 1, "years", "decade_after"):
            places = [place, place + 1]
            if _is(request, place + 2, "years", "decade_after"):
                places.append(place + 2)
            return _part(request, place, decade, places)
        if _is(request, place - 1, "years", "decade_before"):
            return _part(request, place - 1, decade, [place - 1, place])
    if len(shown) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR:
        places = [place]
        if _is(request, place + 1, "years", "year"):
            places.append(place + 1)
        return (value, value), places
    return None


def _decade(value: int, shown: str) -> float | None:
    if value % 10:
        return None
    if len(shown) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR:
        return float(value)
    if len(shown) == 2:
        return float(value + (2000 if value < 20 else 1900))
    return None


def _part(request: Request, place: int, decade: float, places: list[int]) -> tuple[Span, list[int]]:
    """A decade, or the early, middle or late years of it."""
    for near in (place - 1, place - 2, max(places) + 1):
        if _is(request, near, "years", "early"):
            return (decade, decade + 3), [near, *places]
        if _is(request, near, "years", "mid"):
            return (decade + 4, decade + 6), [near, *places]
        if _is(request, near, "years", "late"):
            return (decade + 6, decade + 9), [near, *places]
    return (decade, decade + 9), places


def _open(request: Request, span: Span, places: list[int]) -> Span:
    """ "Since 1980" is open to one side."""
    first, last = min(places), max(places)
    for near in _around(request, first, last):
        piece = request.pieces[near]
        if piece.has("years", "since"):
            places.append(near)
            return (span[0], LATEST)
        if piece.has("years", "before"):
            places.append(near)
            return (EARLIEST, span[0] - 1)
    return span


def _around(request: Request, first: int, last: int) -> Iterator[int]:
    for place in range(first - 1, max(first - 4, -1), -1):
        if not _is_small(request.pieces[place]):
            break
        yield place
    for place in range(last + 1, min(last + 3, len(request.pieces))):
        if not _is_small(request.pieces[place]):
            break
        yield place


def _is_small(piece: Piece) -> bool:
    return piece.is_passed_over and piece.number is None


def _count(request: Request, numbers: Numbers) -> None:
    for place in range(len(request.pieces)):
        value = _value(request, place)
        if value is None or value != math.floor(value) or not 1 <= value <= _MOST_TRACKS:
            continue
        if value == 1 and request.pieces[place].number is None:
            continue
        for noun in range(place + 1, min(place + 5, len(request.pieces))):
            piece = request.pieces[noun]
            if piece.has("kinds"):
                numbers.count = int(value)
                _use(request, numbers, "count", [place])
                return
            if piece.is_mark or piece.has("units"):
                break
