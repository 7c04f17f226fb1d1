"""Letting another server hear: what is sent, what is made of its answers, and its bad days."""

import asyncio
import io
import wave
from typing import Any

import numpy as np
import pytest

from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import HearingBusy, HearingFailed, UnusableAudio
from voice.stt.openai_transcription import OpenAITranscriber
from voice.stt.transcriber import Transcript, Urgency
from voice_stt_stub import Answers, StubEars, heard, open_ears

pytestmark = pytest.mark.integration


def _tone(seconds: float = 1.0) -> Samples:
    time_s = np.arange(round(seconds * HEARING_RATE_HZ)) / HEARING_RATE_HZ
    return (0.5 * np.sin(2 * np.pi * 220 * time_s)).astype(np.float32)


async def _ask(stub: StubEars, samples: Samples | None = None, **options: Any) -> Transcript:
    transcriber = OpenAITranscriber(stub.url, timeout_s=options.pop("timeout_s", 5.0))
    try:
        return await transcriber.transcribe(_tone() if samples is None else samples, **options)
    finally:
        await transcriber.close()


async def test_a_request_is_sent_as_openais_clients_do_and_its_answer_understood() -> None:
    async with open_ears(heard(" Play  Take Five. ")) as stub:
        transcriber = OpenAITranscriber(stub.url + "/", model="whisper-1", api_key="secret")
        transcript = await transcriber.transcribe(_tone(), language="en", prompt="Take Five")
        await transcriber.close()
    assert (transcript.text, transcript.language) == ("Play Take Five.", "en")
    assert transcript.confidence == pytest.approx(np.exp(-0.1))
    assert (transcript.no_speech, transcript.audio_s) == (0.02, 1.0)
    assert transcriber.name == "whisper-1 at 127.0.0.1"
    (asked,) = stub.asked
    assert asked.key == "Bearer secret"
    assert asked.fields == {
        "model": "whisper-1",
        "response_format": "verbose_json",
        "temperature": "0",
        "language": "en",
        "prompt": "Take Five",
    }
    with wave.open(io.BytesIO(asked.sound)) as file:
        assert (file.getframerate(), file.getnchannels()) == (HEARING_RATE_HZ, 1)
        sent = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_767
    assert np.abs(sent - _tone()).max() < 1e-4


async def test_of_a_long_sound_the_last_half_minute_is_sent() -> None:
    async with open_ears(heard("yes")) as stub:
        transcript = await _ask(stub, np.concatenate([_tone(5), np.zeros(480_000, np.float32)]))
    with wave.open(io.BytesIO(stub.asked[0].sound)) as file:
        assert file.getnframes() == 30 * HEARING_RATE_HZ
        assert not any(file.readframes(file.getnframes()))
    assert transcript.text == "yes"


async def test_a_server_without_probabilities_is_asked_plainly_from_then_on() -> None:
    refusal = Answers({"error": {"message": "response_format is not compatible"}}, 400)
    async with open_ears(refusal, Answers({"text": "pause"}), Answers({"text": "go on"})) as stub:
        transcriber = OpenAITranscriber(stub.url)
        said = [(await transcriber.transcribe(_tone(), language="en")).text for _ in range(2)]
        await transcriber.close()
    assert said == ["pause", "go on"]
    formats = [asked.fields["response_format"] for asked in stub.asked]
    assert formats == ["verbose_json", "json", "json"]


async def test_a_busy_server_is_asked_once_more_and_then_it_is_said() -> None:
    busy = Answers({}, 429, {"retry-after": "0.01"})
    async with open_ears(busy, heard("next"), busy, busy) as stub:
        assert (await _ask(stub)).text == "next"
        with pytest.raises(HearingBusy, match="too much to do"):
            await _ask(stub)
    assert len(stub.asked) == 4


