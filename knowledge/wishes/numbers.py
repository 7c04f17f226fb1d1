"""Numbers of a request: beats, steps, lengths, how many; and years."""

import math

from knowledge.wish import Span
from knowledge.wishes.amounts import Numbers, has_at, near, number_at, pair_at, take
from knowledge.wishes.pieces import Request
from knowledge.wishes.years import read_years

_AROUND = 0.04
_PLAIN = 0.03
_EXACT = 0.015
_SLOWEST, _FASTEST = 30.0, 300.0
_SLOWEST_BARE = 50.0
"""The least number after the bare word "tempo" that can be one."""
_MOST_TRACKS = 500
_LONGEST_S = 48 * 3600.0
_OPPOSITE = {"over": "under", "under": "over"}
_UNITS_S = {"minute": 60.0, "hour": 3600.0}


def read_numbers(request: Request) -> Numbers:
    """Read all numbers, and mark the pieces that they are made of as used."""
    numbers = Numbers()
    _tempo(request, numbers)
    _duration(request, numbers)
    read_years(request, numbers)
    _count(request, numbers)
    return numbers


def _tempo(request: Request, numbers: Numbers) -> None:
    for place, piece in enumerate(request.pieces):
        for unit in ("bpm", "spm"):
            if piece.has("units", unit) and place not in request.used:
                _measured(request, numbers, unit, place)
    if numbers.tempo_bpm is not None:
        return
    for place, piece in enumerate(request.pieces):
        if not piece.has("units", "tempo"):
            continue
        for at in range(place + 1, place + 4):
            value = number_at(request, at)
            if value is not None and _SLOWEST_BARE <= value <= _FASTEST:
                _set_tempo(request, numbers, (value, value), [place, at])
                return


def _measured(request: Request, numbers: Numbers, unit: str, place: int) -> None:
    span, places = _measure(request, place)
    if span is None or not (_SLOWEST <= span[0] <= span[1] <= _FASTEST):
        return
    if unit == "spm":
        numbers.cadence = sum(span) / 2
        take(request, numbers, "cadence", [*places, place])
    else:
        _set_tempo(request, numbers, span, [*places, place])


def _measure(request: Request, unit: int) -> tuple[Span | None, list[int]]:
    """The number or two numbers that a unit belongs to."""
    for last in (unit - 1, unit - 2):
        for first in (last - 2, last - 1):
            pair = pair_at(request, first) if first >= 0 else None
            if pair is not None and pair[2] == last:
                low, high = sorted(pair[:2])
                return (low, high), [first, last]
        value = number_at(request, last)
        if value is not None:
            return (value, value), [last]
    # "cadence 180", "BPM 120"
    for place in (unit + 1, unit + 2):
        value = number_at(request, place)
        if value is not None:
            return (value, value), [place]
    return None, []


def _set_tempo(request: Request, numbers: Numbers, span: Span, places: list[int]) -> None:
    low, high = span
    if low == high:
        amount, place = _amount(request, min(places), max(places))
        if place is not None:
            places = [*places, place]
            denied = _denied(request, place)
            if denied is not None and amount in _OPPOSITE:
                amount, places = _OPPOSITE[amount], [*places, denied]
        if amount == "over":
            high = _FASTEST
        elif amount == "under":
            low = _SLOWEST
        else:
            width = {"exactly": _EXACT, "around": _AROUND}.get(amount, _PLAIN)
            low, high = low * (1 - width), high * (1 + width)
        numbers.tempo_exact = amount in ("exactly", "over", "under")
    numbers.tempo_bpm = (round(low, 1), round(high, 1))
    take(request, numbers, "tempo_bpm", places)


def _amount(request: Request, first: int, last: int) -> tuple[str, int | None]:
    for amount in ("exactly", "around", "over", "under"):
        place = near(request, first, last, "amount", amount)
        if place is not None:
            return amount, place
    for amount in ("over", "under"):  # "do 120 BPM", but not "do biegania 160 BPM"
        if has_at(request, first - 1, "amount", f"{amount}_next"):
            return amount, first - 1
    return "", None


def _denied(request: Request, place: int) -> int | None:
    """Where a "not" stands that turns a limit around: "not over 120 BPM"."""
    for before in range(place - 1, max(place - 3, -1), -1):
        piece = request.pieces[before]
        if piece.has("negation", "before") and not piece.has("negation", "ignore"):
            return before
        if not piece.is_passed_over:
            return None
    return None


def _duration(request: Request, numbers: Numbers) -> None:
    total, places = 0.0, list[int]()
    for place, piece in enumerate(request.pieces):
        if piece.has("durations"):
            total += 60.0 * float(piece.value("durations") or 0)
            places.append(place)
            continue
        for unit, seconds in _UNITS_S.items():
            value = number_at(request, place - 1) if piece.has("units", unit) else None
            if value is not None and value > 0:
                total += value * seconds
                places += [place - 1, place]
                break
    if places and 0 < total <= _LONGEST_S:
        numbers.duration_s = total
        take(request, numbers, "duration_s", places)


def _count(request: Request, numbers: Numbers) -> None:
    for place in range(len(request.pieces)):
        value = number_at(request, place)
        if value is None or value != math.floor(value) or not 1 <= value <= _MOST_TRACKS:
            continue
        if value == 1 and request.pieces[place].number is None:
            continue
        for noun in range(place + 1, min(place + 5, len(request.pieces))):
            piece = request.pieces[noun]
            if piece.has("kinds"):
                numbers.count = int(value)
                take(request, numbers, "count", [place])
                return
            if piece.is_mark or piece.has("units"):
                break
