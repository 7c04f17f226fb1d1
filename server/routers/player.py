"""The active player, and which players there are."""

from fastapi import APIRouter

from server.routers.services import UseInRoom
from server.services import Services
from server.wire import (
    PlaybackSettingsIn,
    PlaybackSettingsOut,
    PlayerOut,
    PlayersOut,
    SeekIn,
    SelectIn,
    VolumeIn,
)
from tools.players.player import PlayerState

router = APIRouter(prefix="/api", tags=["player"])


@router.get("/player")
async def player(services: UseInRoom) -> PlayerOut:
    return _out(services, services.playback.state)


@router.get("/players")
async def players(services: UseInRoom) -> PlayersOut:
    active = services.playback.player
    return PlayersOut(
        active=None if active is None else active.name,
        players=tuple(PlayerOut.of(one, one.state) for one in services.playback.players),
    )


@router.post("/player/pause")
async def pause(services: UseInRoom) -> PlayerOut:
    return _out(services, await services.playback.pause())


@router.post("/player/resume")
async def resume(services: UseInRoom) -> PlayerOut:
    return _out(services, await services.playback.resume())


@router.post("/player/stop")
async def stop(services: UseInRoom) -> PlayerOut:
    return _out(services, await services.playback.stop())


@router.post("/player/next")
async def next_track(services: UseInRoom) -> PlayerOut:
    return _out(services, await services.playback.next())


@router.post("/player/previous")
async def previous(services: UseInRoom) -> PlayerOut:
    return _out(services, await services.playback.previous())


@router.post("/player/seek")
async def seek(services: UseInRoom, wanted: SeekIn) -> PlayerOut:
    return _out(services, await services.playback.seek(wanted.position_s))


@router.post("/player/volume")
async def volume(services: UseInRoom, wanted: VolumeIn) -> PlayerOut:
    state = await services.playback.set_volume(wanted.volume, muted=wanted.muted)
    return _out(services, state)


@router.post("/player/select")
async def select(services: UseInRoom, wanted: SelectIn) -> PlayersOut:
    """Choose where the sound comes out."""
    await services.playback.select(wanted.name)
    return await players(services)


@router.get("/settings")
async def settings(services: UseInRoom) -> PlaybackSettingsOut:
    return _settings(services)


@router.put("/settings")
async def change_settings(services: UseInRoom, wanted: PlaybackSettingsIn) -> PlaybackSettingsOut:
    """Change crossfade and levelling; what is not named stays."""
    await services.playback.set_settings(crossfade_s=wanted.crossfade_s, levelling=wanted.levelling)
    return _settings(services)


def _settings(services: Services) -> PlaybackSettingsOut:
    now = services.playback.settings
    return PlaybackSettingsOut(crossfade_s=now.crossfade_s, levelling=now.levelling)


def _out(services: Services, state: PlayerState) -> PlayerOut:
    return PlayerOut.of(services.playback.player, state)
