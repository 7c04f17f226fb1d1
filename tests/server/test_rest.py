"""REST against a real server: browsing, the queue, the player, playlists, history, ratings."""

from typing import Any

import pytest

from player_fake import FakePlayer
from server_library import TITLES
from server_running import RunningServer

pytestmark = pytest.mark.integration


def track_ids(server: RunningServer) -> dict[str, int]:
    with server.client() as client:
        page = client.get("/api/tracks").json()
    return {track["title"]: track["id"] for track in page["items"]}


def error_code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_tracks_come_in_pages_with_everything_a_page_shows(server: RunningServer) -> None:
    with server.client() as client:
        page = client.get("/api/tracks", params={"offset": 1, "limit": 2}).json()
        assert page["total"] == len(TITLES)
        assert [track["title"] for track in page["items"]] == ["Night Train", "Paper Boats"]
        track = page["items"][0]
        assert track["audio_url"] == f"/api/tracks/{track['id']}/audio"
        assert track["liked"] is None
        assert client.get(f"/api/tracks/{track['id']}").json() == track


def test_albums_and_artists_come_with_their_music(server: RunningServer) -> None:
    with server.client() as client:
        album = client.get("/api/albums").json()["items"][0]
        assert (album["title"], album["track_count"]) == ("First Light", 5)
        tracks = client.get(f"/api/albums/{album['id']}").json()["tracks"]
        assert [track["track_no"] for track in tracks] == [1, 2, 3, 4, 5]
        artist = client.get("/api/artists").json()["items"][0]
        whole = client.get(f"/api/artists/{artist['id']}").json()
        assert len(whole["tracks"]) == artist["track_count"]
        assert whole["albums"][0]["id"] == album["id"]
        genre = client.get("/api/genres").json()[0]
        assert (genre["name"], genre["track_count"]) == ("Jazz", 5)
        assert len(client.get("/api/genres/jazz").json()["tracks"]) == 5


def test_search_finds_in_spite_of_a_typo(server: RunningServer) -> None:
    with server.client() as client:
        found = client.get("/api/search", params={"q": "nihgt train"}).json()
        assert found["hits"][0]["track"]["title"] == "Night Train"
        nothing = client.get("/api/search", params={"q": "zzzyyyxxx"}).json()
        assert nothing["hits"] == []


def test_playing_answers_after_the_player_confirmed(
    server: RunningServer, player: FakePlayer
) -> None:
    ids = track_ids(server)
    wanted = [ids["Night Train"], ids["Slow Glass"]]
    with server.client() as client:
        state = client.post("/api/queue/play", json={"track_ids": wanted, "start": 1}).json()
        assert (state["status"], state["name"]) == ("playing", "fake")
        queue = client.get("/api/queue").json()
        assert queue["position"] == 1
        assert [item["track"]["title"] for item in queue["items"]] == ["Night Train", "Slow Glass"]
        assert client.post("/api/player/pause").json()["status"] == "paused"
        assert client.post("/api/player/resume").json()["status"] == "playing"
        assert client.post("/api/player/volume", json={"volume": 30}).json()["volume"] == 30
        assert client.post("/api/player/previous").json()["item_id"] == queue["items"][0]["id"]
        assert client.post("/api/player/stop").json()["status"] == "idle"
    assert any(command.startswith("play") for command in player.commands)


def test_the_queue_can_be_changed_and_taken_back(server: RunningServer) -> None:
    with server.client() as client:
        album = client.get("/api/albums").json()["items"][0]["id"]
        queue = client.post("/api/queue/add", json={"album_id": album}).json()
        assert len(queue["items"]) == 5
        first = queue["items"][0]["id"]
        moved = client.post("/api/queue/move", json={"item_id": first, "to": 4}).json()
        assert moved["items"][4]["id"] == first
        left = client.post("/api/queue/remove", json={"item_ids": [first]}).json()
        assert len(left["items"]) == 4
        assert client.post("/api/queue/repeat", json={"mode": "all"}).json()["repeat"] == "all"
        assert client.post("/api/queue/clear").json()["items"] == []
        assert len(client.post("/api/queue/undo").json()["items"]) == 4


def test_a_player_that_does_not_play_is_an_error_with_a_next_step(
    server: RunningServer, player: FakePlayer
) -> None:
    player.disconnect()
    ids = list(track_ids(server).values())
    with server.client() as client:
        answer = client.post("/api/queue/play", json={"track_ids": ids})
        assert error_code(answer) == (409, "no_player")
        assert answer.json()["error"]["next_step"]


