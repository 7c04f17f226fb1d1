"""Covers are found in other keys, at other tempi and by other instruments; other songs are not."""

from collections.abc import Sequence

import numpy as np
import pytest

from fingerprint_music import synthetic_piece
from knowledge.fingerprint.models import (
    CODE_BYTES,
    HOP,
    RATE_HZ,
    Fingerprint,
    Samples,
    SegmentView,
)
from knowledge.recognition.memory_segment import segment_of
from knowledge.versions import finder as finders
from knowledge.versions import library as libraries
from knowledge.versions.chroma import landmarks_of
from knowledge.versions.finder import SongVersions
from songs import song, sung


class Index:
    """Recordings in memory."""

    def __init__(self, *segments: SegmentView) -> None:
        self.held: Sequence[SegmentView] = segments

    def segments(self) -> Sequence[SegmentView]:
        return self.held


def _segment(seeds: range) -> SegmentView:
    return segment_of([f"song {n}" for n in seeds], [_print(sung(song(n))) for n in seeds])


def _print(sound: Samples) -> Fingerprint:
    """A fingerprint with landmarks alone."""
    none = np.empty(0, np.uint32)
    codes = np.empty((0, CODE_BYTES), np.uint8)
    return Fingerprint(sound.size // HOP, none, none, landmarks_of(sound, 30.0), codes)


@pytest.fixture(scope="module")
def dozen() -> SegmentView:
    return _segment(range(12))


@pytest.fixture(scope="module")
def versions(dozen: SegmentView) -> SongVersions:
    return SongVersions(Index(dozen))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("by", "bpm", "semitones", "beat"),
    [("reed", 110, 0, False), ("flute", 95, 3, True), ("reed", 132, -5, True)],
)
def test_a_cover_is_found_by_other_instruments_in_another_key_and_tempo(
    versions: SongVersions, by: str, bpm: float, semitones: int, beat: bool
) -> None:
    cover = sung(song(4), by=by, bpm=bpm, semitones=semitones, beat=beat)
    clip = cover[8 * RATE_HZ : 33 * RATE_HZ]
    best = versions.best(clip)
    assert versions.version_of(clip) == "song 4"
    assert best is not None
    assert best.semitones == semitones


@pytest.mark.unit
@pytest.mark.parametrize("seed", range(40, 46))
def test_another_song_is_a_version_of_nothing(versions: SongVersions, seed: int) -> None:
    assert versions.version_of(sung(song(seed), by="reed")[: 25 * RATE_HZ]) is None


@pytest.mark.unit
def test_music_of_another_kind_noise_and_tones_are_versions_of_nothing(
    versions: SongVersions,
) -> None:
    count = 20 * RATE_HZ
    time_s = np.arange(count) / RATE_HZ
    noise = np.random.default_rng(1).normal(0, 0.1, count).astype(np.float32)
    sounds = {
        "piece": synthetic_piece(5, seconds=20),
        "silence": np.zeros(count, np.float32),
        "noise": noise,
        "tone": np.sin(2 * np.pi * 440 * time_s).astype(np.float32),
        "glide": np.sin(2 * np.pi * (200 + 40 * time_s) * time_s).astype(np.float32),
        "not a number": np.full(count, np.nan, np.float32),
    }
    assert {name: versions.version_of(sound) for name, sound in sounds.items()} == dict.fromkeys(
        sounds
    )


@pytest.mark.unit
def test_a_short_clip_says_too_little(versions: SongVersions) -> None:
    assert versions.best(sung(song(4))[: 7 * RATE_HZ]) is None


@pytest.mark.unit
def test_the_only_recording_of_a_library_is_not_a_version_of_everything() -> None:
    versions = SongVersions(Index(_segment(range(4, 5))))
    clip = sung(song(4), by="reed", semitones=2, bpm=100)[: 25 * RATE_HZ]
    other = sung(song(41), by="reed")[: 25 * RATE_HZ]
    assert versions.version_of(clip) == "song 4"
    assert versions.version_of(other) is None


@pytest.mark.unit
def test_an_empty_index_has_no_versions() -> None:
    versions = SongVersions(Index())
    versions.warm()
    assert versions.version_of(sung(song(4))) is None


@pytest.mark.unit
def test_what_was_added_is_found_and_what_was_removed_is_not(dozen: SegmentView) -> None:
    index = Index(dozen)
    versions = SongVersions(index)
    clip = sung(song(20), by="reed", semitones=1)[: 25 * RATE_HZ]
    assert versions.version_of(clip) is None
    index.held = (dozen, _segment(range(20, 22)))
    assert versions.version_of(clip) == "song 20"
    index.held = (dozen,)
    assert versions.version_of(clip) is None


@pytest.mark.unit
def test_several_recordings_of_the_song_do_not_hide_one_another(dozen: SegmentView) -> None:
    live = segment_of(["live"], [_print(sung(song(4), by="organ", bpm=118, semitones=-2))])
    versions = SongVersions(Index(dozen, live))
    clip = sung(song(4), by="reed", bpm=118, semitones=4)[: 25 * RATE_HZ]
    assert versions.version_of(clip) in {"song 4", "live"}


@pytest.mark.unit
def test_among_many_only_the_likely_ones_are_compared_exactly(
    dozen: SegmentView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries, "_AT_ONCE", 5)
    monkeypatch.setattr(libraries, "_CANDIDATES", 4)
    compared = []
    exactly = libraries.alignments  # type: ignore[attr-defined]

    def counted(clip: np.ndarray, chroma: np.ndarray, starts: np.ndarray) -> np.ndarray:
        compared.append((len(clip), len(starts) - 1))
        return exactly(clip, chroma, starts)

    monkeypatch.setattr(libraries, "alignments", counted)
    clip = sung(song(4), by="reed", semitones=2)[: 25 * RATE_HZ]
    best = SongVersions(Index(dozen)).best(clip)
    assert best is not None
    assert best.recording == "song 4"
    assert compared[:2] == [(24, 12), (49, 4)]


@pytest.mark.unit
def test_a_huge_library_is_left_alone(dozen: SegmentView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finders, "MOST", 11)
    assert SongVersions(Index(dozen)).best(sung(song(4))) is None
