"""The Spotify account of whoever speaks, for the tools of the agent."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from knowledge.errors import SourceUnreachable
from knowledge.people.current import current_person
from server.errors import ServerBusy
from server.sources.opened import MusicServices

if TYPE_CHECKING:
    from knowledge.sources.spotify import SpotifyItem, SpotifyPlayback

Said = TypeVar("Said")


class SpotifyOfPerson:
    """A `tools.context.SpotifyTarget`; every call is for the person who asks at that moment."""

    def __init__(self, sources: MusicServices) -> None:
        self._sources = sources

    async def connected(self) -> bool:
        """Whether this person has connected an account."""
        person = current_person()
        return await asyncio.to_thread(self._sources.spotify.connected, person)

    async def search(self, words: str) -> "tuple[SpotifyItem, ...]":
        """Tracks by words."""
        person = current_person()
        return await self._run(
            lambda: self._sources.spotify.ask(person, lambda account: account.search(words))
        )

    async def play(self, uri: str) -> "SpotifyPlayback":
        """Play, confirmed."""
        person = current_person()
        return await self._run(lambda: self._sources.spotify.play(person, uri))

    async def pause(self) -> "SpotifyPlayback":
        """Pause, confirmed."""
        person = current_person()
        return await self._run(lambda: self._sources.spotify.pause(person))

    async def resume(self) -> "SpotifyPlayback":
        """Go on, confirmed."""
        person = current_person()
        return await self._run(lambda: self._sources.spotify.resume(person))

    async def now(self) -> "SpotifyPlayback":
        """What it reports."""
        person = current_person()
        return await self._run(
            lambda: self._sources.spotify.ask(person, lambda account: account.playback())
        )

    async def _run(self, ask: Callable[[], Said]) -> Said:
        try:
            return await self._sources.run(ask)
        except ServerBusy as error:
            raise SourceUnreachable("Too many wait for other services.") from error
