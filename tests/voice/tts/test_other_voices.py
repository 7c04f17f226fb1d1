"""Voices that are programs or servers of their own: what they are asked, and how they may fail."""

import asyncio
import io
import json
import os
import shutil
import sys
import wave
from pathlib import Path

import httpx
import numpy as np
import pytest

from voice.audio import SPEAKING_RATE_HZ
from voice.errors import ModelFileUnusable, SpeakingFailed
from voice.model_file import ModelFile
from voice.tts.espeak import EspeakSynthesizer
from voice.tts.hibari import HibariSynthesizer
from voice.tts.openai_speech import OpenaiSpeech
from voice.tts.piper import PiperSynthesizer
from voice.tts.process import run, sound_of_wav
from voice.tts.registry import Engine, VoiceChoice, make_synthesizer

_PIPER = """
import logging, os, sys, wave
logging.basicConfig(level=logging.INFO)
folder = sys.argv[sys.argv.index("--output-dir") + 1]
scale = float(sys.argv[sys.argv.index("--length-scale") + 1])
for number, line in enumerate(sys.stdin):
    if "die" in line:
        print("out of breath", file=sys.stderr)
        sys.exit(3)
    path = os.path.join(folder, f"{number}.wav")
    with wave.open(path, "wb") as file:
        file.setnchannels(1), file.setsampwidth(2), file.setframerate(22050)
        beep = (8000 * (1 - 2 * (i // 50 % 2)) for i in range(int(22050 * scale)))
        file.writeframes(b"".join(int(one).to_bytes(2, "little", signed=True) for one in beep))
    logging.info("Wrote %s", path)
"""


def _wav(seconds: float = 1.0, rate: int = 22_050) -> bytes:
    tone = 0.4 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((tone * 32_767).astype("<i2").tobytes())
    return buffer.getvalue()


def _pitch_hz(sound: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(spectrum.argmax()) * SPEAKING_RATE_HZ / len(sound)


@pytest.mark.unit
@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100])
def test_a_wav_of_any_rate_keeps_its_pitch_and_length(rate: int) -> None:
    sound = sound_of_wav(_wav(rate=rate), "test")
    assert len(sound) / SPEAKING_RATE_HZ == pytest.approx(1.0, abs=0.02)
    assert _pitch_hz(sound) == pytest.approx(440, abs=2)
    assert np.abs(sound).max() == pytest.approx(0.4, abs=0.02)


@pytest.mark.unit
@pytest.mark.parametrize("content", [b"", b"RIFF", b"not sound at all", _wav()[:30]])
def test_what_is_no_wav_is_refused(content: bytes) -> None:
    with pytest.raises(SpeakingFailed):
        sound_of_wav(content, "test")


@pytest.mark.unit
def test_a_wav_that_was_printed_without_its_length_is_read_whole() -> None:
    content = bytearray(_wav())
    place = content.index(b"data") + 4
    content[place : place + 4] = b"\xff\xff\xff\x7f"
    assert len(sound_of_wav(bytes(content), "test")) == len(sound_of_wav(_wav(), "test"))


@pytest.mark.integration
async def test_a_program_that_hangs_or_fails_or_is_missing_is_told() -> None:
    python = sys.executable
    with pytest.raises(SpeakingFailed, match="longer than"):
        await run([python, "-c", "import time; time.sleep(60)"], "", timeout_s=0.5, name="it")
    with pytest.raises(SpeakingFailed, match="exit code 7"):
        await run([python, "-c", "raise SystemExit(7)"], "x" * 200_000, timeout_s=30, name="it")
    with pytest.raises(SpeakingFailed, match="installed"):
        await run(["no-such-program-here"], "", timeout_s=5, name="it")


@pytest.mark.integration
async def test_a_program_that_never_stops_printing_is_ended() -> None:
    endless = "import sys\nwhile True: sys.stdout.buffer.write(bytes(1 << 16))"
    async with asyncio.timeout(60):
        with pytest.raises(SpeakingFailed, match="far too much"):
            await run([sys.executable, "-c", endless], "", timeout_s=30, name="it")


@pytest.mark.integration
async def test_espeak_speaks_many_languages() -> None:
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    voice = EspeakSynthesizer()
    english, german, fast = await asyncio.gather(
        voice.synthesize("Playing Take Five by Dave Brubeck."),
        voice.synthesize("Das nächste Lied.", language="de"),
        voice.synthesize("Playing Take Five by Dave Brubeck.", speed=2.0),
    )
    assert 1.0 < len(english) / SPEAKING_RATE_HZ < 4.0
    assert len(german) > 0
    assert len(fast) < 0.7 * len(english)
    for bad in ("--path=/etc", "../x", "en; rm"):
        with pytest.raises(SpeakingFailed):
            await voice.synthesize("Hello.", language=bad)


def _piper(tmp_path: Path) -> PiperSynthesizer:
    program, voice = tmp_path / "piper.py", tmp_path / "en_US-test.onnx"
    program.write_text(_PIPER)
    voice.write_bytes(b"weights")
    return PiperSynthesizer(voice, program=(sys.executable, str(program)))


