"""What a Snapcast server reports: its clients, in groups, each on one of its streams. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.folding import fold
from tools.players.abilities import RoomSound

_MOST = 500
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SnapClient:
    id: str
    name: str
    connected: bool
    volume: int
    muted: bool
    group: str
    stream: str


@dataclass(frozen=True, slots=True)
class SnapHouse:
    """The state of a server."""

    clients: tuple[SnapClient, ...] = ()
    streams: Mapping[str, str] | None = None
    """Status ("playing", "idle") by stream id."""
    muted_groups: frozenset[str] = frozenset()

    def members(self, group: str) -> list[str]:
        return [client.id for client in self.clients if client.group == group]


def read_house(status: Mapping[str, Any]) -> SnapHouse:
    """Read the answer to Server.GetStatus; what is malformed in it is left out."""
    server = _dict(status.get("server"))
    clients: list[SnapClient] = []
    muted = set()
    for group in _dicts(server.get("groups")):
        if group.get("muted") is True:
            muted.add(str(group.get("id")))
        for client in _dicts(group.get("clients")):
            config, host = _dict(client.get("config")), _dict(client.get("host"))
            volume = _dict(config.get("volume"))
            percent = volume.get("percent")
            clients.append(
                SnapClient(
                    id=str(client.get("id", "")),
                    name=(str(config.get("name") or host.get("name") or ""))[:_LONGEST_NAME],
                    connected=client.get("connected") is True,
                    volume=min(max(percent, 0), 100) if isinstance(percent, int) else 100,
                    muted=volume.get("muted") is True,
                    group=str(group.get("id", "")),
                    stream=str(group.get("stream_id", "")),
                )
            )
    streams = {
        str(one.get("id", "")): str(one.get("status", "")) for one in _dicts(server.get("streams"))
    }
    return SnapHouse(tuple(clients[:_MOST]), streams, frozenset(muted))


def clients_by_room(house: SnapHouse, named: Mapping[str, str]) -> dict[str, list[SnapClient]]:
    """The clients that stand in each room.

    Args:
        house: what the server reports.
        named: rooms by the id or the name of a client; empty: each client is a room that is
            called as Snapcast calls it.
    """
    rooms: dict[str, list[SnapClient]] = {room: [] for room in named.values()}
    by_key = {fold(key): room for key, room in named.items()}
    for client in house.clients:
        if named:
            room = by_key.get(fold(client.id)) or by_key.get(fold(client.name))
        else:
            room = client.name
        if room:
            rooms.setdefault(room, []).append(client)
    return rooms


def room_sound(room: str, clients: list[SnapClient], stream: str) -> RoomSound:
    """What a room does, by its clients."""
    there = [client for client in clients if client.connected]
    on = [client for client in there if client.stream == stream and not client.muted]
    shown = (on or there or clients)[:1]
    return RoomSound(
        room=room,
        connected=bool(there),
        on=bool(on),
        volume=shown[0].volume if shown else 100,
        muted=bool(shown) and shown[0].muted,
    )


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    if isinstance(value, list):
        found += [one for one in value[:_MOST] if isinstance(one, dict)]
    return found
