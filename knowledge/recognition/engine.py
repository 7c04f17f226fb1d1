"""The recognising engine as this package uses it. Compiled code: import it late."""

from knowledge.fingerprint.fingerprinter import Density, Fingerprinter
from knowledge.fingerprint.models import FRAMES_PER_S, Fingerprint, Recognised, Samples
from knowledge.fingerprint.recogniser import Recogniser, SupportsSegments
from knowledge.recognition.redrawing import redrawn

_CLIP_DENSITY = Density(peaks_per_s=60.0, fan_out=6)
"""Clips are short and noisy, and are searched for with nothing but what is kept of them."""


class Engine:
    """Makes fingerprints of clips, and searches indexes. Safe to share between threads."""

    def __init__(self) -> None:
        self._fingerprinter = Fingerprinter(_CLIP_DENSITY)

    def fingerprint(self, samples: Samples) -> Fingerprint:
        """Fingerprint a clip, mono at `RATE_HZ`, more densely than a recording."""
        return self._fingerprinter.fingerprint(samples)

    def recogniser(self, index: SupportsSegments) -> Recogniser:
        """Return what searches `index`."""
        return Recogniser(index)

    def recognise_kept(
        self, index: SupportsSegments, fingerprint: Fingerprint, *, limit: int = 5
    ) -> Recognised:
        """Search for a clip of which only the fingerprint was kept."""
        seconds = fingerprint.frames / FRAMES_PER_S
        return Recogniser(index).recognise_spectrogram(redrawn(fingerprint), seconds, limit=limit)
