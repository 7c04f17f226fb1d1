"""Internet radio: stations are checked, passed on without their titles, and played by name."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from player_fake import FakePlayer
from player_rigs import need_mpv
from radio_station import a_station
from server.settings import Settings, load_settings
from server.sources.radio import without_titles
from server_library import add_tracks
from server_running import RunningServer, running_server

pytestmark = pytest.mark.integration
EVERY = 1_000
SOUND = bytes(range(250)) * 4


class _Station(ThreadingHTTPServer):
    daemon_threads = True
    ends = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    """One second of the same, over and over, with a title after each thousand bytes."""

    server: _Station

    def do_GET(self) -> None:
        pages = {
            "/list.pls": ("audio/x-scpls", f"[playlist]\nFile1={self._url('/live')}\n"),
            "/list.m3u": ("audio/x-mpegurl", f"#EXTM3U\n{self._url('/live')}\n"),
            "/hls.m3u8": ("application/vnd.apple.mpegurl", "#EXTM3U\n#EXT-X-TARGETDURATION:6\n"),
            "/page": ("text/html", "<html>"),
        }
        if self.path in pages:
            kind, text = pages[self.path]
            self._head(200, {"Content-Type": kind, "Content-Length": str(len(text))})
            self.wfile.write(text.encode())
        elif self.path == "/inside":
            self._head(302, {"Location": "http://169.254.169.254/latest"})
        elif self.path == "/live":
            self._live()
        else:
            self._head(404, {"Content-Length": "0"})

    def log_message(self, *args: object) -> None:
        pass

    def _url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _live(self) -> None:
        titled = self.headers.get("icy-metadata") == "1"
        more = {"icy-metaint": str(EVERY)} if titled else {}
        self._head(200, {"Content-Type": "audio/mpeg", "icy-name": "Radio Paradise", **more})
        title = b"StreamTitle='Nina Simone - Sinnerman';"
        block = bytes([3]) + title.ljust(48, b"\0") if titled else b""
        try:
            while not self.server.ends.is_set():
                self.wfile.write(SOUND + block)
                time.sleep(0.02)
        except OSError:
            pass


@contextmanager
def _station() -> Iterator[str]:
    server = _Station(("127.0.0.1", 0), _Handler)
    server.ends = threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.ends.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _settings(folder: Path, **recognition: object) -> Settings:
    settings = load_settings(
        folder / "data",
        {"library": {"watch": False}, "voice": {"enabled": False}, "recognition": recognition},
    )
    add_tracks(settings)
    return settings


@pytest.fixture(scope="module")
def station() -> Iterator[str]:
    with _station() as url:
        yield url


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    settings = _settings(tmp_path_factory.mktemp("radio"), allowed_url_hosts=("127.0.0.1",))
    with running_server(settings, players=(FakePlayer(),)) as running:
        yield running


@pytest.fixture
def server(shared: RunningServer) -> RunningServer:
    """One that may open the stations of these tests, which are on this machine."""
    for one in shared.services.stations.all():
        shared.services.stations.remove(one.id)
    return shared


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One as it is by default."""
    settings = _settings(tmp_path_factory.mktemp("strict"))
    with running_server(settings, players=(FakePlayer(),)) as running:
        yield running


@pytest.mark.parametrize("path", ["/live", "/list.pls", "/list.m3u"])
def test_a_station_is_added_by_its_address(server: RunningServer, station: str, path: str) -> None:
    with server.client() as client:
        added = client.post("/api/stations", json={"url": station + path})
        assert added.status_code == 201
        assert added.json()["name"] == "Radio Paradise"
        again = client.post("/api/stations", json={"url": station + path})
        assert again.json()["error"]["code"] == "station_rejected"
        assert client.delete(f"/api/stations/{added.json()['id']}").status_code == 204
        assert client.get("/api/stations").json() == {"items": []}


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/hls.m3u8", "url_not_fetched", "HLS"),
        ("/page", "url_not_fetched", "web page"),
        ("/nothing", "url_not_fetched", "404"),
        ("/inside", "url_not_allowed", "network"),
    ],
)
def test_what_is_no_station_is_told(
    server: RunningServer, station: str, path: str, code: str, words: str
) -> None:
    with server.client() as client:
        error = client.post("/api/stations", json={"url": station + path}).json()["error"]
        assert error["code"] == code
        assert words in error["message"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/live",
        "http://localhost:{port}/live",
        "http://[::1]:{port}/live",
        "http://169.254.169.254/",
        "http://192.168.0.1/",
        "file:///etc/passwd",
        "http://ann:pw@example.org/",
    ],
)
def test_nobody_is_led_into_this_network(strict: RunningServer, station: str, url: str) -> None:
    port = station.rpartition(":")[2]
    with strict.client() as client:
        refused = client.post("/api/stations", json={"url": url.format(port=port)})
        assert refused.status_code == 403
        assert refused.json()["error"]["code"] == "url_not_allowed"


