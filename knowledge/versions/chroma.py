"""Which of the twelve notes sound when, whatever the octave and the instrument: chroma.

Computed from the landmarks that a fingerprint keeps anyway, so that a library needs neither its
sound nor more storage for it. Chroma for finding covers: Serrà et al. (2008), "Chroma Binary
Similarity and Local Alignment Applied to Cover Song Identification".
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from knowledge.fingerprint.models import FRAMES_PER_S, Samples, Words32
from knowledge.fingerprint.peaks import LOWEST_HZ, STEPS_PER_OCTAVE, find_peaks
from knowledge.fingerprint.spectrum import spectrogram
from knowledge.fingerprint.verification import PITCH_BITS

NOTES = 12
HOP_S = 0.5
FRAMES_PER_HOP = HOP_S * FRAMES_PER_S
SCALE = 127.0
"""What 1.0 is in stored chroma."""
_FADE_PER_OCTAVE = 0.85
"""High peaks are mostly overtones, of which every third is another note."""
_STEPS_PER_NOTE = STEPS_PER_OCTAVE // NOTES
_LOWEST_NOTE = 12 * math.log2(LOWEST_HZ / 440.0)
_WINDOW = (0.3455, 0.9045, 0.9045, 0.3455)
"""Half hops that one moment is made of, more and less: one second in all."""


def landmarks_of(samples: Samples, per_second: float) -> Words32:
    """Find the landmarks of a clip, and nothing else of its fingerprint.

    Args:
        samples: mono at `RATE_HZ`, shape (n,).
        per_second: the most that are kept.

    Returns:
        As in `Fingerprint`, shape (m,).
    """
    peaks = find_peaks(spectrogram(samples), per_second)
    at = np.maximum(np.round(peaks.times), 0).astype(np.uint32)
    pitch = np.clip(np.round(peaks.pitches), 0, (1 << PITCH_BITS) - 1).astype(np.uint32)
    return np.sort(at << np.uint32(PITCH_BITS) | pitch)


def chroma_of(landmarks: Words32, frames: int) -> NDArray[np.int8]:
    """Make the chroma of one recording.

    Each moment is centred and scaled to length 1; so is, after that, what sets it apart from the
    recording's mean: what all music in one key has in common says nothing about the song.

    Args:
        landmarks: as in `Fingerprint`, shape (m,).
        frames: length of the recording in frames.

    Returns:
        One row of `NOTES` for each `HOP_S`, in units of 1 / `SCALE`, shape (n, NOTES).
    """
    chroma: NDArray[np.int8] = _chroma(landmarks, frames)
    return chroma


@njit(cache=True, nogil=True)
def _chroma(landmarks: Words32, frames: int) -> NDArray[np.int8]:
    count = max(1, int(frames / FRAMES_PER_HOP))
    rows = _smoothed(_counted(landmarks, 2 * count))
    mean = np.zeros(NOTES, np.float32)
    for t in range(count):
        # The root: one loud or long note is not to outweigh all others.
        rows[t] = np.sqrt(rows[t])
        rows[t] -= rows[t].mean()
        _unit(rows[t])
        mean += rows[t] / np.float32(count)
    out = np.zeros((count, NOTES), np.int8)
    for t in range(count):
        if not rows[t].any():  # silence
            continue
        rows[t] -= mean
        _unit(rows[t])
        for c in range(NOTES):
            out[t, c] = round(SCALE * rows[t, c])
    return out


@njit(cache=True, nogil=True)
def _counted(landmarks: Words32, count: int) -> NDArray[np.float32]:
    """Add up the landmarks of each note in each half hop."""
    halves = np.zeros((count, NOTES), np.float32)
    tuning = _tuning(landmarks)
    for i in range(landmarks.size):
        at = int((landmarks[i] >> np.uint32(PITCH_BITS)) / (0.5 * FRAMES_PER_HOP))
        if at >= count:
            continue
        step = float(landmarks[i] & np.uint32((1 << PITCH_BITS) - 1))
        weight = _FADE_PER_OCTAVE ** (step / STEPS_PER_OCTAVE)
        note = (_LOWEST_NOTE + step / _STEPS_PER_NOTE - tuning) % NOTES
        low = int(note)
        halves[at, low % NOTES] += weight * (1 - (note - low))
        halves[at, (low + 1) % NOTES] += weight * (note - low)
    return halves


@njit(cache=True, nogil=True)
def _smoothed(halves: NDArray[np.float32]) -> NDArray[np.float32]:
    count = halves.shape[0] // 2
    rows = np.zeros((count, NOTES), np.float32)
    for t in range(count):
        for k in range(len(_WINDOW)):
            source = 2 * t - 1 + k
            if 0 <= source < 2 * count:
                rows[t] += np.float32(_WINDOW[k]) * halves[source]
    return rows


@njit(cache=True, nogil=True)
def _tuning(landmarks: Words32) -> float:
    """Return how far the recording's notes lie above those of A = 440 Hz, semitones."""
    across, along = 0.0, 0.0
    for i in range(landmarks.size):
        step = float(landmarks[i] & np.uint32((1 << PITCH_BITS) - 1))
        turn = 2 * math.pi * (_LOWEST_NOTE + step / _STEPS_PER_NOTE)
        across += math.cos(turn)
        along += math.sin(turn)
    return math.atan2(along, across) / (2 * math.pi)


@njit(cache=True, nogil=True)
def _unit(row: NDArray[np.float32]) -> None:
    total = np.float32(0)
    for c in range(row.size):
        total += row[c] * row[c]
    length = math.sqrt(total)
    if length > 1e-6:
        for c in range(row.size):
            row[c] /= length
    else:
        row[:] = 0
