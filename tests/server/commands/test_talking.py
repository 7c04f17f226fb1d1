"""`refrain talk --wav` as a real process, with the real models and a small library."""

import json
import os
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path

import numpy as np
import pytest

from server.commands.talking.sound_files import read_sound
from server.settings import load_settings
from server_cli import SCRIPT, environment, refrain, serving
from server_library import add_tracks
from voice.audio import HEARING_RATE_HZ
from voice_called import called
from voice_models import model_file, whisper_weights

_TITLES = ("Blue in Green", "Danny Boy", "The Entertainer")
_SPEAKING = {"REFRAIN_VOICE__ENABLED": "1", "REFRAIN_PLAYER__KIND": "silent"}


def _library(data: Path) -> None:
    whisper_weights()
    model_file("silero-vad", "silero_vad_16k.onnx")
    pytest.importorskip("whisper", reason="hearing needs openai-whisper")
    add_tracks(load_settings(data), _TITLES)


def _said(path: Path, text: str) -> Path:
    samples = called(text, before_s=0.3, after_s=0.3)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(HEARING_RATE_HZ)
        file.writeframes(np.rint(samples * 32_767).astype("<i2").tobytes())
    return path


def _silence(path: Path) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(HEARING_RATE_HZ)
        file.writeframes(bytes(2 * HEARING_RATE_HZ))
    return path


@pytest.mark.model
def test_spoken_files_are_heard_acted_upon_and_answered_aloud(tmp_path: Path) -> None:
    _library(tmp_path / "data")
    play = _said(tmp_path / "play.wav", "Play Danny Boy.")
    other = _said(tmp_path / "other.wav", "Play the entertainer.")
    out = tmp_path / "answer.wav"
    ended = refrain(
        "talk", "--wav", play, "--wav", other, "--json", "--out", out, "--data", tmp_path / "data",
        **_SPEAKING,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    turns = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [turn["source"] for turn in turns] == [str(play), str(other)]
    assert "danny boy" in turns[0]["text"].lower()
    assert "Danny Boy" in turns[0]["reply"]
    assert [call["result"]["kind"] for call in turns[0]["tool_calls"]] == ["found"]
    assert "The Entertainer" in turns[1]["reply"]
    for turn in turns:
        stages = turn["stages_ms"]
        assert 0 < stages["transcript"] <= stages["first_audio"] <= stages["done"]
    voice = read_sound(str(out), HEARING_RATE_HZ)
    spoken_s = sum(turn["audio_s"] for turn in turns)
    assert len(voice) == pytest.approx(spoken_s * HEARING_RATE_HZ, abs=200)
    assert np.abs(voice).max() > 0.05


@pytest.mark.model
def test_the_running_server_is_talked_to_also_hands_free(tmp_path: Path) -> None:
    data = tmp_path / "data"
    _library(data)
    play = _said(tmp_path / "play.wav", "Play the entertainer.")
    with serving("--data", data, **_SPEAKING):
        ended = refrain("talk", "--wav", play, "--hands-free", "--data", data, **_SPEAKING)
        nothing = refrain("talk", "--wav", _silence(tmp_path / "silence.wav"), "--data", data)
    assert ended.returncode == 0, ended.stderr
    said = ended.stdout.splitlines()
    assert said[0].lower().startswith("you: play the entertainer")
    assert any(line.startswith("refrain: ") and "The Entertainer" in line for line in said)
    assert "transcript" in said[-1]
    assert "first sound" in said[-1]
    assert nothing.returncode == 1
    assert "nothing was understood" in nothing.stdout


@pytest.mark.integration
def test_where_nobody_can_hear_it_is_said_why_and_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "play.wav"
    file.write_bytes(b"")
    ended = refrain("talk", "--wav", file, "--data", tmp_path / "data")
    assert ended.returncode == 1
    assert "off" in ended.stderr
    assert "voice.enabled" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.integration
def test_without_a_terminal_there_are_no_keys_to_press(tmp_path: Path) -> None:
    ended = refrain("talk", "--data", tmp_path)
    assert ended.returncode == 1
    assert "refrain talk --wav FILE" in ended.stderr


@pytest.mark.integration
def test_a_wake_word_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    ended = refrain("talk", "--wake-word", "hey_you", "--data", tmp_path)
    assert ended.returncode == 1
    assert "okay_nabu" in ended.stderr


def _hears_ctrl_c() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so do its children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.model
def test_ctrl_c_ends_it_without_a_word_of_python(tmp_path: Path) -> None:
    _library(tmp_path / "data")
    file = _said(tmp_path / "long.wav", "Play Danny Boy." + " And then something else." * 5)
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), "talk", "--wav", str(file), "--realtime",
         "--data", str(tmp_path / "data")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(**_SPEAKING),
        start_new_session=True,
        preexec_fn=_hears_ctrl_c,  # noqa: PLW1509 - it only sets a signal
    )  # fmt: skip
    waiting = tmp_path / "data" / "library.db-wal"
    while process.poll() is None and not waiting.exists():
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as the terminal does: its helpers get it, too
    _, complained = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in complained


@pytest.mark.integration
def test_without_a_microphone_it_is_said_at_once(tmp_path: Path) -> None:
    leader, follower = os.openpty()
    try:
        ended = subprocess.run(
            [sys.executable, str(SCRIPT), "talk", "--data", str(tmp_path)],
            stdin=follower, capture_output=True, text=True, check=False, timeout=60,
            env=environment(ALSA_CONFIG_PATH=os.devnull),
        )  # fmt: skip
    finally:
        os.close(leader)
        os.close(follower)
    assert ended.returncode == 1
    assert "No microphone can be opened" in ended.stderr
    assert "Connect one" in ended.stderr
    assert not (tmp_path / "library.db").exists()
