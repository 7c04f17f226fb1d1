"""`refrain identify`, `timeline`, `duplicates`, `heard` and `packs` on a real library."""

import json
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from fingerprint_music import in_noise, synthetic_piece
from knowledge.fingerprint.models import RATE_HZ, Samples
from server_cli import SCRIPT, environment, refrain

pytestmark = pytest.mark.integration
TITLES = ("Morning", "Noon", "Evening")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose library holds three pieces, the first of them twice."""
    folder = tmp_path_factory.mktemp("recognising")
    music = folder / "music"
    music.mkdir()
    for seed, title in enumerate(TITLES):
        write(music / f"{title}.wav", piece(seed))
    write(music / "Morning again.wav", (0.4 * piece(0)[2 * RATE_HZ :]).astype(np.float32))
    write(folder / "clip.wav", in_noise(part(1, 11.0, 5.0), snr_db=3.0))
    write(folder / "other.wav", part(9, 5.0, 5.0))
    write(folder / "long.wav", np.concatenate((part(2, 0, 25), part(9, 0, 15), part(1, 5, 25))))
    (folder / "broken.wav").write_bytes(b"RIFF" + b"no sound" * 100)
    ended = refrain("index", music, "--data", folder / "data")
    assert ended.returncode == 0, ended.stderr
    return folder


def piece(seed: int) -> Samples:
    return synthetic_piece(seed, seconds=40)


def part(seed: int, start_s: float, seconds: float) -> Samples:
    return piece(seed)[int(start_s * RATE_HZ) : int((start_s + seconds) * RATE_HZ)]


def write(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((np.clip(samples, -1, 1) * 32_000).astype("<i2").tobytes())


def test_identify_names_a_noisy_clip_and_no_other(library: Path) -> None:
    files = [library / name for name in ("clip.wav", "other.wav", "broken.wav")]
    ended = refrain("identify", *files, "--json", "--data", library / "data")
    assert ended.returncode == 1  # not all of them are known
    named, unknown, broken = map(json.loads, ended.stdout.splitlines())
    assert (named["title"], named["certainty"]) == ("Noon", "certain")
    assert named["offset_s"] == pytest.approx(11.0, abs=0.2)
    assert named["recording"].endswith("Noon.wav")
    assert (unknown["track"], unknown["certainty"]) == (None, "unknown")
    assert "error" in broken
    assert "Traceback" not in ended.stderr


def test_what_was_identified_is_in_the_history(library: Path) -> None:
    assert refrain("identify", library / "clip.wav", "--data", library / "data").returncode == 0
    said = refrain("heard", "noon", "--data", library / "data").stdout
    assert "Noon" in said
    assert "at 0:11" in said


def test_identify_reads_standard_input(library: Path) -> None:
    words = ("identify", "-", "--no-log", "--data", str(library / "data"))
    with (library / "clip.wav").open("rb") as sound:
        ended = subprocess.run(
            [sys.executable, SCRIPT, *words],
            stdin=sound,
            capture_output=True,
            text=True,
            check=True,
            env=environment(),
        )
    assert "-: Noon" in ended.stdout


def test_a_long_recording_gets_a_timeline_with_its_gap(library: Path) -> None:
    ended = refrain("timeline", library / "long.wav", "--json", "--data", library / "data")
    entries = [json.loads(line) for line in ended.stdout.splitlines()]
    titles = [one["track"]["title"] if one["track"] else "" for one in entries]
    assert titles == ["Evening", "", "Noon"]
    assert entries[1]["start_s"] == pytest.approx(25, abs=3)
    assert entries[1]["end_s"] == pytest.approx(40, abs=3)


def test_duplicates_are_found_with_the_parts_that_coincide(library: Path) -> None:
    ended = refrain("duplicates", "--json", "--data", library / "data")
    (group,) = map(json.loads, ended.stdout.splitlines())
    (copy,) = group["copies"]
    assert {Path(group["path"]).name, Path(copy["path"]).name} == {
        "Morning.wav",
        "Morning again.wav",
    }
    assert copy["share"] > 0.8


def test_a_pack_names_what_another_library_does_not_have(library: Path, tmp_path: Path) -> None:
    pack = library / "all.refrainpack"
    assert "recordings" in refrain("packs", "export", pack, "--data", library / "data").stdout
    write(tmp_path / "music.wav", part(7, 0, 40))
    other = tmp_path / "data"
    assert refrain("index", tmp_path, "--no-analyse", "--data", other).returncode == 0
    assert refrain("identify", library / "clip.wav", "--data", other).returncode == 1
    assert refrain("packs", "import", pack, "--data", other).returncode == 0
    assert "Noon" in refrain("identify", library / "clip.wav", "--data", other).stdout


def test_without_a_file_or_a_library_it_says_what_to_do(tmp_path: Path) -> None:
    nothing = refrain("identify", "--data", tmp_path)
    assert "--mic" in nothing.stderr
    no_library = refrain("identify", tmp_path / "a.wav", "--data", tmp_path)
    assert "refrain index" in no_library.stderr
