"""Music made quiet for a while, and by whom.

Ducking is a gain of its own beside the volume: the user's volume may be changed meanwhile and
is shown as what it is, and when the last owner lets go the music is as loud as the user wants
it by then. Depth is counted by owner and not by calls: whoever ducks twice lets go once.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol, runtime_checkable

from tools.players.player import Player, PlayerCapability

_log = logging.getLogger(__name__)

DUCK_DB: Final = -18.0
"""How much quieter: an eighth of the amplitude. Speech at the same place is then well above."""
DUCK_SHARE: Final = 10.0 ** (DUCK_DB / 20.0)
HOLD_S: Final = 60.0
"""Nobody keeps the music quiet for longer without saying so again."""


@runtime_checkable
class DuckablePlayer(Protocol):
    """Can be quieter for a while without touching its volume."""

    def duck(self, on: bool) -> None:
        """Be `DUCK_DB` quieter, or as loud as before. Begins at once and does not wait.

        Holds for whatever sounds from now on, until the opposite is said. Neither `volume` nor
        `muted` of the state show it.
        """
        ...


class Ducking:
    """Who wants the music quiet. For one event loop."""

    def __init__(
        self,
        players: Sequence[Player],
        *,
        hold_s: float = HOLD_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make it with nobody who ducks.

        Args:
            players: those that can are ducked all at once, so that music which begins or moves
                meanwhile is quiet too.
            hold_s: after so long an owner counts as gone.
            clock: seconds that never go backwards.
        """
        self._players = tuple(players)
        self._hold_s = hold_s
        self._clock = clock
        self._owners: dict[str, float] = {}
        self._timer: asyncio.TimerHandle | None = None

    def add(self, player: Player) -> None:
        """A player that came later is quieted with the others from now on."""
        self._players = (*self._players, player)
        if self.depth > 0:
            _duck(player, on=True)

    @property
    def depth(self) -> int:
        """How many want it quiet."""
        return len(self._owners)

    def duck(self, owner: str) -> None:
        """`owner` wants it quiet from now on; said again, for longer."""
        before = self.depth
        self._owners[owner] = self._clock() + self._hold_s
        self._follow(before)

    def unduck(self, owner: str) -> None:
        """`owner` does not mind the music any more; nothing to do when it did not before."""
        before = self.depth
        self._owners.pop(owner, None)
        self._follow(before)

    def expire(self) -> None:
        """Forget owners who have not been heard of for too long."""
        before, now = self.depth, self._clock()
        for owner in [one for one, until in self._owners.items() if until <= now]:
            _log.warning("%s held the music down for %g s; let go.", owner, self._hold_s)
            del self._owners[owner]
        self._follow(before)

    def clear(self) -> None:
        """Nobody minds the music any more."""
        before = self.depth
        self._owners.clear()
        self._follow(before)

    def _follow(self, before: int) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._owners:
            left_s = min(self._owners.values()) - self._clock()
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(left_s, 0.0), self.expire)
        if (before > 0) == (self.depth > 0):
            return
        for player in self._players:
            _duck(player, on=self.depth > 0)


def _duck(player: Player, *, on: bool) -> None:
    if isinstance(player, DuckablePlayer) and PlayerCapability.VOLUME in player.capabilities:
        player.duck(on)
