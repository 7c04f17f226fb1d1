"""Recorded speech to text, asked for by OpenAI's own client."""

from collections.abc import Sequence

import numpy as np
import pytest
from openai import APIStatusError, AsyncOpenAI

from server_running import RunningServer
from voice_speech import ScriptedTranscriber, encoded, tone, wav, with_silences

pytestmark = pytest.mark.integration


async def test_a_recording_is_transcribed(client: AsyncOpenAI, ears: ScriptedTranscriber) -> None:
    answer = await client.audio.transcriptions.create(
        model="whisper-1", file=("said.wav", wav(tone(1.5))), language="en", prompt="Brubeck"
    )
    assert answer.text == "Play Take Five."
    assert answer.usage is not None
    assert answer.usage.type == "duration"
    assert answer.usage.seconds == 1.5
    samples, language, prompt, _, _ = ears.heard[0]
    assert (len(samples), language, prompt) == (24_000, "en", "Brubeck")


async def test_it_comes_as_text_and_in_detail_too(client: AsyncOpenAI) -> None:
    sound = wav(with_silences(20.0, 1.0, 20.0))
    detailed = await client.audio.transcriptions.create(
        model="whisper-1", file=("said.wav", sound), response_format="verbose_json"
    )
    assert detailed.text == "Play Take Five. And some Brubeck after that."
    assert (detailed.language, detailed.duration) == ("en", 41.0)
    assert detailed.segments is not None
    first, second = detailed.segments
    assert first.start == 0.0
    assert 20.0 < first.end == second.start < 21.0  # it is cut where nobody speaks
    assert second.end == 41.0
    assert first.avg_logprob == pytest.approx(-0.105, abs=0.01)
    text = await client.audio.transcriptions.create(
        model="whisper-1", file=("said.wav", sound), response_format="text"
    )
    assert text == "And some Brubeck after that. And some Brubeck after that.\n"


async def test_parts_are_told_when_they_are_understood(client: AsyncOpenAI) -> None:
    sound = wav(with_silences(20.0, 1.0, 20.0))
    events = [
        event
        async for event in await client.audio.transcriptions.create(
            model="gpt-4o-transcribe", file=("said.wav", sound), stream=True
        )
    ]
    assert [event.type for event in events] == [
        "transcript.text.delta",
        "transcript.text.delta",
        "transcript.text.done",
    ]
    last = events[-1]
    assert last.type == "transcript.text.done"
    deltas = [event.delta for event in events if event.type == "transcript.text.delta"]
    assert last.text == "".join(deltas) == "Play Take Five. And some Brubeck after that."


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("mp3", "libmp3lame"),
        ("ogg", "libopus"),
        ("mp4", "aac"),
        ("flac", "flac"),
        ("webm", "libopus"),
    ],
)
async def test_any_format_is_read(
    client: AsyncOpenAI, ears: ScriptedTranscriber, container: str, codec: str
) -> None:
    sound = encoded(tone(2.0), container, codec)
    answer = await client.audio.transcriptions.create(
        model="whisper-1", file=(f"said.{container}", sound)
    )
    assert answer.text == "Play Take Five."
    samples = ears.heard[0][0]
    assert len(samples) == pytest.approx(32_000, rel=0.1)
    spectrum = np.abs(np.fft.rfft(samples[4_000:20_000]))
    assert np.argmax(spectrum) == pytest.approx(220, abs=3)


async def test_silence_is_nothing(client: AsyncOpenAI, ears: ScriptedTranscriber) -> None:
    silent = wav(np.zeros(32_000, np.float32))
    answer = await client.audio.transcriptions.create(
        model="whisper-1", file=("silent.wav", silent)
    )
    assert answer.text == ""
    assert ears.heard == []


BROKEN: Sequence[tuple[str, bytes]] = [
    ("empty", b""),
    ("text", b"this is no sound at all" * 100),
    ("cut off", wav(tone(1.0))[:30]),
    ("lies about its length", wav(tone(1.0))[:40] + b"\xff\xff\xff\xff"),
    ("no channels", wav(tone(1.0))[:22] + b"\0\0" + wav(tone(1.0))[24:]),
    ("picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    ("playlist", b"#EXTM3U\nfile:///etc/passwd\n"),
]


@pytest.mark.parametrize(("what", "data"), BROKEN, ids=[what for what, _ in BROKEN])
async def test_what_is_no_sound_is_refused_in_plain_words(
    client: AsyncOpenAI, ears: ScriptedTranscriber, what: str, data: bytes
) -> None:
    with pytest.raises(APIStatusError) as caught:
        await client.audio.transcriptions.create(model="whisper-1", file=("said.wav", data))
    assert caught.value.status_code == 400
    body = caught.value.response.json()["error"]
    assert (body["code"], body["type"]) == ("unusable_audio", "invalid_request_error")
    assert "/" not in body["message"]
    assert ears.heard == []


async def test_what_is_too_long_or_too_large_is_refused(client: AsyncOpenAI) -> None:
    quiet = encoded(np.zeros(100 * 16_000, np.float32), "flac", "flac")
    with pytest.raises(APIStatusError) as caught:
        await client.audio.transcriptions.create(model="whisper-1", file=("long.flac", quiet))
    assert caught.value.status_code == 413
    assert "90 seconds" in caught.value.message
    with pytest.raises(APIStatusError) as caught:
        await client.audio.transcriptions.create(
            model="whisper-1", file=("a.wav", bytes(3_000_000))
        )
    assert caught.value.status_code == 413


async def test_what_cannot_be_asked_is_said(client: AsyncOpenAI) -> None:
    sound = wav(tone(1.0))
    with pytest.raises(APIStatusError) as caught:
        await client.audio.transcriptions.create(
            model="whisper-1", file=("a.wav", sound), response_format="srt"
        )
    assert caught.value.status_code == 422
    assert "response_format" in caught.value.message
    with pytest.raises(APIStatusError) as caught:
        await client.audio.transcriptions.create(
            model="whisper-1",
            file=("a.wav", sound),
            response_format="verbose_json",
            timestamp_granularities=["word"],
        )
    assert caught.value.status_code == 422
    with pytest.raises(APIStatusError) as caught:
        await client.audio.transcriptions.create(model="dall-e-3", file=("a.wav", sound))
    assert caught.value.status_code == 404


async def test_nothing_of_an_upload_stays(client: AsyncOpenAI, server: RunningServer) -> None:
    await client.audio.transcriptions.create(model="whisper-1", file=("a.wav", wav(tone(1.0))))
    incoming = server.services.settings.incoming
    assert not incoming.exists() or list(incoming.iterdir()) == []
