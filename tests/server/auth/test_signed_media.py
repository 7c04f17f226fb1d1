"""Signed addresses of sound at the door of a real server, for players that send no headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.people.current import HOUSEHOLD
from player_fake import FakePlayer
from server.settings import load_settings
from server_library import add_tracks
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns

pytestmark = pytest.mark.integration


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[RunningServer]:
    flags = {"server": {"token": "a-token-of-good-length"}, "library": {"watch": False}}
    settings = load_settings(tmp_path / "data", flags)
    add_tracks(settings)
    with running_server(settings, turns=ScriptedTurns(), players=(FakePlayer(),)) as running:
        yield running


def test_a_signed_address_opens_one_recording_and_nothing_else(locked: RunningServer) -> None:
    tracks = locked.services.catalog.list_tracks(limit=2)[0]
    path, other = (f"/api/tracks/{track.id}/audio" for track in tracks)
    signed = locked.services.signed_urls.sign(path, valid_s=60, person=HOUSEHOLD)
    query = signed.partition("?")[2]
    with locked.client() as client:
        assert client.get(signed).status_code == 200
        part = client.get(signed, headers={"Range": "bytes=0-9"})
        assert (part.status_code, len(part.content)) == (206, 10)
        assert client.head(signed).status_code == 200
        assert client.get(f"{other}?{query}").status_code == 401
        assert client.get(f"/api/library?{query}").status_code == 401
        assert client.post(f"/api/queue/clear?{query}").status_code == 401


def test_an_address_is_worth_nothing_after_its_time(locked: RunningServer) -> None:
    track = locked.services.catalog.list_tracks(limit=1)[0][0]
    path = f"/api/tracks/{track.id}/audio"
    with locked.client() as client:
        late = locked.services.signed_urls.sign(path, valid_s=-1, person=HOUSEHOLD)
        assert client.get(late).status_code == 401


def test_an_address_is_worth_nothing_once_its_person_is_gone(locked: RunningServer) -> None:
    services = locked.services
    track = services.catalog.list_tracks(limit=1)[0][0]
    anna = services.accounts.add("Anna")
    path = f"/api/tracks/{track.id}/audio"
    signed = services.signed_urls.sign(path, valid_s=60, person=anna.id)
    with locked.client() as client:
        assert client.get(signed).status_code == 200
        services.accounts.remove(anna.id)
        assert client.get(signed).status_code == 401


def test_the_key_is_kept_and_for_its_owner_alone(locked: RunningServer) -> None:
    key = locked.services.settings.key_file
    assert key.stat().st_mode & 0o777 == 0o600
