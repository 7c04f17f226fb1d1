"""Whether somebody who makes a sound while we speak wants us to be silent.

The words are known only after half a second; a voice that goes on talking over somebody for so
long is rude. So the first fifth of a second decides by its sound: whether it hums in the low band
("mm-hm"), keeps to one vowel ("uh-huh"), or has no pitch (a cough, a clap). What is none of these
is somebody who cuts in. What is doubtful is judged again with each frame, and by its words.
"""

import itertools
from enum import Enum, auto
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voice.audio import HEARING_RATE_HZ, Samples


class Verdict(Enum):
    """What a sound over our own voice is taken for."""

    UNDECIDED = auto()
    INTERRUPTION = auto()
    """Somebody cuts in: be silent."""
    HUM = auto()
    """So far "mm-hm", "uh-huh" and their like: speak on."""
    NOISE = auto()
    """So far a cough, a clap, a door."""


BEFORE_FRAMES: Final = 5
"""Frames before the first one with voice that `judge` wants: consonants come before the voice."""

_WINDOW = 512
_HOP = 256
_BANDS_HZ: Final = (80, 250, 450, 700, 1_000, 1_400, 1_900, 2_600, 3_500, 4_800, 7_000)
_BRIGHT_BANDS = 5
"""From 1.4 kHz on."""
_BRIGHT_SHARE: Final = 0.5
_HISS_BANDS = 7
"""From 2.6 kHz on."""
_HISS_SHARE: Final = 0.6
_EMPTY_BAND: Final = 10**-2.2
"""Bands 22 dB below the whole are as good as empty, as there is noise in rooms."""
_LOUD: Final = 10**-1.2
"""Only windows within 12 dB of the loudest count."""
_NEWEST_WINDOWS: Final = 3
_PITCH_HZ: Final = (70, 400)
_VOICED: Final = 0.65
"""Height of the first peak of a periodic sound's autocorrelation."""

_LATEST_S: Final = 0.15
"""After the onset; the next frame's end would be later than 0.2 s."""
_LATEST_FRAMES: Final = 4
_HUM_SHARE: Final = 0.82
_MURMUR_SHARE: Final = 0.88
_STEADY_DB: Final = 0.5
_STEADY_HUM_DB: Final = 0.8
_DARK_SHARE: Final = 0.045
_PITCHED_SHARE: Final = 0.65
_BURST_WINDOWS: Final = 9
_HUM_MOVEMENT_DB: Final = 2.0
_SPEECH_AFTER_HUM: Final = 3
"""The breath in the middle of "mm-hm" is shorter than so many frames."""
_FRAMES_TO_BE_CLEAR: Final = 3
_CLEARLY_MOVING_DB: Final = 1.5
_CLEARLY_NO_HUM: Final = 0.6
_FIRST_WINDOWS: Final = 5
_AUDIBLE: Final = 10**-3.0
_ONSET_ABOVE_NOISE: Final = 6.0
_ONSET_BELOW_PEAK: Final = 10**-3.0
_STEP: Final = 128


class Judge:
    """Follows one sound over our voice from its first frame on."""

    def __init__(self) -> None:
        self._before = Verdict.UNDECIDED
        self._hummed = False
        self._frames_of_speech = 0

    def hear(self, sound: Samples, *, voiced_frames: int) -> Verdict:
        """Judge what is heard so far; called with each frame.

        Args:
            sound: from `BEFORE_FRAMES` before the first frame with voice until now.
            voiced_frames: how many frames had voice.
        """
        verdict = self._before = _judge(sound, voiced_frames, self._before)
        if verdict is Verdict.HUM:
            self._hummed = True
            self._frames_of_speech = 0
        elif self._hummed and verdict is Verdict.INTERRUPTION:
            self._frames_of_speech += 1
            if self._frames_of_speech < _SPEECH_AFTER_HUM:
                return Verdict.HUM
        return verdict


def _judge(sound: Samples, voiced_frames: int, before: Verdict) -> Verdict:
    sound = sound[_onset(sound) :]
    if len(sound) < _WINDOW:
        return Verdict.UNDECIDED
    sketch = _Sketch(sound)
    late = len(sound) >= _LATEST_S * HEARING_RATE_HZ or voiced_frames >= _LATEST_FRAMES
    hums = (
        sketch.below_450_hz > _HUM_SHARE
        and sketch.below_700_hz > _MURMUR_SHARE
        and sketch.movement_db < _HUM_MOVEMENT_DB
    )
    steady = sketch.movement_db < (_STEADY_HUM_DB if before is Verdict.HUM else _STEADY_DB)
    if hums or (steady and sketch.bright < _DARK_SHARE and not sketch.hissed_first):
        return Verdict.HUM if late else Verdict.UNDECIDED
    if sketch.pitched < _PITCHED_SHARE and (sketch.burst_first or before is Verdict.NOISE):
        return Verdict.NOISE
    clear = (
        voiced_frames >= _FRAMES_TO_BE_CLEAR
        and sketch.movement_db > _CLEARLY_MOVING_DB
        and sketch.below_450_hz < _CLEARLY_NO_HUM
    )
    return Verdict.INTERRUPTION if late or clear else Verdict.UNDECIDED


