"""From messages to words: one language, one persona, sentences with their capitals and stops."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from agent.replies.catalogue import catalogue
from agent.replies.languages import ENGLISH, between_sentences, full_stop, spoken_language
from tools.message import Listed, Say, Value

__all__ = ["WARM", "Listed", "Reply", "Say", "Value", "render"]

WARM = "warm"
Reply: TypeAlias = str | Say | tuple["Reply", ...]
"""What to say: a message, several one after the other, or text that is worded already."""
_ENDS = (".", "!", "?", "…", "。", "!", "?", "।")
_MAX_DEPTH = 8


def render(reply: Reply, language: str = ENGLISH, *, persona: str = WARM, turn: int = 0) -> str:
    """The words of a reply, as whole sentences.

    Args:
        reply: one message, or several, each of which becomes a sentence of its own.
        language: a code such as "de"; one without a catalogue is answered in English, and so is
            a message that the catalogue does not have.
        persona: "warm", "plain" or "playful".
        turn: number of the turn; variants take turns.
    """
    language = spoken_language(language)
    sentences = [
        _finished(_worded(each, language, persona, turn), language) for each in _flat(reply)
    ]
    return between_sentences(language).join(filter(None, sentences))


def _flat(reply: Reply) -> Iterable[str | Say]:
    if isinstance(reply, tuple):
        for each in reply:
            yield from _flat(each)
    elif reply:
        yield reply


def _worded(value: Value, language: str, persona: str, turn: int, depth: int = 0) -> str:
    if isinstance(value, Say) and depth <= _MAX_DEPTH:
        return _said(value, language, persona, turn, depth)
    if isinstance(value, Listed) and depth <= _MAX_DEPTH:
        return _listed(value, language, persona, turn, depth)
    return str(value)


def _said(message: Say, language: str, persona: str, turn: int, depth: int) -> str:
    values = _values(message.values, language, persona, turn, depth)
    words = catalogue(language).format(message.id, values, persona=persona, turn=turn)
    if words is not None:
        return words
    if language != ENGLISH and not message.english:
        return _said(message, ENGLISH, persona, turn, depth)
    return message.english


def _values(
    values: Mapping[str, Value], language: str, persona: str, turn: int, depth: int
) -> dict[str, str | int | float]:
    worded: dict[str, str | int | float] = {}
    for key, value in values.items():
        if isinstance(value, bool):
            worded[key] = "yes" if value else "no"
        elif isinstance(value, int | float):
            worded[key] = value
        else:
            worded[key] = _worded(value, language, persona, turn, depth + 1)
    return worded


def _listed(listed: Listed, language: str, persona: str, turn: int, depth: int) -> str:
    """Make "A, B and C" with the words of the language."""
    parts = [_worded(part, language, persona, turn, depth + 1) for part in listed.parts]
    parts = [part for part in parts if part]

    def put(message_id: str, **values: str | int) -> str:
        return _said(Say(message_id, values), language, persona, turn, depth)

    if not parts:
        return ""
    last = parts[-1] if len(parts) > 1 and listed.word != "comma" and not listed.more else ""
    named = parts[0]
    for part in parts[1 : -1 if last else None]:
        named = put("list-comma", head=named, tail=part)
    if last:
        named = put(f"list-{listed.word}", head=named, tail=last)
    return put("list-more", names=named, more=listed.more) if listed.more > 0 else named


def _finished(text: str, language: str) -> str:
    """Capital letter in front, a full stop at the end."""
    text = " ".join(text.split())
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text.endswith(_ENDS) else f"{text}{full_stop(language)}"
