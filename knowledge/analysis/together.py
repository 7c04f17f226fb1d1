"""Everything that is to be found out about a recording, from one decode where that is possible."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from knowledge.analysis.signal import ANALYSER as SIGNAL
from knowledge.analysis.signal import RATE, SignalMeter
from knowledge.audio.decoder import Samples, decode
from knowledge.errors import KnowledgeError
from knowledge.fingerprint.models import FINGERPRINT_VERSION, RATE_HZ, Fingerprint
from knowledge.models import AudioFeatures

FINGERPRINT = f"fingerprint/{FINGERPRINT_VERSION}"
"""Name of the analyser that fingerprints."""
_LONGEST_TOGETHER_S = 3600.0
"""A longer recording is decoded once more instead of being held in memory: 160 MB an hour."""

Finding: TypeAlias = AudioFeatures | Fingerprint
FingerprintBlocks: TypeAlias = Callable[[Iterator[Samples]], Fingerprint]
"""Fingerprints a recording from its blocks, mono at 11,025 Hz, shape (n,) each."""


@dataclass(slots=True)
class Found:
    """What the analysers found of one recording, by their names."""

    results: dict[str, Finding] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    """Why an analyser found nothing, in words for the user."""


def analyse_together(
    path: Path,
    analysers: Collection[str],
    duration_s: float,
    fingerprint: FingerprintBlocks,
) -> Found:
    """Let several analysers hear a recording; what one of them refuses costs the others nothing.

    Args:
        path: the file.
        analysers: `SIGNAL`, `FINGERPRINT` or both.
        duration_s: about how long it is.
        fingerprint: makes the fingerprint.

    Raises:
        UnreadableAudio: see `knowledge.audio.decoder.decode`.
    """
    work: dict[str, Callable[[], Finding]] = {}
    if SIGNAL in analysers:
        signal = SignalMeter()
        low: list[Samples] | None = None
        if FINGERPRINT in analysers and duration_s <= _LONGEST_TOGETHER_S:
            low = []
        resampler = _Lower()
        for block, _ in decode(path, sample_rate=RATE, channels=2):
            signal.add(block)
            if low is not None:
                low += resampler.lower(block)
        work[SIGNAL] = signal.finish
        if low is not None:
            low += resampler.rest()
            work[FINGERPRINT] = partial(fingerprint, iter(low))
    if FINGERPRINT in analysers and FINGERPRINT not in work:
        work[FINGERPRINT] = partial(fingerprint, _low_blocks(path))
    return _found(work)


def _found(work: Mapping[str, Callable[[], Finding]]) -> Found:
    found = Found()
    for analyser, finish in work.items():
        try:
            found.results[analyser] = finish()
        except KnowledgeError as error:
            found.refusals[analyser] = str(error)
        except MemoryError:
            found.refusals[analyser] = "There was not enough memory for this file."
        except Exception as error:  # noqa: BLE001 - one analyser must not cost the other's work
            found.refusals[analyser] = (
                f"Something unexpected was in it ({type(error).__name__}: {error})."
            )
    return found


def _low_blocks(path: Path) -> Iterator[Samples]:
    for block, _ in decode(path, sample_rate=RATE_HZ, channels=1):
        yield block[0]


class _Lower:
    """Brings stereo at 44,100 Hz to mono at 11,025, across the borders of blocks."""

    def __init__(self) -> None:
        self._resampler = AudioResampler("fltp", "mono", RATE_HZ)
        self._fed = False

    def lower(self, block: Samples) -> list[Samples]:
        mono = np.ascontiguousarray(block.mean(axis=0, keepdims=True), np.float32)
        frame = AudioFrame.from_ndarray(mono, format="fltp", layout="mono")
        frame.sample_rate = RATE
        self._fed = True
        return [_plane(each) for each in self._resampler.resample(frame)]

    def rest(self) -> list[Samples]:
        if not self._fed:
            return []
        return [_plane(each) for each in self._resampler.resample(None)]


def _plane(frame: AudioFrame) -> Samples:
    plane: Samples = frame.to_ndarray()[0].astype(np.float32, copy=False)
    return plane
