"""The real models: what our voice says is what our ears hear, through OpenAI's own client."""

import asyncio
from collections.abc import Iterator

import pytest
from openai import AsyncOpenAI

from player_fake import FakePlayer
from server.settings import Settings, load_settings
from server.voice.speech import Speech
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns
from voice.stt.transcriber import Transcript
from voice_models import model_file, said, whisper_weights

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    model_file("silero-vad", "silero_vad_16k.onnx")
    shared = whisper_weights().parents[1]
    folder = tmp_path_factory.mktemp("data")
    return load_settings(folder, {"library": {"watch": False}, "models": shared})


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[RunningServer]:
    speech, players = Speech(settings), (FakePlayer(),)
    with running_server(settings, turns=ScriptedTurns(), players=players, speech=speech) as running:
        yield running


@pytest.mark.parametrize("kind", ["wav", "opus"])
async def test_what_is_spoken_is_understood(server: RunningServer, kind: str) -> None:
    async with AsyncOpenAI(api_key="any", base_url=f"{server.url}/v1", timeout=120) as client:
        spoken = await client.audio.speech.create(
            model="tts-1",
            voice="alloy",
            input="Turn the volume down a little.",
            response_format=kind,  # type: ignore[arg-type]
        )
        heard = await client.audio.transcriptions.create(
            model="whisper-1", file=(f"said.{kind}", spoken.content)
        )
    assert heard.text.lower().rstrip(".") == "turn the volume down a little"


async def test_twenty_who_speak_at_once_are_all_served(server: RunningServer) -> None:
    speech = server.services.speech
    samples = said("Skip this song.")
    waiting: list[int] = []

    async def all_at_once() -> list[Transcript]:
        asked = [
            asyncio.create_task(speech.transcriber.transcribe(samples, who=f"s{number}"))
            for number in range(20)
        ]
        await asyncio.sleep(0)
        waiting.append(speech.message()["waiting"])
        return await asyncio.gather(*asked)

    running = asyncio.run_coroutine_threadsafe(all_at_once(), server.loop)
    heard = await asyncio.wrap_future(running)
    assert {one.text.lower().rstrip(".!") for one in heard} == {"skip this song"}
    assert waiting == [19]
    assert speech.message()["waiting"] == 0
