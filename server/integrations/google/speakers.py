"""The speakers of the house in Google's words: type SPEAKER and its traits.

One for the music of no room, and one for each room. The inputs of a speaker are the playlists, its
apps the library, the radio stations and Spotify: Google hands no words of its users over, so fixed
lists of names are all that can be asked for.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from knowledge.models import Playlist
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus, PlayerCapability
from tools.players.rooms import Room, Rooms

MAIN: Final = "main"
MOST_INPUTS: Final = 50
_TRAITS: Final = (
    *("MediaState", "OnOff", "Volume", "TransportControl", "InputSelector", "AppSelector"),
)
_PLAYBACK: Final = {
    PlaybackStatus.PLAYING: "PLAYING",
    PlaybackStatus.PAUSED: "PAUSED",
    PlaybackStatus.IDLE: "STOPPED",
}


@dataclass(frozen=True, slots=True)
class HouseSpeaker:
    """Something that Google may command."""

    id: str
    name: str
    playback: Playback
    room: Room | None = None
    """None for the music of no room."""

    @property
    def online(self) -> bool:
        """Whether it is there."""
        return self.playback.player is not None if self.room is None else self.room.connected

    @property
    def status(self) -> PlaybackStatus:
        """What it reports."""
        return self.playback.state.status if self.room is None else self.room.status

    @property
    def volume(self) -> tuple[int, bool]:
        """0 to 100, and whether it is muted."""
        if self.room is not None:
            return self.room.volume, self.room.muted
        state = self.playback.state
        return state.volume, state.muted

    @property
    def capabilities(self) -> frozenset[PlayerCapability]:
        """What its player can do."""
        player = self.playback.player if self.room is None else self.room.player
        return frozenset() if player is None else player.capabilities

    async def set_volume(self, volume: int, *, muted: bool) -> None:
        """Set it; returns once the player took it."""
        if self.room is not None:
            await self.room.set_volume(volume, muted=muted)
        else:
            await self.playback.set_volume(volume, muted)

    async def take(self) -> None:
        """Let what is played next sound here."""
        if self.room is not None:
            await self.room.take()


def speakers_of(rooms: Rooms) -> tuple[HouseSpeaker, ...]:
    """All of them, the one of no room first."""
    return (
        HouseSpeaker(MAIN, "Refrain", rooms.main),
        *(
            HouseSpeaker(f"room-{_short(room.name)}", room.name, room.playback, room)
            for room in rooms.all
            if room.is_room
        ),
    )


def described(
    speaker: HouseSpeaker, playlists: Sequence[Playlist], applications: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """A device of the answer to SYNC, with its playlists as inputs and what can be opened."""
    can = speaker.capabilities
    commands = ["NEXT", "PREVIOUS", "STOP", "RESUME", "SET_REPEAT", "SHUFFLE"]
    if PlayerCapability.PAUSE in can:
        commands.append("PAUSE")
    if PlayerCapability.SEEK in can:
        commands += ["SEEK_RELATIVE", "SEEK_TO_POSITION"]
    name = speaker.name[:60]
    device: dict[str, Any] = {
        "id": speaker.id,
        "type": "action.devices.types.SPEAKER",
        "traits": [f"action.devices.traits.{trait}" for trait in _TRAITS],
        "name": {"name": name, "defaultNames": ["Refrain"], "nicknames": [name]},
        "willReportState": False,
        "attributes": {
            "supportActivityState": True,
            "supportPlaybackState": True,
            "transportControlSupportedCommands": commands,
            "volumeMaxLevel": 100,
            "volumeCanMuteAndUnmute": True,
            "levelStepSize": 5,
            "commandOnlyVolume": PlayerCapability.VOLUME not in can,
            "availableInputs": [
                {
                    "key": input_key(one),
                    "names": [{"lang": "en", "name_synonym": [one.name[:60]]}],
                }
                for one in playlists[:MOST_INPUTS]
            ],
            "orderedInputs": True,
            "availableApplications": list(applications),
        },
        "deviceInfo": {"manufacturer": "Refrain", "model": "music assistant"},
    }
    if speaker.room is not None:
        device["roomHint"] = name
    return device


def state_of(
    speaker: HouseSpeaker, current_input: str = "", current_application: str = ""
) -> dict[str, Any]:
    """What is so, as the player itself reported it."""
    if not speaker.online:
        return {"online": False}
    status = speaker.status
    volume, muted = speaker.volume
    state: dict[str, Any] = {
        "online": True,
        "on": status is not PlaybackStatus.IDLE,
        "activityState": "ACTIVE" if status is PlaybackStatus.PLAYING else "STANDBY",
        "playbackState": _PLAYBACK[status],
        "currentVolume": volume,
        "isMuted": muted,
    }
    if current_input:
        state["currentInput"] = current_input
    if current_application:
        state["currentApplication"] = current_application
    return state


def input_key(playlist: Playlist) -> str:
    """The key of a playlist among the inputs."""
    return f"playlist-{playlist.id}"


def _short(name: str) -> str:
    return hashlib.sha256(name.casefold().encode()).hexdigest()[:12]
