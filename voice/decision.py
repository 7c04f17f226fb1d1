"""Whether a name of the library is put into what was heard."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from voice.stt.hypotheses import Hypothesis
from voice.stt.transcriber import Transcript

FEATURES: Final = (
    "bias", "gain", "loss", "span", "whole_like", "length", "request", "in_full", "artist",
    "unsure",
)  # fmt: skip
_WEIGHTS: Final = np.array([-10.5, 0.35, 0.2, 9.0, 3.0, 0.1, 0.0, 0.5, 0.0, 0.0])
"""Fitted by evals/hearing/calibration.py on its development split."""
_LONG: Final = 24


def features(reading: Hypothesis, heard: Transcript, gain: float) -> NDArray[np.float64]:
    """What speaks for a reading, in the order of `FEATURES`.

    Args:
        reading: the candidate.
        heard: what was written first.
        gain: how much better the candidate fits the sound than that, in nats.
    """
    length = min(len(reading.sound), _LONG)
    return np.array(
        [
            1.0,
            max(-15.0, min(15.0, gain)),
            max(-30.0, min(0.0, gain + 4.0)) * 8.0 / max(6, length),
            reading.span,
            reading.likeness,
            float(length),
            float(reading.whole),
            float(reading.in_full),
            float(reading.names[0].kind == "artist"),
            -np.log(max(heard.confidence, 1e-3)),
        ]
    )


def utility(reading: Hypothesis, heard: Transcript, gain: float) -> float:
    """Above 0 when the reading is likelier than what was written first."""
    return float(_WEIGHTS @ features(reading, heard, gain))
