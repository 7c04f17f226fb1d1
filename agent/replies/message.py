"""From messages to words: one language, one persona, sentences with their capitals and stops."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from agent.replies.catalogue import catalogue
from agent.replies.languages import ENGLISH, between_sentences, full_stop, spoken_language
from agent.replies.manner import Manner
from tools.message import Listed, Say, Value
from tools.report import cleaned

__all__ = ["Listed", "Reply", "Say", "Value", "finished", "render"]

Reply: TypeAlias = str | Say | tuple["Reply", ...]
"""What to say: a message, several one after the other, or text that is worded already."""
_ENDS = (".", "!", "?", "…", "\u3002", "\uff01", "\uff1f", "\u0964")
_OPENING = "¿¡"
_MAX_DEPTH = 8
_MOST = 200
"""Characters of one name; titles are cut shorter where they are put in."""
_BEFORE_STOP = re.compile(r" +(?=[:;,.!?])")
"""What an empty value leaves before a stop; French writes a space that does not break there."""


def render(
    reply: Reply, language: str = ENGLISH, *, manner: Manner | None = None, turn: int = 0
) -> str:
    """The words of a reply, as whole sentences.

    Args:
        reply: one message, or several, each of which becomes a sentence of its own.
        language: a code such as "de"; one without a catalogue is answered in English, and so is
            a message that the catalogue does not have.
        manner: how it is said; its language is the one that counts.
        turn: number of the turn; variants take turns.
    """
    manner = manner or Manner(language)
    spoken = spoken_language(manner.language)
    wording = _Wording(spoken, manner, turn)
    sentences = [finished(wording.of(each), spoken) for each in _flat(reply)]
    return between_sentences(spoken).join(filter(None, sentences))


@dataclass(frozen=True, slots=True)
class _Wording:
    """Words values in one language."""

    language: str
    manner: Manner
    turn: int

    def of(self, value: Value, depth: int = 0) -> str:
        if depth > _MAX_DEPTH:
            return ""
        if isinstance(value, Say):
            return self._said(value, depth)
        if isinstance(value, Listed):
            return self._listed(value, depth)
        return cleaned(str(value), _MOST) if depth else str(value)

    def _said(self, message: Say, depth: int) -> str:
        values: dict[str, str | int | float] = {
            key: value if isinstance(value, int | float) else self.of(value, depth + 1)
            for key, value in message.values.items()
        }
        words = catalogue(self.language).format(message.id, values, self.manner, self.turn)
        if words is not None:
            return _BEFORE_STOP.sub("", words) if "" in values.values() else words
        if self.language == ENGLISH or message.english:
            return message.english
        return replace(self, language=ENGLISH).of(message, depth)

    def _listed(self, listed: Listed, depth: int) -> str:
        """Make "A, B and C" with the words of the language."""
        parts = [part for part in (self.of(each, depth + 1) for each in listed.parts) if part]
        if not parts:
            return ""
        ends = len(parts) > 1 and listed.word != "comma" and not listed.more
        named = parts[0]
        for part in parts[1 : -1 if ends else None]:
            named = self._put("list-comma", head=named, tail=part)
        if ends:
            named = self._put(f"list-{listed.word}", head=named, tail=parts[-1])
        return self._put("list-more", names=named, more=listed.more) if listed.more > 0 else named

    def _put(self, message_id: str, **values: str | int) -> str:
        return self._said(Say(message_id, values), 0)


def _flat(reply: Reply) -> Iterable[str | Say]:
    if isinstance(reply, tuple):
        for each in reply:
            yield from _flat(each)
    elif reply:
        yield reply


def finished(text: str, language: str = ENGLISH) -> str:
    """The text as a sentence: capital letter in front, a full stop at the end."""
    text = " ".join(text.split())
    if not text:
        return ""
    first = 1 if text[0] in _OPENING and len(text) > 1 else 0
    text = text[:first] + text[first].upper() + text[first + 1 :]
    return text if text.endswith(_ENDS) else f"{text}{full_stop(language)}"
