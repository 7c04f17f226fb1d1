"""Voice activity: how likely it is that somebody speaks, 31 times a second."""

import copy
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np

from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import ModelFileUnusable

FRAME: Final = 512
"""Samples that are judged at once, 32 ms at `HEARING_RATE_HZ`."""
FRAME_MS: Final = 1_000 * FRAME // HEARING_RATE_HZ

_CONTEXT = 64
"""Samples of the frame before, which the network wants in front of each frame."""


class VoiceActivity(Protocol):
    """Judges one microphone's frames, in order. Not to be shared by microphones."""

    def probability(self, frame: Samples) -> float:
        """How likely somebody speaks in this frame, 0 to 1; `frame` has `FRAME` samples."""
        ...

    def reset(self) -> None:
        """Forget what was heard before."""
        ...


class SileroVad:
    """Silero VAD 6, a small recurrent network (MIT), run with one thread.

    About 0.002 s of CPU for each second of sound. `sibling` makes one for the next microphone
    without reading the file again.
    """

    def __init__(self, weights: Path) -> None:
        """Read `silero_vad.onnx`, any of its variants for 16 kHz.

        Raises:
            ModelFileUnusable: the file is missing, damaged, or another network.
        """
        self._session = _open(weights)
        self._has_rate = "sr" in {one.name for one in self._session.get_inputs()}
        self.reset()
        try:
            self.probability(np.zeros(FRAME, np.float32))
        except Exception as error:
            raise ModelFileUnusable(f"{weights} is no Silero VAD: {error}") from error
        self.reset()

    def sibling(self) -> "SileroVad":
        """One for another microphone; the weights are shared."""
        twin = copy.copy(self)
        twin.reset()
        return twin

    def reset(self) -> None:
        """Forget what was heard before."""
        self._state = np.zeros((2, 1, 128), np.float32)
        self._window = np.zeros((1, _CONTEXT + FRAME), np.float32)

    def probability(self, frame: Samples) -> float:
        """How likely somebody speaks in this frame, 0 to 1.

        Raises:
            ValueError: not `FRAME` samples.
        """
        window = self._window
        window[0, :_CONTEXT] = window[0, FRAME:]
        window[0, _CONTEXT:] = frame
        inputs: dict[str, Any] = {"input": window, "state": self._state}
        if self._has_rate:
            inputs["sr"] = _RATE
        outputs = self._session.run(None, inputs)
        self._state = outputs[1]
        return float(outputs[0][0, 0])


class EnergyVad:
    """The fallback without a model: sound that rises above the usual noise.

    It cannot tell speech from other loud sound; push to talk is the better choice with it.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget how loud the noise is."""
        self._floor_db = -60.0

    def probability(self, frame: Samples) -> float:
        """How far the frame stands above the noise, as if it were a probability."""
        level_db = 10 * float(np.log10(np.mean(np.square(frame, dtype=np.float64)) + 1e-10))
        falls = level_db < self._floor_db
        self._floor_db += (level_db - self._floor_db) * (_FALL if falls else _RISE)
        self._floor_db = max(self._floor_db, -75.0)
        above_db = level_db - max(self._floor_db, _SOFTEST_DB)
        return 1 / (1 + float(np.exp(-(above_db - _SPEECH_ABOVE_DB) / 2)))


_RATE = np.array(HEARING_RATE_HZ, np.int64)
_RISE = 0.01
"""The noise is believed to be louder only slowly, as speech is loud for seconds too."""
_FALL = 0.3
_SOFTEST_DB = -60.0
_SPEECH_ABOVE_DB = 12.0


def _open(weights: Path) -> Any:
    import onnxruntime  # noqa: PLC0415 (slow to import, and not needed by every client)

    if not weights.is_file():
        raise ModelFileUnusable(f"{weights} is not there.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:
        raise ModelFileUnusable(f"{weights} cannot be read: {error}") from error
