"""The evaluation of versions: its songs, and a small run from end to end."""

from pathlib import Path

import numpy as np
import pytest

from evals.composed import compose, hire, midi
from evals.documentation import describe
from evals.performances import Song, can_play_midi, songs
from evals.progress import SilentProgress
from evals.recognition.resampling import ENGINE_RATE_HZ, to_pcm
from evals.versions import measure
from songs import song, sung


def _song(seed: int) -> Song:
    performances = (
        sung(song(seed)),
        sung(song(seed), by="reed", bpm=124, semitones=3, beat=True),
    )
    return Song(f"song {seed}", "composed", tuple(to_pcm(sound) for sound in performances))


@pytest.mark.evals
def test_songs_are_found_by_their_covers_and_every_metric_is_documented() -> None:
    others = {f"other {seed}": to_pcm(sung(song(seed))) for seed in (60, 61)}
    unknown = [to_pcm(sung(song(70), by="organ"))]
    report = measure(
        [_song(seed) for seed in range(3)], others, unknown, SilentProgress(), many=130
    )
    assert report.metrics["versions.top1.30s"] == 1.0
    assert report.metrics["versions.precision"] == 1.0
    assert report.metrics["versions.fpr"] == 0.0
    assert report.metrics["versions.fpr.clips"] == 15
    assert [name for name in report.metrics if describe("versions", name) is None] == []


@pytest.mark.unit
def test_a_song_is_composed_and_written_down_the_same_each_time() -> None:
    first, again = (midi(compose(3), hire(3, 1)) for _ in range(2))
    assert first == again
    assert first.startswith(b"MThd\x00\x00\x00\x06")
    assert int.from_bytes(first[18:22], "big") == len(first) - 22


@pytest.mark.unit
def test_bands_play_one_song_and_differ_in_how() -> None:
    bands = [hire(3, number) for number in range(4)]
    assert len({midi(compose(3), band) for band in bands}) == 4
    tempi = [band.tempo_bpm / bands[0].tempo_bpm for band in bands]
    assert all(0.8 <= tempo <= 1.25 for tempo in tempi)
    assert len({band.tonic for band in bands}) > 1


@pytest.mark.evals
def test_songs_for_development_are_not_those_that_are_reported(tmp_path: Path) -> None:
    if not can_play_midi():
        pytest.skip("composed songs need fluidsynth and a sound font")
    found = [
        songs(part, tmp_path, SilentProgress(), tunes=0, composed=1, performances=1)
        for part in ("dev", "test")
    ]
    ((dev,), (test,)) = found
    assert dev.key != test.key
    again = songs("dev", tmp_path, SilentProgress(), tunes=0, composed=1, performances=1)
    assert np.array_equal(again[0].recordings[0], dev.recordings[0])
    assert 20 * ENGINE_RATE_HZ < len(dev.recordings[0]) <= 150 * ENGINE_RATE_HZ
