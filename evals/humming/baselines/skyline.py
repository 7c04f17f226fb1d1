"""The simplest melody of a recording: the highest note that Basic Pitch hears at each moment."""

import itertools

import numpy as np

from knowledge.melody.extraction.activations import FRAME_S, LOWEST, Activations
from knowledge.melody.models import MelodyLine

_SOUNDS = round(0.4 * 255)
_SHORTEST = 6
"""Frames."""


def skyline(heard: Activations) -> tuple[MelodyLine, ...]:
    """Return one line of the highest notes; none where nothing is heard."""
    sounding = heard.note >= _SOUNDS
    top = np.where(
        sounding.any(axis=1), sounding.shape[1] - 1 - sounding[:, ::-1].argmax(axis=1), -1
    )
    edges = np.flatnonzero(np.diff(top, prepend=-2, append=-2))
    rows = [
        (begin * FRAME_S, (end - begin) * FRAME_S, LOWEST + float(top[begin]), 1.0)
        for begin, end in itertools.pairwise(edges)
        if top[begin] >= 0 and end - begin >= _SHORTEST
    ]
    return (MelodyLine(np.array(rows, np.float32)),) if rows else ()
