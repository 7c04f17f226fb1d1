"""Music that slowly gets quieter or louder, until somebody touches the volume."""

import asyncio
from collections.abc import Awaitable, Callable

from tools.players.playback import Playback
from tools.players.player import PlaybackStatus, PlayerCapability

_STEP_S = 1.0
_LEAST_STEPS = 8
_NOTICED = 2
"""A volume so far from ours was set by somebody; players round to whole numbers."""

Sleep = Callable[[float], Awaitable[None]]


def can_fade(playback: Playback) -> bool:
    """Whether the player in use lets its volume be set."""
    player = playback.player
    return player is not None and PlayerCapability.VOLUME in player.capabilities


async def fade(
    playback: Playback, start: int, end: int, seconds: float, *, sleep: Sleep = asyncio.sleep
) -> bool:
    """Go from one volume to another in so many seconds; nothing of it is remembered.

    Returns:
        Whether it came to the end; False when the music stopped or somebody set the volume.
    """
    steps = max(_LEAST_STEPS, round(seconds / _STEP_S))
    level = start
    for step in range(1, steps + 1):
        await sleep(seconds / steps)
        state = playback.state
        touched = abs(state.volume - level) >= _NOTICED or state.muted
        if touched or state.status is not PlaybackStatus.PLAYING:
            return False
        wanted = round(start + (end - start) * step / steps)
        if wanted != level:
            level = (await playback.set_volume(wanted, remember=False)).volume
    return True
