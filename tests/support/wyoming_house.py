"""A server with a Wyoming port, and small helpers to talk to it."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.event import Event

from player_fake import FakePlayer
from server.settings import Settings, load_settings
from server.voice.speech import Speech
from server_library import add_tracks, write_wav
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns
from voice.audio import Samples
from voice_speech import fake_speech

REAL_AGENT = object()
"""In place of a scripted one."""


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wyoming_settings(folder: Path, **wyoming: Any) -> Settings:
    """An installation with five recordings that answers on a free port."""
    made = load_settings(
        folder,
        {
            "library": {"watch": False},
            "wyoming": {"enabled": True, "port": free_port(), **wyoming},
        },
    )
    add_tracks(made)
    return made


@contextmanager
def wyoming_server(
    settings: Settings, *, turns: Any = None, speech: Speech | None = None, **options: Any
) -> Iterator[RunningServer]:
    """Serve with a scripted agent, a fake player and a voice of beeps, unless told otherwise."""
    with running_server(
        settings,
        turns=None if turns is REAL_AGENT else turns or ScriptedTurns(),
        players=options.pop("players", (FakePlayer(),)),
        speech=speech or fake_speech(settings),
        **options,
    ) as running:
        yield running


def client_of(server: RunningServer) -> AsyncTcpClient:
    """A client of the real package; anything it waits for comes within ten seconds."""
    port = server.services.settings.wyoming.port
    return AsyncTcpClient("127.0.0.1", port, connect_timeout=10, read_timeout=10)


async def ask(server: RunningServer, *events: Event, until: str) -> list[Event]:
    """Send `events` on a fresh connection; what comes, up to an event of type `until`.

    It ends earlier when the server hangs up.
    """
    async with client_of(server) as client:
        for event in events:
            await client.write_event(event)
        return await read_until(client, until)


async def read_until(client: AsyncTcpClient, kind: str) -> list[Event]:
    """What comes, up to an event of this type or the end of the connection."""
    found: list[Event] = []
    while (event := await client.read_event()) is not None:
        found.append(event)
        if event.type == kind:
            break
    return found


def sound_events(samples: Samples, *, rate_hz: int = 16_000) -> list[Event]:
    """Sound as a client sends it, 16 bits in pieces of 1,024 samples, from start to stop."""
    form = {"rate": rate_hz, "width": 2, "channels": 1}
    data = np.rint(samples * 32_767).astype("<i2").tobytes()
    pieces = [data[first : first + 2_048] for first in range(0, len(data), 2_048)]
    return [
        AudioStart(**form).event(),
        *(AudioChunk(**form, audio=piece).event() for piece in pieces),
        AudioStop().event(),
    ]


def kinds(events: list[Event]) -> list[str]:
    """The types of events, each run of the same one once."""
    found: list[str] = []
    for event in events:
        if not found or found[-1] != event.type:
            found.append(event.type)
    return found


def sound_of(events: list[Event]) -> Samples:
    """What the chunks among these events sound like."""
    data = b"".join(event.payload or b"" for event in events if event.type == "audio-chunk")
    return np.frombuffer(data, "<i2").astype(np.float32) / np.float32(32_768)


async def raw(server: RunningServer, data: bytes, *, hangs_up: bool = False) -> bytes:
    """Send bytes on a fresh connection; everything that comes until the server hangs up."""
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", server.services.settings.wyoming.port
    )
    try:
        writer.write(data)
        if hangs_up:
            writer.write_eof()
        async with asyncio.timeout(20):
            return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


def with_a_long_song(settings: Settings, *, seconds: float = 60.0) -> Settings:
    """The same installation, whose "Still Water" sounds for a minute, on a silent player."""
    write_wav(settings.data / "music" / "01.wav", seconds=seconds, hertz=201.0)
    player = settings.player.model_copy(update={"kind": "silent"})
    return settings.model_copy(update={"player": player})


def playing(server: RunningServer) -> str:
    """The title that the player itself says it plays; "" when it plays nothing."""
    playback = server.services.playback
    state = playback.state
    current = playback.queue.current
    return current.track.title if state.status == "playing" and current is not None else ""


async def until(condition: Callable[[], object], *, seconds: float = 30.0) -> None:
    """Wait for something that others bring about."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  a test may poll
            await asyncio.sleep(0.02)
