"""An alarm that rings: its music on its player, first quiet, and only said when it plays."""

import asyncio
import logging
from dataclasses import dataclass

from knowledge.timers.models import Alarm
from server.timers.fading import Sleep, fade
from server.timers.outlet import Outlet
from tools.context import ToolContext, ToolServices
from tools.errors import NoPlayer, PlayerNotResponding, ToolError
from tools.players.player import PlaybackStatus, Player
from tools.players.rooms import EVERYWHERE, Room, Rooms
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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an alarm may ring."""

    name: str
    outlet: Outlet
    player: Player | None = None
    """The player of the music of no room that is to be used; None: the one in use."""
    everywhere: bool = False

    async def take(self, rooms: Rooms) -> Outlet:
        """Let what is played next sound here.

        Raises:
            ToolError: the speaker is not there.
        """
        if self.everywhere:
            return Outlet(await rooms.everywhere())
        if self.outlet.room is not None:
            await self.outlet.room.take()
        elif self.player is not None and self.outlet.playback.player is not self.player:
            await self.outlet.playback.select(self.player.name)
        return self.outlet


class Ringer:
    """Makes alarms sound through the same playback as everything."""

    def __init__(self, services: ToolServices, *, sleep: Sleep = asyncio.sleep) -> None:
        self._services = services
        self._sleep = sleep
        self._rooms = services.rooms or Rooms(services.playback)
        self._ramps: dict[str, asyncio.Task[None]] = {}
        """Music that gets louder, by the room."""

    async def ring(self, alarm: Alarm, *, anywhere: bool = False) -> Rang:
        """Play the music of an alarm; returns only when a player reported playback.

        An alarm that names no player rings on the one in use, or else wherever there is one: on
        another player of this machine, or in a room.

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
        for place in self._places(alarm, anywhere=anywhere):
            try:
                outlet = await place.take(self._rooms)
                title = await self._play(alarm, chosen, outlet)
            except ToolError as error:
                failed = error
                continue
            return Rang(chosen.label or title, _note(alarm, chosen, place))
        raise failed or NoPlayer(_missing(alarm))

    async def close(self) -> None:
        """Leave the volume where it is."""
        for key in tuple(self._ramps):
            await self._end_ramp(key)

    def _places(self, alarm: Alarm, *, anywhere: bool) -> list[_Place]:
        """Where to try, in order."""
        named = self._named(alarm)
        if named and not anywhere:
            return named
        playback = self._services.playback
        here = [
            _Place(player.name, Outlet(playback), player)
            for player in playback.players
            if player.connected
        ]
        # The one in use comes first: people are used to hear their music there.
        here.sort(key=lambda place: place.player is not playback.player)
        rooms = [
            _Place(room.name, Outlet(room.playback, room))
            for room in self._rooms.all
            if room.connected and room.playback is not playback
        ]
        others = [*here, *rooms] if anywhere or not alarm.player else []
        tried = {place.name for place in named}
        return [*named, *(place for place in others if place.name not in tried)]

    def _named(self, alarm: Alarm) -> list[_Place]:
        """The room or the player that the alarm names."""
        playback = self._services.playback
        if not alarm.player:
            return []
        if alarm.player == EVERYWHERE:
            return [_Place(EVERYWHERE, Outlet(playback), everywhere=True)]
        room: Room | None = self._rooms.find(alarm.player)
        if room is not None and room.playback is not playback:
            return [_Place(room.name, Outlet(room.playback, room))]
        return [
            _Place(alarm.player, Outlet(playback), player)
            for player in playback.players
            if player.connected
            and (player.name == alarm.player or (room is not None and player is room.player))
        ]

    async def _play(self, alarm: Alarm, chosen: Chosen, outlet: Outlet) -> str:
        playback, key = outlet.playback, self._rooms.key(outlet.room)
        await self._end_ramp(key)
        volume, muted = outlet.volume, outlet.muted
        wanted = alarm.volume if alarm.volume is not None else max(volume, _LEAST_VOLUME)
        ramps = alarm.ramp_s > 0 and outlet.can_fade
        first = max(_QUIETEST, wanted // _FIRST_SHARE) if ramps else wanted
        try:
            if outlet.can_fade:
                await outlet.set_volume(first)
            state = await playback.play(chosen.tracks, session_id=alarm.session_id)
            if state.status is not PlaybackStatus.PLAYING:
                raise PlayerNotResponding("The player reported no playback.")
        except ToolError:
            await self._back_to(outlet, volume, muted=muted)
            raise
        if ramps:
            self._ramps[key] = asyncio.create_task(
                self._get_louder(outlet, first, wanted, alarm.ramp_s)
            )
        current = playback.queue.current
        return current.track.title if current is not None else ""

    async def _get_louder(self, outlet: Outlet, first: int, wanted: int, seconds: float) -> None:
        try:
            await fade(outlet, first, wanted, seconds, sleep=self._sleep)
        except ToolError as error:
            _LOG.warning("An alarm could not get louder: %s", error)

    @staticmethod
    async def _back_to(outlet: Outlet, volume: int, *, muted: bool) -> None:
        if outlet.can_fade:
            try:
                await outlet.set_volume(volume, muted=muted)
            except ToolError as error:
                _LOG.warning("The volume could not be set back: %s", error)

    async def _end_ramp(self, key: str) -> None:
        ramp = self._ramps.pop(key, None)
        if ramp is not None:
            ramp.cancel()
            await asyncio.wait([ramp])


def _missing(alarm: Alarm) -> str:
    if alarm.player:
        return f"The player {alarm.player} is not connected."
    return "No player is connected."


def _note(alarm: Alarm, chosen: Chosen, place: _Place) -> str:
    notes = []
    if chosen.instead:
        notes.append(f"I could not find {chosen.instead} any more, so I play music that you like.")
    where = place.name if place.outlet.room is None else f"the {place.name} speaker"
    if alarm.player and place.name != alarm.player:
        notes.append(f"{alarm.player} was not there, so it plays on {where}.")
    elif not alarm.player and place.outlet.room is not None:
        notes.append(f"No other player played, so it plays on {where}.")
    return " ".join(notes)
