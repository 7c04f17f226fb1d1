"""The real wyoming-satellite: a microphone in, a speaker out, and music between them."""

from pathlib import Path

import numpy as np
import pytest

from voice.audio import Samples
from voice_speech import ScriptedTranscriber, babble, fake_speech, wav
from wyoming_house import (
    REAL_AGENT,
    free_port,
    playing,
    until,
    with_a_long_song,
    wyoming_server,
    wyoming_settings,
)
from wyoming_peers import real_satellite

pytestmark = pytest.mark.integration


async def test_somebody_asks_for_music_in_the_kitchen(tmp_path: Path) -> None:
    port = free_port()
    kitchen = {"name": "kitchen", "uri": f"tcp://127.0.0.1:{port}", "wake_word": ""}
    settings = with_a_long_song(wyoming_settings(tmp_path / "data", satellites=[kitchen]))
    ears = ScriptedTranscriber("Play Still Water.")
    sound = _file(tmp_path, _quiet(2), babble(1.5), _quiet(8))
    speech = fake_speech(settings, ears)
    with wyoming_server(settings, turns=REAL_AGENT, players=None, speech=speech) as server:
        with real_satellite(tmp_path, port, sound) as speaker:
            await until(lambda: server.services.playback.ducked)
            await until(lambda: playing(server) == "Still Water")
            await until(lambda: speaker.exists() and speaker.stat().st_size > 22_050)
            await until(lambda: not server.services.playback.ducked)
            seconds = _seconds(speaker)
        first = len(ears.heard)
        speaker.unlink()
        ears.texts[:] = ["Stop."]
        with real_satellite(tmp_path, port, sound):  # switched off and on again
            await until(lambda: len(ears.heard) > first)
            await until(lambda: playing(server) == "")
    assert 1.0 < seconds < 30.0


def _quiet(seconds: float) -> Samples:
    return np.zeros(round(seconds * 16_000), np.float32)


def _file(folder: Path, *parts: Samples) -> Path:
    path = folder / "microphone.wav"
    path.write_bytes(wav(np.concatenate(parts)))
    return path


def _seconds(speaker: Path) -> float:
    return speaker.stat().st_size / 2 / 22_050
