"""Servers for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from player_fake import FakePlayer
from server.settings import Settings, load_settings
from server_library import add_tracks
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with five recordings, which does not watch its folders."""
    made = load_settings(
        tmp_path / "data", {"library": {"watch": False}, "voice": {"enabled": False}}
    )
    add_tracks(made)
    return made


@pytest.fixture
def turns() -> ScriptedTurns:
    return ScriptedTurns()


@pytest.fixture
def player() -> FakePlayer:
    return FakePlayer()


@pytest.fixture
def server(settings: Settings, turns: ScriptedTurns, player: FakePlayer) -> Iterator[RunningServer]:
    """A running server with a scripted agent and a fake player."""
    with running_server(settings, turns=turns, players=(player,)) as running:
        yield running


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One server for all tests of a file; only for tests that leave it as they found it."""
    made = load_settings(
        tmp_path_factory.mktemp("data"), {"library": {"watch": False}, "voice": {"enabled": False}}
    )
    add_tracks(made)
    with running_server(made, turns=ScriptedTurns(), players=(FakePlayer(),)) as running:
        yield running
