"""Numbers inside a request, in digits or in words, and where what they say is kept."""

from dataclasses import dataclass, field

from knowledge.wish import Span
from knowledge.wishes.pieces import Request

_DASHES = frozenset("-–—~〜/")


@dataclass(slots=True)
class Numbers:
    """What the numbers of a request say."""

    tempo_bpm: Span | None = None
    tempo_exact: bool = False
    cadence: float | None = None
    years: Span | None = None
    not_years: tuple[Span, ...] = ()
    duration_s: float | None = None
    count: int | None = None
    said: dict[str, str] = field(default_factory=dict)


def number_at(request: Request, place: int) -> float | None:
    """The number at `place`, None when there is none or it is used."""
    if not 0 <= place < len(request.pieces) or place in request.used:
        return None
    piece = request.pieces[place]
    if piece.number is not None:
        return piece.number
    word = piece.value("numbers")
    return float(word) if word is not None else None


def has_at(request: Request, place: int, slot: str, value: str) -> bool:
    """Whether there is a piece at `place` that has this meaning."""
    return 0 <= place < len(request.pieces) and request.pieces[place].has(slot, value)


def near(request: Request, first: int, last: int, slot: str, value: str) -> int | None:
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


def pair_at(request: Request, place: int) -> tuple[float, float, int] | None:
    """Two numbers joined by "and", "to" or a dash, the first at `place`; and where they end."""
    first = number_at(request, place)
    if first is None:
        return None
    for second_place in (place + 1, place + 2):
        second = number_at(request, second_place)
        if second is None:
            continue
        if second_place == place + 1:
            gap = request.text[request.pieces[place].end : request.pieces[second_place].start]
            if _DASHES.isdisjoint(gap):
                return None
        elif not (has_at(request, place + 1, "amount", "and") or _is_dash(request, place + 1)):
            return None
        return first, second, second_place
    return None


def take(request: Request, numbers: Numbers, name: str, places: list[int]) -> None:
    """Mark pieces as used, and remember their words as what the field `name` comes from."""
    request.used.update(places)
    numbers.said[name] = request.words(min(places), max(places))


def _is_dash(request: Request, place: int) -> bool:
    piece = request.pieces[place]
    return piece.is_mark and request.text[piece.start : piece.end].strip() in _DASHES
