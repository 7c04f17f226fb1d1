"""Names in other scripts inside an English request: "add 夜曲 by 周杰伦 to my playlist".

The tagger learned English only. A word in Han letters, kana or Devanagari between English ones
names something, and the words around it tell what; so do the sentences that translations give.
"""

import unicodedata
from collections.abc import Sequence

from agent.understanding.intents import Intent
from agent.understanding.tagger import TaggedSpan
from agent.understanding.tokens import Token

_TITLES = {
    Intent.ADD_TO_PLAYLIST: "entity_name",
    Intent.REMOVE_FROM_PLAYLIST: "entity_name",
    Intent.SEARCH: "query",
}
_KINDS = {
    "album": "album",
    "record": "album",
    "artist": "artist",
    "band": "artist",
    "singer": "artist",
    "playlist": "playlist",
    "list": "playlist",
    "song": "track",
    "track": "track",
}
_ARTIST = frozenset({"by", "from", "like", "with"})
_LISTS = frozenset({"to", "into", "in", "on", "onto"})


def foreign_spans(
    tokens: Sequence[Token], spans: Sequence[TaggedSpan], intent: Intent
) -> list[TaggedSpan]:
    """Spans for names in other scripts that no span of `spans` holds."""
    taken = {at for span in spans for at in range(span.first, span.end)}
    found: list[TaggedSpan] = []
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and end not in taken and _is_foreign(tokens[end].word):
            end += 1
        if end > at:
            found.append(TaggedSpan(at, end, _slot(tokens, at, end, intent)))
        at = max(end, at + 1)
    return found


def _slot(tokens: Sequence[Token], first: int, end: int, intent: Intent) -> str:
    before = [token.word for token in tokens[max(0, first - 2) : first]]
    after = tokens[end].word if end < len(tokens) else ""
    last = before[-1] if before else ""
    if last == "called" and before[0] in _KINDS:
        return _KINDS[before[0]]
    if kind := _KINDS.get(last) or _KINDS.get(after):
        return kind
    if last in _ARTIST:
        return "artist"
    if last in _LISTS and intent in {Intent.ADD_TO_PLAYLIST, Intent.REMOVE_FROM_PLAYLIST}:
        return "playlist"
    return _TITLES.get(intent, "track")


def _is_foreign(word: str) -> bool:
    """Whether its letters are those of no alphabet that the tagger has seen."""
    return not word.isascii() and not any(
        unicodedata.name(letter, "").startswith("LATIN") for letter in word if letter.isalpha()
    )
