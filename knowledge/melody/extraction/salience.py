"""How likely each pitch is the tune, from which notes sound and how loud they are."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from knowledge.melody.extraction.activations import BINS, LOWEST, PITCHES, Activations
from knowledge.melody.extraction.loudness import Loudness

_CENTRE, _SPREAD = 70.0, 14.0
"""MIDI number around which tunes lie, and how far."""
_NEAR = 172
"""Frames, two seconds: what is loud is told by what is around."""
_FLOOR = 0.01

Salience = NDArray[np.float32]


def melody_salience(heard: Activations, loud: Loudness) -> Salience:
    """Return how much each pitch stands out, 0 to 1, shape (frames, 88)."""
    contour = heard.contour.reshape(len(heard), PITCHES, BINS).max(axis=2)
    sounding = (0.6 * heard.note + 0.4 * contour).astype(np.float32) / 255
    top = ndimage.maximum_filter1d(loud.max(axis=1), _NEAR)
    level = loud / np.maximum(top, 1e-6)[:, None]
    pitches = LOWEST + np.arange(PITCHES, dtype=np.float32)
    height = np.exp(-(((pitches - _CENTRE) / _SPREAD) ** 2) / 2)
    return np.asarray(sounding * np.sqrt(level) * height, np.float32)


def scores_of(salience: Salience) -> Salience:
    """What each pitch earns on the way of a voice."""
    return np.log(np.maximum(salience, _FLOOR))
