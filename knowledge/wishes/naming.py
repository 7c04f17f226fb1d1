"""Which names of the library a request clearly means, and which words only look like one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.folding import fold
from knowledge.wishes.lexicon import Found, function_words
from knowledge.wishes.names import NamedThing, Names
from knowledge.wishes.tokens import Token

_LONGEST_NAME = 9
_LONGEST_NAME_IDEOGRAPHS = 14
_LONGEST_SPAN = 120
"""Characters."""
_SHORTEST_LONE_NAME = 4
_LONGEST_PHRASE = 4
"""Tokens of the longest phrase before a name that matters."""
_SMALL = 2
_OPENING = frozenset('"“„«‹「『')
_CLOSING = frozenset('"”“»›」』')

_ALWAYS_CAPITAL = frozenset({"languages", "times", "themes"})
_OF_MUSIC = frozenset({"genres", "moods", "activities", "instruments", "voice", "sound"})

Named = tuple[int, tuple[NamedThing, ...]]
"""Token after a name, and what is called so."""


def clear_names(
    text: str,
    tokens: Sequence[Token],
    found: Sequence[Found | None],
    language: str,
    names: Names,
) -> dict[int, Named]:
    """Places at which a name begins; only what is clearly named.

    Args:
        text: the request, as tokens are places in it.
        tokens: its tokens.
        found: the longest phrase of the lexicon that begins with each token.
        language: ISO 639-1.
        names: knows what the library holds.
    """
    spans = dict(_spans(text, tokens))
    known = names.called(set(spans.values()))
    small = function_words(language) | function_words("en")
    reading = _Reading(tokens, found, language, small)
    taken: dict[int, Named] = {}
    covered: set[int] = set()
    for (first, last), phrase in sorted(spans.items(), key=lambda s: s[0][0] - s[0][1]):
        things = known.get(phrase, ())
        if not things or not covered.isdisjoint(range(first, last)):
            continue
        clear = reading.clear(first, last, things)
        if clear:
            taken[first] = (last, clear)
            covered.update(range(first, last))
    return taken


def _spans(text: str, tokens: Sequence[Token]) -> Iterator[tuple[tuple[int, int], str]]:
    """What may be a name, folded as names are: marks inside belong to it, as in "AC/DC"."""
    for first, token in enumerate(tokens):
        if token.kind == "mark":
            continue
        longest = _LONGEST_NAME_IDEOGRAPHS if token.kind == "ideograph" else _LONGEST_NAME
        for last in range(first + 1, min(first + longest, len(tokens)) + 1):
            if tokens[last - 1].kind == "mark" or _cuts_a_word(
                text, token.start, tokens[last - 1].end
            ):
                continue
            end = tokens[last - 1].end
            if end - token.start > _LONGEST_SPAN:
                break
            yield (first, last), fold(text[token.start : end])


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether a span begins or ends inside a word in katakana: no "Man" is in "ロマンチック"."""
    return any(
        0 < edge < len(text) and _is_katakana(text[edge - 1]) and _is_katakana(text[edge])
        for edge in (start, end)
    )


def _is_katakana(letter: str) -> bool:
    return "ァ" <= letter <= "ヺ" or letter == "ー"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A request with what the lexicon says about it."""

    tokens: Sequence[Token]
    found: Sequence[Found | None]
    language: str
    small: frozenset[str]
    """Small words of the language, which make no name clear."""

    def clear(self, first: int, last: int, things: Sequence[NamedThing]) -> tuple[NamedThing, ...]:
        """Those of `things` that are surely meant by the tokens from `first` to before `last`."""
        if self._is_announced(first, last) or self._is_all(first, last):
            return tuple(things)
        own = self.tokens[first:last]
        if all(token.kind == "number" for token in own):
            return ()
        weighty = self._weighty(first, last)
        is_capital = self._is_capital(own)
        if self._slot_before(first, "artist_marker") and (
            # "Música de fiesta" is no music by a band called so; English "by" is always that.
            weighty or is_capital or self.language == "en"
        ):
            return tuple(t for t in things if t.kind == "artist") or tuple(things)
        # German nouns are capital, too, and so is "Sunday" anywhere in English.
        if is_capital and (
            weighty or (self.language != "de" and not self._is_always_capital(first, last))
        ):
            return tuple(things)
        return _by_weight(own, weighty, things)

    def _is_all(self, first: int, last: int) -> bool:
        return first == 0 and last == len(self.tokens) > 1

    def _is_announced(self, first: int, last: int) -> bool:
        if self._slot_before(first, "name_marker"):
            return True
        return (
            first > 0
            and last < len(self.tokens)
            and self.tokens[first - 1].text in _OPENING
            and self.tokens[last].text in _CLOSING
        )

    def _is_capital(self, own: Sequence[Token]) -> bool:
        capitals = sum(token.is_capital for token in own)
        return capitals > 0 and capitals >= sum(token.text not in self.small for token in own)

    def _is_always_capital(self, first: int, last: int) -> bool:
        """Whether these are days, seasons, feasts or languages, which English writes so."""
        beside = [*self.found[:first], *self.found[last:]]
        if not any(here and any(m.slot in _OF_MUSIC for m in here.meanings) for here in beside):
            return False  # what else should "play Sunday" mean?
        return all(
            here is not None and any(meaning.slot in _ALWAYS_CAPITAL for meaning in here.meanings)
            for here in self.found[first:last]
        )

    def _weighty(self, first: int, last: int) -> list[Token]:
        """Words that the lexicon has no use for."""
        return [
            self.tokens[place]
            for place in range(first, last)
            if self.tokens[place].kind != "mark"
            and self.tokens[place].text not in self.small
            and not self._is_said(place, last)
        ]

    def _is_said(self, place: int, last: int) -> bool:
        for here in self.found[max(0, place - _LONGEST_PHRASE) : place + 1]:
            if here is not None and place < here.last <= last:
                return True
        return False

    def _slot_before(self, first: int, slot: str) -> bool:
        return any(
            here is not None and here.last == first and any(m.slot == slot for m in here.meanings)
            for here in self.found[max(0, first - _LONGEST_PHRASE) : first]
        )


def _by_weight(
    own: Sequence[Token], weighty: Sequence[Token], things: Sequence[NamedThing]
) -> tuple[NamedThing, ...]:
    """What words that are written like any others name: words of music alone describe it."""
    if not weighty:
        return ()
    if own[0].kind == "ideograph":
        return tuple(things) if len(own) > 1 else ()
    if len(own) > 1 and any(len(token.text) > _SMALL for token in weighty):
        return tuple(things)
    if len(own[0].text) >= _SHORTEST_LONE_NAME:
        return tuple(t for t in things if t.kind == "artist")
    return ()
