"""Everything that is to be found out about a recording, from one decode where that is possible."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from knowledge.analysis.frames import RATE, FrameMeter, Frames
from knowledge.analysis.lower import MonoResampler
from knowledge.analysis.signal import ANALYSER as SIGNAL
from knowledge.analysis.signal import features_of
from knowledge.analysis.sound import SOUND, Sound
from knowledge.analysis.sound_meter import sound_of
from knowledge.analysis.stretches import SegmentListener, Tagger
from knowledge.audio.decoder import Samples, decode
from knowledge.errors import KnowledgeError
from knowledge.fingerprint.models import FINGERPRINT_VERSION, RATE_HZ, Fingerprint
from knowledge.models import AudioFeatures

FINGERPRINT = f"fingerprint/{FINGERPRINT_VERSION}"
"""Name of the analyser that fingerprints."""
_LONGEST_TOGETHER_S = 1800.0
"""A longer recording is decoded once more instead of being held in memory: 160 MB an hour."""

Finding: TypeAlias = AudioFeatures | Sound | Fingerprint
FingerprintBlocks: TypeAlias = Callable[[Iterator[Samples]], Fingerprint]
"""Fingerprints a recording from its blocks, mono at 11,025 Hz, shape (n,) each."""


@dataclass(slots=True)
class Found:
    """What the analysers found of one recording, by their names."""

    results: dict[str, Any] = field(default_factory=dict)
    """What each found; its keeper knows what that is."""
    refusals: dict[str, str] = field(default_factory=dict)
    """Why an analyser found nothing, in words for the user."""


def analyse_together(
    path: Path,
    analysers: Collection[str],
    duration_s: float,
    fingerprint: FingerprintBlocks,
    tagger: Tagger | None = None,
) -> Found:
    """Let several analysers hear a recording; what one of them refuses costs the others nothing.

    Args:
        path: the file.
        analysers: `SIGNAL`, `SOUND`, `FINGERPRINT` or several of them.
        duration_s: about how long it is.
        fingerprint: makes the fingerprint.
        tagger: hears instruments, genres and voices; without it `SOUND` knows less.

    Raises:
        UnreadableAudio: see `knowledge.audio.decoder.decode`.
    """
    work: dict[str, Callable[[], Finding]] = {}
    if SIGNAL in analysers or SOUND in analysers:
        low: list[Samples] | None = None
        if FINGERPRINT in analysers and duration_s <= _LONGEST_TOGETHER_S:
            low = []
        heard = _Heard(path, tagger if SOUND in analysers else None, tonal=SOUND in analysers)
        heard.decode(low)
        if SIGNAL in analysers:
            work[SIGNAL] = heard.features
        if SOUND in analysers:
            work[SOUND] = heard.sound
        if low is not None:
            work[FINGERPRINT] = partial(fingerprint, iter(low))
    if FINGERPRINT in analysers and FINGERPRINT not in work:
        work[FINGERPRINT] = partial(fingerprint, _low_blocks(path))
    return _found(work)


class _Heard:
    """One decode, and what is made of it."""

    def __init__(self, path: Path, tagger: Tagger | None, *, tonal: bool) -> None:
        self._path = path
        self._tagger = tagger
        self._meter = FrameMeter(tonal=tonal)
        self._listener = None if tagger is None else SegmentListener(tagger, RATE)
        self._frames: Frames | None = None
        self._features: AudioFeatures | None = None

    def decode(self, low: list[Samples] | None) -> None:
        """Hear the file; fill `low`, when it is given, with what the fingerprint is made of."""
        resampler = MonoResampler(RATE, RATE_HZ)
        for block, _ in decode(self._path, sample_rate=RATE, channels=2):
            self._meter.add(block)
            if self._listener is not None:
                self._listener.add(block)
            if low is not None:
                low += resampler.add(block)
        if low is not None:
            low += resampler.rest()

    def features(self) -> AudioFeatures:
        if self._features is None:
            self._features = features_of(self._whole())
        return self._features

    def sound(self) -> Sound:
        features = self.features()
        if self._tagger is None or self._listener is None:
            return sound_of(self._whole(), features)
        heard = self._listener.finish(len(features.segments))
        return sound_of(self._whole(), features, heard, self._tagger.tag_names)

    def _whole(self) -> Frames:
        if self._frames is None:
            self._frames = self._meter.finish()
        return self._frames


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
