"""Whether what somebody has said so far sounds finished: a small check of the words alone."""

import re
from enum import IntEnum
from typing import Final

from voice.backchannels import is_assent, is_filler, words_of


class Completeness(IntEnum):
    """How finished a text is; the higher, the less silence is waited for."""

    UNFINISHED = 0
    """More must follow: "play something by"."""
    OPEN = 1
    """Nothing is known; it may go on or not."""
    LIKELY = 2
    """A whole request that could still be added to: "play something by Queen"."""
    WHOLE = 3
    """Hardly anybody goes on after this: "pause", "next song", "yes"."""


_WHOLE: Final = re.compile(
    r"(?:(?:ok|okay|hey|please|now|just|yeah|yes|no|and|oh|then|can you|could you|would you) )*"
    r"(?:"
    r"pause|stop|cancel|quiet|silence|enough|unpause|resume|continue|go on|carry on|mute|unmute"
    r"|(?:pause|stop|mute|unmute|resume|restart|continue)"
    r" (?:it|that|this|the music|the song|the track|music|playing|playback|everything)"
    r"|shut up|be quiet|never ?mind|forget it|that's (?:enough|all|it)|stop (?:talking|it now)"
    r"|next|skip|previous|back|go back|next one|skip it|skip (?:this|that)(?: one)?"
    r"|(?:next|skip|previous|skip this|skip the|play the next|the next|last) (?:song|track|one)"
    r"|(?:turn|crank) (?:it|this|that|the music|the volume) (?:up|down|off|on)"
    r"|(?:turn|crank) (?:up|down) the (?:volume|music|sound)"
    r"|louder|softer|quieter|volume (?:up|down)|a (?:bit|little) (?:louder|softer|quieter)"
    r"|start over|play it again|again|repeat(?: (?:it|this|that))?|shuffle|undo|undo that"
    r"|what(?: is|'s) (?:this|playing|that|this song|that song)(?: called)?"
    r"|who(?: is|'s) (?:this|that|singing|playing)"
    r"|what song is this|who sings this|which song is this"
    r"|yes|no|yep|nope|sure|ok|okay|thanks|thank you|the (?:first|second|third|last)(?: one)?"
    r"|i (?:like|love|hate) (?:it|this|this one|this song)"
    r"|pausa|para|stopp|stop bitte|weiter|nächstes(?: lied)?|lauter|leiser|ruhe|ja|nein"
    r"|suivant|arrête|oui|non|siguiente|sí|avanti|basta|ferma|próxima"
    r")"
    r"(?: (?:please|now|thanks|thank you|bitte|danke|right now|again))*"
)
"""Whole commands, after `words_of`."""

