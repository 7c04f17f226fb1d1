"""Which pieces of a request are ruled out: "no rock or metal", "ボーカルなし", "nicht zu laut"."""

from collections.abc import Iterator

from knowledge.wishes.pieces import Piece, Request

_REACH = 5
"""So many small words may stand between "not" and what it rules out."""
_REACH_BACK = 3
_ADJECTIVES = frozenset({"moods", "sound", "languages"})
_SAY_LAST = frozenset({"ja", "zh", "hi"})
_ADJECTIVE_LAST = frozenset({"es", "fr", "it", "pt"})
_STOPS = frozenset(",;.!?、。，；！？।")
_THINGS = frozenset({"genres", "instruments", "voice", "languages", "themes", "names"})
_NOUNS = frozenset({"genres", "instruments", "voice", "moods", "languages"})
"""What an adjective before it belongs to: "no sad piano"."""


def ruled_out(request: Request) -> dict[int, bool]:
    """Places of the pieces that are ruled out, each with whether only too much of it is.

    "Not loud" rules loud music out, "not too loud" only what is loudest.
    """
    found: dict[int, bool] = {}
    for place, piece in enumerate(request.pieces):
        if place in request.used:
            continue
        if piece.has("negation", "clause"):
            _all_around(request, place, found)
            continue
        is_last = piece.has("negation", "last") and _ends(request, place)
        if is_last and _directly_before(request, place):  # "Schlagzeug nicht"
            _backwards(request, place, found)
            continue
        if piece.has("negation", "ignore") and not piece.has("negation", "before"):
            continue
        if piece.has("negation", "before") and piece.descriptor is None:
            _forwards(request, place, found)
        if piece.has("negation", "after"):
            _backwards(request, place, found)
    return found


def _all_around(request: Request, place: int, found: dict[int, bool]) -> None:
    """Rule out everything in a clause that says that somebody is fed up with it."""
    pieces = request.pieces
    for places in (range(place - 1, -1, -1), range(place + 1, len(pieces))):
        for at in places:
            if pieces[at].is_mark or pieces[at].has("negation", "ends"):
                break
            if _counts(pieces[at]) and _slot(pieces[at]) in _THINGS:
                found[at] = False


def _ends(request: Request, place: int) -> bool:
    """Whether nothing but fillers follows in the clause; "flamenco, no?" only asks."""
    for after in range(place + 1, len(request.pieces)):
        piece = request.pieces[after]
        if piece.is_mark:
            return piece.tokens[0].text not in {"?", "？"} or request.language in _SAY_LAST
        if piece.has("negation", "ends"):
            return True
        if not piece.has("filler"):
            return False
    return True


def _directly_before(request: Request, place: int) -> bool:
    """Whether a description of music stands right before, small words left aside."""
    for at in range(place - 1, max(place - 4, -1), -1):
        piece = request.pieces[at]
        if _counts(piece):
            return at not in request.used
        if not piece.is_passed_over or piece.has("negation"):
            return False
    return False


def _counts(piece: Piece) -> bool:
    return piece.descriptor is not None or bool(piece.names)


def _are_alike(one: Piece, other: Piece) -> bool:
    """Whether two things can be ruled out together: "opera and choirs are out"."""
    slots = {_slot(one), _slot(other)}
    return len(slots) == 1 or slots <= {"genres", "instruments"}


def _slot(piece: Piece) -> str:
    descriptor = piece.descriptor
    return descriptor.slot if descriptor else "names"


def _forwards(request: Request, place: int, found: dict[int, bool]) -> None:
    first = _first_after(request, place)
    if first is None:
        return
    at, too = first
    found[at] = too
    pieces = request.pieces
    if pieces[place].has("negation", "next"):
        return
    slot = _slot(pieces[at])
    if (
        request.language in _ADJECTIVE_LAST
        and slot in _NOUNS
        and at + 1 < len(pieces)
        and pieces[at + 1].has("languages")
    ):  # "nada de rap francés"
        at += 1
        found[at] = too
    # "No slow songs with drums" goes on without us, "no sad piano" does not; "not too loud piano"
    # is about the loudness alone.
    goes_on = slot in _ADJECTIVES and not too and not pieces[place].has("negation", "verb")
    for following in _joined(request, at):
        if pieces[following].has("changes"):
            continue
        is_beside = goes_on and following == at + 1 and _slot(pieces[following]) in _NOUNS
        if not (
            is_beside or _slot(pieces[following]) == slot or _is_or_between(request, at, following)
        ):
            return
        found[following] = too
        at = following


