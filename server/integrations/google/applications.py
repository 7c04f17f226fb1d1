"""The "apps" of a speaker, Google's AppSelector: the library, each radio station, and Spotify.

There is nothing to install and nothing to search in: `appInstall` and `appSearch` are no functions
of ours. Spotify is there for who connected an account, on the speaker of no room: it plays where
Spotify is open, and only what it reports is told.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from knowledge.errors import KnowledgeError
from knowledge.models import Track
from knowledge.recommend.models import Situation
from knowledge.stations import track_of
from knowledge.wish import MusicWish
from server.integrations.google.commands import CannotDo
from server.integrations.google.speakers import MAIN, HouseSpeaker
from server.services import Services
from tools.errors import ToolError
from tools.players.player import PlaybackStatus

SELECT: Final = "appSelect"
LIBRARY: Final = "library"
SPOTIFY: Final = "spotify"
_MOST: Final = 50
_MIX: Final = 20
"""Recordings that begin when the library is opened and nothing of it waits."""
_ASKS_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class Application:
    """Something that can be opened by its name."""

    key: str
    names: tuple[str, ...]
    station: Track | None = None

    def described(self) -> dict[str, Any]:
        """As an entry of `availableApplications`."""
        return {"key": self.key, "names": [{"lang": "en", "name_synonym": list(self.names)}]}


async def applications_of(services: Services, speaker_id: str) -> tuple[Application, ...]:
    """What can be opened on a speaker by whoever asks."""
    found = [Application(LIBRARY, ("Library", "my library", "my music"))]
    spotify = services.tools.spotify
    if speaker_id == MAIN and spotify is not None and await spotify.connected():
        found.append(Application(SPOTIFY, ("Spotify",)))
    stations = await asyncio.to_thread(services.stations.all)
    found += [Application(f"station-{one.id}", (one.name[:60],), track_of(one)) for one in stations]
    return tuple(found[:_MOST])


def application_wanted(params: dict[str, Any], there: Sequence[Application]) -> Application:
    """The one that is named by its key or by its name.

    Raises:
        CannotDo: there is none.
    """
    key, name = params.get("newApplication"), params.get("newApplicationName")
    said = name.casefold() if isinstance(name, str) else None
    for one in there:
        if one.key == key or said in {each.casefold() for each in one.names}:
            return one
    raise CannotDo("noAvailableApp")


async def open_application(wanted: Application, speaker: HouseSpeaker, services: Services) -> None:
    """Open it; returns when what it plays is reported.

    Raises:
        CannotDo: it has nothing to play, or does not answer.
        ToolError: the player does not play.
    """
    if wanted.key == SPOTIFY:
        await _open_spotify(speaker, services)
    elif wanted.station is not None:
        await speaker.take()
        await speaker.playback.play([wanted.station], session_id="google")
    elif _application_of(speaker) == LIBRARY:
        if speaker.status is not PlaybackStatus.PLAYING:
            await (speaker.playback if speaker.room is None else speaker.room).resume()
    else:
        mix = await asyncio.to_thread(_mix, services)
        if not mix:
            raise CannotDo("appLaunchFailed")
        await speaker.take()
        await speaker.playback.play(mix, session_id="google")


async def current_application(speaker: HouseSpeaker, chosen: str, services: Services) -> str:
    """Key of what sounds on a speaker; "" when nothing does.

    Spotify is asked only where it was `chosen` and nothing of ours is there.
    """
    ours = _application_of(speaker)
    spotify = services.tools.spotify
    if ours or chosen != SPOTIFY or spotify is None:
        return ours
    try:
        async with asyncio.timeout(_ASKS_S):
            return SPOTIFY if (await spotify.now()).playing else ""
    except (KnowledgeError, ToolError, TimeoutError):
        return ""


def _application_of(speaker: HouseSpeaker) -> str:
    current = speaker.playback.queue.current
    if current is None or speaker.status is PlaybackStatus.IDLE:
        return ""
    return LIBRARY if current.track.id > 0 else f"station-{-current.track.id}"


async def _open_spotify(speaker: HouseSpeaker, services: Services) -> None:
    spotify = services.tools.spotify
    if spotify is None:
        raise CannotDo("noAvailableApp")
    try:
        playing = (await spotify.resume()).playing
    except KnowledgeError as error:
        raise CannotDo("appLaunchFailed") from error
    if not playing:
        raise CannotDo("appLaunchFailed")
    if speaker.status is not PlaybackStatus.IDLE:
        await speaker.playback.stop(keep_place=True)


def _mix(services: Services) -> tuple[Track, ...]:
    now = Situation(at=datetime.now().astimezone())
    made = services.recommending.recommender.recommend(MusicWish(), now, count=_MIX)
    return tuple(one.track for one in made.items)
