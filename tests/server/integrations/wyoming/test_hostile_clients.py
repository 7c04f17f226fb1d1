"""Clients that send rubbish, too much, too slowly or too often."""

import asyncio
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from wyoming.asr import Transcript
from wyoming.info import Describe
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart

from server.errors import PortTaken
from server.integrations.wyoming.door import Sources
from server.integrations.wyoming.wire import WireBroken, WireLimits, read_event
from server.settings import load_settings
from server_running import RunningServer
from wyoming_house import ask, client_of, free_port, raw, wyoming_server, wyoming_settings

pytestmark = pytest.mark.integration

DEEP = b'{"type":' + b"[" * 30_000 + b"\n"
CHUNK = {"rate": 16_000, "width": 2, "channels": 1}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    settings = wyoming_settings(
        tmp_path_factory.mktemp("data"), idle_timeout_s=1.0, max_connections=20, max_audio_s=5.0
    )
    with wyoming_server(settings) as running:
        yield running


@pytest.fixture(autouse=True)
def still_answers(server: RunningServer) -> Iterator[None]:
    """Whatever a client did, the next one is served."""
    yield
    [info] = asyncio.run(ask(server, Describe().event(), until="info"))
    assert info.type == "info"


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\nHost: refrain\r\n\r\n",
        b"\x00\xff\xfe" * 50 + b"\n",
        b"[]\n",
        b'"describe"\n',
        b"{}\n",
        b'{"type": 7}\n',
        b'{"type": ""}\n',
        b'{"type": "' + b"x" * 65 + b'"}\n',
        b'{"type": "describe", "data": [1]}\n',
        b'{"type": "describe", "data_length": -1}\n',
        b'{"type": "describe", "data_length": true}\n',
        b'{"type": "describe", "data_length": "5"}\n',
        b'{"type": "describe", "data_length": 1e9}\n',
        b'{"type": "describe", "data_length": 99999999999}\n',
        b'{"type": "audio-chunk", "payload_length": -4}\n',
        b'{"type": "audio-chunk", "payload_length": 2000000}\n',
        b'{"type": "describe", "data_length": 2}\nxx',
        b'{"type": "describe", "data_length": 2}\n[]',
        b'{"type": "describe", "data_length": ' + b"9" * 5_000 + b"}\n",
        b'{"type": "transcript", "data": {"text": 5}}\n',
        b'{"type": "ping", "data": {"text": "' + b"x" * 1_001 + b'"}}\n',
        DEEP,
        b"x" * 200_000,
    ],
    ids=range(23),
)
async def test_what_is_no_event_ends_the_connection(server: RunningServer, data: bytes) -> None:
    answer = json.loads((await raw(server, data)).partition(b"\n")[0] or b"{}")
    assert answer.get("type", "error") == "error"


@pytest.mark.parametrize(
    ("rate", "width", "channels"),
    [(0, 2, 1), (-16_000, 2, 1), (16_000, 3, 1), (16_000, 2, 0), (16_000, 2, 9), (10**9, 2, 1),
     (15_991, 2, 1), ("16000", 2, 1), (True, True, True), (None, None, None)],
)  # fmt: skip
async def test_impossible_sound_is_refused(
    server: RunningServer, rate: object, width: object, channels: object
) -> None:
    form = {"rate": rate, "width": width, "channels": channels}
    line = json.dumps({"type": "audio-start", "data": form}).encode() + b"\n"
    assert b'"bad_request"' in await raw(server, line)


async def test_sound_without_end_is_refused(server: RunningServer) -> None:
    head = json.dumps({"type": "audio-chunk", "data": CHUNK, "payload_length": 32_000}).encode()
    answer = await raw(server, (head + b"\n" + bytes(32_000)) * 6)
    assert b"More than 5 s of sound came." in answer
    assert not server.services.playback.ducked


async def test_an_event_that_ends_too_early_is_dropped(server: RunningServer) -> None:
    line = b'{"type": "synthesize", "data_length": 100}\n{"text"'
    answer = await raw(server, line, hangs_up=True)
    assert b"ends too early" in answer


async def test_a_request_as_long_as_a_book_is_refused(server: RunningServer) -> None:
    [error] = await ask(server, Transcript("play " * 2_000).event(), until="error")
    assert "4000 characters" in error.data["text"]
    [error] = await ask(server, Synthesize("la " * 9_000).event(), until="error")
    assert "20000 characters" in error.data["text"]


