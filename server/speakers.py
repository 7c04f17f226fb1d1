"""The players of this installation, as configured, and the rooms they stand in."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.folding import fold
from knowledge.history import History
from knowledge.playback_memory import PlaybackMemory, PlaybackSettings
from knowledge.queue import QueueStore
from server.media.addresses import OwnAddresses
from server.settings import Settings
from server.settings_players import RemotePlayersSettings
from tools.players.browser import BrowserPlayer
from tools.players.ducking import Ducking
from tools.players.elsewhere import PlayerElsewhere
from tools.players.mpv import MpvPlayer
from tools.players.playback import Playback
from tools.players.player import Player
from tools.players.rooms import Placed, Room, Rooms
from tools.players.silent import SilentPlayer


@dataclass(frozen=True, slots=True)
class Speaker:
    """A player, and where it stands."""

    player: Player
    room: str = ""
    called: tuple[str, ...] = ()
    own_queue: bool = False
    """Whether what it plays is its own affair: it stands in a room, or in several."""


def open_players(
    settings: Settings,
    catalog: Catalog,
    browser: BrowserPlayer,
    addresses: OwnAddresses,
    *,
    serving: bool,
    outliving: bool,
) -> tuple[Speaker, ...]:
    """Every player that is configured; those elsewhere only where somebody serves them."""
    kind = settings.player.kind
    offered: list[Speaker] = []
    if kind == "silent":
        offered.append(Speaker(SilentPlayer(catalog.path_of), settings.players.room))
    if serving and kind in {"auto", "browser"}:
        offered.append(Speaker(browser))
    if kind == "mpv" or (kind == "auto" and shutil.which("mpv") is not None):
        mpv = _mpv(settings, catalog, addresses if serving else None, outliving=outliving)
        offered.append(Speaker(mpv, settings.players.room))
    if serving:
        offered += _elsewhere(settings.players, catalog, addresses)
    return tuple(offered)


def open_rooms(
    settings: Settings, database: Database, catalog: Catalog, speakers: Sequence[Speaker]
) -> Rooms:
    """The queues: one of the installation, and one of each speaker in a room of its own.

    Reads the database.
    """
    memory = PlaybackMemory(database)
    configured = PlaybackSettings(settings.player.crossfade_s, settings.player.levelling)
    if memory.settings() == PlaybackSettings() != configured:
        memory.keep_settings(configured)
    ducking = Ducking([one.player for one in speakers])
    here = [one.player for one in speakers if not one.own_queue]
    main = Playback(
        QueueStore(database, catalog),
        History(database, catalog),
        here,
        memory=memory,
        ducking=ducking,
    )
    placed: list[Placed] = []
    for speaker in speakers:
        playback = main
        if speaker.own_queue:
            key = fold(speaker.room or speaker.player.name)
            playback = Playback(
                QueueStore(database, catalog, room=key),
                History(database, catalog),
                [speaker.player],
                memory=PlaybackMemory(database, room=key),
                ducking=ducking,
            )
        placed.append(Placed(playback, speaker.player, speaker.room, speaker.called))
    return Rooms(main, placed)


def look_for(speakers: Sequence[Speaker]) -> None:
    """Begin to connect to the players that are elsewhere. Call it on the event loop."""
    for speaker in speakers:
        if isinstance(speaker.player, PlayerElsewhere):
            speaker.player.start()


def _mpv(
    settings: Settings, catalog: Catalog, addresses: OwnAddresses | None, *, outliving: bool
) -> Player:
    return MpvPlayer(
        catalog.path_of,
        detached_in=settings.data if outliving else None,
        audio_output=settings.player.mpv_audio_output,
        stream_of=None if addresses is None else addresses.stream,
    )


def _elsewhere(
    players: RemotePlayersSettings, catalog: Catalog, addresses: OwnAddresses
) -> Iterator[Speaker]:
    # The libraries of these are loaded only by who has such a player.
    for mpd in players.mpd:
        from tools.players.mpd import MpdPlayer  # noqa: PLC0415

        yield Speaker(
            MpdPlayer(
                addresses.served,
                name=mpd.name or mpd.room or "MPD",
                host=mpd.host,
                port=mpd.port,
                password=mpd.password.get_secret_value(),
            ),
            mpd.room,
            mpd.called,
            bool(mpd.room),
        )
    for snapcast in players.snapcast:
        from tools.players.snapcast import SnapcastPlayer  # noqa: PLC0415

        yield Speaker(
            SnapcastPlayer(
                catalog.path_of,
                name=snapcast.name or "Snapcast",
                host=snapcast.host,
                port=snapcast.port,
                source=snapcast.source,
                stream=snapcast.stream,
                rooms=snapcast.rooms,
                latency_s=snapcast.buffer_ms / 1000,
                stream_of=addresses.stream,
            ),
            own_queue=True,
        )
    for renderer in players.dlna:
        from tools.players.dlna import DlnaPlayer  # noqa: PLC0415

        dlna = DlnaPlayer(
            addresses.served,
            location=renderer.location,
            name=renderer.name or renderer.room or "DLNA",
        )
        yield Speaker(dlna, renderer.room, renderer.called, bool(renderer.room))
    for cast in players.chromecast:
        from tools.players.chromecast import ChromecastDevice  # noqa: PLC0415
        from tools.players.polled import PolledPlayer  # noqa: PLC0415

        yield Speaker(
            PolledPlayer(
                addresses.served,
                partial(ChromecastDevice, cast.host, cast.port),
                host=cast.host,
                name=cast.name or cast.room or "Chromecast",
            ),
            cast.room,
            cast.called,
            bool(cast.room),
        )
    for sonos in players.sonos:
        from tools.players.polled import PolledPlayer  # noqa: PLC0415
        from tools.players.sonos import SonosDevice  # noqa: PLC0415

        yield Speaker(
            PolledPlayer(
                addresses.served,
                partial(SonosDevice, sonos.host),
                host=sonos.host,
                name=sonos.name or sonos.room or "Sonos",
            ),
            sonos.room,
            sonos.called,
            bool(sonos.room),
        )


async def discover(
    database: Database, catalog: Catalog, addresses: OwnAddresses, rooms: Rooms, known: set[str]
) -> tuple[Playback, ...]:
    """Offer the DLNA renderers that answer in the network, each with a queue of its own.

    Returns:
        Their queues, to be closed by the caller.
    """
    from tools.players.dlna import DlnaPlayer, find_renderers  # noqa: PLC0415

    made: list[Playback] = []
    for found in await find_renderers():
        if found.location in known:
            continue
        player = DlnaPlayer(
            addresses.served,
            location=found.location,
            name=found.name,
            answered_from=found.answered_from,
        )
        key = f"dlna {fold(found.name)}"
        rooms.main.ducking.add(player)
        playback = Playback(
            QueueStore(database, catalog, room=key),
            History(database, catalog),
            [player],
            memory=PlaybackMemory(database, room=key),
            ducking=rooms.main.ducking,
        )
        rooms.add(Room(found.name, playback, player))
        player.start()
        made.append(playback)
    return tuple(made)
