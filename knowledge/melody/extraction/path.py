"""The most likely way of one voice through the pitches of a recording."""

import numpy as np
from numpy.typing import NDArray

SILENT = -1
"""Where a voice rests."""

VoicePath = NDArray[np.int16]
Scores = NDArray[np.float32]


def best_path(
    scores: Scores, rest: Scores, *, leap: float, change: float, enter: float
) -> VoicePath:
    """Return the pitch of each frame, or `SILENT`: the way with the highest sum (Viterbi 1967).

    Args:
        scores: what each pitch earns in each frame, shape (frames, pitches).
        rest: what silence earns in each frame, shape (frames,).
        leap: cost of a semitone between two neighbouring notes; an octave and more costs the same.
        change: cost of any other pitch.
        enter: cost of falling silent, and of starting again.
    """
    frames, pitches = scores.shape
    steps = np.minimum(np.abs(np.subtract.outer(np.arange(pitches), np.arange(pitches))), 14)
    costs = (leap * steps + change * (steps > 0)).astype(np.float32)
    total = scores[0].copy() if frames else np.zeros(pitches, np.float32)
    silent = rest[0] if frames else np.float32(0)
    back = np.empty((frames, pitches + 1), np.int16)
    columns = np.arange(pitches)
    for frame in range(1, frames):
        reached = total[:, None] - costs
        came = reached.argmax(axis=0)
        value = reached[came, columns]
        started = silent - enter
        from_rest = value < started
        back[frame, :pitches] = np.where(from_rest, SILENT, came)
        loudest = int(total.argmax())
        stopped = total[loudest] - enter
        back[frame, pitches] = loudest if stopped > silent else SILENT
        silent = np.float32(max(silent, stopped) + rest[frame])
        total = np.maximum(value, started) + scores[frame]
    path = np.empty(frames, np.int16)
    if not frames:
        return path
    here = int(total.argmax()) if total.max() > silent else SILENT
    for frame in range(frames - 1, -1, -1):
        path[frame] = here
        if frame:
            here = int(back[frame, here])  # the last column is that of silence, -1
    return path
