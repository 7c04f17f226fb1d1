"""From one rate to another, and to 16 bits."""

from typing import TypeAlias

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from knowledge.fingerprint.models import RATE_HZ as ENGINE_RATE_HZ

Signal: TypeAlias = NDArray[np.float32]

__all__ = ["ENGINE_RATE_HZ", "resampled", "to_engine_rate", "to_pcm", "to_signal"]

_FULL_SCALE = 32_768.0


def resampled(samples: Signal, rate_hz: int, wanted_hz: int) -> Signal:
    """Resample mono samples with the resampler that the decoder of the product uses."""
    if rate_hz == wanted_hz:
        return samples
    frame = AudioFrame.from_ndarray(
        np.ascontiguousarray(samples, np.float32)[None, :], format="fltp", layout="mono"
    )
    frame.sample_rate = rate_hz
    resampler = AudioResampler("fltp", "mono", wanted_hz)
    parts = [part.to_ndarray()[0] for part in (*resampler.resample(frame), *_rest(resampler))]
    return np.concatenate(parts).astype(np.float32, copy=False)


def _rest(resampler: AudioResampler) -> list[AudioFrame]:
    try:
        return resampler.resample(None)
    except av.EOFError:
        return []


def to_engine_rate(samples: Signal, rate_hz: int) -> Signal:
    """Resample to what `knowledge.fingerprint` works at."""
    return resampled(samples, rate_hz, ENGINE_RATE_HZ)


def to_pcm(samples: Signal) -> NDArray[np.int16]:
    """Round samples of -1 to 1 to 16 bits."""
    pcm: NDArray[np.int16] = np.clip(np.rint(samples * _FULL_SCALE), -32_768, 32_767).astype(
        np.int16
    )
    return pcm


def to_signal(pcm: NDArray[np.int16]) -> Signal:
    """Turn 16-bit samples into floats of -1 to 1."""
    return pcm.astype(np.float32) / np.float32(_FULL_SCALE)
