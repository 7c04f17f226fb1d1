"""A request cut into pieces: phrases of the lexicon, names of the library, numbers, other words."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.wishes.lexicon import Found, Lexicon, Meaning, load_lexicon
from knowledge.wishes.names import NamedThing, Names
from knowledge.wishes.naming import clear_names
from knowledge.wishes.tokens import Token

DESCRIPTORS = frozenset(
    {
        "genres", "moods", "activities", "instruments", "voice", "sound", "languages", "themes",
        "times", "weather", "places", "changes",
    }
)  # fmt: skip
"""Slots that say what the music shall be."""
_LONGEST_NUMBER = 9
"""Digits; nobody means what is longer."""
_SHORTEST_ENGLISH = 4
"""Shorter English words are words of other languages, too."""


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
        token = self.tokens[0]
        if len(self.tokens) > 1 or token.kind != "number" or len(token.text) > _LONGEST_NUMBER:
            return None
        return float(token.text.replace(",", "."))

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

    @property
    def is_music(self) -> bool:
        """A noun for music: a genre, an instrument, a song."""
        return self.has("genres") or self.has("instruments") or self.has("kinds")

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
    """Cut a request into pieces; the longest phrases and names come first."""
    lexicons = _lexicons(language)
    found = [_longest(tokens, place, lexicons) for place in range(len(tokens))]
    named = clear_names(text, tokens, found, language, names) if names is not None else {}
    pieces: list[Piece] = []
    place = 0
    while place < len(tokens):
        here = found[place]
        last = place + 1
        if place in named and (here is None or named[place][0] >= here.last):
            last, things = named[place]
            pieces.append(Piece(tuple(tokens[place:last]), names=things))
        elif here is None or any(place < begins < here.last for begins in named):
            pieces.append(_single(tokens[place], lexicons))
        else:
            last = here.last
            pieces.append(Piece(tuple(tokens[place:last]), here.meanings))
        place = last
    if language == "de":
        pieces = [
            _inflected(piece, lexicons[0])
            if following is not None and following.is_music and piece.has("changes")
            else piece
            for piece, following in zip(pieces, [*pieces[1:], None], strict=True)
        ]
    pieces = [
        replace(piece, meanings=(Meaning("filler", "words"),))
        if piece.has("verb_first") and _begins_clause(pieces, place)
        else piece
        for place, piece in enumerate(pieces)
    ]
    return Request(text, language, pieces)


def _begins_clause(pieces: Sequence[Piece], place: int) -> bool:
    """Whether something follows and nothing stands before: Swedish "kör" is "play" then."""
    begins = place == 0 or pieces[place - 1].is_mark
    return begins and place + 1 < len(pieces) and not pieces[place + 1].is_mark


def _inflected(piece: Piece, lexicon: Lexicon) -> Piece:
    """The adjective that only looks like a comparative: "ruhiger Jazz" is calm, not calmer."""
    word = piece.tokens[-1].text
    if len(piece.tokens) > 1 or not word.endswith("er"):
        return piece
    plain = tuple(m for m in lexicon.meanings_of(word[:-2]) if m.slot in ("moods", "sound"))
    return replace(piece, meanings=plain) if plain else piece


def _single(token: Token, lexicons: Sequence[Lexicon]) -> Piece:
    """A word that no phrase begins with: two in one, or a misspelled one, or unknown."""
    if token.kind != "word":
        return Piece((token,))
    meanings = _compound(token.text, lexicons)
    if meanings:
        return Piece((token,), meanings)
    if token.is_capital:  # a name, and no German noun: those would be known
        return Piece((token,))
    if any(lexicon.is_word(token.text) for lexicon in lexicons):
        return Piece((token,))
    for lexicon in lexicons:
        known = lexicon.corrected(token.text)
        meanings = lexicon.meanings_of(known) if known else ()
        if any(m.slot in DESCRIPTORS for m in meanings):
            return Piece((token,), meanings, is_corrected=True)
    return Piece((token,))


def _compound(word: str, lexicons: Sequence[Lexicon]) -> tuple[Meaning, ...]:
    """What the first part of a compound says about music: "Rock" in "Rocklieder"."""
    for head in lexicons[0].heads(word):
        for lexicon in lexicons:
            meanings = tuple(m for m in lexicon.meanings_of(head) if m.slot in DESCRIPTORS)
            if meanings:
                return meanings
    return ()


def _lexicons(language: str) -> tuple[Lexicon, ...]:
    """The language's own words, those that all share, and the English ones, which many use."""
    codes = dict.fromkeys((language, "common", "en"))
    return tuple(load_lexicon(code) for code in codes)


def _longest(tokens: Sequence[Token], place: int, lexicons: Sequence[Lexicon]) -> Found | None:
    best: Found | None = None
    for rank, lexicon in enumerate(lexicons):
        found = lexicon.at(tokens, place)
        if found is None:
            continue
        is_foreign = rank > 1
        if is_foreign:
            # English words in other languages count as far as they describe music.
            kept = tuple(m for m in found.meanings if m.slot in DESCRIPTORS)
            is_short = len(tokens[place].text) < _SHORTEST_ENGLISH
            if not kept or (found.last - found.first == 1 and is_short):
                continue
            found = replace(found, meanings=kept)
        if best is None or found.last > best.last:
            best = found
        elif found.last == best.last and not is_foreign and not _says_enough(best):
            best = replace(best, meanings=tuple(dict.fromkeys((*best.meanings, *found.meanings))))
    return best


def _says_enough(found: Found) -> bool:
    """Whether the language's own meaning leaves no room: Swedish "ska" is no genre."""
    slots = {meaning.slot for meaning in found.meanings}
    return bool(slots & DESCRIPTORS) or slots == {"function"}
