"""A request cut into pieces: phrases of the lexicon, names of the library, numbers, other words."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.folding import fold
from knowledge.wishes.lexicon import Found, Lexicon, Meaning, function_words, load_lexicon
from knowledge.wishes.names import NamedThing, Names
from knowledge.wishes.tokens import Token

DESCRIPTORS = frozenset(
    {
        "genres", "moods", "activities", "instruments", "voice", "sound", "languages", "themes",
        "times", "weather", "places", "changes",
    }
)  # fmt: skip
"""Slots that say what the music shall be."""
_GRAMMAR = frozenset({"function", "filler"})
_LONGEST_NAME = 9
_LONGEST_NAME_IDEOGRAPHS = 14
_SHORTEST_LONE_NAME = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """Some tokens in a row that mean one thing."""

    tokens: tuple[Token, ...]
    meanings: tuple[Meaning, ...] = ()
    names: tuple[NamedThing, ...] = ()
    is_corrected: bool = False

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def is_mark(self) -> bool:
        return self.tokens[0].kind == "mark"

    @property
    def number(self) -> float | None:
        """The number in digits that this is, None when it is none."""
        if len(self.tokens) == 1 and self.tokens[0].kind == "number":
            return float(self.tokens[0].text.replace(",", "."))
        return None

    @property
    def descriptor(self) -> Meaning | None:
        """What it says about the music, if it does."""
        return next((m for m in self.meanings if m.slot in DESCRIPTORS), None)

    @property
    def is_plain(self) -> bool:
        """A word that no lexicon knows, and no name."""
        return not (self.meanings or self.names or self.is_mark)

    @property
    def is_passed_over(self) -> bool:
        """A small word that neither means something nor ends anything."""
        return bool(self.meanings) and not self.names and self.descriptor is None

    def has(self, slot: str, value: str | None = None) -> bool:
        """Whether one of its meanings is this."""
        return any(m.slot == slot and value in (None, m.value) for m in self.meanings)

    def value(self, slot: str) -> str | None:
        """The value in a slot."""
        return next((m.value for m in self.meanings if m.slot == slot), None)


@dataclass(slots=True)
class Request:
    """A request on its way to a wish."""

    text: str
    language: str
    pieces: list[Piece]
    used: set[int] = field(default_factory=set)
    """Places of pieces whose meaning is taken."""

    def words(self, first: int, last: int) -> str:
        """The words of pieces `first` to `last`, the latter included."""
        return self.text[self.pieces[first].start : self.pieces[last].end]


def cut(text: str, tokens: Sequence[Token], language: str, names: Names | None) -> Request:
    """Cut a request into pieces, the longest phrases and names first come."""
    lexicons = _lexicons(language)
    found = [_longest(tokens, place, lexicons) for place in range(len(tokens))]
    named = _named(tokens, found, language, names)
    pieces: list[Piece] = []
    place = 0
    while place < len(tokens):
        here = found[place]
        if place in named and (here is None or named[place][0] >= here.last):
            last, things = named[place]
            pieces.append(Piece(tuple(tokens[place:last]), names=things))
        elif here is not None:
            last = min([here.last, *(p for p in named if place < p < here.last)])
            if last < here.last:  # a name begins inside the phrase
                pieces.append(_single(tokens[place], lexicons))
                last = place + 1
            else:
                pieces.append(Piece(tuple(tokens[place:last]), here.meanings))
        else:
            pieces.append(_single(tokens[place], lexicons))
            last = place + 1
        place = last
    return Request(text, language, pieces)


def _single(token: Token, lexicons: Sequence[Lexicon]) -> Piece:
    if token.kind != "word" or token.is_capital:
        return Piece((token,))
    for lexicon in lexicons:
        known = lexicon.corrected(token.text)
        meanings = lexicon.meanings_of(known) if known else ()
        if any(m.slot in DESCRIPTORS for m in meanings):
            return Piece((token,), meanings, is_corrected=True)
    return Piece((token,))


def _lexicons(language: str) -> tuple[Lexicon, ...]:
    codes = dict.fromkeys((language, "common", "en"))
    return tuple(load_lexicon(code) for code in codes)


def _longest(tokens: Sequence[Token], place: int, lexicons: Sequence[Lexicon]) -> Found | None:
    best: Found | None = None
    for rank, lexicon in enumerate(lexicons):
        found = lexicon.at(tokens, place)
        if found is None:
            continue
        if rank == len(lexicons) - 1 and rank > 1:
            # English words in other languages count as far as they describe music.
            kept = tuple(m for m in found.meanings if m.slot in DESCRIPTORS)
            if not kept or (found.last - found.first == 1 and len(tokens[place].text) < 4):
                continue
            found = replace(found, meanings=kept)
        if best is None or found.last > best.last:
            best = found
        elif found.last == best.last and rank < len(lexicons):
            best = replace(best, meanings=tuple(dict.fromkeys((*best.meanings, *found.meanings))))
    return best


def _named(
    tokens: Sequence[Token],
    found: Sequence[Found | None],
    language: str,
    names: Names | None,
) -> dict[int, tuple[int, tuple[NamedThing, ...]]]:
    """Places at which a name begins, with the token after it; only what is clearly named."""
    if names is None:
        return {}
    spans: dict[tuple[int, int], str] = {}
    for first, token in enumerate(tokens):
        longest = _LONGEST_NAME_IDEOGRAPHS if token.kind == "ideograph" else _LONGEST_NAME
        words: list[str] = []
        for last in range(first, min(first + longest, len(tokens))):
            if tokens[last].kind == "mark":
                break
            words.append(fold(tokens[last].text))
            spans[first, last + 1] = " ".join(words)
    known = names.called(set(spans.values()))
    taken: dict[int, tuple[int, tuple[NamedThing, ...]]] = {}
    covered: set[int] = set()
    for (first, last), phrase in sorted(spans.items(), key=lambda s: s[0][0] - s[0][1]):
        things = known.get(phrase, ())
        if not things or not covered.isdisjoint(range(first, last)):
            continue
        clear = _clear(tokens, first, last, found, things, language)
        if clear:
            taken[first] = (last, clear)
            covered.update(range(first, last))
    return taken


def _clear(
    tokens: Sequence[Token],
    first: int,
    last: int,
    found: Sequence[Found | None],
    things: Sequence[NamedThing],
    language: str,
) -> tuple[NamedThing, ...]:
    """Those of `things` that are surely meant; words of music alone are rather a description."""
    before = _before(tokens, first, found)
    if before == "artist":
        return tuple(t for t in things if t.kind == "artist") or tuple(things)
    if before == "name" or _quoted(tokens, first, last):
        return tuple(things)
    # The whole request is the name.
    if first == 0 and last == len(tokens) and len(tokens) > 1:
        return tuple(things)
    small = function_words(language) | function_words("en")
    own = tokens[first:last]
    if all(token.kind == "number" for token in own):
        return ()
    weighty = [
        place
        for place in range(first, last)
        if tokens[place].text not in small and not _is_said(place, found, last)
    ]
    capitals = sum(token.is_capital for token in own)
    if capitals and capitals >= sum(token.text not in small for token in own):
        # Written like a name; German nouns are written so, too.
        if language != "de" or weighty:
            return tuple(things)
    if not weighty:
        return ()
    if own[0].kind == "ideograph":
        return tuple(things) if len(own) > 1 else ()
    if len(own) > 1 and any(len(tokens[place].text) > 2 for place in weighty):
        return tuple(things)
    if len(own[0].text) >= _SHORTEST_LONE_NAME:
        return tuple(t for t in things if t.kind == "artist")
    return ()


def _is_said(place: int, found: Sequence[Found | None], last: int) -> bool:
    """Whether the lexicon has a use for the token."""
    for start in range(max(0, place - 4), place + 1):
        here = found[start]
        if here is not None and here.last > place and here.last <= last:
            return True
    return False


def _before(tokens: Sequence[Token], first: int, found: Sequence[Found | None]) -> str:
    for start in range(max(0, first - 4), first):
        here = found[start]
        if here is None or here.last != first:
            continue
        slots = {m.slot for m in here.meanings}
        if "artist_marker" in slots:
            return "artist"
        if "name_marker" in slots:
            return "name"
    return ""


def _quoted(tokens: Sequence[Token], first: int, last: int) -> bool:
    opening = '"“„«‹「『'
    closing = '"”“»›」』'
    return (
        first > 0
        and last < len(tokens)
        and tokens[first - 1].text in opening
        and tokens[last].text in closing
    )
