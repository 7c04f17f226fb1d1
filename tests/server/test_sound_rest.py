"""How recordings sound, over HTTP: the map, one recording, and what is like it."""

from collections.abc import Iterator
from typing import Any

import pytest

from knowledge.analysis.sound import Axis, KeyHeard
from knowledge.database import Database
from player_fake import FakePlayer
from server.settings import load_settings
from server_library import TITLES, add_tracks
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns
from sound_library import Song, hear

pytestmark = pytest.mark.integration

CALM = {Axis.ENERGY: 0.1, Axis.VALENCE: 0.4, Axis.ACOUSTICNESS: 0.9}
LOUD = {Axis.ENERGY: 0.9, Axis.VALENCE: 0.6, Axis.ACOUSTICNESS: 0.1}
MIDDLE = {Axis.ENERGY: 0.5}
UNHEARD = TITLES[-1]
KEY = KeyHeard(9, True, 0.6, 0, False)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A library of which all but one recording were analysed."""
    settings = load_settings(
        tmp_path_factory.mktemp("data"), {"library": {"watch": False}, "voice": {"enabled": False}}
    )
    add_tracks(settings)
    database = Database.at(settings.database_path)
    heard = (
        Song(TITLES[0], [CALM, CALM], bpm=80, tags={"piano": 0.8}, key=KEY),
        Song(TITLES[1], [LOUD, LOUD], bpm=140, tags={"rock": 0.8}),
        Song(TITLES[2], [CALM, LOUD], bpm=120, tags={"piano": 0.5, "rock": 0.5}),
        Song(TITLES[3], [MIDDLE], bpm=None, tags=None),
    )
    for place, song in enumerate(heard, start=1):
        hear(database, song, heard_at=float(place))
    database.close()
    with running_server(settings, turns=ScriptedTurns(), players=(FakePlayer(),)) as running:
        yield running


def get(server: RunningServer, path: str, **params: Any) -> Any:
    with server.client() as client:
        answer = client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def id_of(server: RunningServer, title: str) -> int:
    tracks = get(server, "/api/tracks")["items"]
    return int(next(track["id"] for track in tracks if track["title"] == title))


def test_the_map_has_every_analysed_recording_with_its_way(server: RunningServer) -> None:
    shown = get(server, "/api/sound/map")
    points = {point["track"]["title"]: point for point in shown["points"]}
    assert set(points) == set(TITLES) - {UNHEARD}
    assert shown["total"] == 4
    assert points[TITLES[0]]["arousal"] < points[TITLES[1]]["arousal"]
    grows = points[TITLES[2]]["path"]
    assert [start for start, _, _ in grows] == [0.0, 45.0]
    assert grows[0][2] < grows[1][2]
    assert sum(cluster["count"] for cluster in shown["clusters"]) == 4
    assert {point["cluster"] for point in points.values()} <= {
        cluster["id"] for cluster in shown["clusters"]
    }
    assert points[TITLES[0]]["track"]["artist"] == "Artist 2"


def test_a_large_map_is_thinned_and_a_part_of_it_can_be_asked_for(server: RunningServer) -> None:
    two = get(server, "/api/sound/map", limit=2, paths=False)
    assert len(two["points"]) == 2
    assert two["total"] == 4
    assert two["points"] == get(server, "/api/sound/map", limit=2, paths=False)["points"]
    assert two["points"][0]["path"] == []
    lower = get(server, "/api/sound/map", arousal_to=0.3)
    assert [point["track"]["title"] for point in lower["points"]] == [TITLES[0]]


def test_one_recording_is_told_as_a_whole_and_by_segment(server: RunningServer) -> None:
    sound = get(server, f"/api/tracks/{id_of(server, TITLES[2])}/sound")
    assert sound["analysed"] is True
    assert sound["tempo"] == {"bpm": 120.0, "confidence": 0.8, "other_bpm": 60.0}
    assert sound["axes"]["energy"]["percentile"] == pytest.approx(0.5, abs=0.2)
    assert sound["axes"]["energy"]["weak"] is False
    first, second = sound["segments"]
    assert (first["start_s"], first["end_s"], second["end_s"]) == (0.0, 45.0, 90.0)
    assert "calm" in first["moods"]
    assert "calm" not in second["moods"]
    assert sound["models"] == ["musicnn"]
    assert {"piano", "rock"} & {tag["name"] for tag in sound["tags"][:3]}
    assert "rock" in {genre["name"] for genre in sound["genres"]}
    calm = next(mood for mood in get_moods(server, TITLES[0]) if mood["name"] == "calm")
    assert [(place["start_s"], place["end_s"]) for place in calm["places"]] == [(0.0, 90.0)]


def get_moods(server: RunningServer, title: str) -> list[dict[str, Any]]:
    moods: list[dict[str, Any]] = get(server, f"/api/tracks/{id_of(server, title)}/sound")["moods"]
    return moods


def test_keys_have_names_and_runners_up(server: RunningServer) -> None:
    sound = get(server, f"/api/tracks/{id_of(server, TITLES[0])}/sound")
    assert sound["key"] == {"name": "A minor", "confidence": 0.6, "other": "C major"}


def test_what_is_not_analysed_says_so(server: RunningServer) -> None:
    track_id = id_of(server, UNHEARD)
    sound = get(server, f"/api/tracks/{track_id}/sound")
    assert sound["analysed"] is False
    assert sound["segments"] == []
    assert get(server, f"/api/tracks/{track_id}/similar") == {"analysed": False, "tracks": []}


def test_similar_recordings_come_with_why(server: RunningServer) -> None:
    track_id = id_of(server, TITLES[1])
    found = get(server, f"/api/tracks/{track_id}/similar")
    assert found["tracks"][0]["track"]["title"] == TITLES[2]
    assert found["tracks"][0]["reasons"]
    calmer = get(server, f"/api/tracks/{track_id}/similar", but="calmer, slower")
    titles = {one["track"]["title"] for one in calmer["tracks"]}
    assert titles == {TITLES[0], TITLES[2]}
    assert all("calmer" in one["reasons"] for one in calmer["tracks"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/tracks/999999/sound", 404),
        ("/api/tracks/999999/similar", 404),
        ("/api/tracks/1/similar?but=purple", 400),
        ("/api/sound/map?limit=0", 422),
        ("/api/sound/map?valence_to=7", 422),
        ("/api/sound/map?arousal_from=nan", 422),
    ],
)
def test_strange_requests_are_refused(server: RunningServer, path: str, status: int) -> None:
    with server.client() as client:
        answer = client.get(path)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]
