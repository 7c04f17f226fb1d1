"""A server that hears what the test tells it to, and answers with beeps."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from player_fake import FakePlayer
from server.settings import Settings, load_settings
from server_library import add_tracks
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns
from voice_speech import ScriptedTranscriber, fake_speech
from voice_synthesizer import BeepSynthesizer


@pytest.fixture
def talking_settings(tmp_path: Path) -> Settings:
    made = load_settings(tmp_path / "data", {"library": {"watch": False}})
    add_tracks(made)
    return made


@pytest.fixture
def ears() -> ScriptedTranscriber:
    return ScriptedTranscriber("Play something calm.")


@pytest.fixture
def mouth() -> BeepSynthesizer:
    return BeepSynthesizer()


@pytest.fixture
def talking(
    talking_settings: Settings,
    ears: ScriptedTranscriber,
    mouth: BeepSynthesizer,
    turns: ScriptedTurns,
    player: FakePlayer,
) -> Iterator[RunningServer]:
    """A running server that can be talked to, without any model."""
    speech = fake_speech(talking_settings, ears, mouth)
    with running_server(talking_settings, turns=turns, players=(player,), speech=speech) as running:
        yield running
