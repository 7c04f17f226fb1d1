"""From what was said to the requests in it, each in full words and in the order to be done.

Hesitations go, what the speaker took back is replaced, fragments are completed from the request
before, and several requests are told apart. What they mean is read afterwards, one by one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from agent import compound, repairs
from agent.calling import as_called
from agent.hesitation import fluent
from agent.plain import COMMANDS, plain, without_openings
from agent.plans import correcting, speaking
from agent.pointing import point
from agent.references import matching_option
from agent.session import Session
from agent.understanding import DialogueContext, Intent, Part, Translation, Understanding
from agent.understanding.gazetteer import Gazetteer
from agent.wishing import described
from knowledge.folding import fold
from knowledge.wish import MusicWish

_REMARKS = frozenset({Intent.WANT_LESS, Intent.WANT_MORE, Intent.WANT_NEVER, Intent.FORGET_TASTE})


_SOME_MUSIC = frozenset({Intent.PLAY, Intent.RECOMMEND, Intent.SIMILAR_TO, Intent.MORE_LIKE})


class Reader(Protocol):
    """Reads English requests and knows the names of the library."""

    @property
    def names(self) -> Gazetteer: ...

    def understand(
        self, text: str, context: DialogueContext | None = None, *, english: bool = False
    ) -> Understanding: ...

    def command(self, text: str, context: DialogueContext | None = None) -> Intent | None: ...


@dataclass(frozen=True, slots=True)
class Requests:
    """What one utterance asks for."""

    parts: tuple[Part, ...]
    """Never empty."""
    left: int = 0
    """How many more were asked for than are done at once."""


@dataclass(frozen=True, slots=True)
class _Ears:
    """What words of this turn mean to who knows the conversation and the library."""

    session: Session
    context: DialogueContext
    reader: Reader
    wish_of: Callable[[str], MusicWish]

    _read: dict[str, Understanding] = field(default_factory=dict)
    _commands: dict[str, Intent | None] = field(default_factory=dict)
    """What was read already: the same words are asked about from several sides."""

    def read(self, text: str) -> Understanding:
        if text not in self._read:
            self._read[text] = self.reader.understand(text, self.context, english=True)
        return self._read[text]

    def command(self, text: str) -> Intent | None:
        if text not in self._commands:
            self._commands[text] = self.reader.command(text, self.context)
        return self._commands[text]

    def spans(self, text: str) -> list[tuple[int, int]]:
        return compound.spans(text, self.reader.names)

    def sure(self, text: str) -> bool:
        """Whether `text` is a command as it stands, and no name of several words."""
        known = " " in text and bool(self.reader.names.named(text))
        return not known and self.command(text) in COMMANDS

    def bare(self, text: str) -> str:
        """The command in `text` alone, unless the rest says what music it shall be."""
        whole = without_openings(text)
        left = plain(whole, self.sure, self.spans)
        if left == whole or self.command(left) not in _SOME_MUSIC:
            return left
        return whole if self.tells(whole.replace(left, " ")) else left

    def opens(self, text: str) -> bool:
        return (
            compound.opens(without_openings(text), self.read, self.reader.names)
            or bool(speaking.aside(text, self.wish_of, beside=True))
            or self.sure(self.bare(text))
        )

    def called(self, text: str) -> str:
        return as_called(
            text,
            self.reader.names,
            wishes=lambda words: described(self.wish_of(words)),
            asks=lambda words: self.command(words) is not None,
            chooses=lambda words: matching_option(words, self.session) is not None,
        )

    def tells(self, text: str) -> bool:
        return _tells(self.wish_of(text))


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
    ears = _Ears(session, context, reader, wish_of)
    text = whole.english
    if said.language == "en":
        text = without_openings(fluent(text, ears.spans))
    known = frozenset(fold(name) for name in (session.speaker, *session.threads) if name)
    before: list[str] = []
    if not session.has_recognised and (who := speaking.introduction(text, names, known=known)):
        before.append(f"my name is {who.name}")
        if not who.rest:
            return Requests((Part(before[0], whole.original),))
        text = who.rest
    text = repairs.mended(_IN_MINUTES.sub(r"\g<said> minutes", text), ears.opens, names)
    text = _in_order(text, names)
    if meant := correcting.revised(text, session, ears.read, ears.opens, names):
        text = meant.text
        before += [correcting.UNDO + meant.takes_back] if meant.takes_back else []
    if _TAKES_BACK.match(fold(text)) and session.undo:
        text, before = _TAKES_BACK.sub("", text).strip(" ,.;"), [*before, _last_undone(session)]
        if not text:
            return Requests((Part(before[-1], whole.original),))
    text = _without(text, ears) if session.speaks_of_wish else text
    parts = _split(text, ears)
    texts = [ears.called(without_openings(ears.bare(each))) for each in parts.texts]
    texts = _once_stopped(texts, ears)
    if len(texts) > 1:
        texts = _remarks_first([_remark(each, wish_of) for each in texts], ears.read)
    if len(texts) + len(before) == 1 and texts[0] == whole.english:
        return Requests((whole,))
    return Requests(tuple(Part(each, each) for each in (*before, *texts)), parts.left)


_IN_MINUTES = re.compile(
    r"(?P<said>\b(?:off|stop|stop it|stop the music|out) in (?:\d+|five|ten|fifteen|twenty|thirty|"
    r"forty|forty five|fifty|sixty))(?=[.!? ]*$)",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"^(?P<polite>(?:please |can you |could you )*)(?:play|put on) (?P<one>.+?) "
    r"(?P<how>before|after) (?P<other>.+?)[.!? ]*$",
    re.IGNORECASE,
)


def _in_order(text: str, names: Gazetteer) -> str:
    """Make "play Tutu before One" "play Tutu, then One" when both are names of the library."""
    found = _ORDER.match(text)
    if found is None or names.named(f"{found['one']} {found['how']} {found['other']}"):
        return text
    both = (found["one"], found["other"])
    if not all(names.named(each) for each in both):
        return text
    first, second = both if found["how"].lower() == "before" else both[::-1]
    return f"play {first}, then {second}"


_TAKES_BACK = re.compile(
    r"^(?:no |oh |actually |ok |please )*(?:scratch|forget|undo|take back|scrap|cancel|never mind) "
    r"(?:the|that|this) last (?:bit|part|thing|one|command|request)\b",
    re.IGNORECASE,
)
_NOT_SOME = re.compile(
    r"^(?:but |and |just |only )*(?:not|no) "
    r"(?!so |too |that|this|it\b|the |really|now|yet|bad|sure)(?P<what>[\w-]+(?: \w+)?) "
    r"(?:though|tho|either|then|actually|again)[.! ]*$",
    re.IGNORECASE,
)


def _without(text: str, ears: _Ears) -> str:
    """Make "not jazz though" a change of the last wish: "but no jazz"."""
    found = _NOT_SOME.match(text)
    if found is None or not described(ears.wish_of(found["what"])):
        return text
    return f"but no {found['what']}"


def _last_undone(session: Session) -> str:
    """What takes back only the last of several things that one turn did."""
    return correcting.UNDO + session.undo[0].tool


def _once_stopped(texts: list[str], ears: _Ears) -> list[str]:
    """Leave out the stop in "play it for twenty minutes and then turn it off": that is said."""
    stops = {Intent.STOP, Intent.PAUSE}
    return [
        text
        for place, text in enumerate(texts)
        if not place
        or ears.command(text) not in stops
        or ears.read(texts[place - 1]).intent is not Intent.SLEEP_TIMER
    ]


def _split(text: str, ears: _Ears) -> compound.Parts:
    whole = ears.bare(text)
    certain = ears.sure(whole) and compound.may_be_cut(whole)
    if certain and whole == text:
        return compound.Parts((whole,))  # "let it play for an hour and then turn it off"
    parts = compound.split(text, ears.opens, ears.reader.names, ears.tells)
    if certain and not (len(parts.texts) > 1 and all(map(ears.opens, parts.texts))):
        return compound.Parts((whole,))  # what was told beside it asks for nothing
    return parts


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
