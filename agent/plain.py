"""Commands said in passing: what people say around them taken away.

"Ew, skip", "my boss is here, turn it down", "skip this will ya mate": what is left of these is a
command as it stands, and what was taken away asks for nothing. Nothing is taken away when no such
command is left, so that names and wishes stay whole; and never behind a word that binds what
follows, such as the "not" in "do not stop".
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from agent.understanding import Intent
from agent.understanding.template import Matcher, Node, parse

Sure = Callable[[str], bool]
"""Whether words are a command as they stand."""
Spans = Callable[[str], Sequence[tuple[int, int]]]
"""Where names of the library stand in a text, as places of characters."""

COMMANDS = frozenset(
    {
        *(Intent.PAUSE, Intent.RESUME, Intent.STOP, Intent.NEXT, Intent.PREVIOUS, Intent.SEEK),
        *(Intent.VOLUME_SET, Intent.VOLUME_UP, Intent.VOLUME_DOWN, Intent.VOLUME_MUTE),
        *(Intent.VOLUME_UNMUTE, Intent.SHUFFLE, Intent.REPEAT, Intent.PLAY_AGAIN),
        *(Intent.WHAT_IS_PLAYING, Intent.TRACK_FACT, Intent.QUEUE_SHOW, Intent.QUEUE_CLEAR),
        *(Intent.QUEUE, Intent.QUEUE_REMOVE, Intent.UNDO, Intent.LIKE, Intent.DISLIKE),
        *(Intent.SLEEP_TIMER, Intent.ALARM_SHOW, Intent.ALARM_CANCEL, Intent.MORE_LIKE),
        *(Intent.PLAY, Intent.PLAY_LIKED, Intent.RECOMMEND, Intent.SMALL_TALK),
        *(Intent.SIMILAR_TO, Intent.EXPLAIN_CHOICE, Intent.HISTORY_QUERY),
        *(Intent.SHOW_PLAYLISTS, Intent.ADD_TO_PLAYLIST, Intent.REMOVE_FROM_PLAYLIST),
    }
)
"""What may be told from among other words. A yes or a no is left alone: it answers something."""
_MOST_WORDS = 30
_MOST_BEFORE = 16
_MOST_BEHIND = 8
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|%")
_SIGN = re.compile(r"[,.;:!?…–—]|\s-\s")
_SHORT_REMARK = 3
"""Words of a remark that runs into a command of one word without a pause."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said around commands, in one language."""

    before: frozenset[str]
    after: frozenset[str]
    openings: tuple[Node, ...]
    endings: tuple[Node, ...]
    remarks: frozenset[str]
    binding: frozenset[str]


@lru_cache(maxsize=2)
def _said(code: str = "en") -> _Said:
    source = files("agent.understanding") / "languages" / f"{code}.plain.toml"
    data = tomllib.loads(source.read_text("utf-8"))["plain"]
    words = {name: frozenset(data[name].split()) for name in _SETS}
    openings, endings = (
        tuple(parse(phrase, {}) for phrase in data[name]) for name in ("openings", "endings")
    )
    return _Said(**words, openings=openings, endings=endings)


_SETS = ("before", "after", "remarks", "binding")


@dataclass(frozen=True, slots=True)
class _Word:
    word: str
    start: int
    end: int


def plain(text: str, sure: Sure, names: Spans = lambda _: ()) -> str:
    """The command in `text` without what is said around it; `text` itself when there is none.

    Args:
        text: one request, as it was said.
        sure: tells whether words are a command as they stand.
        names: of the library; none of them is ever cut.
    """
    words = _words(text)
    if not 1 < len(words) <= _MOST_WORDS or sure(text):
        return text
    kept = names(text)
    for first, end in _windows(len(words)):
        before, behind = words[:first], words[end:]
        start = words[first].start
        stop = words[end].start if behind else len(text)
        if any(low < start < high or low < stop < high for low, high in kept):
            continue
        if any(low < start or high > stop for low, high in kept):
            continue  # a name is no remark
        if not _may_go_before(text, before, words[first:end]) or not _may_go_behind(
            text, words[end - 1], behind
        ):
            continue
        left = text[start:stop].strip(" ,;:-–—")
        if sure(left):
            return left
    return text


def remarks(text: str) -> bool:
    """Whether `text` is a remark of its own by its looks: "my hands are full"."""
    words = _words(text)
    return len(words) > 1 and (_is_remark(words) or _idle_before(words))


_NODS = re.compile(
    r"^(?:u+h[\s-]?h+u+h+|m+[\s-]?h+m+|m{2,}|a+h+|o+h+|aha+|hm+|uh|m+h+|right|i see|oh i see|"
    r"gotcha)[.!…]*$",
    re.IGNORECASE,
)


def acknowledges(text: str) -> bool:
    """Whether it is only a sound of listening: "mhm", "uh-huh", "oh I see"."""
    return _NODS.match(text.strip()) is not None


def tells_when(text: str) -> bool:
    """Whether it speaks of a time or a condition, on which what follows may depend."""
    return _TIMED.search(text) is not None


def idle(text: str) -> bool:
    """Whether `text` is nothing but exclamations and softeners: "ugh", "just so you know"."""
    words = _words(text)
    return bool(words) and _idle_before(words)


