"""`refrain hum`: names, honest words, a line of JSON a file, and nothing that crashes it."""

import gzip
import json
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from humming_fake import contour
from knowledge.catalog_writer import CatalogWriter
from knowledge.fingerprint.models import Samples
from knowledge.melody.models import Contour, HumAnswer, HumHit, HumKind, HumOutcome, HumProblem
from library_drafts import draft, stamp
from melody_hums import TuneLibrary, random_tune
from server.commands.hum_text import as_text, sparkline
from server.commands.tune_files import read_tunes
from server.errors import BadSettings
from server_cli import refrain
from web_hum import hum_sound, tune_notes

pytestmark = pytest.mark.integration
RATE = 16_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hums, a collection of tunes, and a library with one tune."""
    home = tmp_path_factory.mktemp("hum")
    notes = tune_notes("greensleeves", most_s=60)
    tune = [[one.onset_s, one.duration_s, one.pitch] for one in notes]
    rows = [{"id": "green", "title": "Greensleeves", "notes": tune}]
    rows += [{"id": f"o{seed}", "notes": made_up(seed)} for seed in range(30)]
    packed = "\n".join(json.dumps(row) for row in rows).encode()
    (home / "tunes.jsonl.gz").write_bytes(gzip.compress(packed))
    write(home / "hum.wav", hum_sound(tune_notes("greensleeves", higher=-4), RATE))
    write(home / "silence.wav", np.zeros(6 * RATE, np.float32))
    (home / "broken.wav").write_bytes(b"RIFF" + b"no sound" * 100)
    (home / "empty.wav").write_bytes(b"")
    library = TuneLibrary(home)
    ends = [*(note.onset_s for note in notes[1:]), notes[-1].onset_s + notes[-1].duration_s]
    line = [(note.pitch, end - note.onset_s) for note, end in zip(notes, ends, strict=True)]
    recording = draft("Greensleeves", "Nobody", audio="green", file=stamp(str(home / "hum.wav")))
    CatalogWriter(library.database).add([recording])
    library.hear(recording.audio_hash, line)
    for seed in range(30):
        library.add(f"Other {seed}", random_tune(seed))
    library.close()
    return home


def made_up(seed: int) -> list[list[float]]:
    now, rows = 0.0, []
    for pitch, length in random_tune(seed):
        rows.append([now, length * 0.95, pitch])
        now += length
    return rows


def write(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32_000).astype("<i2").tobytes())


def test_many_files_in_one_run_each_with_its_line(folder: Path) -> None:
    files = [folder / f"{name}.wav" for name in ("hum", "silence", "broken", "empty", "missing")]
    ended = refrain("hum", *files, "--json", "--index", folder / "tunes.jsonl.gz")
    assert ended.returncode == 1  # not all of them are named
    lines: list[dict[str, Any]] = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["file"] for line in lines] == [str(file) for file in files]
    named, silent, *unreadable = lines
    assert (named["outcome"], named["offered"], named["searched"]) == ("found", 1, 31)
    assert len(named["hits"]) == 10
    assert named["hits"][0]["key"] == "green"
    assert named["hits"][0]["title"] == "Greensleeves"
    assert named["message"] == "That sounds like Greensleeves."
    chances = [hit["probability"] for hit in named["hits"]]
    assert chances == sorted(chances, reverse=True)
    assert (silent["outcome"], silent["problem"], silent["offered"]) == ("again", "silent", 0)
    for line in unreadable:
        assert line["outcome"] == "again"
        assert line["error"]
        assert line["next_step"]
    assert "Traceback" not in ended.stderr


def test_the_library_is_searched_and_the_file_of_the_recording_named(folder: Path) -> None:
    ended = refrain("hum", folder / "hum.wav", "--json", "--data", folder)
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    best = told["hits"][0]
    assert (best["title"], best["artist"], best["key"]) == ("Greensleeves", "Nobody", None)
    assert best["track_id"]
    assert best["path"] == str(folder / "hum.wav")
    assert told["hum_id"]
    shown = refrain("hum", folder / "hum.wav", folder / "silence.wav", "--data", folder)
    assert shown.returncode == 1
    assert "sounds like Greensleeves by Nobody" in shown.stdout
    assert "▁" in shown.stdout
    assert "not named: I hear next to nothing. Hum louder" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing to listen to"),
        (("hum.wav", "--data", "nowhere"), "no library yet"),
        (("hum.wav", "--index", "nowhere.jsonl"), "cannot be read"),
        (("hum.wav", "--index", "hum.wav"), "line 1: that is not JSON"),
    ],
)
def test_what_cannot_work_names_cause_and_next_step(
    folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    ended = refrain("hum", *(one if one[:2] == "--" else folder / one for one in arguments))
    assert ended.returncode == 1
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "row",
    [
        "[]",
        "{}",
        '{"id": "a"}',
        '{"id": "a", "notes": [[1, 2]]}',
        '{"id": "a", "notes": [[0, 1, NaN]]}',
        '{"id": "a", "notes": [["x", 1, 60]]}',
        '{"id": "a", "notes": 5}',
        "[" * 100_000,
        "",
    ],
)
def test_a_row_that_is_no_tune_is_refused_with_its_line(tmp_path: Path, row: str) -> None:
    path = tmp_path / "tunes.jsonl"
    path.write_text(row)
    with pytest.raises(BadSettings):
        read_tunes([path])


def test_notes_out_of_any_range_are_left_out_and_the_rest_is_sorted(tmp_path: Path) -> None:
    path = tmp_path / "tunes.jsonl"
    notes = [[2, 1, 64], [0, 1, 60], [1, -1, 62], [3, 1, 400], [1e30, 1, 60]]
    path.write_text(json.dumps({"id": 7, "title": "T", "notes": notes}) + "\n\n")
    (row,) = read_tunes([path]).values()
    assert (row.melody.key, row.title) == ("7", "T")
    assert row.melody.lines[0].notes[:, 2].tolist() == [60, 64]


def rising(problem: HumProblem | None = None) -> Contour:
    return contour(8.0, problem, kind=HumKind.WHISTLE)


def test_the_line_is_drawn_as_it_was_hummed() -> None:
    assert sparkline(rising(), columns=8) == "▁▂▃▄▅▆▇█"
    pitch = rising().pitch.copy()
    pitch[: len(pitch) // 2] = np.nan
    gaps = Contour(pitch, (), HumKind.VOICE)
    assert sparkline(gaps, columns=8).startswith("    ▂")
    assert sparkline(Contour(np.zeros(0, np.float32), (), HumKind.VOICE)) == ""


def test_the_words_are_honest() -> None:
    hits = (
        HumHit("Suzanne", "Leonard Cohen", 0.62, 42.0, 50.0),
        HumHit("Grace", "Jeff Buckley", 0.2, 0.0, 8.0),
    )
    found = as_text("a.wav", HumAnswer(HumOutcome.FOUND, rising(), hits, 1, 9))
    assert found.startswith("a.wav: sounds like Suzanne by Leonard Cohen, from 0:42 on (62%)\n")
    assert found.endswith("  whistled, 8 notes in 8.0 s")
    doubtful = as_text("a.wav", HumAnswer(HumOutcome.AMBIGUOUS, rising(), hits, 2, 9))
    assert "did you mean\n  1. Suzanne by Leonard Cohen  62%\n  2. Grace by Jeff" in doubtful
    again = as_text("a.wav", HumAnswer(HumOutcome.AGAIN, rising(HumProblem.SPEECH), (), 0, 9))
    assert "Suzanne" not in again
    assert "not named: that sounded like talking, not like a tune. Hum it" in again
