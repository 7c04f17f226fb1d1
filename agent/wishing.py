"""What music shall be like: moods, activities, tempi, years and so on, in words of any language.

`knowledge.wishes` understands the words; here it is decided whether a request is such a wish. A
request that the trained reader did not take for one needs more evidence than one that it did.
"""

import re
from typing import Any

from agent.asking import leftover
from agent.phrases import word_set
from agent.understanding import Intent, Understanding
from knowledge.folding import fold
from knowledge.wish import MusicWish
from tools.context import understood
from tools.wished import describes, only_refines, told

_LIKE = re.compile(
    r"\b(?:like|similar to|as) (?:this|that|it|these|those|what|the|them|number)\b|"
    r"\b(?:this|that|it) but\b"
)
_LIKE_HEARD = re.compile(
    r"\b(?:like|similar to) (?:what|the (?:music|songs|ones|stuff)|those|music|songs)"
    r"(?: that)? (?:i|we|you)(?: just| ve| have)? (?:heard|played|listened|had|hear|play)\b"
)
_SAME = re.compile(
    r"^(?:(?:ok|okay|and|now|please) )*(?:play )?(?:the )?same(?: again| thing| kind)?"
    r"(?= but| only| from)"
)
_ADDED = re.compile(r"^(?:but|and|only|also|rather|or rather|make it|make them|preferably)\b")
_STRONG = frozenset(
    {
        *("genres", "moods", "instruments", "tempo_bpm", "cadence", "axes", "vocal", "language"),
        *("not_genres", "not_moods", "not_instruments", "arc"),
    }
)
"""Fields that hardly anything but music is described with; an activity or the rain may be
anything."""
_SOUNDING = frozenset({"arc", "tempo_bpm", "cadence", "instruments"})
_ENGLISH = word_set(
    "add put save like love my to the playlist list create make new called this that song it in on "
    "play and of for call name remove delete rename"
)
_MUSICAL = re.compile(
    r"\b(?:music|musics|song|songs|track|tracks|tune|tunes|playlist|play|listen|listening|hear|"
    r"sound|sounds|something|anything|stuff|mix|album|albums|bpm|beats|beat|singing|sung|sings|"
    r"instrumental|vocals?|lyrics|rhythm)\b"
)
_ABOUT_ONESELF = re.compile(
    r"^(?:i|im|ive|we|were|you|youre|he|she|they|it|its|that|thats|there|my|what|how|why|who|"
    r"when|where|which|is|are|am|do|does|did|can|could|will|would|should|tell|remind|set|book|"
    r"order|call|send|turn|dim|make|add|open|close|show)\b"
)


def described(wish: MusicWish) -> bool:
    """Whether a wish says what the music shall be like, in whatever way."""
    return describes(wish)


def only_wishes(words: str) -> bool:
    """Whether `words` describe music and hold no word that might be a name."""
    wish = understood(words)
    return describes(wish) and not wish.free


def is_mood(words: str) -> bool:
    """Whether a word that looks like a genre means a mood; "jazz" and "ambient" stay genres."""
    wish = understood(words)
    return bool(wish.moods or wish.activity) and not wish.genres


def is_style(words: str) -> bool:
    """Whether `words` are a genre although moods are described with it, too."""
    wish = understood(words)
    return bool(wish.genres) and not wish.moods and not wish.free


def arguments(wish: MusicWish, text: str) -> dict[str, Any]:
    """The wish of a request as arguments of a recommendation; {} when there is none."""
    return {"wish": text} if describes(wish) else {}


def compares(wish: MusicWish, text: str) -> bool:
    """Whether something else is asked for than what is pointed at: "like this but slower"."""
    said = fold(text)
    return (bool(wish.but) and _LIKE.search(said) is not None) or bool(_LIKE_HEARD.search(said))


def refines(wish: MusicWish, text: str) -> bool:
    """Whether it changes the last wish: "no vocals, please", "but from the sixties"."""
    said = fold(text)
    if _SAME.match(said) is not None:
        return described(wish)
    added = _ADDED.match(said) is not None and not wish.free
    return only_refines(wish) or (added and (describes(wish) or bool(wish.not_artists)))


def is_open(wish: MusicWish, meaning: Understanding, text: str) -> bool:
    """Whether a request is for some music after all, although the reader saw none in it.

    The reader learned English. What it takes for something else in English must speak of music, or
    describe it and nothing else; of other languages only the description can tell.
    """
    if meaning.source == "grammar" and meaning.intent is not Intent.OUT_OF_SCOPE:
        return False
    strong = told(wish) & _STRONG
    if not describes(wish) or not _is_explained(wish):
        return False
    if wish.said_in != "en":
        return bool(strong) or bool(wish.activity and not wish.free)
    if meaning.intent is not Intent.OUT_OF_SCOPE:
        return False
    said = fold(text)
    if wish.free or _ABOUT_ONESELF.match(said):
        return False
    return bool(strong) and (_MUSICAL.search(said) is not None or bool(strong & _SOUNDING))


def speaks_another_language(wish: MusicWish, text: str) -> bool:
    """Whether the words are surely not English: then the reader's guess proves nothing."""
    return wish.said_in != "en" and not _ENGLISH & set(fold(text).split())


def _is_explained(wish: MusicWish) -> bool:
    """Whether most of the words have a meaning for music."""
    known = sum(len(words.split(",")) for words in wish.said.values())
    unknown = len(wish.free.split()) if wish.free.isascii() else (len(wish.free) + 5) // 6
    return 2 * unknown <= known


def leftover_wish(text: str) -> str:
    """What remains of a request without the asking, for a search; other scripts stay whole."""
    return leftover(text) or text
