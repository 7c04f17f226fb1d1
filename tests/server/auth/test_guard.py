"""The door of a real server: tokens, host names, origins, sizes, rates."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from player_fake import FakePlayer
from server.settings import load_settings
from server_library import add_tracks
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns

pytestmark = pytest.mark.integration
TOKEN = "a-token-of-good-length"


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[RunningServer]:
    """A server that asks for a token."""
    flags = {"server": {"token": TOKEN}, "library": {"watch": False}}
    settings = load_settings(tmp_path / "data", flags)
    add_tracks(settings)
    with running_server(settings, turns=ScriptedTurns(), players=(FakePlayer(),)) as running:
        yield running


def audio_address(server: RunningServer) -> str:
    return f"/api/tracks/{server.services.catalog.list_tracks(limit=1)[0][0].id}/audio"


def dial(address: str, **headers: str) -> ClientConnection:
    return connect(address, additional_headers=headers, proxy=None)


def refused(address: str, **headers: str) -> int:
    with pytest.raises(InvalidStatus) as caught:
        dial(address, **headers)
    return caught.value.response.status_code


def test_nothing_but_health_is_answered_without_the_token(locked: RunningServer) -> None:
    with locked.client() as client:
        assert client.get("/api/health").json()["status"] == "ok"
        for path in ("/api/library", "/api/docs", "/app.js", "/", audio_address(locked)):
            answer = client.get(path)
            assert answer.status_code == 401, path
            assert answer.headers["www-authenticate"].startswith("Bearer")
        assert client.post("/api/queue/clear").status_code == 401
        login = client.get("/", headers={"Accept": "text/html"})
        assert login.status_code == 401
        assert "<form" in login.text


def test_the_token_opens_everything(locked: RunningServer) -> None:
    with locked.client(headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        assert client.get("/api/library").json()["tracks"] == 5
        assert client.post("/api/queue/clear").status_code == 200


def test_a_token_in_the_address_works_only_where_no_header_can_be_sent(
    locked: RunningServer,
) -> None:
    with locked.client() as client:
        assert client.get(audio_address(locked), params={"token": TOKEN}).status_code == 200
        assert client.get("/api/library", params={"token": TOKEN}).status_code == 401
        assert client.post("/api/queue/clear", params={"token": TOKEN}).status_code == 401


def test_the_page_turns_the_token_into_a_cookie(locked: RunningServer) -> None:
    with locked.client() as client:
        answer = client.get("/", params={"token": TOKEN, "session": "a"})
        assert answer.status_code == 303
        assert answer.headers["location"] == "/?session=a"
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        assert TOKEN not in cookie
        assert client.get("/").status_code == 200
        assert client.get("/api/library").status_code == 200


def test_the_websocket_asks_for_the_token_too(locked: RunningServer) -> None:
    assert refused(locked.socket_url) == 401
    assert refused(f"{locked.socket_url}?token=wrong-wrong-wrong") == 401
    with dial(locked.socket_url, Authorization=f"Bearer {TOKEN}") as open_socket:
        assert "session.created" in open_socket.recv(10)
    with dial(f"{locked.socket_url}?token={TOKEN}") as open_socket:
        assert "session.created" in open_socket.recv(10)


def test_browsers_of_openai_clients_may_put_the_key_into_the_subprotocol(
    locked: RunningServer,
) -> None:
    protocols = ["realtime", f"openai-insecure-api-key.{TOKEN}"]
    with connect(locked.socket_url, subprotocols=protocols, proxy=None) as open_socket:  # type: ignore[arg-type]
        assert open_socket.subprotocol == "realtime"
        assert "session.created" in open_socket.recv(10)


def test_a_rebound_host_name_is_refused(server: RunningServer) -> None:
    with server.client() as client:
        for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1.evil.example"):
            assert client.get("/api/library", headers={"Host": host}).status_code == 403
        assert client.get("/api/library", headers={"Host": "localhost"}).status_code == 200


def test_other_pages_may_change_nothing_and_hear_nothing(server: RunningServer) -> None:
    own = f"http://127.0.0.1:{server.port}"
    with server.client() as client:
        for origin in ("https://evil.example", "null", f"http://localhost:{server.port}"):
            answer = client.post("/api/queue/clear", headers={"Origin": origin})
            assert answer.status_code == 403
            assert "access-control-allow-origin" not in answer.headers
        crossing = {"Sec-Fetch-Site": "cross-site"}
        assert client.post("/api/queue/clear", headers=crossing).status_code == 403
        assert client.post("/api/queue/clear", headers={"Origin": own}).status_code == 200
    assert refused(server.socket_url, Origin="https://evil.example") == 403
    with dial(server.socket_url, Origin=own) as open_socket:
        assert "session.created" in open_socket.recv(10)


def test_a_large_body_is_refused_however_it_comes(server: RunningServer) -> None:
    with server.client() as client:
        declared = client.post("/api/queue/add", content=b"x" * 1_100_000)
        assert declared.status_code == 413

        def pieces() -> Iterator[bytes]:
            for _ in range(20):
                yield b"x" * 100_000

        try:
            streamed = client.post("/api/queue/add", content=pieces())
            assert streamed.status_code == 413
        except OSError:
            pass  # the server had answered and hung up already
        assert client.get("/api/health").status_code == 200


def test_rubbish_instead_of_http_does_no_harm(server: RunningServer) -> None:
    for rubbish in (b"\x16\x03\x01" + b"\x00" * 200, b"GET / HTTP/9.9\r\n\r\n", b"\xff" * 70_000):
        with socket.create_connection(("127.0.0.1", server.port), 5) as raw:
            raw.sendall(rubbish)
            raw.settimeout(5)
            with contextlib.suppress(OSError):
                raw.recv(1000)
    with server.client() as client:
        assert client.get("/api/health").status_code == 200
