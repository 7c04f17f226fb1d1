"""The queue, and what is played from it."""

import asyncio

from fastapi import APIRouter

from knowledge.models import Queue, Track
from server.errors import BadRequest
from server.routers.services import UseInRoom
from server.services import Services
from server.wire import (
    JumpIn,
    MoveIn,
    MusicIn,
    PlayerOut,
    PlayIn,
    QueueOut,
    RemoveIn,
    RepeatIn,
    ShuffleIn,
)
from tools.players.player import PlayerState

router = APIRouter(prefix="/api/queue", tags=["queue"])


@router.get("")
async def queue(services: UseInRoom) -> QueueOut:
    return await _shown(services, services.playback.queue)


@router.post("/play")
async def play(services: UseInRoom, wanted: PlayIn) -> PlayerOut:
    """Replace the queue and play; answers once the player confirmed playback."""
    tracks = await _tracks(services, wanted)
    if wanted.start >= len(tracks):
        raise BadRequest(f"There are {len(tracks)} tracks; `start` counts from 0.")
    return _player(services, await services.playback.play(tracks, start=wanted.start))


@router.post("/play_next")
async def play_next(services: UseInRoom, wanted: MusicIn) -> QueueOut:
    tracks = await _tracks(services, wanted)
    return await _shown(services, await services.playback.play_next(tracks))


@router.post("/add")
async def add(services: UseInRoom, wanted: MusicIn) -> QueueOut:
    tracks = await _tracks(services, wanted)
    return await _shown(services, await services.playback.add(tracks))


@router.post("/move")
async def move(services: UseInRoom, wanted: MoveIn) -> QueueOut:
    return await _shown(services, await services.playback.move(wanted.item_id, wanted.to))


@router.post("/remove")
async def remove(services: UseInRoom, wanted: RemoveIn) -> QueueOut:
    return await _shown(services, await services.playback.remove(wanted.item_ids))


@router.post("/clear")
async def clear(services: UseInRoom) -> QueueOut:
    return await _shown(services, await services.playback.clear())


@router.post("/shuffle")
async def shuffle(services: UseInRoom, wanted: ShuffleIn) -> QueueOut:
    return await _shown(services, await services.playback.shuffle(wanted.on))


@router.post("/repeat")
async def repeat(services: UseInRoom, wanted: RepeatIn) -> QueueOut:
    return await _shown(services, await services.playback.repeat(wanted.mode))


@router.post("/undo")
async def undo(services: UseInRoom) -> QueueOut:
    return await _shown(services, await services.playback.undo())


@router.post("/jump")
async def jump(services: UseInRoom, wanted: JumpIn) -> PlayerOut:
    """Play another item of the queue."""
    return _player(services, await services.playback.jump(wanted.item_id))


async def _tracks(services: Services, wanted: MusicIn) -> tuple[Track, ...]:
    named = [
        wanted.track_ids is not None,
        wanted.album_id is not None,
        wanted.playlist_id is not None,
        wanted.artist_id is not None,
    ]
    if sum(named) != 1:
        raise BadRequest("Name exactly one of track_ids, album_id, playlist_id, artist_id.")
    tracks = await asyncio.to_thread(_read_tracks, services, wanted)
    if not tracks:
        raise BadRequest("There are no such tracks in the library.")
    return tracks


def _read_tracks(services: Services, wanted: MusicIn) -> tuple[Track, ...]:
    catalog = services.catalog
    if wanted.album_id is not None:
        catalog.album(wanted.album_id)
        return catalog.album_tracks(wanted.album_id)
    if wanted.playlist_id is not None:
        return services.playlists.tracks(wanted.playlist_id)
    if wanted.artist_id is not None:
        catalog.artist(wanted.artist_id)
        return catalog.artist_tracks(wanted.artist_id)
    return catalog.tracks(wanted.track_ids or ())


async def _shown(services: Services, queue: Queue) -> QueueOut:
    return await asyncio.to_thread(services.presenter.queue, queue)


def _player(services: Services, state: PlayerState) -> PlayerOut:
    return PlayerOut.of(services.playback.player, state)