def test_sound_is_passed_on_without_the_titles(server: RunningServer, station: str) -> None:
    with server.client() as client:
        added = client.post("/api/stations", json={"url": station + "/live"}).json()
        with client.stream("GET", f"/api/stations/{added['id']}/stream") as answer:
            assert answer.headers["content-type"] == "audio/mpeg"
            got, pieces = b"", answer.iter_bytes()
            while len(got) < 5 * len(SOUND):
                got += next(pieces)
            assert got[: 5 * len(SOUND)] == 5 * SOUND
            shown = client.get("/api/stations").json()["items"][0]
            assert shown["says"] == "Nina Simone - Sinnerman"
            now = client.get(f"/api/stations/{added['id']}/now").json()
            assert now["says"] == "Nina Simone - Sinnerman"
            assert now["recognised"] == ""  # nothing but noise: not guessed from the title


@pytest.mark.parametrize(
    "words", ["play Radio Paradise", "play the radio station Radio Paradise", "play radio paradise"]
)
def test_a_station_is_played_by_its_name(server: RunningServer, station: str, words: str) -> None:
    with server.client() as client:
        client.post("/api/stations", json={"url": station + "/live"})
        said = client.post(
            "/v1/chat/completions",
            json={"model": "refrain", "messages": [{"role": "user", "content": words}]},
        ).json()["choices"][0]["message"]["content"]
        assert "Radio Paradise" in said
        queue = client.get("/api/queue").json()
        current = queue["items"][queue["position"]]["track"]
        assert (current["title"], current["is_live"]) == ("Radio Paradise", True)
        assert current["audio_url"].startswith("/api/stations/")
        refused = client.post("/api/player/seek", json={"position_s": 30})
        assert "live" in refused.json()["error"]["message"]
        assert client.get("/api/history").json()["items"] == []  # no recording was played


def test_titles_are_found_wherever_the_pieces_are_cut() -> None:
    title = b"StreamTitle='A - B';".ljust(32, b"\0")
    sent = b"aaaa" + bytes([2]) + title + b"bbbb" + bytes([0]) + b"cc"

    async def passed(size: int) -> tuple[bytes, list[str]]:
        async def pieces() -> AsyncIterator[bytes]:
            for at in range(0, len(sent), size):
                yield sent[at : at + size]

        titles: list[str] = []
        sound = b"".join([data async for data in without_titles(pieces(), 4, titles.append)])
        return sound, titles

    for size in (1, 2, 3, 7, 100):
        assert asyncio.run(passed(size)) == (b"aaaabbbbcc", ["A - B"])


def test_mpv_plays_a_station(tmp_path: Path) -> None:
    """The real player, silent: it fetches the sound from this server, by a signed address."""
    need_mpv()
    settings = load_settings(
        tmp_path / "data",
        {
            "library": {"watch": False},
            "voice": {"enabled": False},
            "player": {"kind": "mpv", "mpv_audio_output": "null"},
            "recognition": {"allowed_url_hosts": ("127.0.0.1",)},
        },
    )
    add_tracks(settings)
    with a_station() as url, running_server(settings) as server, server.client() as client:
        # The port is told by `refrain serve`; here the test does.
        server.services.addresses.listening_at(server.url)
        added = client.post("/api/stations", json={"url": url}).json()
        state = client.post(f"/api/stations/{added['id']}/play").json()
        assert state["status"] == "playing", state
        asked = {"role": "user", "content": "what song is the station playing?"}
        answer = client.post(
            "/v1/chat/completions", json={"model": "refrain", "messages": [asked]}
        ).json()
        told = answer["choices"][0]["message"]["content"]
        assert told.startswith("Quiet FM is on; it does not say what it plays"), told
        assert client.post("/api/player/pause").json()["status"] == "paused"
        assert client.post("/api/player/stop").json()["status"] == "idle"
