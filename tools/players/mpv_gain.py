"""Quieter for a while, in mpv, without touching its volume.

mpv multiplies its volume with a gain that is meant for files without ReplayGain tags, and which
its manual promises to apply always when ReplayGain is off, as it is here (levelling is ours).
It acts where the volume acts, behind mpv's buffers, so that it is heard at once; a filter would
be heard only after the 200 ms that are buffered behind it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from tools.players.ducking import DUCK_DB
from tools.players.mpv_ipc import MpvCommandFailed, MpvConnection, MpvGone

_log = logging.getLogger(__name__)

GAIN: Final = "replaygain-fallback"
"""The property, in decibels."""
_STEP_S: Final = 0.012
_DOWN_DB: Final = 6.0
"""A step down: quiet after 24 ms, without a click."""
_UP_DB: Final = 1.0
"""A step up: as loud as before after about 220 ms, so that it does not startle."""
_PATIENCE: Final = 5
"""So often an mpv that is busy may fail to answer within its 2 s."""


class MpvGain:
    """Walks the gain of one mpv to where it should be. The newest wish counts."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep
        self._mpv: MpvConnection | None = None
        self._wanted_db = self._now_db = 0.0
        self._walk: asyncio.Task[None] | None = None

    def duck(self, on: bool) -> None:
        """Go quieter, or back; also for an mpv that is yet to come."""
        self._wanted_db = DUCK_DB if on else 0.0
        if self._walk is None or self._walk.done():
            self._walk = asyncio.get_running_loop().create_task(self._go())

    async def connected(self, mpv: MpvConnection) -> None:
        """This mpv is in use now. One that was left quiet by a program that died is repaired."""
        self._mpv = mpv
        await self._set(self._wanted_db)

    async def settled(self) -> None:
        """Wait until it is where it should be."""
        if self._walk is not None:
            await asyncio.gather(self._walk, return_exceptions=True)

    async def let_go(self) -> None:
        """Leave mpv as loud as it should be: it may play on without us."""
        self._wanted_db = 0.0
        if self._walk is not None:
            self._walk.cancel()
            await self.settled()
        if self._now_db != 0.0:
            await self._set(0.0)
        self._mpv = None

    async def _go(self) -> None:
        patience = _PATIENCE
        while self._now_db != self._wanted_db:
            if self._wanted_db < self._now_db:
                step_db = max(self._now_db - _DOWN_DB, self._wanted_db)
            else:
                step_db = min(self._now_db + _UP_DB, self._wanted_db)
            patience -= not await self._set(step_db)
            if patience == 0:
                return
            await self._sleep(_STEP_S)

    async def _set(self, gain_db: float) -> bool:
        """Change the gain; True when mpv did, or when there is none (the next one will)."""
        if self._mpv is not None and self._mpv.alive:
            try:
                await self._mpv.set(GAIN, gain_db)
            except (MpvGone, MpvCommandFailed) as error:
                _log.warning("mpv was not made quieter or louder: %s", error)
                return False
        self._now_db = gain_db
        return True
