"""One server for all tests of a file: they leave nothing behind that the next one looks at."""

from collections.abc import Iterator

import pytest

from player_fake import Answer, FakePlayer
from server.settings import load_settings
from server_library import add_tracks
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns


@pytest.fixture(scope="module")
def shared_turns() -> ScriptedTurns:
    return ScriptedTurns()


@pytest.fixture(scope="module")
def shared_player() -> FakePlayer:
    return FakePlayer()


@pytest.fixture(scope="module")
def module_server(
    tmp_path_factory: pytest.TempPathFactory,
    shared_turns: ScriptedTurns,
    shared_player: FakePlayer,
) -> Iterator[RunningServer]:
    made = load_settings(tmp_path_factory.mktemp("data"), {"library": {"watch": False}})
    add_tracks(made)
    with running_server(made, turns=shared_turns, players=(shared_player,)) as running:
        yield running


@pytest.fixture
def server(module_server: RunningServer) -> RunningServer:
    return module_server


@pytest.fixture
def turns(shared_turns: ScriptedTurns) -> ScriptedTurns:
    shared_turns.heard.clear()
    return shared_turns


@pytest.fixture
def player(shared_player: FakePlayer) -> FakePlayer:
    shared_player.answer = Answer.CONFIRM
    shared_player.commands.clear()
    return shared_player
