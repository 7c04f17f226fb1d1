"""Spotify as a remote control of one's own account; nothing of it is learned or recommended."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from knowledge.people.current import current_person
from server.auth.identity import Permission, needs
from server.errors import NotFound
from server.routers.services import Use

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.sources.spotify import SpotifyItem, SpotifyPlayback

router = APIRouter(prefix="/api/spotify", tags=["spotify"])
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
    return _playback(await sources.run(lambda: sources.spotify.account(person).playback()))


@router.get("/search", dependencies=[_LISTENS])
async def search(
    services: Use, q: Annotated[str, Query(min_length=1, max_length=200)]
) -> SpotifyItemsOut:
    """Tracks by words, ten at most."""
    sources, person = services.sources, current_person()
    return _items(await sources.run(lambda: sources.spotify.account(person).search(q)))


@router.get("/playlists", dependencies=[_LISTENS])
async def playlists(services: Use) -> SpotifyItemsOut:
    """One's own playlists there."""
    sources, person = services.sources, current_person()
    return _items(await sources.run(lambda: sources.spotify.account(person).playlists()))


@router.post("/play", dependencies=[_CONTROLS])
async def play(services: Use, wanted: SpotifyPlayIn) -> SpotifyOut:
    """Play something there; answers only when Spotify reports that it plays."""
    sources, person = services.sources, current_person()
    return _playback(await sources.run(lambda: sources.spotify.play(person, wanted.uri)))


@router.post("/pause", dependencies=[_CONTROLS])
async def pause(services: Use) -> SpotifyOut:
    """Pause there; answers only when Spotify reports it."""
    sources, person = services.sources, current_person()
    return _playback(await sources.run(lambda: sources.spotify.pause(person)))


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
