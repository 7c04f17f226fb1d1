"""A house with speakers in its rooms, each of them a fake that does what it is told."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.history import History
from knowledge.playback_memory import PlaybackMemory
from knowledge.queue import QueueStore
from player_fake import FakePlayer
from tools.players.abilities import RoomSound
from tools.players.playback import Playback
from tools.players.player import PlayerCapability
from tools.players.rooms import Placed, Rooms


class FakeGroup(FakePlayer):
    """One sound in several rooms, as Snapcast has it."""

    def __init__(self, name: str, rooms: Collection[str]) -> None:
        super().__init__(name)
        self._rooms = {room: RoomSound(room, True, True, 50, False) for room in rooms}

    @property
    def rooms(self) -> tuple[RoomSound, ...]:
        return tuple(self._rooms.values())

    @property
    def sounding_in(self) -> list[str]:
        return [room.room for room in self.rooms if room.on]

    async def sound_in(self, rooms: Collection[str]) -> None:
        self.commands.append(f"rooms {' '.join(rooms)}")
        self._rooms = {name: replace(one, on=name in rooms) for name, one in self._rooms.items()}

    async def set_room_volume(self, room: str, volume: int, *, muted: bool = False) -> RoomSound:
        self._rooms[room] = replace(self._rooms[room], volume=volume, muted=muted)
        return self._rooms[room]


@dataclass(frozen=True, slots=True)
class House:
    """A kitchen and a bedroom with speakers of their own; a lounge and an office in step."""

    rooms: Rooms
    kitchen: FakePlayer
    bedroom: FakePlayer
    """It cannot change its volume."""
    group: FakeGroup

    async def close(self) -> None:
        for playback in self.rooms.playbacks[1:]:
            await playback.close()


def furnish(database: Database, catalog: Catalog, main: Playback) -> House:
    """Put the speakers into their rooms; `main` is the queue of the installation."""

    def plays(room: str, player: FakePlayer) -> Playback:
        store = QueueStore(database, catalog, room=room)
        memory = PlaybackMemory(database, room=room)
        return Playback(store, History(database, catalog), [player], memory=memory)

    kitchen = FakePlayer("kitchen")
    no_volume = frozenset(PlayerCapability) - {PlayerCapability.VOLUME}
    bedroom = FakePlayer("bedroom", capabilities=no_volume)
    group = FakeGroup("snapcast", ("lounge", "office"))
    rooms = Rooms(
        main,
        [
            Placed(plays("kitchen", kitchen), kitchen, "kitchen", ("cookhouse",)),
            Placed(plays("bedroom", bedroom), bedroom, "bedroom"),
            Placed(plays("snapcast", group), group),
        ],
    )
    return House(rooms, kitchen, bedroom, group)