def test_playlists(server: RunningServer) -> None:
    ids = track_ids(server)
    with server.client() as client:
        made = client.post("/api/playlists", json={"name": "Evening"})
        assert made.status_code == 201
        address = f"/api/playlists/{made.json()['id']}"
        changed = client.patch(address, json={"add": [ids["Paper Boats"], ids["Still Water"]]})
        assert [one["title"] for one in changed.json()["tracks"]] == ["Paper Boats", "Still Water"]
        client.patch(address, json={"name": "Late", "remove": [ids["Paper Boats"]]})
        assert client.get(address).json()["name"] == "Late"
        assert client.get("/api/playlists").json()[0]["track_count"] == 1
        assert error_code(client.post("/api/playlists", json={"name": "late"}))[1] == (
            "playlist_rejected"
        )
        assert client.delete(address).status_code == 204
        assert error_code(client.get(address)) == (404, "not_in_library")


def test_ratings_show_in_tracks_and_history(server: RunningServer) -> None:
    track_id = track_ids(server)["Morning Dew"]
    with server.client() as client:
        rated = client.put(f"/api/ratings/{track_id}", json={"liked": True}).json()
        assert rated == {"track_id": track_id, "liked": True}
        assert client.get(f"/api/tracks/{track_id}").json()["liked"] is True
        client.post("/api/queue/play", json={"track_ids": [track_id]})
        events = client.get("/api/history").json()["items"]
        assert [(one["kind"], one["track"]["id"]) for one in events] == [("play", track_id)]
        assert events[0]["track"]["liked"] is True
        later = {"from": "2090-01-01T00:00:00Z"}
        assert client.get("/api/history", params=later).json()["items"] == []
        client.put(f"/api/ratings/{track_id}", json={"liked": None})
        assert client.get(f"/api/tracks/{track_id}").json()["liked"] is None
        missing = client.put("/api/ratings/999999", json={"liked": True})
        assert error_code(missing) == (404, "not_in_library")


def test_settings_are_kept_and_checked(server: RunningServer) -> None:
    with server.client() as client:
        assert client.get("/api/settings").json() == {"crossfade_s": 0.0, "levelling": True}
        client.put("/api/settings", json={"crossfade_s": 6})
        assert client.get("/api/settings").json() == {"crossfade_s": 6.0, "levelling": True}
        assert error_code(client.put("/api/settings", json={"crossfade_s": 13}))[0] == 422


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/tracks/999999", None, 404),
        ("GET", "/api/tracks/99999999999999999999", None, 422),
        ("GET", "/api/tracks/abc", None, 422),
        ("GET", "/api/tracks?limit=100000", None, 422),
        ("GET", "/api/albums/-1", None, 422),
        ("GET", "/api/nothing", None, 404),
        ("GET", "/api/covers/..%2f..%2flibrary.db", None, 404),
        ("GET", "/api/covers/" + "0" * 64, None, 404),
        ("POST", "/api/queue/play", {}, 400),
        ("POST", "/api/queue/play", {"track_ids": [1], "album_id": 1}, 400),
        ("POST", "/api/queue/play", {"track_ids": [999999]}, 400),
        ("POST", "/api/queue/play", {"track_ids": [1], "start": 7}, 400),
        ("POST", "/api/queue/play", {"track_ids": list(range(1, 6000))}, 422),
        ("POST", "/api/queue/jump", {"item_id": "nope"}, 404),
        ("POST", "/api/player/volume", {"volume": 101}, 422),
        ("POST", "/api/player/seek", {"position_s": -1}, 422),
        ("POST", "/api/player/seek", {"position_s": 3, "evil": 1}, 422),
        ("POST", "/api/player/select", {"name": "nobody"}, 409),
        ("GET", "/api/history?from=2026-01-02&to=2026-01-01", None, 400),
        ("DELETE", "/api/tracks/1", None, 405),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_shape(
    shared_server: RunningServer, method: str, path: str, body: Any, status: int
) -> None:
    with shared_server.client() as client:
        answer = client.request(method, path, json=body)
        assert answer.status_code == status, answer.text
        error = answer.json()["error"]
        assert set(error) == {"code", "message", "next_step"}
        assert "Traceback" not in answer.text


def test_the_interface_describes_itself_without_the_network(server: RunningServer) -> None:
    with server.client() as client:
        schema = client.get("/api/openapi.json").json()
        assert "/api/queue/play" in schema["paths"]
        page = client.get("/api/docs")
        assert "GET /api/search" in page.text
        assert "<script" not in page.text
        assert "http://" not in page.text
        assert "https://" not in page.text


def test_the_page_and_its_modules_have_the_right_types(server: RunningServer) -> None:
    with server.client() as client:
        page = client.get("/")
        assert page.headers["content-type"].startswith("text/html")
        assert page.headers["cache-control"] == "no-cache"
        assert "default-src 'none'" in page.headers["content-security-policy"]
        etag = page.headers["etag"]
        assert client.get("/", headers={"If-None-Match": etag}).status_code == 304
        module = client.get("/app.js")
        assert module.headers["content-type"].startswith("text/javascript")
        for path in ("/../server/app.py", "/%2e%2e/app.py", "/..%2fapp.py", "//etc/passwd"):
            assert client.get(path).status_code == 404
