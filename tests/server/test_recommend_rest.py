"""Recommendations, tastes and smart playlists over HTTP, against a real server."""

import asyncio
from typing import Any

import pytest

from knowledge.models import Queue, QueueItem, Track
from knowledge.recommend.models import Recommendation, Recommended, Situation
from knowledge.wish import MusicWish
from server.going_on import GoingOn
from server_running import RunningServer
from tools.players.player import PlaybackStatus, PlayerState

pytestmark = pytest.mark.integration


def error_code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_recommendation_says_why(server: RunningServer) -> None:
    with server.client() as client:
        made = client.get("/api/recommendations", params={"genre": "jazz", "count": 3}).json()
        assert len(made["items"]) == 3
        assert made["relaxed"] == []
        first = made["items"][0]
        assert first["reasons"][0]["words"]
        why = client.get(
            f"/api/tracks/{first['track']['id']}/why", params={"list_id": made["list_id"]}
        ).json()
        assert why["reasons"] == first["reasons"]
        nothing = client.get("/api/recommendations", params={"genre": "polka"}).json()
        assert nothing["items"] == []


def test_feedback_is_obeyed_shown_and_taken_back(server: RunningServer) -> None:
    with server.client() as client:
        made = client.get("/api/recommendations", params={"count": 5}).json()
        track = made["items"][0]["track"]
        given = {"track_id": track["id"], "kind": "never", "list_id": made["list_id"]}
        line = client.post("/api/feedback", json=given)
        assert line.status_code == 201
        again = client.get("/api/recommendations", params={"count": 5}).json()
        assert track["id"] not in {item["track"]["id"] for item in again["items"]}
        shown = client.get("/api/taste").json()["lines"]
        assert [one["id"] for one in shown] == [line.json()["id"]]
        assert track["title"] in shown[0]["words"]
        assert client.delete(f"/api/taste/{shown[0]['id']}").status_code == 204
        assert client.get("/api/taste").json()["lines"] == []
        assert error_code(client.delete("/api/taste/rule:1")) == (404, "not_in_library")
        assert error_code(client.delete("/api/taste/nonsense")) == (409, "taste_rejected")
        unknown = client.post("/api/feedback", json={"track_id": 999, "kind": "more"})
        assert error_code(unknown) == (404, "not_in_library")


def test_a_taste_can_be_said_and_reset(server: RunningServer) -> None:
    with server.client() as client:
        said = {"kind": "never", "subject": "genre", "value": "jazz", "said": "no jazz, please"}
        assert client.post("/api/taste", json=said).json()["count"] == 5
        assert client.get("/api/recommendations").json()["items"] == []
        assert client.get("/api/recommendations", params={"person": "ann"}).json()["items"] == []
        assert client.delete("/api/taste").status_code == 204
        assert len(client.get("/api/recommendations").json()["items"]) >= 3
        wrong = client.post("/api/taste", json={**said, "kind": "always"})
        assert error_code(wrong) == (422, "invalid_request")


def test_a_smart_playlist_fills_itself(server: RunningServer) -> None:
    with server.client() as client:
        wanted = {"name": "Jazz", "wish": {"version": 1, "genres": ["jazz"], "count": 4}}
        made = client.post("/api/smart-playlists", json=wanted)
        assert made.status_code == 201
        playlist_id = made.json()["playlist"]["id"]
        before = client.get(f"/api/playlists/{playlist_id}").json()["tracks"]
        assert len(before) == 4
        gone = before[0]["id"]
        client.post("/api/feedback", json={"track_id": gone, "kind": "never"})
        client.post(f"/api/smart-playlists/{playlist_id}/refresh")
        after = client.get(f"/api/playlists/{playlist_id}").json()["tracks"]
        assert gone not in {track["id"] for track in after}
        assert [one["playlist"]["name"] for one in client.get("/api/smart-playlists").json()] == [
            "Jazz"
        ]
        assert client.delete(f"/api/smart-playlists/{playlist_id}").status_code == 204
        assert client.get("/api/smart-playlists").json() == []
        bad = client.post("/api/smart-playlists", json={"name": "x", "wish": {"version": 9}})
        assert error_code(bad) == (409, "wish_rejected")
        both = client.post("/api/smart-playlists", json={"name": "x"})
        assert error_code(both) == (400, "bad_request")


def test_unknown_changes_are_refused_and_known_ones_understood(server: RunningServer) -> None:
    with server.client() as client:
        track_id = client.get("/api/tracks").json()["items"][0]["id"]
        asked = {"like": track_id, "but": "older"}
        made = client.get("/api/recommendations", params=asked).json()
        assert track_id not in {item["track"]["id"] for item in made["items"]}
        wrong = client.get("/api/recommendations", params={"like": track_id, "but": "tastier"})
        assert error_code(wrong) == (400, "bad_request")
        assert client.get("/api/recommendations", params={"minutes": "nan"}).status_code == 422


class FakePlayback:
    """A queue that something can be added to."""

    def __init__(self, *tracks: Track) -> None:
        items = tuple(QueueItem(f"item{track.id}", track) for track in tracks)
        self.queue = Queue(items, position=len(items) - 1)
        self.added: list[int] = []

    async def add(self, tracks: list[Track]) -> Queue:
        self.added += [track.id for track in tracks]
        return self.queue


async def test_music_goes_on_once_while_the_last_track_sounds() -> None:
    track = Track(1, "Last", ("Ann",), duration_s=100.0)
    more = Track(2, "More", ("Bob",), duration_s=100.0)
    playback = FakePlayback(track)
    asked: list[Situation] = []

    def choose(queue: Queue, situation: Situation) -> Recommended:
        asked.append(situation)
        return Recommended((Recommendation(more, 1.0, (), "rules"),), MusicWish())

    going_on = GoingOn(playback, choose)  # type: ignore[arg-type]
    going_on.look_at(playback.queue, PlayerState(status=PlaybackStatus.PAUSED))
    assert asked == []
    for _ in range(3):
        going_on.look_at(playback.queue, PlayerState(status=PlaybackStatus.PLAYING))
        await asyncio.sleep(0.05)
    await going_on.close()
    assert playback.added == [2]
    assert len(asked) == 1
    assert asked[0].at.tzinfo is not None
