"""Home Assistant asks us: with its own newest code, and as a whole."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import numpy as np
import pytest
from wyoming.info import Describe, Info

from server_running import RunningServer
from server_turns import ScriptedTurns
from voice_speech import ScriptedTranscriber, fake_speech, tone
from wyoming_home_assistant import (
    ConversationInput,
    Service,
    add_wyoming,
    conversation_entity,
    home_assistant,
    run_pipeline,
)
from wyoming_house import (
    REAL_AGENT,
    ask,
    playing,
    until,
    with_a_long_song,
    wyoming_server,
    wyoming_settings,
)

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def turns() -> ScriptedTurns:
    return ScriptedTurns()


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, turns: ScriptedTurns
) -> Iterator[RunningServer]:
    settings = wyoming_settings(tmp_path_factory.mktemp("data"))
    with wyoming_server(settings, turns=turns) as running:
        yield running


async def test_its_conversation_agent_talks_with_us(
    server: RunningServer, turns: ScriptedTurns
) -> None:
    """The code of 2026.2.3: speech when it was done, an error when not; one conversation."""
    [described] = await ask(server, Describe().event(), until="info")
    port = server.services.settings.wyoming.port
    service = Service("127.0.0.1", port, Info.from_event(described))
    with conversation_entity() as made:
        agent = made(SimpleNamespace(entry_id="entry"), service)
        assert "en" in agent.supported_languages
        first = await agent.async_process(ConversationInput("play still water"))
        again = ConversationInput("and the next", conversation_id=first.conversation_id)
        second = await agent.async_process(again)
        failed = await agent.async_process(ConversationInput("fail"))
    assert first.response.speech == second.response.speech == "Playing Still Water."
    assert first.conversation_id == second.conversation_id
    assert failed.response.error == ("failed_to_handle", "The model is away.")
    one, two, three = [session for session, _ in turns.heard]
    assert one == two != three


async def test_the_whole_of_home_assistant_runs_through_us(tmp_path: Path) -> None:
    settings = with_a_long_song(wyoming_settings(tmp_path / "data"))
    speech = fake_speech(settings, ScriptedTranscriber("Play Still Water."))
    with (
        home_assistant(tmp_path / "house") as house,
        wyoming_server(settings, turns=REAL_AGENT, players=None, speech=speech) as server,
    ):
        add_wyoming(house, settings.wyoming.port)
        sound = np.concatenate([np.zeros(8_000), tone(1.5), np.zeros(24_000)])
        events = await run_pipeline(house, (sound * 32_767).astype("<i2").tobytes())
        told = {event["type"]: event["data"] for event in events}
        assert told["stt-end"]["stt_output"]["text"] == "Play Still Water."
        said = told["intent-end"]["intent_output"]["response"]["speech"]["plain"]["speech"]
        assert "Still Water" in said
        await until(lambda: playing(server) == "Still Water")
        async with httpx.AsyncClient(base_url=house.url, timeout=60) as http:
            spoken = await http.get(told["tts-end"]["tts_output"]["url"])
        assert spoken.status_code == httpx.codes.OK
        assert len(spoken.content) > 5_000
