"""Clips sent to a real server: raw, in forms, too large, cut off, and what is left of them."""

import socket
import wave
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from recognition_fake import FakeRecognition
from recognition_radio import answer, stub_site
from server.settings import Settings
from server_running import RunningServer
from server_turns import ScriptedTurns

pytestmark = pytest.mark.integration


def wav(seconds: float = 3.0, level: float = 0.3, rate: int = 16_000) -> bytes:
    rng = np.random.default_rng(5)
    pcm = (rng.standard_normal(int(seconds * rate)) * level * 32_767).clip(-32_768, 32_767)
    held = BytesIO()
    with wave.open(held, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(pcm.astype("<i2").tobytes())
    return held.getvalue()


def left_over(settings: Settings) -> list[Path]:
    return list(settings.incoming.iterdir()) if settings.incoming.is_dir() else []


def test_a_raw_body_is_named_and_logged_with_its_place(
    server: RunningServer, known: FakeRecognition, settings: Settings
) -> None:
    with server.client() as client:
        answered = client.post(
            "/api/recognise",
            params={"device": "phone", "place": "kitchen"},
            content=wav(),
            headers={"Content-Type": "audio/wav"},
        )
        assert answered.status_code == 200, answered.text
        match = answered.json()
        assert match["title"] == match["track"]["title"] != ""
        assert (match["certainty"], match["offset_s"], match["heard_id"]) == ("certain", 30.0, 1)
        assert match["clip_s"] == pytest.approx(3.0, abs=0.1)
        assert len(match["picture"]["peaks"]) == len(match["picture"]["matched"]) <= 600
    asked = known.asked[0]
    assert (asked["source"], asked["device"], asked["place"]) == ("upload", "phone", "kitchen")
    assert left_over(settings) == []


def test_what_is_unknown_is_not_named(server: RunningServer) -> None:
    with server.client() as client:
        match = client.post("/api/recognise", content=wav(level=0.001)).json()
        assert match["track"] is None
        assert (match["title"], match["certainty"], match["reason"]) == ("", "unknown", "silent")


def test_the_first_file_of_a_form_is_taken(server: RunningServer) -> None:
    with server.client() as client:
        form = client.post(
            "/api/recognise",
            data={"note": "hello"},
            files={"clip": ("a.wav", wav(), "audio/wav"), "other": ("b.txt", b"x", "text/plain")},
        )
        assert form.json()["certainty"] == "certain"
        without = client.post("/api/recognise", files={"note": (None, b"no file")})
        assert (without.status_code, without.json()["error"]["code"]) == (400, "bad_request")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "audio/wav"),
        (b"hello", "text/plain"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "image/png"),
        (wav()[:60], "audio/wav"),
        (b"--x\r\n", "multipart/form-data"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"--y\r\n\r\n", "multipart/form-data; boundary=" + "y" * 400),
    ],
)
def test_what_is_no_sound_is_refused_in_words(
    server: RunningServer, settings: Settings, body: bytes, kind: str
) -> None:
    with server.client() as client:
        refused = client.post("/api/recognise", content=body, headers={"Content-Type": kind})
        assert refused.status_code in {400, 415}
        assert refused.json()["error"]["message"]
    assert left_over(settings) == []


@pytest.mark.parametrize("chunked", [False, True])
def test_too_much_is_refused_before_it_is_kept(
    server: RunningServer, settings: Settings, chunked: bool
) -> None:
    piece = b"\0" * 100_000
    body = (piece for _ in range(40)) if chunked else piece * 40
    with server.client() as client:
        refused = client.post("/api/recognise", content=body)
        assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_large")
        assert client.get("/api/library").status_code == 200
    assert left_over(settings) == []


def test_an_upload_that_breaks_off_leaves_nothing(
    server: RunningServer, settings: Settings
) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(
            b"POST /api/recognise HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500000\r\n\r\n"
            + b"R" * 300_000
        )
        while not left_over(settings):
            pass
    with server.client() as client:
        while left_over(settings):
            assert client.get("/api/health").status_code == 200


def test_other_routes_keep_their_small_limit(server: RunningServer) -> None:
    with server.client() as client:
        refused = client.post("/api/recognise/url", content=b"x" * 1_100_000)
        assert refused.status_code == 413


def test_what_a_killed_server_left_is_removed_at_the_start(
    settings: Settings, known: FakeRecognition, request: pytest.FixtureRequest
) -> None:
    settings.incoming.mkdir(parents=True)
    (settings.incoming / "old").write_bytes(b"sound of yesterday")
    request.getfixturevalue("server")
    assert left_over(settings) == []


async def test_an_address_is_fetched_and_named(
    server: RunningServer, known: FakeRecognition, settings: Settings
) -> None:
    import anyio

    async with stub_site({"/clip.wav": [answer(wav(), "Content-Type: audio/wav")]}) as site:

        def ask(path: str) -> tuple[int, dict[str, object]]:
            with server.client() as client:
                url = site.url(path, "127.0.0.1")
                answered = client.post("/api/recognise/url", json={"url": url, "place": "car"})
                return answered.status_code, answered.json()

        status, match = await anyio.to_thread.run_sync(ask, "/clip.wav")
        assert (status, match["certainty"]) == (200, "certain")
        assert (known.asked[0]["source"], known.asked[0]["place"]) == ("url", "car")
        status, problem = await anyio.to_thread.run_sync(ask, "/nothing")
        assert (status, problem["error"]["code"]) == (502, "url_not_fetched")  # type: ignore[index]
    assert left_over(settings) == []


@pytest.mark.parametrize(
    "url", ["http://localhost/", "http://10.0.0.1/a.mp3", "file:///etc/passwd", "http://[::1]:80/"]
)
def test_addresses_of_the_network_are_not_fetched(server: RunningServer, url: str) -> None:
    with server.client() as client:
        refused = client.post("/api/recognise/url", json={"url": url})
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "url_not_allowed")


def test_recognition_can_be_switched_off(
    settings: Settings, turns: ScriptedTurns, known: FakeRecognition
) -> None:
    from player_fake import FakePlayer
    from server_running import running_server

    off = settings.recognition.model_copy(update={"enabled": False})
    with running_server(
        settings.model_copy(update={"recognition": off}),
        turns=turns,
        players=(FakePlayer(),),
        recognition=known,
    ) as running:
        with running.client() as client:
            refused = client.post("/api/recognise", content=wav())
            assert (refused.status_code, refused.json()["error"]["code"]) == (
                409,
                "recognition_off",
            )
        assert known.asked == []
    assert known.closed