@pytest.mark.integration
async def test_piper_stays_and_speaks_one_clause_after_another(tmp_path: Path) -> None:
    piper = _piper(tmp_path)
    sounds = await asyncio.gather(*(piper.synthesize(f"Clause {i}.") for i in range(3)))
    process = piper._process
    assert [round(len(sound) / SPEAKING_RATE_HZ, 1) for sound in sounds] == [1.0, 1.0, 1.0]
    slow = await piper.synthesize("Slower.", speed=0.5)
    assert len(slow) / SPEAKING_RATE_HZ == pytest.approx(2.0, abs=0.1)
    assert piper._process is not process
    assert len(await piper.synthesize("...")) == 0
    folder = piper._folder
    assert await asyncio.to_thread(os.listdir, folder) == []  # removed as soon as it is read
    await piper.close()
    assert not await asyncio.to_thread(os.path.exists, folder)
    with pytest.raises(SpeakingFailed):
        await piper.synthesize("Too late.")


@pytest.mark.integration
async def test_piper_that_dies_is_told_and_started_again(tmp_path: Path) -> None:
    piper = _piper(tmp_path)
    with pytest.raises(SpeakingFailed, match="out of breath"):
        await piper.synthesize("Please die.")
    assert len(await piper.synthesize("And live.")) > 0
    await piper.close()


@pytest.mark.unit
async def test_a_piper_voice_that_is_not_the_one_meant_is_not_loaded(tmp_path: Path) -> None:
    voice = tmp_path / "voice.onnx"
    voice.write_bytes(b"other")
    with pytest.raises(ModelFileUnusable):
        await PiperSynthesizer(ModelFile(voice, "0" * 64)).start()
    with pytest.raises(ModelFileUnusable):
        await PiperSynthesizer(tmp_path / "gone.onnx").start()


def _server(*answers: httpx.Response) -> tuple[OpenaiSpeech, list[httpx.Request]]:
    asked: list[httpx.Request] = []
    left = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return left.pop(0)

    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return OpenaiSpeech("http://voice.test/v1/", api_key="sk-1", client=client), asked


@pytest.mark.unit
async def test_a_speech_server_is_asked_as_openai_is() -> None:
    voice, asked = _server(
        httpx.Response(200, content=_wav(), headers={"content-type": "audio/wav"})
    )
    sound = await voice.synthesize("Hello.", speed=3.0)
    assert len(sound) / SPEAKING_RATE_HZ == pytest.approx(1.0, abs=0.02)
    assert str(asked[0].url) == "http://voice.test/v1/audio/speech"
    assert asked[0].headers["authorization"] == "Bearer sk-1"
    assert json.loads(asked[0].content) == {
        "model": "tts-1",
        "voice": "alloy",
        "input": "Hello.",
        "response_format": "wav",
        "speed": 2.0,
    }


@pytest.mark.unit
async def test_a_busy_speech_server_is_asked_once_more() -> None:
    voice, asked = _server(httpx.Response(503), httpx.Response(200, content=_wav()))
    assert len(await voice.synthesize("Hello.")) > 0
    assert len(asked) == 2


@pytest.mark.unit
@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401),
        httpx.Response(200, content=b"{}", headers={"content-type": "application/json"}),
        httpx.Response(200, content=b"RIFF" + b"\0" * 40),
        httpx.Response(302, headers={"location": "http://169.254.169.254/"}),
    ],
)
async def test_what_a_speech_server_answers_wrongly_is_told_without_the_key(
    answer: httpx.Response,
) -> None:
    voice, asked = _server(answer)
    with pytest.raises(SpeakingFailed) as caught:
        await voice.synthesize("Hello.")
    assert "sk-1" not in str(caught.value)
    assert len(asked) == 1


@pytest.mark.unit
async def test_a_speech_server_that_cannot_be_reached_is_told() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    client = httpx.AsyncClient(transport=httpx.MockTransport(refuse))
    with pytest.raises(SpeakingFailed, match="cannot be reached"):
        await OpenaiSpeech("http://voice.test/v1", client=client).start()


@pytest.mark.unit
def test_the_settings_choose_the_voice() -> None:
    file = ModelFile(Path("hibari.onnx"), "0" * 64)
    hibari = VoiceChoice(Engine.HIBARI, hibari=file, hibari_unknown_words=file)
    assert isinstance(make_synthesizer(hibari), HibariSynthesizer)
    assert make_synthesizer(VoiceChoice(Engine.ESPEAK, voice="en-gb")).name == "espeak-ng en-gb"
    assert make_synthesizer(VoiceChoice(Engine.PIPER, voice="a/joe.onnx")).name == "piper joe"
    server = VoiceChoice(Engine.OPENAI, base_url="http://voice.test/v1", api_key="sk-1")
    assert make_synthesizer(server).name == "tts-1 alloy"
    assert "sk-1" not in repr(server)
    for engine in (Engine.HIBARI, Engine.PIPER, Engine.OPENAI):
        with pytest.raises(ModelFileUnusable):
            make_synthesizer(VoiceChoice(engine))
