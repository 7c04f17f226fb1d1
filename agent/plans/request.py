"""One request with all that deciding about it needs."""

import re
from dataclasses import dataclass, field
from typing import Any

from agent import asking, naming, references, wishing
from agent.pointing import Pointer
from agent.session import Session
from agent.turn import Call, Plan, Turn
from agent.understanding import Understanding
from knowledge.folding import fold, without_article
from knowledge.models import Track
from knowledge.wish import MusicWish

_OWN_LIST = re.compile(r"^(?:my|the|our) (?P<name>.+?) (?:play ?)?list$")


@dataclass(frozen=True, slots=True)
class Request:
    """One request with all that deciding about it needs."""

    turn: Turn
    text: str
    meaning: Understanding
    pointer: Pointer
    current: Track | None
    wish: MusicWish = field(default_factory=MusicWish)
    """What the words wish for, whatever the intent."""
    said: str = ""
    """The words in their own language; "" when that is English."""

    @property
    def session(self) -> Session:
        return self.turn.session

    @property
    def named(self) -> dict[str, Any]:
        """Title, artist, album and so on, as far as named."""
        found = naming.named(self.meaning, self.text)
        described = _described_words(self.wish)
        return {
            key: value
            for key, value in found.items()
            if (key not in _MISTAKEN or not _explained(value, described))
            and not self._ruled_out(value)
        }

    def _ruled_out(self, value: Any) -> bool:
        """Whether it is named only to leave it out: "anything except the Beatles"."""
        if not isinstance(value, str) or not (self.wish.not_artists or self.wish.not_genres):
            return False
        left_out = (*self.wish.not_artists, *self.wish.not_genres)
        shut_out = {without_article(fold(name)) for name in left_out}
        if without_article(fold(value)) in shut_out:
            return True
        out = " ".join(self.meaning.slots.get("negation", ()))
        return bool(value) and f" {fold(value)} " in f" {fold(out)} "

    @property
    def wishes(self) -> dict[str, Any]:
        """The request as a wish, when it describes music."""
        return wishing.arguments(self.wish, self.words)

    @property
    def words(self) -> str:
        """The words of the request as they were said: wishes are understood in any language."""
        return self.said or self.text

    @property
    def target(self) -> dict[str, Any]:
        """What is named, or else what is pointed at."""
        return self.named or self.pointed

    @property
    def pointed(self) -> dict[str, Any]:
        return references.pointed(self.pointer, self.session, self.current)

    @property
    def playlist_called(self) -> str:
        """The playlist whose name is just what is left of the request: "play chill"; else ""."""
        name = _OWN_LIST.sub(r"\g<name>", asking.leftover(self.text))
        found = self.turn.services.playlists.named(name) if name else None
        return found.name if found is not None and fold(found.name) == name else ""


def _described_words(wish: MusicWish) -> frozenset[str]:
    """Words that say what the music shall be like: the harp in "calm harp music" is no band."""
    if wish.free or not wishing.described(wish):
        return frozenset()
    said = (words for field, words in wish.said.items() if field not in _NAMES)
    return frozenset(word for words in said for word in fold(words).split())


def _explained(value: Any, described: frozenset[str]) -> bool:
    return bool(described) and isinstance(value, str) and described.issuperset(fold(value).split())


_NAMES = frozenset(
    {"artists", "albums", "like", "genres", "not_genres", "not_artists", "free", "liked"}
)
_MISTAKEN = frozenset({"query", "title", "artist", "album"})
"""Fields in which a word of a description may stand by mistake."""


def call(tool: str, **arguments: Any) -> Plan:
    return Plan((Call(tool, arguments),))


def playing_all(mode: str = "now") -> Call:
    """What to do with a list that was found: play all of it."""
    return Call("play_music", {"mode": mode})
