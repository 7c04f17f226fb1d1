"""Text to spoken sound, asked for by OpenAI's own client."""

import base64
import io
import wave

import av
import numpy as np
import pytest
from openai import APIStatusError, AsyncOpenAI

from server.settings import Settings
from server_running import RunningServer, running_server
from voice.audio import SPEAKING_RATE_HZ
from voice.errors import SpeakingFailed
from voice_speech import fake_speech
from voice_synthesizer import BeepSynthesizer

pytestmark = pytest.mark.integration
TEXT = "Playing Take Five. Anything else?"


def decoded_s(data: bytes) -> float:
    with av.open(io.BytesIO(data), "r") as container:
        return sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))


async def test_pcm_is_24_khz_and_comes_clause_by_clause(
    client: AsyncOpenAI, mouth: BeepSynthesizer
) -> None:
    asked = client.audio.speech.with_streaming_response.create(
        model="tts-1", voice="alloy", input=TEXT, response_format="pcm"
    )
    async with asked as answer:
        assert answer.headers["content-type"] == "audio/pcm;rate=24000"
        data = b"".join([piece async for piece in answer.iter_bytes()])
    samples = np.frombuffer(data, "<i2")
    assert len(mouth.said) >= 2
    assert len(samples) / SPEAKING_RATE_HZ == pytest.approx(len(TEXT) * 0.05, abs=0.8)
    assert np.abs(samples).max() > 8_000


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("mp3", "audio/mpeg"),
        ("opus", "audio/ogg"),
        ("aac", "audio/aac"),
        ("flac", "audio/flac"),
        ("wav", "audio/wav"),
    ],
)
async def test_every_format_is_whole(client: AsyncOpenAI, name: str, media: str) -> None:
    answer = await client.audio.speech.create(
        model="tts-1",
        voice="nova",
        input=TEXT,
        response_format=name,  # type: ignore[arg-type]
    )
    assert answer.response.headers["content-type"] == media
    assert decoded_s(answer.content) == pytest.approx(len(TEXT) * 0.05, abs=0.8)


async def test_a_wav_is_read_by_simple_programs(client: AsyncOpenAI) -> None:
    answer = await client.audio.speech.create(
        model="tts-1", voice="alloy", input=TEXT, response_format="wav"
    )
    with wave.open(io.BytesIO(answer.content)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
        assert len(file.readframes(file.getnframes())) == len(answer.content) - 44


async def test_faster_is_shorter(client: AsyncOpenAI) -> None:
    lengths = []
    for speed in (1.0, 2.0, 4.0):
        answer = await client.audio.speech.create(
            model="tts-1", voice="alloy", input=TEXT, response_format="pcm", speed=speed
        )
        lengths.append(len(answer.content))
    assert lengths[1] < 0.7 * lengths[0]
    assert lengths[2] == lengths[1]  # twice its own speed is the fastest


async def test_it_comes_as_events_too(server: RunningServer) -> None:
    wanted = {"model": "tts-1", "voice": {"id": "any"}, "input": TEXT, "stream_format": "sse"}
    with server.client() as client:
        answer = client.post("/v1/audio/speech", json=wanted | {"response_format": "pcm"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert '"type":"speech.audio.done"' in answer.text
    first = answer.text.partition('"audio":"')[2].partition('"')[0]
    assert len(base64.b64decode(first)) > 1_000


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"input": ""}, 422),
        ({"input": "x" * 5_000}, 422),
        ({"input": "🎵"}, 400),
        ({"speed": 9}, 422),
        ({"response_format": "midi"}, 422),
        ({"model": "dall-e-3"}, 404),
    ],
)
async def test_what_makes_no_sense_is_refused(
    server: RunningServer, changes: dict[str, object], status: int
) -> None:
    wanted = {"model": "tts-1", "voice": "alloy", "input": TEXT} | changes
    with server.client() as client:
        answer = client.post("/v1/audio/speech", json=wanted)
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]["type"] == "invalid_request_error"


async def test_a_voice_that_breaks_at_once_is_a_clear_error(settings: Settings) -> None:
    speech = fake_speech(settings, synthesizer=BeepSynthesizer(fails_at=0))
    with running_server(settings, speech=speech) as server:
        async with AsyncOpenAI(api_key="any", base_url=f"{server.url}/v1", max_retries=0) as client:
            with pytest.raises(APIStatusError) as caught:
                await client.audio.speech.create(model="tts-1", voice="alloy", input=TEXT)
    assert caught.value.status_code == 502
    assert caught.value.code == SpeakingFailed.code


async def test_without_a_voice_the_next_step_is_told(settings: Settings) -> None:
    voice = settings.voice.model_copy(update={"synthesizer": "none"})
    silent = settings.model_copy(update={"voice": voice})
    with running_server(silent, speech=fake_speech(silent)) as server, server.client() as client:
        answer = client.post("/v1/audio/speech", json={"model": "tts-1", "input": TEXT})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "voice_off"
