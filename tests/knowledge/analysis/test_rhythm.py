"""Tempo, beats, key and dynamics of sounds whose truth is known."""

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.analysis.dynamics import dynamics_of
from knowledge.analysis.frames import RATE, FrameMeter, Frames
from knowledge.analysis.rhythm import RhythmMeter, rhythm_of
from knowledge.analysis.signal import segment_bounds
from knowledge.analysis.tonality import key_of, tonality_of
from library_audio import clicks

_TONIC_TRIAD = {False: (0, 4, 7), True: (0, 3, 7)}


def frames(mono: NDArray[np.float32]) -> Frames:
    """What all analysers share, heard in uneven blocks."""
    meter = FrameMeter()
    for start in range(0, mono.size, 77_777):
        meter.add(np.stack([mono[start : start + 77_777]] * 2))
    return meter.finish()


def cadences(
    tonic: int, *, minor: bool, cents: float = 0.0, seconds: int = 16
) -> NDArray[np.float32]:
    """I-IV-V-I again and again, a chord a second, of tones with four harmonics."""
    third = 3 if minor else 4
    chords = [(0, third, 7), (5, 5 + third, 12), (7, 11, 14), (0, third, 7)]
    time = np.arange(RATE) / RATE
    bars = []
    for second in range(seconds):
        chord = np.zeros(RATE)
        for tone in chords[second % 4]:
            hertz = 261.63 * 2 ** ((tonic + tone + cents / 100) / 12)
            for harmonic in range(1, 5):
                chord += np.sin(2 * np.pi * hertz * harmonic * time) / harmonic**1.5
        bars.append(chord * np.exp(-time))
    return (0.1 * np.concatenate(bars)).astype(np.float32)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("tonic", "minor", "cents"), [(0, False, 0), (6, True, 30), (10, False, -40)]
)
def test_the_key_of_cadences(tonic: int, minor: bool, cents: float) -> None:
    heard = frames(cadences(tonic, minor=minor, cents=cents))
    found = tonality_of(heard.chroma, [(0.0, 8.0), (8.0, 16.0)])
    assert found.whole is not None
    assert (found.whole.tonic, found.whole.minor) == (tonic, minor)
    assert found.whole.confidence > 0.2
    assert found.tuning * 100 == pytest.approx(cents, abs=6)
    assert [part and part.tonic for part in found.parts] == [tonic, tonic]


@pytest.mark.unit
def test_what_has_no_pitch_has_no_key() -> None:
    assert key_of(np.zeros(12)) is None
    assert key_of(np.ones(12)) is None
    silent = frames(np.zeros(10 * RATE, np.float32))
    assert tonality_of(silent.chroma, [(0.0, 10.0)]).whole is None
    assert tonality_of(frames(np.zeros(100, np.float32)).chroma, [(0.0, 0.1)]).parts == (None,)


@pytest.mark.unit
@pytest.mark.parametrize("bpm", [72.0, 97.3, 120.0, 141.0])
def test_beats_fall_on_the_clicks(bpm: float) -> None:
    heard = frames(clicks(bpm, 30.0))
    found = rhythm_of(heard.spectrum, segment_bounds(heard.duration_s))
    assert found.whole is not None
    assert found.whole.bpm == pytest.approx(bpm, rel=0.005)
    assert found.whole.other_bpm is not None
    assert len(found.parts) == 1
    period = 60 / bpm
    away = np.abs((found.beats_s + period / 2) % period - period / 2)
    assert np.median(away) < 0.03
    assert found.beats_s.size == pytest.approx(30 / period, abs=3)


@pytest.mark.unit
def test_the_rhythm_alone_can_be_heard_too() -> None:
    meter = RhythmMeter()
    for block in np.array_split(np.stack([clicks(100, 20.0)] * 2), 7, axis=1):
        meter.add(block)
    found = meter.finish()
    assert found.whole is not None
    assert found.whole.bpm == pytest.approx(100, rel=0.005)
    assert found.parts == ()
    nothing = RhythmMeter().finish([(0.0, 1.0)])
    assert (nothing.whole, nothing.parts, nothing.beats_s.size) == (None, (None,), 0)


@pytest.mark.unit
def test_the_loudness_range_is_that_of_the_ebu_test_set() -> None:
    """EBU Tech 3342, cases 1 and 2: 20 s at -20 dBFS, then 20 s at -30 (-15) dBFS."""
    time = np.arange(20 * RATE) / RATE
    tone = np.sin(2 * np.pi * 1000 * time)
    for second_db, expected in ((-30.0, 10.0), (-15.0, 5.0)):
        mono = np.concatenate([10 ** (db / 20) * tone for db in (-20.0, second_db)])
        heard = frames(mono.astype(np.float32))
        whole, part = dynamics_of(heard.weighted_power, [(0.0, 40.0), (0.0, 20.0)])
        assert whole.range_db == pytest.approx(expected, abs=1.0)
        assert part.range_db == pytest.approx(0.0, abs=0.1)
        assert part.loudness_lufs == pytest.approx(-20, abs=0.2)
    assert dynamics_of(np.zeros(0), [(0.0, 1.0)])[0].range_db == 0.0


@pytest.mark.unit
def test_beats_follow_a_tempo_that_rises() -> None:
    beats = np.cumsum(60 / np.linspace(100, 118, 100))  # a minute, faster by the beat
    mono = np.zeros(round((beats[-1] + 1) * RATE), np.float32)
    stroke = clicks(60, 1.0)[: RATE // 20]
    for beat in beats:
        mono[round(beat * RATE) :][: stroke.size] += stroke
    heard = frames(mono)
    found = rhythm_of(heard.spectrum, [(0.0, heard.duration_s)])
    away = [float(np.abs(found.beats_s - beat).min()) for beat in beats]
    assert np.mean(np.array(away) < 0.07) > 0.9
    assert found.beats_s.size == pytest.approx(beats.size, abs=4)


@pytest.mark.unit
def test_samples_that_are_no_numbers_spoil_nothing() -> None:
    mono = clicks(120, 30.0)
    mono[RATE : RATE + 3] = (np.nan, np.inf, -1e30)
    heard = frames(mono)
    found = rhythm_of(heard.spectrum, [(0.0, heard.duration_s)])
    assert found.whole is not None
    assert found.whole.bpm == pytest.approx(120, rel=0.01)
    assert np.isfinite(heard.weighted_power).all()
    assert -70 <= heard.loudness_lufs < 20
    assert tonality_of(heard.chroma, [(0.0, 30.0)]).parts is not None
