"""Rooms: what plays in which, moving it, and the volume of each.

The queue and the player of a room are under `/api/queue` and `/api/player` with `?room=NAME`.
"""

from fastapi import APIRouter

from server.rooms_wire import MoveMusicIn, RoomOut, RoomsOut, RoomVolumeIn
from server.routers.services import Use
from server.services import Services
from server.wire import PlayerOut
from tools.errors import ToolError
from tools.players.rooms import Room

router = APIRouter(prefix="/api/rooms", tags=["rooms"])


@router.get("")
async def rooms(services: Use) -> RoomsOut:
    """Every room and speaker, and what sounds there."""
    return RoomsOut.of(services.rooms)


@router.post("/move")
async def move(services: Use, wanted: MoveMusicIn) -> PlayerOut:
    """Let the music go on elsewhere; answers once the speaker there confirmed it."""
    source, target = _room(services, wanted.source), _room(services, wanted.to)
    playback = await services.rooms.move(source, target)
    _tell(services)
    return PlayerOut.of(playback.player, playback.state)


@router.post("/stop")
async def stop(services: Use) -> RoomsOut:
    """Silence everywhere; a speaker that does not obey is told after all others were stopped."""
    problems: list[ToolError] = []
    for playback in services.rooms.sounding():
        try:
            await playback.stop()
        except ToolError as error:
            problems.append(error)
    _tell(services)
    if problems:
        raise problems[0]
    return RoomsOut.of(services.rooms)


@router.post("/{name}/volume")
async def volume(services: Use, name: str, wanted: RoomVolumeIn) -> RoomOut:
    room = services.rooms.named(name)
    await room.set_volume(wanted.volume, muted=wanted.muted)
    _tell(services)
    return RoomOut.of(room)


@router.post("/{name}/pause")
async def pause(services: Use, name: str) -> RoomOut:
    """Silence this room; others that sound with it go on."""
    room = services.rooms.named(name)
    await room.pause()
    _tell(services)
    return RoomOut.of(room)


@router.post("/{name}/resume")
async def resume(services: Use, name: str) -> RoomOut:
    """Go on here; joins the other rooms of its player when they sound."""
    room = services.rooms.named(name)
    await room.resume()
    _tell(services)
    return RoomOut.of(room)


def _room(services: Services, name: str) -> Room | None:
    return services.rooms.named(name) if name else None


def _tell(services: Services) -> None:
    services.hub.publish("rooms", services.rooms_message)
