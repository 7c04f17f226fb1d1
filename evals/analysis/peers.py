"""What librosa says of tempo, beats and key, used the way its documentation shows."""

from dataclasses import dataclass

import numpy as np

from evals.analysis.scoring import Key
from knowledge.analysis.frames import RATE
from knowledge.demo.sound import Audio

_LIBROSA_RATE = 22_050
# Krumhansl and Kessler 1982: what most recipes compare librosa's chroma with.
_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)


@dataclass(frozen=True, slots=True)
class PeerHeard:
    """Tempo, beats and key of a recording."""

    bpm: float
    beats_s: tuple[float, ...]
    key: Key


class Librosa:
    """librosa with its defaults: `beat_track`, and `chroma_cqt` with Krumhansl's profiles.

    Raises:
        ImportError: librosa is not installed.
    """

    def __init__(self) -> None:
        import librosa  # noqa: PLC0415 - optional, and slow to import

        self._librosa = librosa

    def hear(self, sound: Audio) -> PeerHeard:
        """Return what it says of stereo samples at RATE, shape (2, n)."""
        mono = self._librosa.resample(
            sound.mean(axis=0), orig_sr=RATE, target_sr=_LIBROSA_RATE, res_type="soxr_hq"
        )
        bpm, beats = self._librosa.beat.beat_track(y=mono, sr=_LIBROSA_RATE, units="time")
        chroma = self._librosa.feature.chroma_cqt(y=mono, sr=_LIBROSA_RATE).mean(axis=1)
        fits = [
            float(np.corrcoef(np.roll(profile, tonic), chroma)[0, 1])
            for profile in (_MAJOR, _MINOR)
            for tonic in range(12)
        ]
        best = int(np.argmax(fits))
        return PeerHeard(
            float(np.atleast_1d(bpm)[0]), tuple(map(float, beats)), (best % 12, best >= 12)
        )
