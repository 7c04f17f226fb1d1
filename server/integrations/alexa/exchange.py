"""One request of Alexa while it is being answered: what its device is told with the answer.

An Echo takes commands only as part of an answer, and reports what became of them with its next
requests. So a command puts its directives here and then waits for that report, while the answer
goes out. Which request a command belongs to follows from the context it runs in.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from server.integrations.alexa.responses import Directive
from tools.errors import PlayerNotResponding

PLAY: Final = "AudioPlayer.Play"
STOP: Final = "AudioPlayer.Stop"
CLEAR: Final = "AudioPlayer.ClearQueue"
EVERYTHING: Final = frozenset({PLAY, STOP, CLEAR})
_ALLOWED: Final = {
    "AudioPlayer.PlaybackStarted": frozenset({STOP, CLEAR}),
    "AudioPlayer.PlaybackFinished": frozenset({STOP, CLEAR}),
    "AudioPlayer.PlaybackStopped": frozenset[str](),
}
"""What an answer may hold; to all other requests, everything (AudioPlayer Interface Reference)."""

_current: ContextVar["Exchange | None"] = ContextVar("refrain_alexa_exchange", default=None)


class Exchange:
    """Directives on their way to one device. For one event loop."""

    def __init__(self, request_type: str) -> None:
        self._allowed = _ALLOWED.get(request_type, EVERYTHING)
        self._open = True
        self.directives: list[Directive] = []
        """What is sent with the answer."""
        self.awaits_device = asyncio.Event()
        """Set when somebody waits for the device to do what it is told, so the answer must go."""
        self.starts = ""
        """What begins to sound with this answer, in words: title and artist."""

    def add(self, *directives: Directive) -> None:
        """Send these; a new stream takes the place of everything before it.

        Raises:
            PlayerNotResponding: the answer is on its way already, or may not hold them.
        """
        kinds = {str(one["type"]) for one in directives}
        if not self._open or not kinds <= self._allowed:
            raise PlayerNotResponding("This Echo can be told something only when it asks.")
        if PLAY in kinds:
            self.directives = [one for one in self.directives if one["type"] == CLEAR]
        self.directives += directives

    def close(self) -> list[Directive]:
        """The answer goes out; what it tells the device."""
        self._open = False
        return self.directives

    @contextmanager
    def current(self) -> Iterator[None]:
        """What runs in this block, and the tasks that it starts, belong to this request."""
        before = _current.set(self)
        try:
            yield
        finally:
            _current.reset(before)


def current_exchange() -> Exchange:
    """The request that is being answered.

    Raises:
        PlayerNotResponding: none is.
    """
    exchange = _current.get()
    if exchange is None:
        raise PlayerNotResponding("An Echo can be told something only while somebody talks to it.")
    return exchange
