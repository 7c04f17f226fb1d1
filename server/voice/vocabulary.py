"""The names that the recogniser should know: those of the library, and the short commands."""

import logging
import threading
from collections.abc import Iterator
from contextvars import copy_context
from functools import lru_cache, partial
from typing import Final, Literal, cast

from agent.understanding import DialogueContext, Understander
from agent.understanding.understander import GRAMMAR_CONFIDENCE
from knowledge.catalog import Catalog
from knowledge.errors import KnowledgeError
from knowledge.people.current import HOUSEHOLD, PersonId, current_person
from knowledge.playlists import Playlists
from voice.stt.names import NameIndex, SpokenName

_LOG = logging.getLogger(__name__)
_MOST_PEOPLE = 4
"""The names that so many people know are kept."""
_EMPTY: Final = NameIndex(())
_ANYTHING: Final = DialogueContext(
    has_results=True,
    awaiting_choice=True,
    is_playing=True,
    can_recognise=True,
    has_recognised=True,
)
COMMANDS: Final = (
    "pause", "stop", "play", "resume", "continue", "skip", "skip this", "next", "next song",
    "next track", "previous", "previous song", "go back", "start over", "louder", "quieter",
    "volume up", "volume down", "turn it up", "turn it down", "mute", "unmute", "shuffle",
    "repeat", "repeat this song", "what is this", "what's this song", "what's playing",
    "who is this", "yes", "no", "yes please", "no thanks", "never mind", "cancel",
    "the first one", "the second one", "the third one", "the last one", "another one", "more",
    "I like this", "I don't like this", "clear the queue", "what's next", "help",
)  # fmt: skip
"""What people say alone and shortly, where the recogniser has little to go by."""


class LibraryVocabulary:
    """All names by sound that a person knows, made anew in the background when they change."""

    def __init__(self, catalog: Catalog, playlists: Playlists) -> None:
        self._catalog = catalog
        self._playlists = playlists
        self._of: dict[PersonId, tuple[int, NameIndex]] = {}
        self._building = threading.Lock()

    def index(self) -> NameIndex:
        """The names as they were a moment ago; empty until they are first gathered."""
        revision, known = self._current(), self._of.get(current_person())
        if (known is None or known[0] != revision) and self._building.acquire(blocking=False):
            build = partial(copy_context().run, self._build)
            # Waited for at the end: a daemon amid C++ code then would abort the process.
            threading.Thread(target=build, name="spoken-names").start()
        known = known or self._of.get(HOUSEHOLD)
        return _EMPTY if known is None else known[1]

    def gather(self) -> NameIndex:
        """The names as they are now; takes a second for 40,000 of them."""
        revision = self._current()
        # Who has no playlists of their own knows the same names as the household.
        same = [index for of, index in tuple(self._of.values()) if of == revision]
        index = same[0] if same else NameIndex(self._names())
        self._of[current_person()] = (revision, index)
        for other in [each for each in self._of if each not in {HOUSEHOLD, current_person()}]:
            if len(self._of) > _MOST_PEOPLE:
                del self._of[other]
        return index

    def _build(self) -> None:
        try:
            self.gather()
        except KnowledgeError:
            _LOG.exception("the names of the library could not be read")
        finally:
            self._building.release()

    def _current(self) -> int:
        named = tuple(playlist.name for playlist in self._playlists.all())
        return hash((self._catalog.revision, named))

    def _names(self) -> Iterator[SpokenName]:
        for kind, name, artist in self._catalog.titles():
            yield SpokenName(name, cast('Literal["artist", "album", "track"]', kind), artist)
        for playlist in self._playlists.all():
            yield SpokenName(playlist.name, "playlist")
        for command in COMMANDS:
            yield SpokenName(command, "command")


class SettledRequests:
    """Tells requests that surely hold no name, by the grammar alone."""

    def __init__(self) -> None:
        self._understander: Understander | None = None
        self._loading = threading.Lock()

    def __call__(self, text: str) -> bool:
        """Whether `text` is wholly a command of the grammar, such as "pause"."""
        return _settled(self._loaded(), text)

    def _loaded(self) -> Understander:
        with self._loading:
            if self._understander is None:
                self._understander = Understander()
            return self._understander


@lru_cache(maxsize=512)
def _settled(understander: Understander, text: str) -> bool:
    understood = understander.understand(text, _ANYTHING)
    return understood.source == "grammar" and understood.confidence >= GRAMMAR_CONFIDENCE
