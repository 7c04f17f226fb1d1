"""An alarm that rings: its music on its player, first quiet, and only said when it plays."""

import asyncio
import logging
from dataclasses import dataclass

from knowledge.timers.models import Alarm
from server.timers.fading import Sleep, can_fade, fade
from tools.context import ToolContext, ToolServices
from tools.errors import NoPlayer, PlayerNotResponding, ToolError
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus, Player
from tools.players.rooms import Room
from tools.timer_music import Chosen, choose

_LOG = logging.getLogger(__name__)
_LEAST_VOLUME = 20
"""Nobody wakes from less, when the volume was turned down in the evening."""
_FIRST_SHARE = 5
"""It begins with this part of the volume."""
_QUIETEST = 4


@dataclass(frozen=True, slots=True)
class Rang:
    """What a player confirmed."""

    music: str
    """What plays, for people."""
    note: str = ""
    """What is other than it was set, as a sentence; "" when nothing is."""


class Ringer:
    """Makes alarms sound through the same playback as everything."""

    def __init__(self, services: ToolServices, *, sleep: Sleep = asyncio.sleep) -> None:
        self._services = services
        self._sleep = sleep
        self._ramp: asyncio.Task[object] | None = None

    async def ring(self, alarm: Alarm, *, anywhere: bool = False) -> Rang:
        """Play the music of an alarm; returns only when a player reported playback.

        Args:
            alarm: whose music.
            anywhere: take any player that is there when the wanted one is not.

        Raises:
            NoPlayer, PlayerNotResponding, PlayerRefused: nothing sounds.
            QueueEmpty: the library holds no music.
        """
        context = ToolContext(self._services, session_id=alarm.session_id)
        chosen = await choose(alarm.music, context)
        failed: ToolError | None = None
        if (room := self._room(alarm)) is not None:
            try:
                await room.take()
                title = await self._play(alarm, chosen, None, room.playback)
                return Rang(chosen.label or title, _note(alarm, chosen, None))
            except ToolError as error:
                failed = error
        for player in self._players(alarm, anywhere=anywhere):
            try:
                title = await self._play(alarm, chosen, player, self._services.playback)
            except ToolError as error:
                failed = error
                continue
            return Rang(chosen.label or title, _note(alarm, chosen, player))
        raise failed or NoPlayer(_missing(alarm))

    async def close(self) -> None:
        """Leave the volume where it is."""
        await self._end_ramp()

    def _room(self, alarm: Alarm) -> Room | None:
        """The room that the alarm names, when that has a queue of its own."""
        rooms = self._services.rooms
        room = rooms.find(alarm.player) if rooms is not None and alarm.player else None
        return room if room is not None and room.playback is not self._services.playback else None

    def _players(self, alarm: Alarm, *, anywhere: bool) -> list[Player | None]:
        """Which players to try, in order; None is the one in use."""
        playback = self._services.playback
        connected = [player for player in playback.players if player.connected]
        if alarm.player:
            wanted = [player for player in connected if player.name == alarm.player]
        else:
            wanted = [playback.player] if playback.player is not None else []
        others = [player for player in connected if player not in wanted] if anywhere else []
        return [*wanted, *others]

    async def _play(
        self, alarm: Alarm, chosen: Chosen, player: Player | None, playback: Playback
    ) -> str:
        await self._end_ramp()
        if player is not None and playback.player is not player:
            await playback.select(player.name)
        before = playback.state
        wanted = alarm.volume if alarm.volume is not None else max(before.volume, _LEAST_VOLUME)
        ramps = alarm.ramp_s > 0 and can_fade(playback)
        first = max(_QUIETEST, wanted // _FIRST_SHARE) if ramps else wanted
        try:
            if can_fade(playback):
                await playback.set_volume(first, remember=False)
            state = await playback.play(chosen.tracks, session_id=alarm.session_id)
            if state.status is not PlaybackStatus.PLAYING:
                raise PlayerNotResponding("The player reported no playback.")
        except ToolError:
            await self._back_to(playback, before.volume, muted=before.muted)
            raise
        if ramps:
            self._ramp = asyncio.create_task(
                self._get_louder(playback, first, wanted, alarm.ramp_s)
            )
        current = playback.queue.current
        return current.track.title if current is not None else ""

    async def _get_louder(
        self, playback: Playback, first: int, wanted: int, seconds: float
    ) -> None:
        try:
            await fade(playback, first, wanted, seconds, sleep=self._sleep)
        except ToolError as error:
            _LOG.warning("An alarm could not get louder: %s", error)

    @staticmethod
    async def _back_to(playback: Playback, volume: int, *, muted: bool) -> None:
        if can_fade(playback):
            try:
                await playback.set_volume(volume, muted, remember=False)
            except ToolError as error:
                _LOG.warning("The volume could not be set back: %s", error)

    async def _end_ramp(self) -> None:
        ramp, self._ramp = self._ramp, None
        if ramp is not None:
            ramp.cancel()
            await asyncio.wait([ramp])


def _missing(alarm: Alarm) -> str:
    if alarm.player:
        return f"The player {alarm.player} is not connected."
    return "No player is connected."


def _note(alarm: Alarm, chosen: Chosen, player: Player | None) -> str:
    notes = []
    if chosen.instead:
        notes.append(f"I could not find {chosen.instead} any more, so I play music that you like.")
    if alarm.player and player is not None and player.name != alarm.player:
        notes.append(f"{alarm.player} was not there, so it plays on {player.name}.")
    return " ".join(notes)
