"""A server that hears and speaks without models."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from openai import AsyncOpenAI

from player_fake import FakePlayer
from server.settings import Settings, load_settings
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns
from voice_speech import ScriptedTranscriber, fake_speech
from voice_synthesizer import BeepSynthesizer


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    voice = {"max_upload_mb": 2, "max_upload_s": 90}
    return load_settings(tmp_path / "data", {"library": {"watch": False}, "voice": voice})


@pytest.fixture
def ears() -> ScriptedTranscriber:
    return ScriptedTranscriber("Play Take Five.", "And some Brubeck after that.")


@pytest.fixture
def mouth() -> BeepSynthesizer:
    return BeepSynthesizer()


@pytest.fixture
def turns() -> ScriptedTurns:
    return ScriptedTurns()


@pytest.fixture
def server(
    settings: Settings, ears: ScriptedTranscriber, mouth: BeepSynthesizer, turns: ScriptedTurns
) -> Iterator[RunningServer]:
    speech = fake_speech(settings, ears, mouth)
    players = (FakePlayer(),)
    with running_server(settings, turns=turns, players=players, speech=speech) as running:
        yield running


@pytest.fixture
async def client(server: RunningServer) -> AsyncIterator[AsyncOpenAI]:
    """The stock client of OpenAI."""
    async with AsyncOpenAI(
        api_key="any", base_url=f"{server.url}/v1", max_retries=0, timeout=30
    ) as made:
        yield made