def _first_after(request: Request, place: int) -> tuple[int, bool] | None:
    """What "not" at `place` rules out, and whether only too much of it; None when nothing."""
    pieces = request.pieces
    too = pieces[place].has("negation", "too")
    passed = 0
    for at in range(place + 1, len(pieces)):
        piece = pieces[at]
        if _counts(piece):
            return at, too
        if piece.has("negation", "ends") or _stops(piece, passed) or passed >= _REACH:
            return None
        if piece.is_plain and not piece.number:
            if pieces[place].has("negation", "next"):
                return None  # "non satanic black metal" is black metal
            passed += 1
        too = too or piece.has("negation", "too")
        passed += 1
    return None


def _stops(piece: Piece, passed: int) -> bool:
    """Whether a mark ends what "not" may reach: "one is enough, jazz", "no! jazz"."""
    return piece.is_mark and (passed > 0 or piece.tokens[0].text in _STOPS)


def _joined(request: Request, place: int) -> Iterator[int]:
    """Pieces that the same "not" may reach, in order."""
    pieces = request.pieces
    at = place + 1
    while at < len(pieces):
        joins = at == place + 1
        comma = False
        while at < len(pieces) and not _counts(pieces[at]):
            piece = pieces[at]
            if piece.has("negation", "or") or piece.has("negation", "and"):
                joins = True
            elif piece.is_mark and piece.tokens[0].text in {",", "、", "，"}:
                joins = comma = True
            elif joins and (piece.has("negation", "too") or piece.has("negation", "article")):
                pass
            else:
                return
            at += 1
        if not joins or at >= len(pieces):
            return
        if comma and not _list_goes_on(request, at):
            return
        yield at
        place, at = at, at + 1


def _list_goes_on(request: Request, place: int) -> bool:
    """Whether the comma before `place` is inside a list: "no rock, metal or punk"."""
    pieces = request.pieces
    for before in range(place - 1, max(place - 3, -1), -1):
        if pieces[before].has("negation", "or"):
            return True
    for after in range(place + 1, min(place + 4, len(pieces))):
        if pieces[after].has("negation", "or"):
            return True
        if not (pieces[after].is_mark or _counts(pieces[after])):
            return False
    return False


def _is_or_between(request: Request, first: int, second: int) -> bool:
    between = request.pieces[first + 1 : second]
    return any(piece.has("negation", "or") for piece in between)


def _backwards(request: Request, place: int, found: dict[int, bool]) -> None:
    """Rule out what stands before: "ボーカルなし", "गायन के बिना", "vocal-free"."""
    pieces = request.pieces
    too = pieces[place].has("negation", "too")
    at = place - 1
    passed = 0
    while at >= 0 and not _counts(pieces[at]):
        piece = pieces[at]
        if piece.is_mark or piece.has("negation", "ends") or passed >= _REACH_BACK:
            return
        too = too or piece.has("negation", "too")
        passed += 1
        at -= 1
    if at < 0:
        return
    # What intensifies stands before what is negated: "とてもうるさくない", "बहुत तेज़ नहीं".
    if at > 0 and pieces[at - 1].has("negation", "too"):
        too = True
    found[at] = too
    # "フランス語のラップは嫌": what describes it goes with it.
    if request.language in _SAY_LAST and pieces[at].has("genres") and at >= 1:
        describing = at - 2 if at >= 2 and pieces[at - 1].is_passed_over else at - 1
        if pieces[describing].has("languages") and not pieces[describing].has("genres"):
            found[describing] = too
    while at >= 2 and (
        pieces[at - 1].has("negation", "or") or pieces[at - 1].has("negation", "and")
    ):
        if not _counts(pieces[at - 2]) or not _are_alike(pieces[at - 2], pieces[at]):
            return
        at -= 2
        found[at] = too
