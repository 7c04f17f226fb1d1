"""What one person has another sees nowhere: not over REST, the WebSocket or through a tool."""

import asyncio
import io
import json
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect

from knowledge.models import PlayEventKind
from knowledge.people.current import PersonId, acting_as
from people_here import ANNA, BEN, people_in
from people_things import SESSION, Things, own_everything
from player_fake import FakePlayer
from server.auth.logins import COOKIE
from server.settings import Settings
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns
from tools.context import ToolContext
from tools.toolbox import TOOLBOX

pytestmark = pytest.mark.integration
MARKER = "zanzibarmarker"
_QUIET_S = 0.6


@dataclass(frozen=True, slots=True)
class Home:
    """A server at which Anna has something of everything."""

    server: RunningServer
    things: Things
    cookies: dict[PersonId, str]

    def client(self, person: PersonId) -> httpx.Client:
        return self.server.client(headers={"cookie": f"{COOKIE}={self.cookies[person]}"})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    from server.settings import load_settings
    from server_library import add_tracks

    settings: Settings = load_settings(
        tmp_path_factory.mktemp("belongings") / "data", {"library": {"watch": False}}
    )
    track_id = add_tracks(settings)[0]
    with running_server(settings, turns=ScriptedTurns(), players=(FakePlayer(),)) as server:
        services = server.services
        people_in(services.database)
        cookies = {
            person: services.auth.logins.begin(
                services.accounts.by_id(person), agent="test", address="here"
            )
            for person in (ANNA, BEN)
        }
        yield Home(server, own_everything(services, ANNA, MARKER, track_id), cookies)


def addresses(home: Home) -> list[str]:
    """Every address that can be read, with the ids of what Anna has in it."""
    ids = {
        "playlist_id": home.things.playlist_id, "track_id": home.things.track_id,
        "heard_id": home.things.heard_id, "tune_id": home.things.tune_id,
        "job_id": home.things.job_id, "album_id": 1, "artist_id": 1, "station_id": 1,
        "import_id": home.things.import_id, "name": "jazz", "cover_id": "0" * 64,
        "model_id": "x", "part": "x",
    }  # fmt: skip
    with home.server.client() as client:
        paths = client.get("/api/openapi.json").json()["paths"]
    found = [path for path, methods in paths.items() if "get" in methods]
    wanted = []
    for path in found:
        for name, value in ids.items():
            path = path.replace(f"{{{name}}}", str(value))  # noqa: PLW2901
        wanted.append(path)
    queries = [
        "/api/heard?q=zan", "/api/history?limit=50", "/api/search?q=zanzibarmarker",
        f"/api/tracks/{home.things.track_id}/why?list_id={MARKER}", "/api/statistics?span=all",
        f"/api/recommendations?session={SESSION}",
    ]  # fmt: skip
    return sorted({*wanted, *queries})


def body_of(answer: httpx.Response) -> str:
    if answer.headers.get("content-type") == "application/zip":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())
    return answer.content.decode("utf-8", "replace")


def test_no_address_shows_one_person_what_belongs_to_another(home: Home) -> None:
    shown: dict[PersonId, set[str]] = {ANNA: set(), BEN: set()}
    for person in (ANNA, BEN):
        with home.client(person) as client:
            for address in addresses(home):
                answer = client.get(address)
                assert answer.status_code < 500, address
                if MARKER in body_of(answer) and "search?q=" not in address:
                    shown[person].add(address.partition("?")[0])
    assert shown[BEN] == set()
    # The table is worth something only when there is something to be seen.
    assert shown[ANNA] >= {
        "/api/heard", "/api/unknown", "/api/imports", "/api/playlists", "/api/smart-playlists",
        "/api/taste", "/api/timers", "/api/timeline", "/api/history", "/api/statistics",
        "/api/me/export", f"/api/playlists/{home.things.playlist_id}",
        f"/api/tracks/{home.things.track_id}/why", f"/api/timeline/{home.things.job_id}",
    }  # fmt: skip


def changes(things: Things) -> list[tuple[str, str, Any]]:
    return [
        ("DELETE", f"/api/heard/{things.heard_id}", None),
        ("POST", f"/api/heard/{things.heard_id}/correct", {"track_id": things.track_id}),
        ("DELETE", f"/api/unknown/{things.tune_id}", None),
        ("POST", f"/api/unknown/{things.tune_id}", {"title": "mine now"}),
        ("DELETE", f"/api/timers/{things.timer_id}", None),
        ("DELETE", f"/api/imports/{things.import_id}", None),
        ("DELETE", f"/api/playlists/{things.playlist_id}", None),
        ("PATCH", f"/api/playlists/{things.playlist_id}", {"name": "mine now"}),
        ("PUT", f"/api/playlists/{things.playlist_id}/sharing", {"shared": True}),
        ("POST", f"/api/smart-playlists/{things.smart_id}/refresh", None),
        ("DELETE", f"/api/smart-playlists/{things.smart_id}", None),
        ("DELETE", f"/api/taste/{things.line_id}", None),
        ("DELETE", f"/api/timeline/{things.job_id}", None),
        ("POST", f"/api/hum/{things.hum_id}/pick", {"track_id": things.track_id}),
    ]


def test_nobody_changes_what_belongs_to_another(home: Home) -> None:
    with home.client(BEN) as client:
        for method, address, body in changes(home.things):
            answer = client.request(method, address, json=body)
            assert 400 <= answer.status_code < 500, (method, address, answer.text)
        assert client.delete("/api/taste").status_code == 204  # all of one's own
    with home.client(ANNA) as client:
        for address in ("/api/heard", "/api/unknown", "/api/taste", "/api/playlists"):
            assert MARKER in client.get(address).text, address


