"""Called, asked and answered with the real models: wake word, recogniser and voice."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np
import pytest

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.playlists import Playlists
from server.settings import Settings
from server.voice.repairing import names_repaired
from server.voice.speech import Speech
from server_running import RunningServer
from voice_called import called, quiet
from voice_models import model_file, said, whisper_weights
from voice_speech import wav
from wyoming_house import (
    REAL_AGENT,
    free_port,
    playing,
    until,
    with_a_long_song,
    wyoming_server,
    wyoming_settings,
)
from wyoming_peers import bridge, real_satellite

pytestmark = pytest.mark.model


def _settings(folder: Path, **wyoming: object) -> Settings:
    model_file("silero-vad", "silero_vad_16k.onnx")
    models = whisper_weights().parents[1]
    made = with_a_long_song(wyoming_settings(folder, **wyoming))
    return made.model_copy(update={"models": models})


@contextmanager
def _speech(settings: Settings) -> Iterator[Speech]:
    """Ears that know the names in the library, as those of a server do."""
    database = Database.at(settings.database_path)
    try:
        catalog = Catalog(database, settings.covers)
        yield Speech(settings, repair=names_repaired(catalog, Playlists(database, catalog)))
    finally:
        database.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    settings = _settings(tmp_path_factory.mktemp("data"))
    with (
        _speech(settings) as speech,
        wyoming_server(settings, turns=REAL_AGENT, players=None, speech=speech) as running,
    ):
        yield running


async def test_what_our_voice_says_our_ears_understand(server: RunningServer) -> None:
    port = server.services.settings.wyoming.port
    async with httpx.AsyncClient(timeout=120) as http:
        with bridge("tts", port) as tts, bridge("asr", port) as asr:
            query = {"text": "Turn the volume down a little."}
            spoken = await http.get(f"{tts}/api/text-to-speech", params=query)
            url = f"{asr}/api/speech-to-text?language=en"
            heard = await http.post(url, content=spoken.content)
    assert heard.json()["text"].lower().rstrip(".!") == "turn the volume down a little"


async def test_somebody_calls_and_asks_for_music(tmp_path: Path) -> None:
    """Nothing is heard before "Hey Jarvis"; then a request leads to music."""
    port = free_port()
    kitchen = {"name": "kitchen", "uri": f"tcp://127.0.0.1:{port}", "wake_word": "hey_jarvis"}
    settings = _settings(tmp_path / "data", satellites=[kitchen])
    sound = np.concatenate(
        [
            *(quiet(1.0), said("Play night train."), quiet(1.5)),
            *(
                called("Hey Jarvis.", before_s=0.2, after_s=0.4),
                said("Play still water."),
                quiet(20),
            ),
        ]
    )
    microphone = tmp_path / "microphone.wav"
    microphone.write_bytes(wav(sound))
    with (
        _speech(settings) as speech,
        wyoming_server(settings, turns=REAL_AGENT, players=None, speech=speech) as server,
    ):
        # The recogniser is warm before anybody calls.
        await until(lambda: server.services.speech.message()["state"] == "ready", seconds=90)
        with real_satellite(tmp_path, port, microphone) as speaker:
            await until(lambda: playing(server) == "Still Water", seconds=60)
            await until(lambda: speaker.exists() and speaker.stat().st_size > 22_050)
