"""The songs that the network of melody learns from."""

import itertools

import numpy as np
import pytest

from knowledge.demo.sound import SAMPLE_RATE, Hit
from knowledge.melody.extraction.activations import RATE_HZ
from knowledge.melody.extraction.features import FIRST, POOL, Candidates
from knowledge.melody.extraction.training.learning import is_tune
from knowledge.melody.extraction.training.singing import sing
from knowledge.melody.extraction.training.songs import make_song
from knowledge.melody.extraction.training.tunes import compose

pytestmark = pytest.mark.unit


def test_tunes_are_sung_one_note_at_a_time_and_differ() -> None:
    tunes = [compose(seed) for seed in range(12)]

    assert compose(3) == tunes[3]
    assert len({tuple(note.pitch for note in tune.parts["A"].notes) for tune in tunes}) == 12
    for tune in tunes:
        notes = tune.parts["A"].notes
        assert all(
            note.start + note.length <= after.start for note, after in itertools.pairwise(notes)
        )
        assert 45 <= min(note.pitch for note in notes) <= max(note.pitch for note in notes) <= 90


def test_a_song_is_a_mix_and_its_tune() -> None:
    song = make_song(1001, None)

    assert song.samples.dtype == np.float32
    assert np.abs(song.samples).max() == pytest.approx(1.0)
    assert 10 < len(song.samples) / RATE_HZ <= 46
    assert len(song.melody) > 15
    assert song.melody[-1].start_s < len(song.samples) / RATE_HZ


def test_a_voice_sings_about_the_pitch_it_is_given() -> None:
    sound = sing([Hit(0.1, 1.5, 57, 0.8)], 2 * SAMPLE_RATE, np.random.default_rng(1))

    spectrum = np.abs(np.fft.rfft(sound[int(0.6 * SAMPLE_RATE) : int(1.6 * SAMPLE_RATE)]))
    partials = [spectrum[220 * n - 12 * n : 220 * n + 12 * n].max() for n in (1, 2, 3)]
    between = spectrum[300:340].max()
    assert max(partials) > 10 * between
    assert np.abs(sound[-SAMPLE_RATE // 4 :]).max() < 1e-3 * np.abs(sound).max()


def test_what_is_the_tune_is_known_by_time_and_pitch() -> None:
    frames, pitches = np.array([10, 10, 30]), np.array([62, 64, 64]) - FIRST
    candidates = Candidates(frames, pitches, np.zeros((3, 1), np.float32), (40, 65))
    seconds = POOL * 256 / RATE_HZ

    known = is_tune(candidates, [Hit(5 * seconds, 10 * seconds, 64, 1.0)])

    assert known.tolist() == [False, True, False]