def test_a_playlist_can_be_shared_and_is_still_ones_own(home: Home) -> None:
    list_id = home.things.playlist_id
    with home.client(ANNA) as anna, home.client(BEN) as ben:
        assert anna.put(f"/api/playlists/{list_id}/sharing", json={"shared": True}).json()["own"]
        seen = next(one for one in ben.get("/api/playlists").json() if one["id"] == list_id)
        assert (seen["own"], seen["shared"]) == (False, True)
        assert ben.delete(f"/api/playlists/{list_id}").status_code == 409
        assert anna.put(f"/api/playlists/{list_id}/sharing", json={"shared": False}).is_success
        assert ben.get(f"/api/playlists/{list_id}").status_code == 404


def heard_on(home: Home, person: PersonId) -> list[dict[str, Any]]:
    """What a page is told that opens the same conversation, while something happens to Anna."""
    services, told = home.server.services, []
    headers = {"cookie": f"{COOKIE}={home.cookies[person]}"}
    with connect(
        f"{home.server.socket_url}?session={SESSION}&modalities=text",
        additional_headers=headers, max_size=None, proxy=None,
    ) as socket:  # fmt: skip

        def read(seconds: float) -> None:
            until = time.monotonic() + seconds
            while (left := until - time.monotonic()) > 0:
                try:
                    told.append(json.loads(socket.recv(left)))
                except TimeoutError:
                    return

        read(2 * _QUIET_S)
        told.append({"type": "greeted"})
        with acting_as(ANNA):
            for timer in services.timers.alarms():
                services.timers.change(timer)
            services.history.record(PlayEventKind.LIKE, home.things.track_id, at=datetime.now(UTC))
            services.recognition._loop.call_soon_threadsafe(  # type: ignore[union-attr]
                services.recognition.changed
            )
        read(2 * _QUIET_S)
    return told


def test_the_websocket_tells_each_person_their_own_news(home: Home) -> None:
    told = heard_on(home, ANNA)
    kinds = {one["type"] for one in told if MARKER in json.dumps(one)}
    assert kinds >= {"refrain.transcript", "refrain.timers", "refrain.timeline"}
    news = [one["type"] for one in told[told.index({"type": "greeted"}) + 1 :]]
    assert {"refrain.timers", "refrain.heard"} <= set(news)
    told = heard_on(home, BEN)
    assert [one for one in told if MARKER in json.dumps(one)] == []
    news = [one["type"] for one in told[told.index({"type": "greeted"}) + 1 :]]
    assert {"refrain.timers", "refrain.heard"} & set(news) == set()
    liked = [one for one in told if one["type"] == "refrain.queue"]
    assert '"liked": true' not in json.dumps(liked)


CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("recall_history", {"kind": "play"}),
    ("recall_history", {"kind": "heard"}),
    ("recall_history", {"kind": "like"}),
    ("recall_history", {"order": "most"}),
    ("search_music", {"query": "zanzibar"}),
    ("play_music", {"query": "zanzibar list", "kind": "playlist"}),
    ("manage_playlists", {"action": "show"}),
    ("manage_playlists", {"action": "list"}),
    ("rate_track", {"rating": "show"}),
    ("set_timer", {"action": "show"}),
    ("recommend_music", {"count": 5}),
    ("now_playing", {}),
)


def called(home: Home, person: PersonId, name: str, arguments: dict[str, Any]) -> str:
    tool = next(one for one in TOOLBOX if one.name == name)

    async def call() -> str:
        with acting_as(person):
            context = ToolContext(home.server.services.tools, session_id=SESSION)
            return repr(await tool.call(arguments, context))

    return asyncio.run_coroutine_threadsafe(call(), home.server.loop).result(30)


@pytest.mark.parametrize(("name", "arguments"), CALLS, ids=str)
def test_no_tool_tells_one_person_of_another(
    home: Home, name: str, arguments: dict[str, Any]
) -> None:
    assert MARKER not in called(home, BEN, name, arguments)


def test_the_tools_do_tell_whom_it_belongs_to(home: Home) -> None:
    told = {name for name, arguments in CALLS if MARKER not in json.dumps(arguments)
            and MARKER in called(home, ANNA, name, arguments)}  # fmt: skip
    assert told >= {"recall_history", "rate_track", "set_timer"}


def test_what_is_erased_over_rest_is_confirmed_and_gone(home: Home) -> None:
    with home.client(ANNA) as client:
        assert client.request("DELETE", "/api/me", json={"confirm": "ben"}).status_code == 400
        assert client.get("/api/me/privacy").json()["name"] == "Anna"
        allowed = client.put("/api/me/privacy", json={"on_shared_devices": True}).json()
        assert (allowed["on_shared_devices"], allowed["listening_helps_others"]) == (True, False)
        assert client.request("DELETE", "/api/me", json={"confirm": "ANNA"}).status_code == 204
        assert (
            client.get("/api/heard").status_code == 401
            or MARKER not in client.get("/api/heard").text
        )
    data = home.server.services.settings.data
    left = [file.name for file in data.rglob("*") if file.is_file()
            and MARKER.encode() in file.read_bytes()]  # fmt: skip
    assert left == []
    with home.client(BEN) as client:
        assert client.get("/api/me/privacy").json()["name"] == "Ben"
