"""Sound files in the place of a microphone, and our voice as a file."""

import io
import os
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from server.commands.talking import sound_files
from server.commands.talking.keys import keys
from server.commands.talking.sound_files import read_sound, write_wav
from server.errors import BadRequest

pytestmark = pytest.mark.integration


def test_our_voice_is_kept_and_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "said.wav"
    tone = (0.5 * np.sin(np.arange(24_000) * 2 * np.pi * 440 / 24_000)).astype(np.float32)
    write_wav(path, [tone[:10_000], tone[10_000:]])
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (24_000, 1, 24_000)
    assert np.abs(read_sound(str(path), 24_000) - tone).max() < 1e-3
    assert abs(len(read_sound(str(path), 16_000)) - 16_000) < 50


def test_saying_nothing_is_an_empty_file(tmp_path: Path) -> None:
    write_wav(tmp_path / "said.wav", [])
    with wave.open(str(tmp_path / "said.wav")) as file:
        assert file.getnframes() == 0
    with pytest.raises(BadRequest, match="cannot be read as sound"):
        read_sound(str(tmp_path / "said.wav"), 16_000)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="cannot be written: No such file"):
        write_wav(tmp_path / "gone" / "said.wav", [])


def test_standard_input_is_a_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_wav(tmp_path / "said.wav", [np.full(24_000, 0.25, np.float32)])
    piped = io.TextIOWrapper(io.BytesIO((tmp_path / "said.wav").read_bytes()))
    monkeypatch.setattr(sys, "stdin", piped)
    assert np.median(read_sound("-", 16_000)) == pytest.approx(0.25, abs=0.01)


def test_what_is_longer_than_a_conversation_is_sent_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound_files, "MAX_FILE_S", 0.5)
    write_wav(tmp_path / "long.wav", [np.zeros(24_000, np.float32)])
    with pytest.raises(BadRequest, match="longer than") as caught:
        read_sound(str(tmp_path / "long.wav"), 16_000)
    assert "refrain timeline" in caught.value.next_step


async def test_keys_come_one_by_one_and_the_end_of_the_input_is_told() -> None:
    reading, writing = os.pipe()
    try:
        os.write(writing, b"\n q")
        pressed = keys(reading)
        assert [await anext(pressed) for _ in range(3)] == ["\n", " ", "q"]
        os.close(writing)
        assert [key async for key in pressed] == [""]
    finally:
        os.close(reading)
