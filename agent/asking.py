"""The words around a request: does it want to hear, to see or to know, and what remains of it."""

import re

from knowledge.folding import fold

_POLITE = (
    r"^(?:(?:please|hey|ok|okay|um|uh|now|then|just|and|can you|could you|would you|will you|"
    r"i want to|i want you to|i would like to|i d like to|id like to|i wanna|let us|lets|"
    r"go ahead and|no) )*"
)
_VERB = (
    r"(?:(?:play|put on|start playing|start|listen to|hear|spin|turn on|queue up|queue|find|"
    r"search for|search|show|look for|look up|give|get|add|like|do (?:you|i|we) have|"
    r"have (?:you|we|i) got|i want|i need|throw on|recommend|suggest|i am in the mood for|"
    r"im in the mood for|i feel like)(?: me| us)?)(?: |$)"
)
_ANY = r"(?:(?:some|a|any|anything|something|the song|the track|the tune|music|songs|tracks|by) )*"
_LEAD = re.compile(_POLITE + _VERB + _ANY)
_PUT_ON = re.compile(r"\b(?:put|throw|stick) (?P<what>(?:some|any|a|an)(?:thing)?\b.*?) on$")
_TAIL = re.compile(
    r"(?: (?:please|for me|now|right now|thanks|thank you|again|in my library|next|"
    r"to (?:the|my) queue))+$"
)
_EMPTY = re.compile(
    r"^(?:(?:some|a|any|the|me|it|that|this|them|something|anything|else|song|songs|track|tracks|"
    r"tune|tunes|music|random|good|nice|great|other|another|different|cool|new) ?)+$"
)
_PLAY_FIRST = re.compile(_POLITE + r"(?:play|put on|listen to|hear|spin|start playing)\b")
_DELETE_FIRST = re.compile(_POLITE + r"(?:delete|erase|remove|get rid of|trash|discard)\b ?")
_ASKED_BY = re.compile(
    r"\bby (?!her\b|him\b|them\b)(.+?)(?: (?:do (?:i|we|you) have|are there|is there|"
    r"have (?:i|we|you)(?: got)?|in my library|exist))?$"
)
_LEADING_NO = re.compile(r"^(?:no|nope|nah|ok|okay|yes|hm+),\s+", re.IGNORECASE)
_WANTS_SOUND = re.compile(
    r"\b(?:play|put on|put (?:\w+ ){1,5}on|start|hear|listen|spin|throw on|throw (?:\w+ ){1,5}on|"
    r"turn on|stick (?:\w+ ){1,5}on|shuffle|blast|give (?:me|us)|hit (?:me|us)|i want|i need|"
    r"let us have|in the mood|i feel like|i d like|i would like)\b"
)
_WOULD_LIKE = re.compile(
    r"^(?:\w+ )?(?:i|we) ?(?:d|would) (?:really |quite |rather )?(?:like|love)\b"
)
_NEEDS = re.compile(
    _POLITE
    + r"(?:(?:i|we)(?: (?:just|really|only|could|do))* )?(?:need|fancy|gotta have|got to have|"
    r"could do with|could use|want|wanna hear|surprise me|amaze me)\b|"
    + _POLITE
    + r"(?:something|anything) "
)
_WANTS_TO_KNOW = re.compile(
    r"^(?:find|show|search|look|list|what|which|who|when|how|do (?:you|i|we) have|"
    r"have (?:you|we|i) got|is there|are there|tell me|recommend|suggest|any )"
)


def without_no(text: str) -> str:
    """`text` without the "no," before it, which rules nothing out: "no, calmer"."""
    return _LEADING_NO.sub("", text)


def leftover(text: str) -> str:
    """The words of `text` without the asking around them: "play some take five please"."""
    words = _TAIL.sub("", _LEAD.sub("", _PUT_ON.sub(r"play \g<what>", fold(text)))).strip()
    return "" if _EMPTY.match(words) else words


def without_tail(words: str) -> str:
    """`words` without "to the queue", "please" and the like behind them."""
    return _TAIL.sub("", fold(words)) if _TAIL.search(fold(words)) else words


def would_like(text: str) -> bool:
    """Whether something is wanted now, "I'd like some Queen", and not liked in general."""
    return _WOULD_LIKE.match(fold(text)) is not None


def begins_with_play(text: str) -> bool:
    """Whether the request opens with a word for making something sound."""
    return _PLAY_FIRST.match(fold(text)) is not None


def asked_artist(text: str) -> str:
    """The artist in a question: "what albums by Moby do I have" asks about Moby; "" when none."""
    match = _ASKED_BY.search(fold(text))
    return match[1] if match is not None else ""


def wants_deletion(text: str) -> bool:
    """Whether the request opens with a word for destroying something."""
    return _DELETE_FIRST.match(fold(text)) is not None


def without_deletion(text: str) -> str:
    """The words after the verb: "delete my chill playlist" leaves "chill"."""
    words = _DELETE_FIRST.sub("", fold(text))
    return re.sub(r"^(?:my|the|our) | (?:playlist|please)$", "", words).strip()


def wants_sound(text: str) -> bool:
    """Whether the words want to hear it, not only to know about it."""
    said = fold(text)
    return _WANTS_SOUND.search(said) is not None and not wants_to_know(text)


def needs_some(text: str) -> bool:
    """Whether some music is wanted without a word for sounding: "need something quiet"."""
    return _NEEDS.match(fold(text)) is not None and not wants_to_know(text)


def wants_to_know(text: str) -> bool:
    """Whether the words ask what there is, and not for sound."""
    return _WANTS_TO_KNOW.search(fold(text)) is not None
