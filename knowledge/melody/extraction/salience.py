"""How far each pitch stands out, from which notes sound and how loud they are: nothing learned."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from knowledge.melody.extraction.activations import BINS, LOWEST, PITCHES, Activations
from knowledge.melody.extraction.features import FIRST, LAST, POOL
from knowledge.melody.extraction.loudness import Loudness

_CENTRE, _SPREAD = 70.0, 14.0
"""MIDI number around which tunes lie, and how far."""
_NEAR = 172
"""Frames, two seconds: what is loud is told by what is around."""

Salience = NDArray[np.float32]


def standing_out(heard: Activations, loud: Loudness) -> Salience:
    """Return how far each pitch stands out, 0 to 1, on the frames and pitches of `features`."""
    contour = heard.contour.reshape(len(heard), PITCHES, BINS).max(axis=2)
    sounding = (0.6 * heard.note + 0.4 * contour).astype(np.float32) / 255
    top = ndimage.maximum_filter1d(loud.max(axis=1), _NEAR)
    level = loud / np.maximum(top, 1e-6)[:, None]
    pitches = LOWEST + np.arange(PITCHES, dtype=np.float32)
    height = np.exp(-(((pitches - _CENTRE) / _SPREAD) ** 2) / 2)
    salience = (sounding * np.sqrt(level) * height)[:, FIRST - LOWEST : LAST - LOWEST + 1]
    frames = len(salience) // POOL * POOL
    return np.asarray(salience[:frames].reshape(-1, POOL, salience.shape[1]).max(axis=1))
