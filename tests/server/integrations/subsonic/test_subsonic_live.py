"""A long recording is converted while it is sent, from where it is wanted, and for who is there."""

import asyncio
import threading
import time
import wave
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BytesIO
from pathlib import Path

import av
import httpx
import numpy as np
import pytest

from server.media.live import LiveConversions
from server_running import RunningServer
from subsonic_apps import App

pytestmark = pytest.mark.integration
RATE = 8_000
LONG_S = 1_800


@pytest.fixture(scope="module")
def recording(shared: RunningServer) -> Path:
    """The first song, half an hour long: a tone, an octave higher from the middle on."""
    path = shared.services.catalog.path_of(1)
    second = np.arange(RATE) / RATE
    low, high = (np.sin(2 * np.pi * hertz * second) for hertz in (200, 400))
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        for part in (low, high):
            out.writeframes((part * 9_000).astype("<i2").tobytes() * (LONG_S // 2))
    return path


@contextmanager
def streaming(app: App, **given: str) -> Iterator[httpx.Response]:
    """A plain HTTP client that listens to the long recording."""
    login = {"u": app.name, "p": app.secret, "id": "tr-1", "format": "mp3"}
    with httpx.stream(
        "GET", f"{app.server.url}/rest/stream", params=login | given, timeout=60
    ) as answer:
        yield answer


def live(app: App) -> LiveConversions:
    return app.server.services.playable.live


def until_idle(app: App) -> None:
    deadline = time.monotonic() + 20
    while live(app).running:
        assert time.monotonic() < deadline, "somebody still converts"
        time.sleep(0.02)


def sound(content: bytes) -> tuple[float, float]:
    """How long it is, and the pitch that it begins with."""
    frames = []
    with av.open(BytesIO(content), "r") as opened:
        rate = opened.streams.audio[0].rate
        with suppress(av.InvalidDataError):  # the zeros behind it
            for frame in opened.decode(audio=0):
                frames.append(frame.to_ndarray()[0])  # noqa: PERF401  it ends where they begin
    samples = np.concatenate(frames).astype(np.float64)
    heard = samples[rate // 4 : 3 * rate // 4]
    spectrum = np.abs(np.fft.rfft(heard))
    return len(samples) / rate, float(np.argmax(spectrum) * rate / len(heard))


@pytest.mark.usefixtures("recording")
def test_the_first_bytes_come_long_before_the_last_are_made(ann: App) -> None:
    with streaming(ann, maxBitRate="320") as answer:
        assert "content-length" not in answer.headers
        assert answer.headers["accept-ranges"] == "none"
        first = next(answer.iter_bytes(1_000))
        assert len(first) == 1_000
        assert live(ann).running == 1  # it is still at work, and only a little ahead
    until_idle(ann)


@pytest.mark.usefixtures("recording")
def test_who_hangs_up_in_the_middle_leaves_no_worker_behind(ann: App) -> None:
    until_idle(ann)
    for format_ in ("mp3", "opus", "flac"):
        with streaming(ann, format=format_) as answer:
            pieces = answer.iter_raw(20_000)
            assert next(pieces)
            assert next(pieces)
        until_idle(ann)
    kept = ann.server.services.settings.playable
    assert not [one for one in kept.glob("*") if one.name.startswith(".new-")]


@pytest.mark.usefixtures("recording")
def test_an_app_of_the_library_that_hangs_up(ann: App) -> None:
    with ann.connection() as phone:
        answer = phone.stream("tr-1", tformat="mp3", max_bit_rate=320)
        read = asyncio.run_coroutine_threadsafe(answer.content.readexactly(5_000), phone._loop)
        assert len(read.result(30)) == 5_000
        phone._loop.call_soon_threadsafe(answer.close)
        until_idle(ann)


@pytest.mark.usefixtures("recording")
def test_a_client_that_does_not_read_is_not_converted_for_in_advance(ann: App) -> None:
    with streaming(ann, format="flac"):
        time.sleep(1.5)
        threads = [one for one in threading.enumerate() if one.name.startswith("convert-live")]
        assert threads
        assert live(ann).running == 1  # it would have been done by now
    until_idle(ann)


@pytest.mark.usefixtures("recording")
def test_it_begins_where_it_is_wanted(ann: App) -> None:
    """The extension transcodeOffset: how an app seeks in what is converted."""
    extensions = ann.ask("getOpenSubsonicExtensions")["openSubsonicExtensions"]
    assert {"name": "transcodeOffset", "versions": [1]} in extensions
    for offset, seconds, hertz in ((LONG_S - 20, 20, 400), (LONG_S - 10, 10, 400)):
        answer = ann.get("stream", id="tr-1", format="mp3", timeOffset=str(offset))
        lasts, pitch = sound(answer.content)
        assert lasts == pytest.approx(seconds, abs=0.3)
        assert pitch == pytest.approx(hertz, abs=8)
    as_stored = ann.get("stream", id="tr-1", timeOffset=str(LONG_S - 10))
    assert sound(as_stored.content)[0] == pytest.approx(10, abs=0.3)
    past_its_end = ann.get("stream", id="tr-1", format="mp3", timeOffset="999999")
    assert past_its_end.status_code == 200
    raw = ann.get("stream", id="tr-1", format="raw", timeOffset="10")
    assert raw.headers["content-length"] == str(2 * RATE * LONG_S + 44)


@pytest.mark.parametrize(("format_", "kbps"), [("mp3", "64"), ("opus", "128"), ("mp3", "320")])
def test_an_estimated_length_is_kept_to(ann: App, format_: str, kbps: str) -> None:
    given = {"id": "tr-4", "format": format_, "maxBitRate": kbps}
    plain = ann.get("stream", **given)
    promised = ann.get("stream", estimateContentLength="true", **given)
    assert "content-length" not in plain.headers
    assert int(promised.headers["content-length"]) == len(promised.content)
    assert len(promised.content) >= len(plain.content)  # nothing of the music is cut off
    assert sound(promised.content)[0] == pytest.approx(1.0, abs=0.15)
    flac = ann.get("stream", id="tr-4", format="flac", estimateContentLength="true")
    assert "content-length" not in flac.headers  # nobody can know it before


@pytest.mark.usefixtures("recording")
def test_asking_only_for_the_headers_converts_nothing(ann: App) -> None:
    given = {"u": ann.name, "p": ann.secret, "id": "tr-1", "format": "mp3"}
    answer = httpx.head(f"{ann.server.url}/rest/stream", params=given)
    assert answer.headers["content-type"] == "audio/mpeg"
    assert live(ann).running == 0


@pytest.mark.usefixtures("recording")
def test_no_more_are_converted_at_once_than_the_machine_can_bear(ann: App) -> None:
    with ExitStack() as listeners:
        for _ in range(8):
            listener = listeners.enter_context(streaming(ann, format="flac"))
            assert listener.headers["content-type"] == "audio/flac"
        refused = ann.ask("stream", id="tr-1", format="flac")
        assert refused["status"] == "failed"
        assert "converted" in refused["error"]["message"]
    until_idle(ann)
    with streaming(ann) as again:
        assert again.headers["content-type"] == "audio/mpeg"
    until_idle(ann)


def test_what_is_no_sound_is_told_before_anything_is_sent(ann: App) -> None:
    ann.server.services.catalog.path_of(5).write_bytes(b"no sound at all" * 100)
    assert ann.error("stream", id="tr-5", format="mp3") == 0
    until_idle(ann)