async def test_two_texts_at_once_are_refused(server: RunningServer) -> None:
    start = SynthesizeStart().event()
    events = await ask(server, start, SynthesizeChunk("Hello. ").event(), start, until="error")
    assert events[-1].data["code"] == "bad_request"


async def test_who_sends_nothing_is_hung_up_on(server: RunningServer) -> None:
    assert await raw(server, b"") == b""
    assert await raw(server, b'{"type": "desc') == b""


async def test_three_hundred_connections_leave_room_for_the_next(server: RunningServer) -> None:
    port = server.services.settings.wyoming.port
    many = [await asyncio.open_connection("127.0.0.1", port) for _ in range(300)]
    async with asyncio.timeout(20):
        answers = await asyncio.gather(*(reader.read() for reader, _ in many))
    for _, writer in many:
        writer.close()
    busy = [one for one in answers if b'"busy"' in one]
    assert 270 <= len(busy) <= 290


async def test_a_client_that_never_reads_holds_nobody_up(server: RunningServer) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", server.services.settings.wyoming.port)
    line = json.dumps({"type": "synthesize", "data": {"text": "Hello there. " * 1_000}})
    writer.write(line.encode() + b"\n")
    await writer.drain()
    for _ in range(5):
        assert (await ask(server, Describe().event(), until="info"))[-1].type == "info"
    writer.transport.abort()


async def test_strangers_are_turned_away_unheard(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = wyoming_settings(tmp_path, allowed=["192.0.2.0/24"])
    with wyoming_server(settings) as server, caplog.at_level(logging.WARNING):
        assert await raw(server, b'{"type": "describe"}\n') == b""
        assert await raw(server, b'{"type": "describe"}\n') == b""
    assert caplog.text.count("name it in wyoming.allowed") == 1


def test_networks_and_addresses_are_told_apart() -> None:
    sources = Sources(("192.168.1.0/24", "10.0.0.7", "fd00::/8"))
    for host in ("192.168.1.9", "10.0.0.7", "fd00::1", "::ffff:192.168.1.9"):
        assert sources.allow(host), host
    for host in ("192.168.2.9", "10.0.0.8", "2001:db8::1", "::ffff:10.0.0.8", "", "localhost"):
        assert not sources.allow(host), host


async def test_a_trace_never_reaches_a_client(server: RunningServer) -> None:
    events = await ask(server, Transcript("break").event(), until="not-handled")
    assert "/home/ann" not in str([one.data for one in events])


async def test_data_that_drips_in_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.integrations.wyoming.wire._ARRIVES_S", 0.05)
    reader = asyncio.StreamReader()
    reader.feed_data(b'{"type": "x", "payload_length": 10}\nabc')
    with pytest.raises(TimeoutError):
        await read_event(reader, WireLimits(), idle_s=1.0)
    reader = asyncio.StreamReader(limit=100)
    reader.feed_data(b" " * 300)
    with pytest.raises(WireBroken):
        await read_event(reader, WireLimits(), idle_s=1.0)


def test_a_port_in_use_stops_the_start_and_says_so(tmp_path: Path) -> None:
    settings = wyoming_settings(tmp_path / "one")
    with wyoming_server(settings):
        other = wyoming_settings(tmp_path / "two", port=settings.wyoming.port)
        with pytest.raises(PortTaken, match=str(settings.wyoming.port)), wyoming_server(other):
            pass


@pytest.mark.parametrize(
    "wyoming",
    [
        {"allowed": ["everybody"]},
        {"satellites": [{"name": "kitchen", "uri": "http://kitchen:10700"}]},
        {"satellites": [{"name": "kitchen", "uri": "tcp://kitchen"}]},
        {"satellites": [{"name": "../etc", "uri": "tcp://kitchen:10700"}]},
        {"port": free_port(), "host": 5},
    ],
)
def test_settings_that_make_no_sense_stop_the_start(
    tmp_path: Path, wyoming: dict[str, object]
) -> None:
    with pytest.raises(Exception, match="wyoming"):
        load_settings(tmp_path, {"wyoming": wyoming})


async def test_events_nobody_knows_are_passed_over(server: RunningServer) -> None:
    async with client_of(server) as client:
        for kind in (
            "select-program",
            "timer-started",
            "audio-stop",
            "synthesize-stop",
            "nonsense",
        ):
            await client.write_event(type(Describe().event())(kind, {"name": "x"}))
        await client.write_event(Describe().event())
        event = await client.read_event()
    assert event is not None
    assert event.type == "info"
