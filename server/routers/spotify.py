"""Spotify as a remote control of one's own account; nothing of it is learned or recommended."""

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from knowledge.people.current import current_person
from server.auth.identity import Permission, needs
from server.errors import NotFound
from server.routers.services import Use

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.sources.spotify import Spotify, SpotifyDevice, SpotifyItem, SpotifyPlayback

router = APIRouter(prefix="/api/spotify", tags=["spotify"])
LibraryKind = Literal["playlists", "albums", "tracks"]
_OUT = ConfigDict(frozen=True)
_IN = ConfigDict(frozen=True, extra="forbid")
_LISTENS = Depends(needs(Permission.LISTEN))
_CONTROLS = Depends(needs(Permission.CONTROL))
_CONNECTS = Depends(needs(Permission.HISTORY))


class SpotifyItemOut(BaseModel):
    """Something of Spotify's; it is no track of the library."""

    model_config = _OUT
    uri: str
    title: str
    artists: tuple[str, ...]


class SpotifyItemsOut(BaseModel):
    model_config = _OUT
    items: tuple[SpotifyItemOut, ...]


class SpotifyLibraryOut(SpotifyItemsOut):
    """A piece of what one keeps there."""

    total: int
    next_offset: int | None
    """Where the next piece begins; null after the last."""


class SpotifyDeviceOut(BaseModel):
    """A device on which the account is open."""

    model_config = _OUT
    id: str
    name: str
    kind: str
    active: bool
    steerable: bool


class SpotifyDevicesOut(BaseModel):
    model_config = _OUT
    items: tuple[SpotifyDeviceOut, ...]


class SpotifyOut(BaseModel):
    """What Spotify reports."""

    model_config = _OUT
    playing: bool
    item: SpotifyItemOut | None
    device: str
    position_s: float
    volume: int | None


class SpotifyLoginOut(BaseModel):
    model_config = _OUT
    url: str


class SpotifyBackIn(BaseModel):
    model_config = _IN
    address: Annotated[str, Field(min_length=1, max_length=4_000)]
    """The address that the browser was sent back to."""


class SpotifyPlayIn(BaseModel):
    model_config = _IN
    uri: Annotated[str, Field(pattern=r"^spotify:(track|album|artist|playlist):[0-9A-Za-z]{1,64}$")]
    device: Annotated[str, Field(max_length=300)] = ""
    """Id of the device; by default the active one, or the only one."""


class SpotifyDeviceIn(BaseModel):
    model_config = _IN
    id: Annotated[str, Field(min_length=1, max_length=300)]


@router.post("/login", dependencies=[_CONNECTS])
async def begin(services: Use) -> SpotifyLoginOut:
    """Begin to connect one's account: open `url`, then send back where it led."""
    sources, person = services.sources, current_person()
    return SpotifyLoginOut(url=await sources.run(lambda: sources.spotify.begin(person)))


@router.post("/account", status_code=204, dependencies=[_CONNECTS])
async def finish(services: Use, wanted: SpotifyBackIn) -> Response:
    """End a login."""
    sources, person = services.sources, current_person()
    await sources.run(lambda: sources.spotify.finish(person, wanted.address))
    return Response(status_code=204)


@router.delete("/account", status_code=204, dependencies=[_CONNECTS])
def disconnect(services: Use) -> Response:
    """Forget one's account."""
    if not services.sources.spotify.disconnect(current_person()):
        raise NotFound("There is no such account.")
    return Response(status_code=204)


@router.get("/playback", dependencies=[_LISTENS])
async def playback(services: Use) -> SpotifyOut:
    """What plays there now."""
    sources, person = services.sources, current_person()
    return _playback(await sources.run(lambda: sources.spotify.ask(person, _now)))


@router.get("/search", dependencies=[_LISTENS])
async def search(
    services: Use, q: Annotated[str, Query(min_length=1, max_length=200)]
) -> SpotifyItemsOut:
    """Tracks by words, ten at most."""
    sources, person = services.sources, current_person()
    found = await sources.run(lambda: sources.spotify.ask(person, lambda one: one.search(q)))
    return _items(found)


@router.get("/library", dependencies=[_LISTENS])
async def library(
    services: Use, kind: LibraryKind, offset: Annotated[int, Query(ge=0, le=10_000)] = 0
) -> SpotifyLibraryOut:
    """What one keeps there, fifty at a time."""
    sources, person = services.sources, current_person()
    page = await sources.run(
        lambda: sources.spotify.ask(person, lambda one: one.library(kind, offset=offset))
    )
    return SpotifyLibraryOut(
        items=_items(page.items).items, total=page.total, next_offset=page.next_offset
    )


@router.get("/devices", dependencies=[_LISTENS])
async def devices(services: Use) -> SpotifyDevicesOut:
    """Where the account is open."""
    sources, person = services.sources, current_person()
    return _devices(
        await sources.run(lambda: sources.spotify.ask(person, lambda one: one.devices()))
    )


@router.post("/device", dependencies=[_CONTROLS])
async def move(services: Use, wanted: SpotifyDeviceIn) -> SpotifyDevicesOut:
    """Go on with this device; answers only when Spotify reports it as the active one."""
    sources, person = services.sources, current_person()
    return _devices(await sources.run(lambda: sources.spotify.move(person, wanted.id)))


@router.post("/play", dependencies=[_CONTROLS])
async def play(services: Use, wanted: SpotifyPlayIn) -> SpotifyOut:
    """Play something there; answers only when Spotify reports that it plays."""
    sources, person = services.sources, current_person()
    return _playback(
        await sources.run(lambda: sources.spotify.play(person, wanted.uri, wanted.device))
    )


@router.post("/pause", dependencies=[_CONTROLS])
async def pause(services: Use) -> SpotifyOut:
    """Pause there; answers only when Spotify reports it."""
    sources, person = services.sources, current_person()
    return _playback(await sources.run(lambda: sources.spotify.pause(person)))


@router.post("/resume", dependencies=[_CONTROLS])
async def resume(services: Use) -> SpotifyOut:
    """Go on with what was paused there; answers only when Spotify reports it."""
    sources, person = services.sources, current_person()
    return _playback(await sources.run(lambda: sources.spotify.resume(person)))


def _now(account: "Spotify") -> "SpotifyPlayback":
    return account.playback()


def _devices(found: "Iterable[SpotifyDevice]") -> SpotifyDevicesOut:
    return SpotifyDevicesOut(
        items=tuple(
            SpotifyDeviceOut(
                id=one.id,
                name=one.name,
                kind=one.kind,
                active=one.active,
                steerable=one.steerable,
            )
            for one in found
        )
    )


def _item(one: "SpotifyItem") -> SpotifyItemOut:
    return SpotifyItemOut(uri=one.uri, title=one.title, artists=one.artists)


def _items(found: "Iterable[SpotifyItem]") -> SpotifyItemsOut:
    return SpotifyItemsOut(items=tuple(_item(one) for one in found))


def _playback(now: "SpotifyPlayback") -> SpotifyOut:
    return SpotifyOut(
        playing=now.playing,
        item=None if now.item is None else _item(now.item),
        device=now.device,
        position_s=now.position_s,
        volume=now.volume,
    )