class _Sketch:
    """A few numbers about a short sound."""

    def __init__(self, sound: Samples) -> None:
        windows = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::_HOP]
        power = np.square(np.abs(np.fft.rfft(windows * _TAPER))) @ _BAND_OF
        total = power.sum(axis=1) + 1e-9
        share = power / total[:, None]
        hiss = share[:, _HISS_BANDS:].sum(axis=1) > _HISS_SHARE
        body = np.where(hiss, 0.0, total) + 1e-12
        loud = body > body.max() * _LOUD
        weight = body * loud / (body * loud).sum()
        envelope = 10 * np.log10(share + _EMPTY_BAND)
        apart = np.sqrt(np.mean((envelope - weight @ envelope) ** 2, axis=1))
        self.movement_db = float(weight @ apart)
        """How far the windows' spectra are from their mean."""
        newest = share[loud][-_NEWEST_WINDOWS:].cumsum(axis=1)
        self.below_450_hz = float(newest[:, 1].min())
        """Share of the lowest bands in the newest windows: a closed mouth lets little else out."""
        self.below_700_hz = float(newest[:, 2].min())
        self.pitched = float(body[_periodicity(windows) >= _VOICED].sum() / body.sum())
        """Share of the sound that has a pitch, hiss left out."""
        self.bright = float(weight @ share[:, _BRIGHT_BANDS:].sum(axis=1))
        """Share of the sound from 1.4 kHz on: little in "uh", much in most other vowels."""
        self.burst_first = int(np.argmax(total)) < _BURST_WINDOWS
        """Whether it was loudest at its beginning, as coughs and claps are."""
        bright = share[:_FIRST_WINDOWS, _BRIGHT_BANDS:].sum(axis=1) > _BRIGHT_SHARE
        audible = total[:_FIRST_WINDOWS] > total.max() * _AUDIBLE
        self.hissed_first = bool((bright & audible).any())
        """Whether it began with a consonant such as s, t or k."""


def _onset(sound: Samples) -> int:
    """Where the sound rises above what was before it."""
    steps = len(sound) // _STEP
    if steps == 0:
        return 0
    power = np.square(sound[: steps * _STEP].reshape(steps, _STEP)).mean(axis=1) + 1e-10
    quiet = float(np.median(power[:8])) if steps > 8 else 0.0
    heard = power > max(quiet * _ONSET_ABOVE_NOISE, float(power.max(initial=0)) * _ONSET_BELOW_PEAK)
    return int(np.argmax(heard)) * _STEP


def _periodicity(windows: NDArray[np.float32]) -> NDArray[np.float64]:
    """Highest peak of each window's autocorrelation where a voice's pitch is, about 0 to 1."""
    centred = (windows - windows.mean(axis=1, keepdims=True)) * _TAPER
    spectrum = np.square(np.abs(np.fft.rfft(centred, 2 * _WINDOW)))
    lags = np.fft.irfft(spectrum)[:, : _WINDOW // 2]
    even = lags / np.maximum(lags[:, :1], 1e-12) / _TAPER_LAGS
    shortest, longest = (round(HEARING_RATE_HZ / hz) for hz in reversed(_PITCH_HZ))
    peak: NDArray[np.float64] = even[:, shortest : longest + 1].max(axis=1)
    return peak


def _bands() -> NDArray[np.float64]:
    hz = np.fft.rfftfreq(_WINDOW, 1 / HEARING_RATE_HZ)
    pairs = itertools.pairwise(_BANDS_HZ)
    return np.stack([(hz >= low) & (hz < high) for low, high in pairs], axis=1).astype(float)


_TAPER: Final = np.hanning(_WINDOW)
_TAPER_LAGS: Final = np.fft.irfft(np.square(np.abs(np.fft.rfft(_TAPER, 2 * _WINDOW))))[
    : _WINDOW // 2
] / np.sum(_TAPER**2)
_BAND_OF: Final = _bands()
