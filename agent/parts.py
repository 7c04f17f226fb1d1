"""From what was said to the requests in it, each in full words and in the order to be done.

Hesitations go, what the speaker took back is replaced, fragments are completed from the request
before, and several requests are told apart. What they mean is read afterwards, one by one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from agent import compound, repairs
from agent.hesitation import fluent
from agent.plans import correcting, speaking
from agent.pointing import point
from agent.session import Session
from agent.understanding import DialogueContext, Intent, Part, Translation, Understanding
from agent.understanding.gazetteer import Gazetteer
from knowledge.folding import fold
from knowledge.wish import MusicWish

_REMARKS = frozenset({Intent.WANT_LESS, Intent.WANT_MORE, Intent.WANT_NEVER, Intent.FORGET_TASTE})


class Reader(Protocol):
    """Reads English requests and knows the names of the library."""

    @property
    def names(self) -> Gazetteer: ...

    def understand(
        self, text: str, context: DialogueContext | None = None, *, english: bool = False
    ) -> Understanding: ...


@dataclass(frozen=True, slots=True)
class Requests:
    """What one utterance asks for."""

    parts: tuple[Part, ...]
    """Never empty."""
    left: int = 0
    """How many more were asked for than are done at once."""


def requests_in(
    said: Translation,
    session: Session,
    context: DialogueContext,
    reader: Reader,
    wish_of: Callable[[str], MusicWish],
) -> Requests:
    """The requests of an utterance.

    Args:
        said: the utterance in English.
        session: what was said before.
        context: what the conversation is about.
        reader: reads requests.
        wish_of: understands a wish in words.
    """
    if len(said.parts) > 1:
        kept = said.parts[: compound.MAX_PARTS]
        return Requests(kept, len(said.parts) - len(kept))
    whole, names = said.parts[0], reader.names

    def read(text: str) -> Understanding:
        return reader.understand(text, context, english=True)

    def opens(text: str) -> bool:
        return compound.opens(text, read, names) or bool(speaking.aside(text, wish_of, beside=True))

    text = whole.english
    if said.language == "en":
        text = fluent(text, lambda words: compound.spans(words, names))
    known = frozenset(fold(name) for name in (session.speaker, *session.threads) if name)
    before: list[str] = []
    if not session.has_recognised and (who := speaking.introduction(text, names, known=known)):
        before.append(f"my name is {who.name}")
        if not who.rest:
            return Requests((Part(before[0], whole.original),))
        text = who.rest
    text = repairs.mended(text, opens, names)
    if meant := correcting.revised(text, session, read, opens, names):
        text = meant.text
        before += [correcting.UNDO + meant.takes_back] if meant.takes_back else []
    parts = compound.split(text, opens, names, lambda words: _tells(wish_of(words)))
    texts = list(parts.texts)
    if len(texts) > 1:
        texts = _remarks_first([_remark(each, wish_of) for each in texts], read)
    if len(texts) + len(before) == 1 and texts[0] == whole.english:
        return Requests((whole,))
    return Requests(tuple(Part(each, each) for each in (*before, *texts)), parts.left)


def _tells(wish: MusicWish) -> bool:
    """Whether a reason says what music it shall be: "I'm cooking, play something"."""
    return bool(wish.activity or wish.moods or wish.genres or wish.axes or wish.instruments)


def _remark(text: str, wish_of: Callable[[str], MusicWish]) -> str:
    wish = speaking.aside(text, wish_of, beside=True)
    return f"{speaking.KEPT}{wish}" if wish else text


def _remarks_first(texts: list[str], read: Callable[[str], Understanding]) -> list[str]:
    """What is said of one's taste counts for the music asked for in the same breath.

    "I love this one" does not move: it is about what was asked for before it.
    """
    first = [each for each in texts if each.startswith(speaking.KEPT) or _is_remark(each, read)]
    return [*first, *(each for each in texts if each not in first)]


def _is_remark(text: str, read: Callable[[str], Understanding]) -> bool:
    pointer = point(text)
    return read(text).intent in _REMARKS and pointer.kind is None and not pointer.numbers
