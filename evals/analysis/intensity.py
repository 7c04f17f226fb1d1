"""Is calm music calmer than driving music, and do segments differ where the music does?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.analysis.listening import energies, hear
from evals.analysis.songs import Song, render, songs
from evals.evaluation import Progress, each
from knowledge.analysis.frames import RATE
from knowledge.analysis.sound import Axis, Sound

CHANGES = 0.15
"""A difference in energy that a listener notices."""
_SEGMENT_S = 45.0
_STEPS_LUFS = (-26.0, -20.0, -16.0, -12.0)
"""How loud calm to driving music is mastered."""
# Bands from still to driving that can play in four beats to the bar, and in three.
_LADDERS = {
    "four": ("harp and flute", "soul", "rock"),
    "three": ("slow waltz piano", "soul waltz", "rock ballad"),
}


@dataclass(frozen=True, slots=True)
class Intensity:
    """What was found."""

    pairs: float
    """Share of pairs of bands, of which the calmer has less energy."""
    detected: float
    """Share of songs whose quiet beginning has clearly less energy than what follows."""
    differences: tuple[float, ...]
    """Of each of those songs: energy of the second segment, less that of the first."""
    steady: float
    """Share of songs without any change whose segments are no further apart than CHANGES."""


def intensity(count: int, progress: Progress) -> Intensity:
    """Let calm and driving bands play the same songs, alone and one after the other."""
    chosen = [song for song in songs("test", 4 * count) if _ladder(song)][:count]
    right: list[bool] = []
    differences: list[float] = []
    spreads: list[float] = []
    for song in each(progress, "calm and driving bands", chosen):
        played = [
            render(song, longest_s=_SEGMENT_S, style=style, lufs=lufs).sound
            for style, lufs in zip(_ladder(song), _STEPS_LUFS, strict=False)
        ]
        means = [_energy(hear(sound)) for sound in played]
        right += [
            means[calm] < means[driving]
            for calm in range(len(means))
            for driving in range(calm + 1, len(means))
        ]
        length = round(_SEGMENT_S * RATE)
        quiet, loud = (np.pad(one, ((0, 0), (0, length - one.shape[1]))) for one in played[::2])
        first, second = energies(hear(np.concatenate((quiet, loud), axis=1)))[:2]
        differences.append(second - first)
        spreads.append(float(np.ptp(energies(hear(np.concatenate((loud, loud), axis=1))))))
    return Intensity(
        pairs=float(np.mean(right)),
        detected=float(np.mean([difference > CHANGES for difference in differences])),
        differences=tuple(differences),
        steady=float(np.mean([spread <= CHANGES for spread in spreads])),
    )


def changing(sounds: Sequence[Sound]) -> float:
    """Return the share of recordings of several segments whose energy changes clearly."""
    several = [energies(sound) for sound in sounds if len(sound.segments) > 1]
    return float(np.mean([np.ptp(each) > CHANGES for each in several])) if several else 0.0


def _energy(sound: Sound) -> float:
    return sound.whole.axes[Axis.ENERGY].value


def _ladder(song: Song) -> tuple[str, ...]:
    """Bands that can play this song, from still to driving; none for uncommon bars."""
    if song.tune.bar == 4:
        return _LADDERS["four"]
    return _LADDERS["three"] if song.tune.bar == 3 else ()
