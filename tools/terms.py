"""Words for music, such as moods and instruments: canonical in English, worded in each language.

The message `term` of a catalogue knows them by a key; a word that it does not know, such as the
name of a genre, is said as it is.
"""

import re

from tools.message import Listed, Say, Value

_ACTIVITIES = frozenset(
    {
        *("workout", "running", "walking", "study", "studying", "focus", "sleep", "party"),
        *("dinner", "commute", "driving", "road trip", "cleaning", "yoga", "meditation"),
        *("gaming", "relaxing", "waking"),
    }
)
"""What music is for rather than what it is like: "for studying" in most languages."""
_NO_LETTER = re.compile(r"[^a-z0-9]+")


def term(word: str) -> Say:
    """One word for music: "calm", "the instruments", "in the morning"."""
    key = _NO_LETTER.sub("-", word.casefold()).strip("-") or "none"
    key = f"for-{key}" if word.casefold() in _ACTIVITIES else key
    return Say("term", {"key": key, "word": word}, english=word)


def terms(english: str, parts: tuple[Value, ...]) -> Say:
    """Several of them in one line, which English has words of its own for."""
    return Say("terms", {"names": Listed(parts, "comma")}, english=english)


def listed(english: str, *, between: str = " and ") -> Say:
    """The terms of a line such as "calm and sad"."""
    words = [word for word in english.split(between) if word]
    parts = Listed(tuple(term(word) for word in words), "and")
    return Say("terms", {"names": parts}, english=english)
