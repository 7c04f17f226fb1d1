"""From a reply for the eyes to one for the ears: short lists, no markup, nothing only eyes use.

Nobody can listen to ten titles. Three are said, and how many more there are on the page.
"""

import re
from collections.abc import AsyncIterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from voice.tts.clauses import sentence_end

SPOKEN_ITEMS: Final = 3
_SENTENCE_ITEMS: Final = 6
"""An enumeration within a sentence is a list from this many parts on; fewer may be plain speech."""
_MAX_HELD: Final = 4_000

_ITEM: Final = re.compile(r"^\s*(?:\d{1,3}[.)]|[-*•–])\s+(?=\S)")
_PERHAPS_ITEM: Final = re.compile(r"^\s*(?:\d{0,3}[.)]?|[-*•–])\s*$")
_TABLE: Final = re.compile(r"^\s*\|")
_FENCE: Final = re.compile(r"^\s*(?:```|~~~)")
_HEADING: Final = re.compile(r"^\s*#{1,6}\s+")
_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s)>\"”]*[^\s)>\"”.,;:!?]", re.IGNORECASE)
_QUOTED_PATH: Final = re.compile(r"(?<=[\"'“‘])((?:~?/|[A-Za-z]:\\)[^\"'”’\n]+)(?=[\"'”’])")
_PATH: Final = re.compile(r"(?<![\w/:.])((?:~|\.{1,2})?(?:/[\w.@%+-]+){2,}/?|[A-Za-z]:\\[^\s\"']+)")
_HASH: Final = re.compile(r"\b(?=[0-9a-f-]*\d)(?=[0-9a-f-]*[a-f])[0-9a-f]{8}[0-9a-f-]{8,}\b")
_LENGTH_BEHIND: Final = re.compile(
    r"\s*(?:[(\[]\d{1,3}:\d\d(?::\d\d)?[)\]]|[–—-]\s\d{1,3}:\d\d(?::\d\d)?)\s*$"
)
_EMOJI: Final = re.compile("[\U0001f000-\U0001faff☀-➿⬀-⯿️‍]+")
_MORE: Final = re.compile(r"\b\d[\d,]* more\b|\b(?:and|or) (?:others|more)\b")
_SPLIT: Final = re.compile(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+(?=[^,]*$)")
_QUOTED_LIST: Final = re.compile(
    r"(?:[\"“][^\"”\n]+[\"”](?:,\s+(?:or\s+|and\s+)?|\s+(?:or|and)\s+)){3,}[\"“][^\"”\n]+[\"”]"
)
_AFTER_COLON: Final = re.compile(r"^(.*?:\s+)(.+?)([.!?]*\s*)$", re.DOTALL)


def spoken_form(reply: str) -> str:
    """The whole reply as it is to be spoken; "" when it is for the eyes only."""
    form = SpokenForm()
    return (form.feed(reply) + form.finish()).strip()


async def spoken_deltas(deltas: AsyncIterator[str]) -> AsyncIterator[str]:
    """The same of a reply that still arrives, sentence by sentence."""
    form = SpokenForm()
    async for delta in deltas:
        if words := form.feed(delta):
            yield words
    if words := form.finish():
        yield words


class SpokenForm:
    """Takes a reply in pieces; gives sentences as soon as they are complete."""

    def __init__(self) -> None:
        self._held = ""
        self._line_begins = True
        self._fenced = False
        self._items: list[str] = []

    def feed(self, delta: str) -> str:
        """Take a piece; return what may be spoken now, "" when nothing is complete."""
        self._held += delta
        return "".join(self._complete())

    def finish(self) -> str:
        """The reply has ended; return what is left."""
        said = "".join(self._complete())
        rest, self._held = self._held, ""
        return said + self._take(rest) + self._list_ends()

    def _complete(self) -> list[str]:
        said = []
        while end := self._next_end():
            piece, self._held = self._held[:end], self._held[end:]
            said.append(self._take(piece))
        return said

    def _next_end(self) -> int:
        """Where what can be judged now ends: a line of a list whole, otherwise a sentence."""
        held = self._held
        line = held.find("\n") + 1
        if self._line_begins:
            if not line and _PERHAPS_ITEM.match(held):
                return 0
            if self._fenced or any(p.match(held) for p in (_ITEM, _TABLE, _FENCE, _HEADING)):
                return line or (len(held) if len(held) > _MAX_HELD else 0)
        return sentence_end(held) or line or (len(held) if len(held) > _MAX_HELD else 0)

    def _take(self, piece: str) -> str:
        """Judge a sentence or a line; return how it is spoken."""
        begins, self._line_begins = self._line_begins, piece.endswith("\n")
        if begins and _FENCE.match(piece):
            self._fenced = not self._fenced
            return ""
        if self._fenced or (begins and _TABLE.match(piece)) or not piece.strip():
            return ""
        if begins and (mark := _ITEM.match(piece)):
            self._items.append(_item(piece[mark.end() :]))
            return ""
        before = self._list_ends()
        return before + _sentence(_HEADING.sub("", piece) if begins else piece)

    def _list_ends(self) -> str:
        items, self._items = [item for item in self._items if item], []
        return f"{_enumerated(items, len(items))}. " if items else ""


def _sentence(text: str) -> str:
    text = _for_ears(text)
    text = _QUOTED_LIST.sub(lambda found: _shortened(found[0]), text)
    if not _MORE.search(text):
        colon = _AFTER_COLON.match(text)
        if colon and len(_parts(colon[2])) > SPOKEN_ITEMS:
            return f"{colon[1]}{_shortened(colon[2])}{colon[3] or '.'}"
        if len(parts := _parts(text)) >= _SENTENCE_ITEMS and re.search(
            r",? (?:and|or) [^,]+$", text
        ):
            ending = re.search(r"[.!?]*\s*$", text)
            return _enumerated(parts, len(parts)) + (ending[0] if ending else "")
    return text


def _parts(text: str) -> list[str]:
    """What a list within a sentence names; commas within quotes divide nothing."""
    kept = re.sub(r"[\"“][^\"”]*[\"”]", lambda found: found[0].replace(",", "\0"), text)
    return [
        part.replace("\0", ",").strip(" .!?") for part in _SPLIT.split(kept) if part.strip(" .!?")
    ]


def _shortened(listed: str) -> str:
    parts = _parts(listed)
    return _enumerated(parts, len(parts))


def _enumerated(items: list[str], total: int) -> str:
    """Three at most, then how many more there are."""
    named = items[:SPOKEN_ITEMS]
    commas = any("," in item and not item.startswith(('"', "“")) for item in named)
    apart = "; " if commas else ", "
    if total > SPOKEN_ITEMS:
        return f"{apart.join(named)}{apart}and {total - SPOKEN_ITEMS} more on the page"
    return apart.join(named[:-1]) + (" and " if len(named) > 1 else "") + named[-1]


def _item(text: str) -> str:
    return _LENGTH_BEHIND.sub("", _for_ears(text).strip()).strip(" .;,")


def _for_ears(text: str) -> str:
    """Without markup, addresses and emoji; of a path only the name at its end."""
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _ADDRESS.sub("the address on the page", text)
    text = _QUOTED_PATH.sub(lambda found: _last_name(found[1]), text)
    text = _PATH.sub(lambda found: _last_name(found[1]), text)
    text = _HASH.sub("", text)
    return _EMOJI.sub("", text)


def _last_name(path: str) -> str:
    pure = PureWindowsPath(path) if "\\" in path else PurePosixPath(path)
    return pure.stem.replace("_", " ") or "a folder"
