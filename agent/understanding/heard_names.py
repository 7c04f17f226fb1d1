"""Names of the library as people say them: a first name alone, as it sounds, or described.

"Put dolly on", "claire de loon", "that lovely Debussy piece", "that country road one". What is
called exactly so always comes first, and what fits two things is left alone.
"""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from agent.understanding.gazetteer import Gazetteer, Name
from knowledge.folding import fold

_DESCRIBED = re.compile(
    r"^(?:(?:the|that|this|a|an|some|my|our|any|more|one of) )*"
    r"(?:(?:very|really|bloody|lovely|beautiful|nice|great|good|old|famous|wonderful|gorgeous|"
    r"amazing|cool|awesome|classic|brilliant|fantastic|pretty|sweet|catchy|little|big|well known|"
    r"dear|trusty|favou?rite) )*"
    r"(?:(?:song|track|tune|number|piece|record|band|singer|guy|girl|lady|woman|man|fella|bloke|"
    r"chap|lad|one)(?: (?:called|named|by|from))? )?"
    r"(?P<name>.+?)"
    r"(?: (?:ones?|songs?|tracks?|tunes?|pieces?|numbers?|thing|things|bit|stuff|music|guy|lady|"
    r"woman|fella|bloke|chap|lad|lot|record|records))?$"
)
_KINDS = frozenset({"artist", "track", "album"})
_MIN_KEY = 4
_LONG_KEY = 6
_LOOKS = 68.0
"""Of 100: how alike the letters have to be where the sounds are nearly the same."""
_MOST_LETTERS_MORE = 3
_SAME = 50.0
"""The same where they are just the same."""
_MIN_TITLE = 5
_GLUED = re.compile(r"(.)\1+")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\bgn|\bkn", "n"),
        (r"\bwr", "r"),
        (r"ough\b|augh\b", "f"),
        (r"ph", "f"),
        (r"gh", "g"),
        (r"tion|sion", "shn"),
        (r"sch|sh|ch", "s"),
        (r"th|dd|tt|d", "t"),
        (r"ck|q|c(?![eiy])", "k"),
        (r"c|z|x", "s"),
        (r"g(?=[eiy])", "j"),
        (r"v", "f"),
        (r"\bh|h\b", ""),
        (r"[aeiouyhw]", ""),
    )
)


@lru_cache(maxsize=16_384)
def sounds_of(name: str) -> str:
    """The consonants of folded words as they are spoken, one after the other."""
    said = name
    for pattern, sound in _SOUNDS:
        said = pattern.sub(sound, said)
    return _GLUED.sub(r"\1", said.replace(" ", ""))


def without_description(words: str) -> str:
    """What is named in "that lovely Debussy piece", folded; the words themselves if nothing is."""
    said = fold(words)
    found = _DESCRIBED.match(said)
    return found["name"] if found is not None else said


def meant(words: str, names: Gazetteer) -> Name | None:
    """The one thing that `words` name in the way people speak; None when it has no other name.

    None, too, for what is called exactly so: nothing needs to be found out then.
    """
    said = fold(words)
    if not said or names.named(said):
        return None
    bare = without_description(said)
    for each in dict.fromkeys((bare, said)):
        found = names.named(each) or names.short_for(each) or names.first_named(each)
        if found and (len(found) == 1 or len({one.name for one in found}) == 1):
            return found[0] if found[0].kind in _KINDS else None
        if found:
            return None
    for each in dict.fromkeys((said, bare)):
        if heard := _as_heard(each, names):
            return heard
    return _in_part(bare, names)


def _as_heard(said: str, names: Gazetteer) -> Name | None:
    """The one name that sounds like `said`."""
    key = sounds_of(said)
    if len(key) < _MIN_KEY or len(said.replace(" ", "")) < _MIN_TITLE:
        return None
    written = said.replace(" ", "")
    fitting = {
        name: each
        for name, each in names.sounding(key, loosely=len(key) >= _LONG_KEY, sounds_of=sounds_of)
        if _looks_like(written, name.replace(" ", ""), same=sounds_of(name) == key)
    }
    exact = {name: each for name, each in fitting.items() if sounds_of(name) == key}
    found = exact or fitting
    kinds = {each.name for each in found.values()}
    if len(kinds) != 1:
        return None
    one = next(iter(found.values()))
    return one if one.kind in _KINDS else None


def _looks_like(written: str, name: str, *, same: bool) -> bool:
    """Whether the letters allow that one was heard for the other; more when sounds differ."""
    if not same and abs(len(written) - len(name)) > _MOST_LETTERS_MORE:
        return False
    return fuzz.ratio(written, name) >= (_SAME if same else _LOOKS)


def _in_part(said: str, names: Gazetteer) -> Name | None:
    """The one title whose words `said` are, but for an ending: "country road"."""
    words = [word.removesuffix("s") for word in said.split()]
    if len(words) < 2 or sum(map(len, words)) < _MIN_TITLE + 2:
        return None
    phrase = " ".join(words)
    found = {
        each.name: each
        for key, each in names.titles()
        if f" {phrase} " in f" {' '.join(word.removesuffix('s') for word in key.split())} "
    }
    return next(iter(found.values())) if len(found) == 1 else None
