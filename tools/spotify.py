"""Spotify as one more place to play: a remote control of the user's own account.

Whatever is said of it is what Spotify reports. Its names never become results of this library:
they enter no list, no history, no taste and no recommendation, as its terms demand.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, Field

from knowledge.errors import (
    SourceRefused,
    SourceUnreachable,
    SpotifyLoginNeeded,
    SpotifyNotSetUp,
    SpotifyPlaysNowhere,
)
from knowledge.folding import fold
from tools.context import SpotifyTarget, ToolContext
from tools.result import Failed, Found, NothingFound, ToolResult
from tools.sounding import Facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.sources.spotify import SpotifyItem, SpotifyPlayback

_TOLD = 5
_LOG_IN = "Log in in the page under Settings, Services, or with: refrain services connect spotify."
_LEAST = 0.5
"""Share of the words asked for that a title and its artists must hold to be played."""
_SMALL = frozenset({"the", "a", "an", "by", "of", "and", "song", "track"})


class OnService(BaseModel):
    """Arguments of a tool that can act on a connected service instead of on the library."""

    service: Literal["", "spotify"] = Field(
        "", description='"spotify" only when the user said Spotify; empty is the own library'
    )


async def play(words: str, context: ToolContext) -> ToolResult:
    """Play the track that is named there, or go on with what is paused there."""

    async def act(spotify: SpotifyTarget) -> ToolResult:
        if not words:
            return Found(facts=_playing(await spotify.resume()))
        item = _best(words, await spotify.search(words))
        if item is None:
            return _nothing(words)
        return Found(facts=_playing(await spotify.play(item.uri)))

    return await _there(context, act)


async def steer(action: str, context: ToolContext) -> ToolResult:
    """Pause there, or go on."""

    async def act(spotify: SpotifyTarget) -> ToolResult:
        if action == "resume":
            return Found(facts=_playing(await spotify.resume()))
        if action not in {"pause", "stop"}:
            return Failed(
                "spotify_unable",
                "I can only play, pause and go on at Spotify",
                "Use its own app for the rest.",
            )
        if not (await spotify.now()).playing:
            return Found(facts={"spotify": "silent"})
        await spotify.pause()
        return Found(facts={"spotify": "paused"})

    return await _there(context, act)


async def now(context: ToolContext) -> ToolResult:
    """What plays there."""

    async def act(spotify: SpotifyTarget) -> ToolResult:
        return Found(facts=_playing(await spotify.now()))

    return await _there(context, act)


async def search(words: str, context: ToolContext) -> ToolResult:
    """What it finds, told and not listed."""

    async def act(spotify: SpotifyTarget) -> ToolResult:
        found = await spotify.search(words) if words else ()
        if not found:
            return _nothing(words or "that")
        facts: Facts = {"spotify": "found", "count": len(found)}
        for number, item in enumerate(found[:_TOLD], 1):
            facts |= {f"{number}_title": item.title, f"{number}_artist": ", ".join(item.artists)}
        return Found(facts=facts)

    return await _there(context, act)


async def _there(
    context: ToolContext, act: Callable[[SpotifyTarget], Awaitable[ToolResult]]
) -> ToolResult:
    """What comes of it, or what is missing for it and where to get that."""
    spotify = context.services.spotify
    if spotify is None:
        return Failed(
            SpotifyNotSetUp.code,
            "Spotify is not connected here",
            "To connect it, set sources.spotify_client_id to the client id of your own Spotify "
            "application; the page says how under Settings, Services.",
        )
    if not await spotify.connected():
        return Failed("spotify_off", "I am not connected to Spotify", _LOG_IN)
    try:
        return await act(spotify)
    except SpotifyLoginNeeded as error:
        return Failed(error.code, "Spotify wants you to log in again", _LOG_IN)
    except SpotifyPlaysNowhere as error:
        return Failed(
            error.code,
            "Spotify is active on no device",
            "Open it on a phone, a computer or a speaker, then try again.",
        )
    except SourceRefused:
        return Failed(
            "spotify_refused", "Spotify refuses this", "Steering it from elsewhere needs Premium."
        )
    except SourceUnreachable as error:
        if error.retry_after_s:
            return Failed(
                "spotify_busy", "Spotify takes no more requests just now", "Try in a minute."
            )
        return Failed("spotify_away", "Spotify does not answer as it should", "Try again soon.")


def _nothing(words: str) -> NothingFound:
    facts: Facts = {"spotify": "nothing"}
    return NothingFound(words, reason="Spotify has nothing by that name", facts=facts)


def _playing(said: "SpotifyPlayback") -> Facts:
    if not said.playing or said.item is None:
        return {"spotify": "silent"}
    return {
        "spotify": "playing",
        "playing": said.item.title,
        "artist": ", ".join(said.item.artists),
        "device": said.device,
    }


def _best(words: str, found: "Sequence[SpotifyItem]") -> "SpotifyItem | None":
    """The first with most of the words; None when even that has too few of them."""
    asked = set(fold(words).split()) - _SMALL or set(fold(words).split())

    def share(item: "SpotifyItem") -> float:
        held = set(fold(" ".join((item.title, *item.artists))).split())
        return len(asked & held) / max(1, len(asked))

    best = max(found, key=share, default=None)
    return best if best is not None and share(best) >= _LEAST else None
