"""Believe a player only when it proves it: the right item sounds, and time goes on in it."""

import asyncio
from collections.abc import Callable

from tools.errors import PlayerNotResponding
from tools.players.player import PlaybackStatus, PlayerState

_POLL_S = 0.02
_PROGRESS_S = 0.005
"""Less than this is a rounding difference, not playback."""


async def confirm_playing(
    reported: Callable[[], PlayerState],
    item_id: str,
    *,
    player: str,
    timeout_s: float,
    since_s: float | None = None,
) -> PlayerState:
    """Wait until the device itself reports that `item_id` sounds.

    Args:
        reported: the last state as the device gave it, not carried forward by any clock.
        item_id: the queue item that was asked for.
        player: the name for the message.
        timeout_s: how long to wait, in seconds.
        since_s: where it was told to begin, when a report behind that is proof enough.

    Returns:
        The first state that proves it: status "playing", the right item, and a position later
        than one reported before.

    Raises:
        PlayerNotResponding: no such report in time.
    """
    earliest = since_s

    def proof() -> PlayerState | None:
        nonlocal earliest
        state = reported()
        if state.status is not PlaybackStatus.PLAYING or state.item_id != item_id:
            earliest = since_s
            return None
        if earliest is None or state.position_s < earliest:
            earliest = state.position_s
        return state if state.position_s > earliest + _PROGRESS_S else None

    state = await wait_for(proof, timeout_s=timeout_s)
    if state is None:
        raise PlayerNotResponding(
            f"{player} took the command, but nothing was playing after {timeout_s:g} s."
        )
    return state


async def wait_for(
    proof: Callable[[], PlayerState | None], *, timeout_s: float
) -> PlayerState | None:
    """Ask for `proof` again and again until it is there; None when the time is over."""
    deadline = asyncio.get_running_loop().time() + timeout_s
    while (state := proof()) is None:
        if asyncio.get_running_loop().time() >= deadline:
            return None
        await asyncio.sleep(_POLL_S)
    return state
