"""The clients of others: the bridges of the package wyoming, and wyoming-bench."""

import io
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from server_running import RunningServer
from voice_speech import ScriptedTranscriber, fake_speech, tone, wav
from wyoming_house import (
    REAL_AGENT,
    playing,
    until,
    with_a_long_song,
    wyoming_server,
    wyoming_settings,
)
from wyoming_peers import bridge

pytestmark = pytest.mark.integration

SPOKEN = np.concatenate([np.zeros(4_000, np.float32), tone(1.2), np.zeros(8_000, np.float32)])
_BENCH_S = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with the real agent and a player that decodes but sounds nowhere."""
    settings = with_a_long_song(wyoming_settings(tmp_path_factory.mktemp("data")))
    speech = fake_speech(settings, ScriptedTranscriber("Play Still Water."))
    with wyoming_server(settings, turns=REAL_AGENT, players=None, speech=speech) as running:
        yield running


@pytest.fixture
def port(server: RunningServer) -> int:
    return server.services.settings.wyoming.port


async def test_a_spoken_request_leads_to_music(server: RunningServer, port: int) -> None:
    """Through three programs that are not ours: speech, conversation, speech."""
    async with httpx.AsyncClient(timeout=60) as http:
        with bridge("asr", port) as asr:
            heard = await http.post(f"{asr}/api/speech-to-text", content=wav(SPOKEN))
        assert heard.json() == {"text": "Play Still Water.", "language": "en"}
        with bridge("intent", port) as intent:
            query = {"text": heard.json()["text"]}
            done = (await http.get(f"{intent}/api/recognize-intent", params=query)).json()
        assert (done["success"], done["type"]) == (True, "handled")
        assert "Still Water" in done["result"]["text"]
        await until(lambda: playing(server) == "Still Water")
        with bridge("tts", port) as tts:
            query = {"text": done["result"]["text"]}
            spoken = await http.get(f"{tts}/api/text-to-speech", params=query)
    with wave.open(io.BytesIO(spoken.content)) as sound:
        assert (sound.getframerate(), sound.getsampwidth(), sound.getnchannels()) == (24_000, 2, 1)
        assert sound.getnframes() > 24_000


async def test_what_is_not_there_is_said_and_not_played(server: RunningServer, port: int) -> None:
    async with httpx.AsyncClient(timeout=60) as http:
        with bridge("intent", port) as intent:
            url = f"{intent}/api/recognize-intent"
            await http.get(url, params={"text": "stop"})
            await until(lambda: playing(server) == "")
            done = (await http.get(url, params={"text": "play Bohemian Rhapsody"})).json()
    assert done["type"] == "handled"
    assert "playing" not in done["result"]["text"].lower().split()
    assert playing(server) == ""


def test_wyoming_bench_reads_what_we_say_of_ourselves(port: int) -> None:
    said = _bench("info", f"127.0.0.1:{port}")
    assert "asr  Refrain (transcript streaming)" in said
    assert "tts  Refrain" in said
    assert "handle" in said


def test_wyoming_bench_measures_speech_both_ways(port: int) -> None:
    text = "Playing Still Water. It is a quiet song."
    said = _bench(
        *("tts", "--mode", "both", "--rounds", "2", "--warmup", "0", "--no-unique"),
        *(f"127.0.0.1:{port}", "--texts", text),
    )
    for way in ("non_streaming", "streaming"):
        assert f"[{way}] ok=2 fail=0" in said


def _bench(*arguments: str) -> str:
    program = Path(sys.executable).with_name("wyoming-bench")
    assert program.exists(), "the development environment holds it"
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, timeout=_BENCH_S, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
