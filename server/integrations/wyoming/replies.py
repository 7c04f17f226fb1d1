"""What we answered lately: so that it is spoken in its own language, and fit for ears.

Home Assistant asks for a reply as text in one connection and for its sound in another, and tells
with the second neither the language nor that the text is ours.
"""

from collections import OrderedDict
from dataclasses import dataclass

from voice.speakable import spoken_form

_KEPT = 64


@dataclass(frozen=True, slots=True)
class KnownReply:
    """A reply of ours."""

    language: str
    """ISO 639-1 code."""
    spoken: str
    """As it is read aloud: short lists, no markup."""


class Replies:
    """Remembers the last few. For one event loop."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, KnownReply] = OrderedDict()

    def add(self, text: str, language: str) -> None:
        """Remember one."""
        if key := _key(text):
            self._known[key] = KnownReply(language, spoken_form(text) or text)
            self._known.move_to_end(key)
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)

    def find(self, text: str) -> KnownReply | None:
        """The reply that this text is, however its blanks were changed on the way."""
        return self._known.get(_key(text))


def _key(text: str) -> str:
    return " ".join(text.split())
