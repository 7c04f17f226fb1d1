"""Tell everyone who listens to a player what it did."""

import logging

from tools.players.player import PlayerEvent, PlayerEventKind, PlayerListener, PlayerState

_log = logging.getLogger(__name__)


class Announcer:
    """The listeners of one player. A listener that fails does not keep the others from hearing."""

    def __init__(self) -> None:
        self._listeners: list[PlayerListener] = []

    def listen(self, listener: PlayerListener) -> None:
        self._listeners.append(listener)

    def say(self, kind: PlayerEventKind, state: PlayerState, message: str = "") -> None:
        event = PlayerEvent(kind, state, message)
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception:  # noqa: BLE001  a broken listener stays its own problem
                _log.exception("A listener failed at %s", kind)