async def test_nobody_waits_a_minute_for_a_busy_server() -> None:
    async with open_ears(Answers({}, 503, {"retry-after": "60"})) as stub:
        with pytest.raises(HearingBusy):
            await _ask(stub)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answers({}, 401), "does not accept the key in voice.stt_api_key"),
        (Answers({}, 404), "knows no such address or model; see voice.stt_base_url"),
        (Answers({"error": {"message": "out of\ncoffee"}}, 500), "answers 500: out of coffee"),
        (Answers(b"<html>", 500), "answers 500: no reason given"),
        (Answers(b"", 302, {"location": "http://127.0.0.1:1/"}), "answers 302"),
        (Answers(b"<html>"), "something else than a transcript"),
        (Answers({"text": 3}), "something else than a transcript"),
        (Answers(b"[" * 100_000), "something else than a transcript"),
        (Answers(b"x" * 2_000_000), "more than a transcript"),
        (Answers({"text": "late"}, after_s=1.0), "no transcript within 0.3 s"),
    ],
)
async def test_a_bad_answer_is_a_plain_failure(answer: Answers, why: str) -> None:
    async with open_ears(answer) as stub:
        with pytest.raises(HearingFailed, match=why):
            await _ask(stub, timeout_s=0.3)


async def test_lies_in_an_answer_do_no_harm() -> None:
    lies = {
        "text": "stop",
        "language": "Klingon; DROP TABLE",
        "segments": [{"avg_logprob": 700, "no_speech_prob": "much"}, 7, {"avg_logprob": None}],
    }
    async with open_ears(Answers(lies)) as stub:
        transcript = await _ask(stub)
    assert (transcript.text, transcript.language) == ("stop", "")
    assert (transcript.confidence, transcript.no_speech) == (1.0, 0.0)


async def test_nobody_there_is_a_plain_failure() -> None:
    async with open_ears() as stub:
        pass
    with pytest.raises(HearingFailed, match=r"127\.0\.0\.1 cannot be reached"):
        await _ask(stub)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "localhost:8000/v1", "", "http://"])
async def test_only_http_addresses_are_taken(address: str) -> None:
    with pytest.raises(HearingFailed, match="no HTTP address"):
        OpenAITranscriber(address)


async def test_partial_transcripts_are_asked_for_only_by_wish() -> None:
    async with open_ears(heard("play")) as stub:
        plain, eager = (OpenAITranscriber(stub.url, partials=wish) for wish in (False, True))
        with pytest.raises(HearingBusy):
            await plain.transcribe(_tone(), urgency=Urgency.PARTIAL)
        assert (await eager.transcribe(_tone(), urgency=Urgency.PARTIAL)).text == "play"
        await plain.close()
        await eager.close()


async def test_nothing_and_broken_sound_are_not_sent() -> None:
    async with open_ears() as stub:
        assert (await _ask(stub, _tone(0.05))).text == ""
        with pytest.raises(UnusableAudio):
            await _ask(stub, np.full(HEARING_RATE_HZ, np.nan, np.float32))
    assert stub.asked == []


async def test_so_many_at_once_and_the_others_wait() -> None:
    slow = [Answers({"text": str(number)}, after_s=0.05) for number in range(6)]
    async with open_ears(*slow) as stub:
        transcriber = OpenAITranscriber(stub.url, at_once=2)
        asking = (transcriber.transcribe(_tone(0.2), who=str(number)) for number in range(6))
        answers = await asyncio.gather(*asking)
        await transcriber.close()
    assert sorted(answer.text for answer in answers) == list("012345")
    assert stub.most_at_once == 2


async def test_who_gives_up_frees_the_slot_and_closing_refuses_the_rest() -> None:
    async with open_ears(Answers({}, after_s=30), heard("next"), Answers({}, after_s=30)) as stub:
        transcriber = OpenAITranscriber(stub.url, at_once=1)
        impatient = asyncio.create_task(transcriber.transcribe(_tone()))
        await stub.asked_times(1)
        impatient.cancel()
        assert (await transcriber.transcribe(_tone())).text == "next"
        waiting = asyncio.create_task(transcriber.transcribe(_tone()))
        await stub.asked_times(3)
        await transcriber.close()
        with pytest.raises(HearingFailed, match="closed"):
            await waiting
        with pytest.raises(HearingFailed, match="closed"):
            await transcriber.transcribe(_tone())
