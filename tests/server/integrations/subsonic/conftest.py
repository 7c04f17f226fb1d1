"""A server with two people, and an app password for each."""

from collections.abc import Iterator

import pytest
from libopensonic import Connection

from player_fake import FakePlayer
from server.settings import load_settings
from server_library import add_tracks
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns
from subsonic_apps import App, app_of


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    made = load_settings(tmp_path_factory.mktemp("data"), {"library": {"watch": False}})
    add_tracks(made)
    with running_server(made, turns=ScriptedTurns(), players=(FakePlayer(),)) as running:
        yield running


@pytest.fixture(scope="module")
def ann(shared: RunningServer) -> App:
    return app_of(shared, "Ann")


@pytest.fixture(scope="module")
def bob(shared: RunningServer, ann: App) -> App:
    assert ann.name == "Ann"  # comes first: the first person is the administrator
    return app_of(shared, "Bob")


@pytest.fixture
def phone(ann: App) -> Iterator[Connection]:
    """Ann's app."""
    with ann.connection() as connection:
        yield connection
