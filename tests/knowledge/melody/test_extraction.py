"""The tune of a recording: found under chords, and nothing where there is none."""

from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import MusicModelUnusable
from knowledge.melody.extraction import RATE_HZ, MelodyExtractor
from melody_mixes import found_share, tune_over_chords
from voice_models import model_file


@lru_cache(maxsize=1)
def _extractor() -> MelodyExtractor:
    return MelodyExtractor([model_file("basic-pitch", "nmp.onnx").parent.parent])


@pytest.mark.model
@pytest.mark.parametrize("level_db", [6.0, 0.0])
def test_the_tune_is_found_over_its_chords_and_bass(level_db: float) -> None:
    sound, notes = tune_over_chords(level_db)
    lines = _extractor().extract(sound)
    assert lines[0].weight == 1.0
    assert found_share(notes, lines[0].notes) >= 0.8


@pytest.mark.model
def test_rows_are_in_order_within_the_song_and_small() -> None:
    sound, _ = tune_over_chords()
    lines = _extractor().extract(sound)
    for line in lines:
        onset, duration, pitch, confidence = line.notes.T
        assert line.notes.dtype == np.float32
        assert (np.diff(onset) > 0).all()
        assert (onset[:-1] + duration[:-1] <= onset[1:] + 1e-4).all()
        assert onset[0] >= 0
        assert onset[-1] + duration[-1] <= len(sound) / RATE_HZ + 0.05
        assert ((pitch >= 20) & (pitch <= 109)).all()
        assert ((confidence >= 0) & (confidence <= 1)).all()
        assert 0 < line.weight <= 1
    assert sum(line.notes.nbytes for line in lines) < 50_000 * len(sound) / RATE_HZ / 240


@pytest.mark.model
@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(0, np.float32),
        np.zeros(RATE_HZ * 5, np.float32),
        np.full(RATE_HZ * 5, np.nan, np.float32),
        np.full(RATE_HZ * 5, np.inf, np.float32),
        np.ones(RATE_HZ // 2, np.float32),
        np.full(RATE_HZ * 5, 1e-30, np.float32),
    ],
    ids=["empty", "silent", "nan", "infinite", "short", "next to silent"],
)
def test_where_nothing_is_heard_there_is_no_line(sound: np.ndarray) -> None:
    assert _extractor().extract(sound) == ()


@pytest.mark.model
def test_damage_in_a_recording_does_not_hide_the_rest() -> None:
    sound, notes = tune_over_chords(6.0)
    sound[::5000] = np.nan
    sound[2500::5000] = 1e30
    lines = _extractor().extract(sound)
    assert found_share(notes, lines[0].notes) >= 0.5


@pytest.mark.unit
def test_a_missing_model_is_said_with_what_to_do(tmp_path: Path) -> None:
    sound, _ = tune_over_chords()
    with pytest.raises(MusicModelUnusable, match="refrain models get"):
        MelodyExtractor([tmp_path]).extract(sound)


@pytest.mark.unit
def test_a_damaged_or_foreign_model_is_refused(tmp_path: Path) -> None:
    sound, _ = tune_over_chords()
    folder = tmp_path / "basic-pitch"
    folder.mkdir()
    (folder / "nmp.onnx").write_bytes(b"not a network")
    with pytest.raises(MusicModelUnusable, match="damaged"):
        MelodyExtractor([tmp_path]).extract(sound)
