"""What Prometheus reads."""

import re

import pytest
from openai import AsyncOpenAI
from prometheus_client.parser import text_string_to_metric_families

from server_running import RunningServer
from voice.timing import Stage, TurnTiming
from voice_speech import tone, wav

pytestmark = pytest.mark.integration


def samples(server: RunningServer) -> dict[str, float]:
    with server.client() as client:
        answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        one.name
        + "".join(f" {key}={value}" for key, value in sorted(one.labels.items())): one.value
        for family in text_string_to_metric_families(answer.text)
        for one in family.samples
    }


async def test_turns_and_their_stages_are_counted(server: RunningServer) -> None:
    timing = TurnTiming(clock=lambda: 0.0)
    timing.mark(Stage.SPEECH_END, at=10.0)
    timing.mark(Stage.TRANSCRIPT, at=10.15)
    timing.mark(Stage.FIRST_AUDIO, at=10.4)
    server.services.speech.turn_over(timing)
    found = samples(server)
    assert found["refrain_voice_turns_total outcome=answered"] == 1
    assert found["refrain_voice_turns_total outcome=failed"] == 0
    assert found["refrain_voice_stage_seconds_sum stage=first_audio"] == pytest.approx(0.4)
    assert found["refrain_voice_stage_seconds_bucket le=0.2 stage=transcript"] == 1
    assert found["refrain_voice_stage_seconds_count stage=tool"] == 0


async def test_nothing_that_was_said_is_shown(server: RunningServer, client: AsyncOpenAI) -> None:
    await client.audio.transcriptions.create(
        model="whisper-1", file=("brubeck.wav", wav(tone(2.0))), prompt="Desmond"
    )
    found = samples(server)
    assert found["refrain_heard_seconds_total"] == 2.0
    assert found["refrain_transcription_seconds_count urgency=final"] == 1
    assert found["refrain_voice_waiting"] == 0
    assert found["refrain_voice_sessions"] == 0
    assert found["refrain_connections"] == 0
    assert not re.search(r"(?i)take five|brubeck|desmond", "\n".join(found))
