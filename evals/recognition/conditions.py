"""The thirty-two things that happen to a clip. Groups are what a metric is reported for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from evals.recognition.channels import (
    Wave,
    faster,
    fitted,
    microphone,
    mp3,
    room,
    stretched,
    telephone,
)
from evals.recognition.noises import (
    Random,
    SoundBank,
    ambience,
    announcement,
    babble,
    mixed,
    pink,
    rms,
    scaled,
    white,
)
from evals.recognition.tracks import RATE_HZ

Degrade: TypeAlias = Callable[[Wave, Random, SoundBank], Wave]

_NOISE_LEVELS_DB = (10, 5, 0, -5)
_NOISES = ("white", "pink", "babble")
_TALKED_OVER = 0.7
_DUCKED_DB = 6.0
_VOICE_OVER_DB = 3.0
_RAMP_S = 0.05


@dataclass(frozen=True, slots=True)
class Condition:
    """One way to spoil a clip.

    Attributes:
        name: of the cell.
        group: conditions reported together.
        degrade: spoils `tempo` times as much music as the clip is long.
        tempo: of the clip as a ratio to the recording's.
        pitch: of the clip against the recording's, semitones.
        snr_db: of the noise, if noise is what spoils it.
    """

    name: str
    group: str
    degrade: Degrade
    tempo: float = 1.0
    pitch: float = 0.0
    snr_db: float | None = None


def conditions() -> tuple[Condition, ...]:
    """Return all conditions, in the order of the report."""
    return (
        Condition("clean", "clean", lambda music, _random, _bank: music),
        Condition("mp3", "mp3", lambda music, _random, _bank: mp3(music, 64_000)),
        Condition("phone_band", "phone_band", lambda music, _random, _bank: telephone(music)),
        *(_noise(kind, level) for level in _NOISE_LEVELS_DB for kind in _NOISES),
        *(_ambience(level) for level in (5, 0)),
        Condition("talk_over", "talk_over", _talk_over),
        _room("reverb_near", (0.3, 0.6), (3.0, 9.0)),
        _room("reverb_hall", (0.6, 1.2), (-6.0, 0.0)),
        _phone("phone_near", "phone_near", 10, (0.2, 0.5), (4.0, 10.0), 64_000),
        *(
            _phone(f"phone_bar_{_level(snr)}", "phone_bar", snr, (0.3, 0.8), (-2.0, 4.0), 32_000)
            for snr in (5, 0)
        ),
        *(_speed(percent) for percent in (-2, 2, -5, 5)),
        *(_stretch(percent) for percent in (-5, 5)),
        *(_pitch(semitones) for semitones in (-1, 1)),
        Condition("speed_p2_pink_p5", "speed_and_noise", _speed_and_pink, 1.02, _semitones(1.02)),
    )


def groups() -> tuple[str, ...]:
    """Return the groups, in the order of the report."""
    return tuple(dict.fromkeys(condition.group for condition in conditions()))


def _level(value: float) -> str:
    return "0" if value == 0 else f"{'p' if value > 0 else 'm'}{abs(value):g}"


def _semitones(ratio: float) -> float:
    return float(12 * np.log2(ratio))


def _noise(kind: str, snr_db: float) -> Condition:
    def degrade(music: Wave, random: Random, bank: SoundBank) -> Wave:
        if kind == "babble":
            return mixed(music, babble(len(music), random, bank), snr_db)
        noise = white if kind == "white" else pink
        return mixed(music, noise(len(music), random), snr_db)

    level = _level(snr_db)
    return Condition(f"{kind}_{level}", f"noise_{level}", degrade, snr_db=snr_db)


def _ambience(snr_db: float) -> Condition:
    def degrade(music: Wave, random: Random, bank: SoundBank) -> Wave:
        return mixed(music, ambience(len(music), random, bank), snr_db)

    return Condition(f"ambience_{_level(snr_db)}", "ambience", degrade, snr_db=snr_db)


def _talk_over(music: Wave, random: Random, bank: SoundBank) -> Wave:
    """Somebody talks over the first seven tenths; the music is ducked for it."""
    until = int(_TALKED_OVER * len(music))
    ramp = int(_RAMP_S * RATE_HZ)
    low = 10 ** (-_DUCKED_DB / 20)
    places = [0, ramp, until - ramp, until, len(music)]
    ducked = music * np.interp(np.arange(len(music)), places, [1.0, low, low, 1.0, 1.0])
    voice = announcement(until, random, bank)
    level = rms(music[:until]) * low * 10 ** (_VOICE_OVER_DB / 20)
    ducked[:until] += scaled(voice, level)
    return ducked


def _room(name: str, t60_s: tuple[float, float], direct_db: tuple[float, float]) -> Condition:
    def degrade(music: Wave, random: Random, _bank: SoundBank) -> Wave:
        return room(music, random.uniform(*t60_s), random.uniform(*direct_db), random)

    return Condition(name, name, degrade)


def _phone(
    name: str,
    group: str,
    snr_db: float,
    t60_s: tuple[float, float],
    direct_db: tuple[float, float],
    bit_rate: int,
) -> Condition:
    def degrade(music: Wave, random: Random, bank: SoundBank) -> Wave:
        sounding = room(music, random.uniform(*t60_s), random.uniform(*direct_db), random)
        return microphone(mixed(sounding, ambience(len(music), random, bank), snr_db), bit_rate)

    return Condition(name, group, degrade)


def _speed(percent: int) -> Condition:
    factor = 1 + percent / 100
    return Condition(
        f"speed_{_level(percent)}",
        f"speed_{abs(percent)}",
        lambda music, _random, _bank: faster(music, factor),
        factor,
        _semitones(factor),
    )


def _stretch(percent: int) -> Condition:
    factor = 1 + percent / 100
    return Condition(
        f"stretch_{_level(percent)}",
        "stretch",
        lambda music, _random, _bank: stretched(music, factor),
        factor,
    )


def _pitch(semitones: int) -> Condition:
    return Condition(
        f"pitch_{_level(semitones)}",
        "pitch",
        lambda music, _random, _bank: stretched(music, semitones=semitones),
        pitch=semitones,
    )


def _speed_and_pink(music: Wave, random: Random, _bank: SoundBank) -> Wave:
    quick = faster(music, 1.02)
    return mixed(quick, pink(len(quick), random), 5.0)


__all__ = ["Condition", "conditions", "fitted", "groups"]
