"""The speech models as `refrain models get` keeps them, and a voice for the tests to hear."""

import os
import subprocess
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.audio.resampler import AudioResampler
from platformdirs import user_cache_path

from voice.audio import HEARING_RATE_HZ, Samples

_NOTHING_SKIPPED = "REFRAIN_TEST_SKIP_NOTHING"


def model_file(model: str, file: str) -> Path:
    """A verified model file; the test is skipped, or fails in CI, when it is not there."""
    folder = Path(os.environ.get("REFRAIN_TEST_MODELS") or user_cache_path("refrain") / "models")
    path = folder / model / file
    if not path.is_file():
        reason = f"no model file {model}/{file}; run: refrain models get"
        if os.environ.get(_NOTHING_SKIPPED):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def whisper_weights() -> Path:
    return model_file("whisper-base", "model.bin")


def said(text: str, *, speed: float = 1.0) -> Samples:
    """Speech by the voice of Refrain, mono at `HEARING_RATE_HZ`; easy to understand."""
    sound = np.concatenate(list(_hibari().stream(text, speed=speed))).astype(np.float32)
    from scipy.signal import resample_poly

    heard: Samples = resample_poly(sound, 2, 3).astype(np.float32)
    return heard


@lru_cache(maxsize=1)
def _hibari() -> Any:
    from hibari import Hibari

    return Hibari()


def spoken(text: str, *, voice: str = "en-us", speed: int = 165) -> Samples:
    """Speech by espeak-ng, mono at `HEARING_RATE_HZ`; hard to understand."""
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "--stdout", text]
    sound = subprocess.run(command, capture_output=True, check=True).stdout
    resampler = AudioResampler("fltp", "mono", HEARING_RATE_HZ)
    with av.open(BytesIO(sound), mode="r") as container:
        frames = [
            part.to_ndarray().reshape(-1)
            for frame in container.decode(audio=0)
            for part in resampler.resample(frame)
        ]
    frames += [part.to_ndarray().reshape(-1) for part in resampler.resample(None)]
    return np.concatenate(frames).astype(np.float32)
