"""The statistics over HTTP."""

from datetime import UTC, datetime

import pytest

from knowledge.models import PlayEventKind
from server.settings import Settings
from server_library import add_tracks
from server_running import RunningServer

pytestmark = pytest.mark.integration


def test_a_range_of_days_is_answered(settings: Settings, server: RunningServer) -> None:
    first, *_ = add_tracks(settings)
    at = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
    server.services.history.record(PlayEventKind.PLAY, first, at=at, played_s=90.0)
    with server.client() as client:
        answer = client.get(
            "/api/statistics", params={"from": "2026-03-02", "to": "2026-03-08", "zone": "UTC"}
        ).json()
    assert answer["days"] == [{"day": "2026-03-02", "seconds": 90.0, "imported_s": 0.0, "plays": 1}]
    assert len(answer["week"]) == 168
    assert answer["week"][12] == 90.0
    assert answer["favourites"]["tracks"][0]["id"] == first
    assert answer["totals"]["skipped_share"] == 0.0


@pytest.mark.parametrize(
    "query",
    ["from=2026-03-08&to=2026-03-02", "from=1066-10-14", "to=9999-01-01", "from=yesterday"],
)
def test_a_range_that_makes_no_sense_is_refused(server: RunningServer, query: str) -> None:
    with server.client() as client:
        answer = client.get(f"/api/statistics?{query}")
    assert answer.status_code in {400, 422}
    assert answer.json()["error"]["message"]


def test_an_unknown_zone_is_the_servers_own(server: RunningServer) -> None:
    with server.client() as client:
        answer = client.get("/api/statistics", params={"zone": "../../etc/passwd"})
    assert answer.status_code == 200
    assert answer.json()["days"] == []
