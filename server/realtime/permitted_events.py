"""What a client's events ask of its token; what the agent does for it is asked by the tools."""

from typing import Any, Final

from server.auth.identity import Identity, Permission
from server.auth.limits import Limits
from server.realtime.client_events import PlayerAttach, PlayerClaim, PlayerReport
from server.realtime.errors import Refused

_CONTROL: Final = (PlayerAttach, PlayerClaim, PlayerReport)
"""The page as a player: it takes the music, and says how far it is."""


class EventGate:
    """Lets through what one client may send, as often as it may."""

    def __init__(self, identity: Identity, limits: Limits) -> None:
        self._identity = identity
        self._limits = limits

    def check(self, event: Any) -> None:
        """See whether this event may be acted on.

        Raises:
            Refused: the token does not allow it.
        """
        needed = Permission.CONTROL if isinstance(event, _CONTROL) else Permission.LISTEN
        if not self._identity.may(needed):
            raise Refused("not_permitted", f'This token does not allow "{needed.value}".')

    def is_too_often(self) -> bool:
        """Count one message of this person's program; whether there were too many."""
        return not self._limits.event(self._identity)
