"""A running server whose recognition knows its answers beforehand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from player_fake import FakePlayer
from recognition_fake import FakeRecognition
from server.settings import Settings, load_settings
from server_library import add_tracks, first_track
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with five recordings; its own network may be fetched from."""
    flags = {
        "library": {"watch": False},
        "recognition": {"allowed_url_hosts": ["127.0.0.1"], "max_upload_mb": 2},
    }
    made = load_settings(tmp_path / "data", flags)
    add_tracks(made)
    return made


@pytest.fixture
def turns() -> ScriptedTurns:
    return ScriptedTurns()


@pytest.fixture
def known(settings: Settings) -> FakeRecognition:
    return FakeRecognition(lambda: first_track(settings))


@pytest.fixture
def server(
    settings: Settings, turns: ScriptedTurns, known: FakeRecognition
) -> Iterator[RunningServer]:
    with running_server(
        settings, turns=turns, players=(FakePlayer(),), recognition=known
    ) as running:
        yield running