def without_openings(text: str) -> str:
    """`text` without the phrases that only lead to a request: "be a dear and", "at least"."""
    words = _words(text)
    for end in range(min(len(words) - 1, 8), 1, -1):
        led = [each.word for each in words[:end]]
        led = led[1:] if led[0] in _LEADS else led
        led = led[:-1] if led and led[-1] in {"and", "then"} else led
        if led and any(Matcher(led, {}).match(node) for node in _said().openings):
            return text[words[end].start :]
    return text


_LEADS = frozenset({"so", "oh", "well", "and", "but", "fine", "ok", "okay", "now", "please"})


def _words(text: str) -> list[_Word]:
    return [
        _Word(found[0].casefold().replace("’", "'"), *found.span())
        for found in _WORD.finditer(text)
    ]


def _windows(count: int) -> Iterator[tuple[int, int]]:
    """Places where a command may begin and end, those first that leave out the fewest words."""
    places = [
        (first, count - behind)
        for first in range(min(count, _MOST_BEFORE + 1))
        for behind in range(min(count - first, _MOST_BEHIND + 1))
        if first or behind
    ]
    return iter(sorted(places, key=lambda place: place[0] + count - place[1]))


def _may_go_before(text: str, before: Sequence[_Word], left: Sequence[_Word]) -> bool:
    if not before or _idle_before(before):
        return True
    apart = _SIGN.search(text[before[-1].end : left[0].start]) is not None
    if _TIMED.search(text[: before[-1].end]):
        return False  # "she calls in half an hour, so stop then" is no command for now
    if apart:
        asks = next((each.word for each in before if each.word not in _said().before), "")
        return before[0].word not in _NEVER_BEFORE and asks not in _ORDERS
    if before[-1].word in _said().binding or not _is_remark(before):
        return False
    if len(left) == 1:
        return len(before) >= _SHORT_REMARK and left[0].word in _ALONE
    return len(before) > 1


def _may_go_behind(text: str, last: _Word, behind: Sequence[_Word]) -> bool:
    if not behind or _idle_behind(behind):
        return True
    apart = _SIGN.search(text[last.end : behind[0].start]) is not None
    if apart:
        return len(behind) > 1 and _is_remark(behind) and behind[0].word not in _OBJECTS
    if len(behind) < _SHORT_REMARK:
        return False
    told = behind[0].word in _SUBJECTS
    return told or (_is_remark(behind) and _HAPPENS.search(text[behind[0].start :]) is not None)


_TIMED = re.compile(
    r"\b(?:minutes?|hours?|seconds?)\b|\b(?:in|at|until|till|by|after|before)\s+(?:an?|half|quarter|noon|midnight|about|\d+|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty)\b|"
    r"\b(?:if|when|unless|once|tomorrow|tonight|later)\b",
    re.IGNORECASE,
)
_NEVER_BEFORE = frozenset(
    {"if", "when", "unless", "after", "before", "until", "once", "no", "not", "never", "don't"}
)
"""What makes a command depend on something, or denies it."""
_ORDERS = frozenset(
    {
        *("add", "bring", "clear", "crank", "make", "mute", "next", "pause", "play", "put"),
        *("queue", "remove", "repeat", "save", "set", "shuffle", "skip", "start", "stop"),
        *("switch", "turn", "volume", "louder", "quieter", "wake"),
    }
)
"""What begins with such a word is a request itself, and no remark beside one."""
_ALONE = frozenset(
    {"skip", "next", "pause", "louder", "quieter", "softer", "mute", "unmute", "undo", "shuffle"}
)
"""Commands of one word that may come right behind a remark: "my head hurts quieter"."""
_SUBJECTS = frozenset(
    {
        *("i", "i'm", "im", "i've", "ive", "we", "we're", "we've", "he", "he's", "she", "she's"),
        *("they", "they're", "it's", "its", "that's", "thats", "there's", "you're"),
    }
)
"""What a remark without a pause before it surely begins with."""
_HAPPENS = re.compile(
    r"^(?:my|our) \w+(?:'s| is| are| has| hates?| needs?| wants?| keeps?)\b", re.IGNORECASE
)
_OBJECTS = frozenset({"the", "this", "that", "it", "some", "your", "these", "those", "so", "as"})
"""What follows a command as its object rather than as a remark of its own, without a pause."""


def _is_remark(words: Sequence[_Word]) -> bool:
    return words[0].word in _said().remarks and len(words) > 1


def _idle_before(words: Sequence[_Word]) -> bool:
    said = _said()
    if all(each.word in said.before for each in words):
        return True
    first = 0
    while first < len(words) and words[first].word in said.before:
        first += 1
    for begin in range(first + 1):
        rest = [each.word for each in words[begin:]]
        rest = rest[:-1] if rest and rest[-1] in {"and", "then"} else rest
        if rest and any(Matcher(rest, {}).match(node) for node in said.openings):
            return True
    return False


def _idle_behind(words: Sequence[_Word]) -> bool:
    said = _said()
    if all(each.word in said.after for each in words):
        return True
    last = len(words)
    while last and words[last - 1].word in said.after:
        last -= 1
    for end in range(last, len(words) + 1):
        rest = [each.word for each in words[:end]]
        if rest and any(Matcher(rest, {}).match(node) for node in said.endings):
            return True
    return False
