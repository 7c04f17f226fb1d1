"""Made-up fingerprints whose hashes are as unevenly spread as those of real landmarks."""

import numpy as np

from knowledge.fingerprint.models import CODE_BYTES, CODE_HOP, FRAMES_PER_S, HASH_BITS, Fingerprint


def make_fingerprint(seed: int, *, seconds: float = 20.0, per_s: float = 30.0) -> Fingerprint:
    """Make the fingerprint of a recording that does not exist; the same seed, the same one."""
    rng = np.random.default_rng(seed)
    frames = max(1, int(seconds * FRAMES_PER_S))
    count = int(seconds * per_s)
    # Two skewed numbers stand for two frequencies: low ones are common, as in music.
    spread = 2 ** (HASH_BITS // 2)
    high = (spread * rng.random(count) ** 2).astype(np.uint32)
    low = (spread * rng.random(count) ** 2).astype(np.uint32)
    landmarks = rng.integers(0, frames << 10, count // 4).astype(np.uint32)
    return Fingerprint(
        frames=frames,
        hashes=high * np.uint32(spread) + low,
        times=np.sort(rng.integers(0, frames, count)).astype(np.uint32),
        landmarks=np.sort(landmarks),
        codes=rng.integers(0, 256, (frames // CODE_HOP, CODE_BYTES)).astype(np.uint8),
    )


def same_fingerprint(one: Fingerprint, other: Fingerprint) -> bool:
    """Say whether two fingerprints hold the same, whatever the order of their hashes."""

    def ordered(item: Fingerprint) -> np.ndarray:
        return np.sort(item.times.astype(np.uint64) << np.uint64(32) | item.hashes)

    return (
        one.frames == other.frames
        and np.array_equal(ordered(one), ordered(other))
        and np.array_equal(one.landmarks, other.landmarks)
        and np.array_equal(one.codes, other.codes)
    )
