"""Words of a song, and looks of a cover: what is quoted from elsewhere in a request."""

from knowledge.wishes.pieces import Request
from knowledge.wishes.tokens import quotations

_SHORTEST_LYRICS = 4
_LOOKS_REACH = 6


def read_lyrics(request: Request) -> str:
    """Words of the song that are said: "the one that goes hello darkness my old friend".

    Everything after the phrase, or before it where the language puts it so, or what stands between
    quotation marks; the pieces are marked as used.
    """
    markers = [
        (place, piece.has("lyrics", "before"), piece.has("lyrics", "after"))
        for place, piece in enumerate(request.pieces)
        if piece.has("lyrics")
    ]
    if not markers:
        return ""
    for start, end, quoted in quotations(request.text):
        inside = [
            place
            for place, piece in enumerate(request.pieces)
            if piece.start >= start and piece.end <= end
        ]
        request.used.update([*inside, *(place for place, _, _ in markers)])
        return quoted
    for place, is_before, is_after in markers:
        if is_before and place + 1 < len(request.pieces):
            first, last = place + 1, len(request.pieces) - 1
        elif is_after and place > 0:
            first, last = 0, place - 1
        else:
            continue
        while first <= last and request.pieces[first].is_mark:
            first += 1
        if first > last:
            continue
        words = request.words(first, last).strip(" .,!?。、")
        if len(words) >= _SHORTEST_LYRICS:
            request.used.update(range(min(first, place), max(last, place) + 1))
            return words
    return ""


def read_cover(request: Request) -> str:
    """How the cover looks: colours and such near the word "cover", canonical; "" when not said."""
    for place, piece in enumerate(request.pieces):
        if not piece.has("cover") or place in request.used:
            continue
        near = range(
            max(0, place - _LOOKS_REACH), min(len(request.pieces), place + _LOOKS_REACH + 1)
        )
        looks = [at for at in near if at not in request.used and request.pieces[at].has("colours")]
        if looks:
            request.used.update([*looks, place])
            return " ".join(
                dict.fromkeys(request.pieces[at].value("colours") or "" for at in looks)
            )
    return ""
