"""One installation for one scenario: set up, talked to, and looked at."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evals.dialogue.library import DialogueLibrary
from evals.dialogue.scenario import Played, Setup
from knowledge.models import PlayEventKind, Queue, Track
from knowledge.times import local_now
from server.conversations import LocalConversation, TurnRecord
from server.opening import open_services
from server.services import Services
from server.settings import load_settings
from server.turns import TurnTaker
from tools.players.player import PlaybackStatus, PlayerState

SESSION = "scenario"
_START_VOLUME = 50
_PLAYED_S = 95.0
_EVENING = 21
_FARTHEST_EAST = 14


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How things stand, by the services' own account."""

    state: PlayerState
    queue: Queue
    playlists: dict[str, tuple[str, ...]]
    liked: frozenset[str]
    """Titles."""
    disliked: frozenset[str]
    moods: dict[int, tuple[str, ...]]
    """Moods in the files of the queued tracks, by track id."""
    timers: int

    @property
    def current(self) -> Track | None:
        item = self.queue.current
        return item.track if item is not None else None

    @property
    def sounds(self) -> bool:
        return self.state.status is PlaybackStatus.PLAYING

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(item.track.title for item in self.queue.items)


@dataclass(slots=True)
class Stage:
    """Open services with the library of the scenarios."""

    services: Services
    tracks: tuple[Track, ...]

    async def say(self, text: str, *, speaker: str = "") -> TurnRecord:
        """Take one turn; each speaker has a conversation of their own."""
        session = f"{SESSION}-{speaker}" if speaker else SESSION
        record = await LocalConversation(self.services.turns, session).say(text)
        await self.services.playback.settled()
        return record

    async def look(self) -> Snapshot:
        playback = self.services.playback
        return await asyncio.to_thread(self._look, playback.state, playback.queue)

    def _look(self, state: PlayerState, queue: Queue) -> Snapshot:
        services = self.services
        titles = {track.id: track.title for track in self.tracks}
        return Snapshot(
            state=state,
            queue=queue,
            playlists={
                each.name: tuple(t.title for t in services.playlists.tracks(each.id))
                for each in services.playlists.all()
            },
            liked=frozenset(titles[i] for i in services.ratings.liked_ids()),
            disliked=frozenset(titles[i] for i in services.ratings.disliked_ids()),
            moods={item.track.id: item.track.moods for item in queue.items},
            timers=len(services.timers.all()),
        )

    async def prepare(self, setup: Setup) -> None:
        """Make things stand as the scenario wants them.

        Raises:
            LookupError: it names a track that the library does not have.
        """
        await asyncio.to_thread(self._remember, setup)
        playback = self.services.playback
        if setup.play:
            await playback.play([DialogueLibrary.track(self.tracks, t) for t in setup.play])
            if setup.paused:
                await playback.pause()
            await playback.set_volume(_START_VOLUME if setup.volume is None else setup.volume)
        elif setup.volume is not None:
            await playback.set_volume(setup.volume)

    def _remember(self, setup: Setup) -> None:
        services = self.services

        def ids(titles: tuple[str, ...]) -> list[int]:
            return [DialogueLibrary.track(self.tracks, title).id for title in titles]

        for name, titles in setup.playlists.items():
            services.playlists.create(name, ids(titles))
        for track_id in ids(setup.liked):
            services.ratings.set(track_id, liked=True)
        for track_id in ids(setup.disliked):
            services.ratings.set(track_id, liked=False)
        for played in setup.history:
            said = f"{played.title} / {played.artist}" if played.artist else played.title
            services.history.record(
                PlayEventKind.PLAY,
                ids((said,))[0],
                at=_when(played),
                played_s=_PLAYED_S,
                player="silent",
                session_id=SESSION,
            )


def _when(played: Played) -> datetime:
    now = local_now()
    if not played.at:
        return now - timedelta(days=played.days_ago, minutes=played.minutes_ago)
    hour, _, minute = played.at.partition(":")
    day = now - timedelta(days=played.days_ago)
    return day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)


@contextmanager
def evening() -> Iterator[None]:
    """Let it be between nine and ten in the evening here, by choice of the time zone.

    At midnight "yesterday evening" is a different evening than a scenario means, which tells
    what was heard by hours ago as well as by the time of day; and "wake me at seven", said in the
    afternoon, may be meant for a nap.
    """
    east = _EVENING - datetime.now(UTC).hour
    east = east - 24 if east > _FARTHEST_EAST else east
    before = os.environ.get("TZ")
    os.environ["TZ"] = f"Etc/GMT{-east:+d}"  # east of Greenwich is negative in these names
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before


@asynccontextmanager
async def open_stage(
    library: DialogueLibrary, data: Path, agent: Callable[[Services], TurnTaker] | None = None
) -> AsyncIterator[Stage]:
    """Open services of their own in `data`, with the silent player, and close them afterwards.

    `agent` makes another agent than the offline one, when the first turn is taken.
    """
    await asyncio.to_thread(library.copy_to, data)
    settings = load_settings(
        data,
        {
            "player": {"kind": "silent"},
            "library": {"watch": False},
            "recognition": {"enabled": False},
            "meaning": {"enabled": False},
            "voice": {"enabled": False},
        },
    )
    opened: list[Services] = []
    made = None if agent is None else lambda: agent(opened[0])
    with evening():
        async with open_services(settings, serving=False, agent=made) as services:
            opened.append(services)
            tracks, _ = await asyncio.to_thread(services.catalog.list_tracks, limit=500)
            yield Stage(services, tuple(tracks))
