"""What a transcript comes to: the same way that `refrain ask` goes, and a look at what plays."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evals.hearing.pretend_player import PretendPlayer
from evals.hearing.requests import SpokenRequest
from knowledge.catalog_writer import CatalogWriter, TrackDraft
from knowledge.database import Database
from knowledge.folding import fold
from knowledge.models import Track
from server.conversations import LocalConversation, TurnRecord
from server.opening import open_services
from server.services import Services
from server.settings import Settings, load_settings
from tools.players.player import PlaybackStatus


class Verdict(StrEnum):
    """How a request ended."""

    RIGHT = "right"
    """It plays."""
    FOUND = "found"
    """It is shown first, as if somebody had asked whether it is there: the verb was misheard."""
    WRONG = "wrong"
    """Something else plays."""
    ASKED = "asked"
    """It was asked which one is meant."""
    OFFERED = "offered"
    """It is said not to be there, and the right one is offered."""
    NOTHING = "nothing"
    """Nothing plays."""


RESOLVED = frozenset({Verdict.RIGHT, Verdict.FOUND})
"""The right thing of the catalogue was made of it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The first thing that a search showed."""

    kind: str
    title: str
    subtitle: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a text came to."""

    playing: Track | None
    shown: Shown | None
    queue: tuple[Track, ...]
    ended_as: frozenset[str]
    reply: str

    @property
    def acted(self) -> bool:
        """Something plays, or was shown as what was asked for."""
        return self.playing is not None or self.shown is not None


class Resolver:
    """Asks the agent of a real library; texts that were asked before are remembered."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._known: dict[str, Resolved] = {}

    async def resolve(self, text: str) -> Resolved:
        """Ask for `text` in a conversation of its own."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = await self._ask(text)
        return known

    async def _ask(self, text: str) -> Resolved:
        playback = self.services.playback
        await playback.clear()
        conversation = LocalConversation(self.services.turns, f"eval-{len(self._known)}")
        record = await conversation.say(text or "…")
        playing = None
        if playback.state.status is PlaybackStatus.PLAYING and playback.queue.current is not None:
            playing = playback.queue.current.track
        return Resolved(
            playing,
            _shown(record) if playing is None else None,
            tuple(item.track for item in playback.queue.items),
            frozenset(call.result["kind"] for call in record.tool_calls if call.result),
            record.reply or record.error or "",
        )


def library_settings(folder: Path, player: str = "silent") -> Settings:
    """Settings of a library in `folder` that looks at nothing outside it."""
    return load_settings(
        folder,
        {
            "player": {"kind": player},
            "library": {"roots": [], "watch": False},
            "recognition": {"enabled": False},
        },
    )


@asynccontextmanager
async def open_resolver(folder: Path, library: Sequence[TrackDraft]) -> AsyncIterator[Resolver]:
    """Write `library` into a database in `folder`, and open everything on it."""
    settings = library_settings(folder)
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database.at(settings.database_path)
    CatalogWriter(database).add(library)
    database.close()
    async with open_services(settings, serving=False, players=(PretendPlayer(),)) as services:
        yield Resolver(services)


def judge(request: SpokenRequest, resolved: Resolved) -> Verdict:
    """Compare what plays with what was asked for."""
    if resolved.playing is None:
        if "ambiguous" in resolved.ended_as:
            return Verdict.ASKED
        if request.present and _is_shown(request, resolved.shown):
            return Verdict.FOUND
        return Verdict.OFFERED if _offers(request, resolved) else Verdict.NOTHING
    return Verdict.RIGHT if request.present and _is_right(request, resolved) else Verdict.WRONG


def _shown(record: TurnRecord) -> Shown | None:
    searched = any(
        call.name == "search_music" and call.result and call.result["kind"] == "found"
        for call in record.tool_calls
    )
    if not searched or not record.results:
        return None
    first = record.results[0]
    return Shown(str(first["kind"]), str(first["title"]), str(first["subtitle"]))


def _is_shown(request: SpokenRequest, shown: Shown | None) -> bool:
    name = request.name
    if shown is None or shown.kind != request.kind:
        return False
    if request.kind == "artist":
        return fold(shown.title) == fold(name.artist)
    title = name.title if request.kind == "track" else name.album
    same = fold(title) in {fold(shown.title), fold(shown.title.split(" (")[0])}
    return same and fold(name.artist) in fold(shown.subtitle)


def _offers(request: SpokenRequest, resolved: Resolved) -> bool:
    wanted = request.name.artist if request.kind == "artist" else request.name.title
    said, _, nearest = resolved.reply.partition("The nearest is")
    return bool(nearest) and fold(wanted) in fold(nearest) and bool(said)


def _is_right(request: SpokenRequest, resolved: Resolved) -> bool:
    name = request.name
    if request.kind == "track":
        return _is_track(resolved.playing, name.title, name.artist)
    if request.kind == "artist":
        return all(_is_by(track, name.artist) for track in resolved.queue)
    return all(
        fold(track.album or "") == fold(name.album) and _is_by(track, name.artist)
        for track in resolved.queue
    )


def _is_track(track: Track | None, title: str, artist: str) -> bool:
    """The song itself: a live or remastered version of it by the same artist is right as well."""
    if track is None or not _is_by(track, artist):
        return False
    return fold(track.title) == fold(title) or fold(track.title.split(" (")[0]) == fold(title)


def _is_by(track: Track, artist: str) -> bool:
    return fold(artist) in {fold(one) for one in track.artists}
