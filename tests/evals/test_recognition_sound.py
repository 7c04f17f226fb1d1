"""How clips are spoiled."""

import numpy as np
import pytest
from numpy.typing import NDArray

from evals.recognition.channels import faster, fitted, microphone, mp3, room, stretched, telephone
from evals.recognition.conditions import Condition, conditions, groups
from evals.recognition.noises import SoundBank, mixed, pink, rms, white
from evals.recognition.tracks import RATE_HZ

_SECONDS = 2


def _music(seconds: float = _SECONDS, hertz: float = 440.0) -> NDArray[np.float64]:
    """A melody of plucked notes, so that time and pitch can be told."""
    time_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    since = time_s % 0.25
    step = np.array([0, 4, 7, 11])[(time_s / 0.25).astype(int) % 4]
    tone = np.sin(2 * np.pi * hertz * 2 ** (step / 12) * time_s) * np.exp(-8 * since)
    melody: NDArray[np.float64] = 0.5 * tone
    return melody


def _bank() -> SoundBank:
    random = np.random.default_rng(5)
    voices = tuple(random.standard_normal(RATE_HZ).astype(np.float32) for _ in range(3))
    return SoundBank(voices, voices[:1], voices[1:])


def _share_above(sound: NDArray[np.float64], hertz: float) -> float:
    power = np.square(np.abs(np.fft.rfft(sound)))
    frequencies = np.fft.rfftfreq(len(sound), 1 / RATE_HZ)
    return float(power[frequencies > hertz].sum() / power.sum())


@pytest.mark.unit
def test_there_are_thirty_two_conditions_in_eighteen_groups() -> None:
    names = [condition.name for condition in conditions()]
    assert len(set(names)) == len(names) == 32
    assert len(groups()) == 18
    sizes = {
        group: sum(condition.group == group for condition in conditions()) for group in groups()
    }
    assert {group: size for group, size in sizes.items() if size > 1} == {
        "noise_p10": 3,
        "noise_p5": 3,
        "noise_0": 3,
        "noise_m5": 3,
        "ambience": 2,
        "phone_bar": 2,
        "speed_2": 2,
        "speed_5": 2,
        "stretch": 2,
        "pitch": 2,
    }


@pytest.mark.unit
@pytest.mark.parametrize("condition", conditions(), ids=lambda condition: condition.name)
def test_every_condition_fills_the_clip_and_repeats_itself(condition: Condition) -> None:
    pytest.importorskip("pedalboard")
    music = _music(_SECONDS * condition.tempo)
    one, other = (
        condition.degrade(music.copy(), np.random.default_rng(3), _bank()) for _ in range(2)
    )
    assert abs(len(one) - _SECONDS * RATE_HZ) <= 2
    assert np.isfinite(one).all()
    assert rms(one) > 0.01
    assert np.array_equal(one, other)
    assert np.array_equal(fitted(one, len(music)), fitted(music, len(music))) == (
        condition.name == "clean"
    )


@pytest.mark.unit
def test_noise_is_added_at_the_level_that_is_asked_for() -> None:
    music = _music()
    noise = mixed(music, white(len(music), np.random.default_rng(1)), -5.0) - music
    assert 20 * np.log10(rms(music) / rms(noise)) == pytest.approx(-5.0, abs=0.01)


@pytest.mark.unit
def test_pink_noise_is_darker_than_white() -> None:
    random = np.random.default_rng(1)
    assert _share_above(white(RATE_HZ, random), 5000) == pytest.approx(0.77, abs=0.03)
    assert _share_above(pink(RATE_HZ, random), 5000) < 0.3


@pytest.mark.unit
def test_an_mp3_is_neither_delayed_nor_cut() -> None:
    music = _music()
    coded = mp3(music, 64_000)
    assert len(coded) == len(music)
    assert np.corrcoef(coded, music)[0, 1] > 0.98


@pytest.mark.unit
def test_a_telephone_lets_no_treble_and_no_bass_through() -> None:
    hiss = np.random.default_rng(2).standard_normal(RATE_HZ)
    heard = telephone(hiss)
    assert _share_above(heard, 3800) < 0.01
    assert _share_above(heard, 250) > 0.99


@pytest.mark.unit
def test_a_microphone_bends_but_stays_within_full_scale() -> None:
    heard = microphone(5 * _music(), 32_000)
    assert 0.5 < np.abs(heard).max() < 1.2


@pytest.mark.unit
@pytest.mark.parametrize("direct_db", [-6.0, 0.0, 9.0])
def test_a_room_keeps_the_direct_sound_and_adds_the_ratio_that_is_asked_for(
    direct_db: float,
) -> None:
    click = np.zeros(2 * RATE_HZ)
    click[0] = 1.0
    answer = room(click, 0.5, direct_db, np.random.default_rng(4))
    assert answer[0] == pytest.approx(1.0)
    assert 10 * np.log10(1 / np.sum(np.square(answer[1:]))) == pytest.approx(direct_db, abs=0.1)
    late, early = answer[RATE_HZ // 2 : RATE_HZ // 2 + 2000], answer[2000:4000]
    assert 20 * np.log10(rms(late) / rms(early)) < -40


@pytest.mark.unit
def test_faster_is_shorter_and_higher_stretched_only_shorter() -> None:
    pytest.importorskip("pedalboard")
    time_s = np.arange(2 * RATE_HZ) / RATE_HZ
    tone = 0.5 * np.sin(2 * np.pi * 1000 * time_s)

    def pitch(sound: NDArray[np.float64]) -> float:
        middle = sound[RATE_HZ // 2 : RATE_HZ // 2 + RATE_HZ]
        return float(np.argmax(np.abs(np.fft.rfft(middle))))

    quick, short, high = faster(tone, 1.05), stretched(tone, 1.05), stretched(tone, semitones=1)
    assert len(quick) == pytest.approx(len(tone) / 1.05, abs=2)
    assert len(short) == pytest.approx(len(tone) / 1.05, abs=2)
    assert len(high) == len(tone)
    assert pitch(quick) == pytest.approx(1050, abs=2)
    assert pitch(short) == pytest.approx(1000, abs=2)
    assert pitch(high) == pytest.approx(1059.5, abs=2)
