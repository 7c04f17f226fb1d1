"""A library far larger than the music at hand: fingerprints that nobody played.

Short pieces are synthesised and fingerprinted, as are the development recordings. A made-up
recording is a row of blocks of those fingerprints, each from anywhere in them, moved in pitch and
tempo; what is moved beyond an end comes in again at the other. So hashes are as common or as rare
as in real music, and hardly a block is like another; rendering a hundred thousand recordings would
take days.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evals.recognition.resampling import ENGINE_RATE_HZ, Signal
from knowledge.fingerprint.hashes import GAPS, INTERVALS, PITCHES, STEPS_PER_CELL, TEMPO_STEP
from knowledge.fingerprint.models import (
    CODE_BYTES,
    CODE_HOP,
    FRAMES_PER_S,
    Codes,
    Fingerprint,
    Words32,
)
from knowledge.fingerprint.verification import PITCH_BITS

RECORDING_S = 180.0
_SEED = 88_712
_BLOCK_FRAMES = 43 * CODE_HOP
"""Twenty seconds."""
_MOST_CELLS = 25
"""Blocks are moved up or down by at most this many pitch cells: five semitones."""
_MOST_STEPS = 2
"""And by at most this many tempo steps, of 5 %."""
_TURNED_BITS = 0.1
_PITCH_STEPS = PITCHES * STEPS_PER_CELL
_PIECE_S = 45
_SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 7, 9), (0, 3, 5, 6, 7, 10))


def piece(number: int) -> Signal:
    """Synthesise 45 s of made-up music at 11,025 Hz: chords, bass, a tune and drums."""
    random = np.random.default_rng([_SEED, number])
    beat_s = 60 / random.uniform(70, 170)
    scale = _SCALES[int(random.integers(len(_SCALES)))]
    root = int(random.integers(36, 48))
    sound = np.zeros(_PIECE_S * ENGINE_RATE_HZ)
    timbres = [random.uniform(0.2, 1.0, 8) ** 2 / np.arange(1, 9) for _ in range(3)]
    chord = 0
    for beat in range(int(_PIECE_S / beat_s) - 4):
        start_s = beat * beat_s
        if beat % 4 == 0:
            chord = int(random.integers(len(scale)))
            for step in (0, 2, 4):
                _note(sound, start_s, 4 * beat_s, _key(root + 12, scale, chord + step), timbres[0])
        _note(sound, start_s, beat_s, _key(root, scale, chord), timbres[1])
        for part in range(int(random.integers(0, 4))):
            degree = chord + int(random.integers(0, 9))
            _note(
                sound,
                start_s + part * beat_s / 4,
                beat_s * random.uniform(0.2, 1),
                _key(root + 24, scale, degree),
                timbres[2],
            )
        _hit(sound, start_s, 0.08 if beat % 2 else 0.2, random)
    loudest = float(np.abs(sound).max())
    finished: Signal = (sound / loudest).astype(np.float32)
    return finished


class MadeUpRecordings:
    """Fingerprints without number, each the same every time."""

    def __init__(self, pool: Sequence[Fingerprint]) -> None:
        """Take the fingerprints that blocks are cut from, each longer than half a minute."""
        self._pool = [_Source(one) for one in pool if one.frames > 1.5 * _BLOCK_FRAMES]

    def fingerprint(self, number: int) -> Fingerprint:
        """Put together the recording of that number."""
        random = np.random.default_rng([_SEED, 1, number])
        blocks = int(RECORDING_S * FRAMES_PER_S / _BLOCK_FRAMES)
        hashes, times, landmarks, codes = [], [], [], []
        for block in range(blocks):
            source = self._pool[int(random.integers(len(self._pool)))]
            words, at, peaks, embedded = source.block(random)
            first = block * _BLOCK_FRAMES
            hashes.append(words)
            times.append(at + np.uint32(first))
            landmarks.append(peaks + np.uint32(first << PITCH_BITS))
            codes.append(embedded)
        return Fingerprint(
            frames=blocks * _BLOCK_FRAMES,
            hashes=np.concatenate(hashes),
            times=np.concatenate(times),
            landmarks=np.sort(np.concatenate(landmarks)),
            codes=np.concatenate(codes),
        )


class _Source:
    """A fingerprint taken apart, to cut blocks from."""

    def __init__(self, whole: Fingerprint) -> None:
        order = np.argsort(whole.times, kind="stable")
        self._frames = whole.frames
        self._times = whole.times[order].astype(np.int64)
        self._pitches, rest = np.divmod(whole.hashes[order].astype(np.int64), INTERVALS * GAPS)
        self._intervals, self._gaps = np.divmod(rest, GAPS)
        self._peak_times = (whole.landmarks >> PITCH_BITS).astype(np.int64)
        self._peak_pitches = (whole.landmarks & ((1 << PITCH_BITS) - 1)).astype(np.int64)
        self._codes = whole.codes

    def block(self, random: np.random.Generator) -> tuple[Words32, Words32, Words32, Codes]:
        """Cut 20 s anywhere, moved: hashes, their frames, landmarks, codes."""
        steps = int(random.integers(-_MOST_STEPS, _MOST_STEPS + 1))
        cells = int(random.integers(-_MOST_CELLS, _MOST_CELLS + 1))
        slower = TEMPO_STEP**steps
        length = int(_BLOCK_FRAMES / slower)
        first = int(random.integers(max(1, self._frames - length)))
        part = slice(*np.searchsorted(self._times, (first, first + length)))
        pitches = (self._pitches[part] + cells) % PITCHES
        gaps = (self._gaps[part] + steps) % GAPS
        words = (pitches * INTERVALS + self._intervals[part]) * GAPS + gaps
        at = np.minimum((self._times[part] - first) * slower, _BLOCK_FRAMES - 1)
        part = slice(*np.searchsorted(self._peak_times, (first, first + length)))
        peak_pitches = (self._peak_pitches[part] + cells * STEPS_PER_CELL) % _PITCH_STEPS
        peak_times = np.minimum((self._peak_times[part] - first) * slower, _BLOCK_FRAMES - 1)
        landmarks = peak_times.astype(np.uint32) << PITCH_BITS | peak_pitches.astype(np.uint32)
        codes = self._embedded(first, slower, random)
        return words.astype(np.uint32), at.astype(np.uint32), landmarks, codes

    def _embedded(self, first: int, slower: float, random: np.random.Generator) -> Codes:
        """Take the codes of a block, with some bits turned: moved music would have others."""
        if not len(self._codes):
            return self._codes
        frames = first + np.arange(0, _BLOCK_FRAMES, CODE_HOP) / slower
        nearest = np.minimum(np.rint(frames / CODE_HOP).astype(int), len(self._codes) - 1)
        turned = random.random((len(nearest), 8 * CODE_BYTES)) < _TURNED_BITS
        codes: Codes = self._codes[nearest] ^ np.packbits(turned, axis=1)
        return codes


def _key(root: int, scale: Sequence[int], degree: int) -> int:
    return root + 12 * (degree // len(scale)) + scale[degree % len(scale)]


def _note(
    sound: NDArray[np.float64],
    start_s: float,
    length_s: float,
    key: int,
    timbre: NDArray[np.float64],
) -> None:
    first, count = int(start_s * ENGINE_RATE_HZ), int(length_s * ENGINE_RATE_HZ)
    place = sound[first : first + count]
    time_s = np.arange(len(place)) / ENGINE_RATE_HZ
    hertz = 440 * 2 ** ((key - 69) / 12)
    shape = np.minimum(1, time_s / 0.01) * np.exp(-2.5 * time_s / length_s)
    for partial, strength in enumerate(timbre, start=1):
        if partial * hertz < ENGINE_RATE_HZ / 2:
            place += strength * shape * np.sin(2 * np.pi * partial * hertz * time_s)


def _hit(
    sound: NDArray[np.float64], start_s: float, length_s: float, random: np.random.Generator
) -> None:
    first = int(start_s * ENGINE_RATE_HZ)
    place = sound[first : first + int(length_s * ENGINE_RATE_HZ)]
    fade = np.exp(-6 * np.arange(len(place)) / max(1, len(place)))
    place += 0.5 * fade * random.standard_normal(len(place))
