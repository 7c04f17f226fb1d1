"""A spoken turn with the real recogniser, the real detector of speech and the real voice."""

import asyncio
from collections.abc import Iterator

import numpy as np
import pytest

from player_fake import FakePlayer
from realtime_client import Heard, connected, speak
from realtime_turns import STORY, TalkativeTurns
from server.settings import load_settings
from server.voice.speech import Speech
from server_running import RunningServer, running_server
from voice.audio import HEARING_RATE_HZ, Samples
from voice.pcm import Resampler
from voice_models import model_file, said, whisper_weights

pytestmark = pytest.mark.model
QUIET = np.zeros(2 * HEARING_RATE_HZ, np.float32)


@pytest.fixture(scope="module")
def turns() -> TalkativeTurns:
    return TalkativeTurns()


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, turns: TalkativeTurns
) -> Iterator[RunningServer]:
    models = whisper_weights().parents[1]
    model_file("silero-vad", "silero_vad_16k.onnx")
    settings = load_settings(
        tmp_path_factory.mktemp("voices"), {"library": {"watch": False}, "models": str(models)}
    )
    speech = Speech(settings)
    with running_server(settings, turns=turns, players=(FakePlayer(),), speech=speech) as running:
        yield running


def understands(server: RunningServer, samples: Samples) -> str:
    """What the server's own recogniser makes of a sound."""
    transcribed = server.services.speech.transcriber.transcribe(samples, language="en")
    return asyncio.run_coroutine_threadsafe(transcribed, server.loop).result(60).text


async def test_words_go_in_and_come_out(server: RunningServer, turns: TalkativeTurns) -> None:
    async with connected(server, events="all") as connection:
        heard = Heard(connection)
        request = np.concatenate([QUIET[:8_000], said("Play something calm."), QUIET])
        await speak(connection, request, HEARING_RATE_HZ)
        done = await heard.until("response.done", 120)
        assert turns.heard[-1][1].casefold().strip(" .!") == "play something calm"
        assert done.response.output[-1].content[0].transcript == "Playing Still Water."
        resampler = Resampler(24_000, HEARING_RATE_HZ)
        answer = np.concatenate([resampler.feed(heard.sound()), resampler.finish()])
        understood = understands(server, answer)
        assert "still water" in understood.casefold()
        stages = heard.first("refrain.timing").stages
        assert {"speech_end", "endpoint", "transcript", "tool", "first_audio"} <= set(stages)


async def test_a_request_cuts_in_on_a_story(server: RunningServer, turns: TalkativeTurns) -> None:
    async with connected(server, events="all") as connection:
        heard = Heard(connection)
        request = np.concatenate([QUIET[:8_000], said("Tell me a story."), QUIET])
        await speak(connection, request, HEARING_RATE_HZ)
        await heard.until("response.output_audio.delta", 120)
        cut_in = np.concatenate([QUIET[:8_000], said("No, stop, play something else."), QUIET])
        await speak(connection, cut_in, HEARING_RATE_HZ)
        first = await heard.until("response.done", 60)
        assert first.response.status == "cancelled"
        await heard.until("response.done", 60)
    text = turns.heard[-1][1].casefold()
    assert "something else" in text
    assert STORY.startswith(turns.amended[-1][1])