_ENGLISH = """
a an the some any my your his her our their these those every another
by from with without of to for in at into onto called named titled about than via between before
after until during since featuring feat and or but then because so if when while also plus
play queue add find search put make set give show tell start remind would could can should let
let's lets i'd i'll i'm he's i we they what who which where
um uhm umm uh uhh er erm eh hmm hm mm
"""
_OTHERS: Final = {
    "de": """
    der die das den dem des ein eine einen einem einer von vom mit ohne aus für zum zur und oder
    aber spiel spiele etwas äh ähm öhm
    """,
    "fr": "le la les un une des du de d'un d'une par avec pour et ou joue mets euh",
    "es": "el la los las un una unos de del con sin para por y o pon este eh",
    "it": "il lo la gli le un uno una di da del della dello degli con per e o metti suona",
    "nl": "de het een van voor met en of speel eh",
    "pt": "o a os as um uma de do da dos das com para por e ou toca",
}
_NEEDS_MORE: Final = frozenset(_ENGLISH.split())
_NEEDS_MORE_ELSEWHERE: Final = {name: frozenset(words.split()) for name, words in _OTHERS.items()}
_NEEDS_MORE_ENDINGS: Final = tuple(
    ending.split()
    for ending in (
        "turn it", "turn the", "turn up", "turn down", "volume to",
        "put on", "play me", "play some", "switch to", "kind of", "a bit", "a little", "i want to",
        "i would like to", "can you", "could you", "would you", "do you", "how about", "what about",
        "the song", "the album", "the artist", "the playlist", "my playlist",
        "by the", "something like", "play something", "play a song", "songs like", "music like",
        "more like", "what is", "what was", "who is", "who was", "what's", "who's", "i want",
        "i need", "i like", "to hear", "listen to", "sounds like", "find me", "remind me",
        "tell me", "show me", "give me", "get me", "remind me to", "spiel was",
    )
)  # fmt: skip
_STANDS_ALONE: Final = frozenset({"what is it", "who are they", "play the who", "by the who"})
_REQUEST: Final = re.compile(
    r"^(?:(?:ok|okay|hey|please|now|just|so|and|can you|could you|would you|i want to|let's"
    r"|i'd like to|i want you to) )*"
    r"(?:play|queue|add|find|search|put|turn|set|skip|stop|pause|show|remove|delete|save|create|make"
    r"|start|give|tell|shuffle|repeat|rate|like|remind|go|spiel|spiele|joue|mets|pon|metti|toca"
    r"|speel)\b"
)
_QUESTION: Final = re.compile(
    r"^(?:what|who|which|when|where|how|why|is|are|do|does|did|was|can|could|have|has)\b"
)
_TRAILING_OFF: Final = re.compile(r"(?:\.{2,}|…|[,;:—–-])\s*[\"'”’]?\s*$")
_CONTINUES: Final = frozenset(
    {"by", "from", "to", "with", "in", "on", "for", "of", "like", "at", "featuring", "and", "or"}
    | {"von", "mit", "aus", "de", "par", "por", "di"}
)
_FEWEST_WORDS: Final = 3
"""Of a request or question that is whole without further knowledge."""


def completeness(text: str, language: str = "en") -> Completeness:
    """Judge a transcript so far, in any language; English is known best.

    Titles can be anything, so the check errs on the side of patience: a title that ends like an
    unfinished sentence only waits longer.

    >>> completeness("Play something by").name, completeness("Pause.").name
    ('UNFINISHED', 'WHOLE')
    """
    words = words_of(text)
    if not words:
        return Completeness.OPEN
    line = " ".join(words)
    if is_filler(text):
        return Completeness.UNFINISHED
    if _WHOLE.fullmatch(line) is not None:
        return Completeness.WHOLE
    if _wants_more(words, line, language):
        return Completeness.UNFINISHED
    if _TRAILING_OFF.search(text):
        return Completeness.UNFINISHED
    if is_assent(text):
        return Completeness.LIKELY
    if len(words) >= _FEWEST_WORDS and (
        _REQUEST.match(line) or (_QUESTION.match(line) and text.rstrip().endswith("?"))
    ):
        return Completeness.LIKELY
    return Completeness.OPEN


def joined(first: str, second: str, language: str = "en") -> str | None:
    """Both texts as one, if the second goes on with what the first began, else None.

    For turns that were cut although somebody only paused.

    >>> joined("Play Take Five.", "By Dave Brubeck."), joined("Pause.", "Next.")
    ('Play Take Five by Dave Brubeck.', None)
    """
    words = words_of(second)
    if not words or completeness(second, language) >= Completeness.LIKELY:
        return None
    whole = completeness(first, language)
    goes_on = whole is Completeness.LIKELY and words[0] in _CONTINUES
    if whole is not Completeness.UNFINISHED and not goes_on:
        return None
    begun = _TRAILING_OFF.sub("", first).rstrip(" .!?")
    rest = second.strip()
    if words[0] in _CONTINUES:
        rest = rest[:1].lower() + rest[1:]
    return f"{begun} {rest}"


def _wants_more(words: list[str], line: str, language: str) -> bool:
    if any(line.endswith(alone) for alone in _STANDS_ALONE):
        return False
    needs_more = (
        _NEEDS_MORE if language == "en" else _NEEDS_MORE_ELSEWHERE.get(language, frozenset())
    )
    if words[-1] in needs_more:
        return True
    return any(words[-len(ending) :] == ending for ending in _NEEDS_MORE_ENDINGS)
