"""`refrain index` and then `refrain sound`: what is told of a recording."""

import json
from pathlib import Path

import numpy as np
import pytest

from library_audio import clicks, tone, write_music
from server_cli import refrain

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    quiet_then_loud = np.concatenate((tone(45.0) * 0.05, clicks(140, 20.0)))
    write_music(
        folder / "music" / "one.flac",
        quiet_then_loud,
        tags={"title": "Grows [bold]", "artist": "Somebody"},
    )
    write_music(folder / "music" / "two.flac", tone(5.0), tags={"title": "Plain", "artist": "Else"})
    ended = refrain(
        "index", folder / "music", "--data", folder / "data", REFRAIN_MODELS=str(folder / "none")
    )
    assert ended.returncode == 0, ended.stderr
    return folder / "data"


def test_it_tells_tempo_axes_and_moods_by_segment(data: Path) -> None:
    said = refrain("sound", "grows", "--data", data).stdout
    assert said.startswith("Grows [bold] by Somebody")
    assert "140 BPM" in said
    assert "energy" in said
    assert "0:00 – 0:45" in said
    assert "0:45 – 1:05" in said
    assert "refrain models get musicnn" in said  # it was heard without
    assert "Plain by Else" in said


def test_scripts_get_what_the_page_gets(data: Path) -> None:
    known = json.loads(refrain("sound", "grows", "--json", "--data", data).stdout)
    assert known["analysed"] is True
    assert len(known["segments"]) == 2
    assert known["axes"]["energy"]["confidence"] > 0


def test_an_unknown_title_is_said_to_be_unknown(data: Path) -> None:
    ended = refrain("sound", "zzzz", "qqqq", "--data", data)
    assert ended.returncode == 1
    assert "No recording is called" in ended.stderr
