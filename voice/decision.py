"""Whether a name of the library is put into what was heard."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from voice.stt.hypotheses import Explained, Hypothesis

FEATURES: Final = (
    "bias", "gain", "loss", "span", "likeness", "length", "whole", "unsure", "saved", "left",
    "paired", "found", "lead", "first", "asks", "prior",
)  # fmt: skip
_WEIGHTS: Final = np.array(
    [
        -15.789,
        0.226,
        0.27,
        11.603,
        5.621,
        -0.128,
        -0.65,
        -1.178,
        0.234,
        -0.554,
        3.514,
        5.83,
        0.306,
        0.228,
        1.968,
        -0.143,
    ]
)
"""Fitted by evals/hearing/calibration.py on its development split."""
_LONG: Final = 24
_FAR: Final = 10.0
_UNUSUAL: Final = 40.0


def features(
    reading: Hypothesis, written: Explained, confidence: float, gain: float, usual: float = 0.0
) -> NDArray[np.float64]:
    """What speaks for a reading, in the order of `FEATURES`.

    Args:
        reading: the candidate.
        written: how much the library explains of what was written first.
        confidence: of what was written first, 0..1.
        gain: how much better the candidate fits the sound than that, in nats.
        usual: how much likelier its words are than those when nothing is heard, in nats.
    """
    length = min(len(reading.sound), _LONG)
    saved = written.left - reading.explained.left
    return np.array(
        [
            1.0,
            max(-15.0, min(15.0, gain)),
            max(-30.0, min(0.0, gain + 4.0)) * 8.0 / max(6, length),
            reading.span,
            reading.likeness,
            float(length),
            float(reading.whole),
            -np.log(max(confidence, 1e-3)),
            float(max(-_LONG, min(_LONG, saved))),
            float(min(_LONG, reading.explained.left)),
            float(reading.explained.paired) - float(written.paired),
            float(reading.lead is not None),
            max(-_FAR, min(_FAR, reading.lead or 0.0)),
            float((reading.lead or 0.0) > 0),
            float(reading.explained.asks) - float(written.asks),
            max(-_UNUSUAL, min(_UNUSUAL, usual)),
        ]
    )


def utility(
    reading: Hypothesis, written: Explained, confidence: float, gain: float, usual: float = 0.0
) -> float:
    """Above 0 when the reading is likelier than what was written first; see `features`."""
    return float(_WEIGHTS @ features(reading, written, confidence, gain, usual))
