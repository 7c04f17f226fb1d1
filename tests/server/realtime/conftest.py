"""A server that hears what the test tells it to, and answers with beeps."""

from collections.abc import Iterator

import pytest

from player_fake import FakePlayer
from realtime_talking import Talking
from realtime_turns import TalkativeTurns
from server.settings import load_settings
from server_library import add_tracks
from server_running import running_server
from voice_speech import ScriptedTranscriber, fake_speech
from voice_synthesizer import BeepSynthesizer


@pytest.fixture(scope="module")
def shared_talking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talking]:
    """One server for all tests of a file."""
    settings = load_settings(
        tmp_path_factory.mktemp("talking"),
        {"library": {"watch": False}, "voice": {"max_sessions": 4, "idle_timeout_s": 65}},
    )
    add_tracks(settings)
    ears, mouth, turns, player = (
        ScriptedTranscriber(),
        BeepSynthesizer(),
        TalkativeTurns(),
        FakePlayer(),
    )
    speech = fake_speech(settings, ears, mouth)
    with running_server(settings, turns=turns, players=(player,), speech=speech) as running:
        yield Talking(running, ears, mouth, turns, player)


@pytest.fixture
def talking(shared_talking: Talking) -> Talking:
    """The shared server, which hears a request for music unless told otherwise."""
    shared_talking.will_hear("Play something calm.")
    shared_talking.turns.heard.clear()
    shared_talking.turns.amended.clear()
    shared_talking.mouth.said.clear()
    return shared_talking
