"""Music that slowly gets quieter or louder, until somebody touches the volume."""

import asyncio
from collections.abc import Awaitable, Callable

from server.timers.outlet import Outlet

_STEP_S = 1.0
_LEAST_STEPS = 8
_NOTICED = 2
"""A volume so far from ours was set by somebody; players round to whole numbers."""

Sleep = Callable[[float], Awaitable[None]]


async def fade(
    outlet: Outlet, start: int, end: int, seconds: float, *, sleep: Sleep = asyncio.sleep
) -> bool:
    """Go from one volume to another in so many seconds; nothing of it is remembered.

    Returns:
        Whether it came to the end; False when the music stopped or somebody set the volume.
    """
    steps = max(_LEAST_STEPS, round(seconds / _STEP_S))
    level = start
    for step in range(1, steps + 1):
        await sleep(seconds / steps)
        touched = abs(outlet.volume - level) >= _NOTICED or outlet.muted
        if touched or not outlet.plays:
            return False
        wanted = round(start + (end - start) * step / steps)
        if wanted != level:
            level = await outlet.set_volume(wanted)
    return True
