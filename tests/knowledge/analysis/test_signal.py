"""The signal analyser against sounds whose truth is known."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.analysis.loudness import SILENCE_LUFS, LoudnessMeter
from knowledge.analysis.onsets import onset_times
from knowledge.analysis.signal import ANALYSER, analyse, segment_bounds
from knowledge.analysis.spectrum import Spectrum, SpectrumMeter
from knowledge.analysis.tempo import Tempo, tempi_in
from knowledge.errors import UnreadableAudio
from library_audio import clicks, tone, write_music

RATE = 48_000


def lufs(samples: NDArray[np.float32], rate: int = RATE) -> float:
    meter = LoudnessMeter(rate, samples.shape[0])
    for start in range(0, samples.shape[1], 7777):  # uneven blocks must not matter
        meter.add(samples[:, start : start + 7777])
    return meter.integrated_lufs()


def sine(
    level_dbfs: float, seconds: float, *, hertz: float = 1000.0, rate: int = RATE
) -> NDArray[np.float32]:
    time = np.arange(int(seconds * rate)) / rate
    return (10 ** (level_dbfs / 20) * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def spectrum(samples: NDArray[np.float32], rate: int = 44_100) -> Spectrum:
    meter = SpectrumMeter(rate)
    for start in range(0, samples.size, 33_333):
        meter.add(samples[start : start + 33_333])
    return meter.finish()


def tempo(samples: NDArray[np.float32]) -> Tempo:
    seen = spectrum(samples)
    return tempi_in(seen, [(0.0, samples.size / 44_100)]).best


@pytest.mark.unit
@pytest.mark.parametrize("rate", [44_100, 48_000, 32_000])
@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_a_stereo_tone_has_the_loudness_of_the_ebu_test_set(rate: int, level: float) -> None:
    """EBU Tech 3341, cases 1 and 2: a 1 kHz tone of -23 dBFS in both channels is -23 LUFS."""
    left = sine(level, 20, rate=rate)
    assert lufs(np.stack((left, left)), rate) == pytest.approx(level, abs=0.1)


@pytest.mark.unit
def test_quiet_passages_are_gated_out() -> None:
    """EBU Tech 3341, case 3: 10 s at -36, 60 s at -23, 10 s at -36 dBFS measure -23 LUFS."""
    part = np.concatenate([sine(level, s) for level, s in ((-36, 10), (-23, 60), (-36, 10))])
    assert lufs(np.stack((part, part))) == pytest.approx(-23, abs=0.1)


@pytest.mark.unit
def test_silence_and_a_single_channel() -> None:
    assert lufs(np.zeros((2, RATE), np.float32)) == SILENCE_LUFS
    assert lufs(np.zeros((2, 0), np.float32)) == SILENCE_LUFS
    alone = np.stack((sine(-23, 5), np.zeros(5 * RATE, np.float32)))
    assert lufs(alone) == pytest.approx(-26, abs=0.1)


@pytest.mark.unit
@pytest.mark.parametrize("bpm", [60, 72, 90, 97.3, 110, 120, 133.7, 150])
def test_the_tempo_of_clicks_is_exact(bpm: float) -> None:
    found = tempo(clicks(bpm))
    assert found.bpm == pytest.approx(bpm, rel=0.002)
    assert found.confidence > 0.9


@pytest.mark.unit
def test_what_has_no_beat_has_no_confident_tempo() -> None:
    noise = np.random.default_rng(1).standard_normal(45 * 44_100).astype(np.float32) * 0.1
    assert tempo(noise).confidence < 0.15
    assert tempo(tone(45.0)) == Tempo(None, 0.0)
    assert tempo(tone(2.0)) == Tempo(None, 0.0)


@pytest.mark.unit
def test_each_click_is_one_onset() -> None:
    seen = spectrum(clicks(100, 30.0))
    times = onset_times(seen.rise_db, seen.frames_per_s)
    assert times.size == 50
    assert np.diff(times) == pytest.approx(np.full(49, 0.6), abs=0.03)


@pytest.mark.unit
def test_brightness_is_the_centroid_in_hertz() -> None:
    seen = spectrum(tone(3.0, hertz=2000.0))
    assert seen.moment_hz.sum() / seen.magnitude.sum() == pytest.approx(2000, rel=0.02)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("length_s", "bounds"),
    [
        (30.0, ((0, 30),)),
        (45.0, ((0, 45),)),
        (59.0, ((0, 59),)),
        (60.0, ((0, 45), (45, 60))),
        (100.0, ((0, 45), (45, 100))),
        (180.0, ((0, 45), (45, 90), (90, 135), (135, 180))),
    ],
)
def test_segments_are_45_seconds_and_a_short_rest_joins_the_last(
    length_s: float, bounds: tuple[tuple[float, float], ...]
) -> None:
    assert segment_bounds(length_s) == bounds


@pytest.mark.integration
def test_a_recording_is_described_as_a_whole_and_by_segment(tmp_path: Path) -> None:
    quiet = tone(46.0) * np.float32(0.2)
    noise = np.random.default_rng(1).standard_normal(quiet.size).astype(np.float32) * 0.05
    path = write_music(tmp_path / "song.flac", np.concatenate((quiet, clicks(120, 46.0) + noise)))
    found = analyse(path)
    assert found.analyser == ANALYSER
    assert [(part.start_s, part.end_s) for part in found.segments] == [(0, 45), (45, 92)]
    calm, driving = found.segments
    assert calm.energy < 0.25 < driving.energy
    assert calm.brightness_hz == pytest.approx(440, rel=0.1)
    assert driving.onset_rate_hz == pytest.approx(2.0, abs=0.6)
    assert driving.tempo_bpm == pytest.approx(120, rel=0.01)
    assert found.peak == pytest.approx(np.abs(clicks(120, 46.0) + noise).max(), abs=0.01)


@pytest.mark.integration
def test_a_still_piano_ranks_below_a_driving_beat(tmp_path: Path) -> None:
    rate = 44_100
    time = np.arange(30 * rate) / rate
    piano = np.zeros(time.size, np.float32)
    for number, start in enumerate(np.arange(0, 29, 1.5)):
        after = np.maximum(time - start, 0)
        note = 0.1 * np.exp(-after * 2) * np.sin(2 * np.pi * (220 + 40 * (number % 5)) * after)
        piano += np.where(time >= start, note, 0).astype(np.float32)
    noise = np.random.default_rng(2).standard_normal(time.size).astype(np.float32)
    hats = noise * np.float32(0.2) * np.exp(-(time % 0.22) * 40).astype(np.float32)
    bass = 0.3 * np.sign(np.sin(2 * np.pi * 55 * time)).astype(np.float32)
    techno = clicks(136, 30.0, hertz=60.0) + hats + bass
    calm = analyse(write_music(tmp_path / "piano.flac", piano))
    driving = analyse(write_music(tmp_path / "techno.flac", techno))
    assert calm.energy < driving.energy - 0.3
    assert driving.tempo_bpm == pytest.approx(136, rel=0.02)


@pytest.mark.integration
def test_what_cannot_be_decoded_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "noise.mp3"
    path.write_bytes(b"not music" * 1000)
    with pytest.raises(UnreadableAudio):
        analyse(path)
