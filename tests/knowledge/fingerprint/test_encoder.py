"""The learned code of every half second, with the weights that are shipped."""

import numpy as np
import pytest

from encoder_sounds import noisy, plucked
from knowledge.fingerprint.encoder import (
    CENTRE,
    DIMENSIONS,
    QUERY_HOP,
    WEIGHTS,
    Coding,
    Encoder,
    pack,
    signs,
)
from knowledge.fingerprint.encoder_frontend import BANDS, band_power, filterbank
from knowledge.fingerprint.models import CODE_BYTES, CODE_HOP, HOP, RATE_HZ

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    encoder = Encoder()
    encoder.warm()
    return encoder


def test_a_recording_has_a_code_for_every_half_second(encoder: Encoder) -> None:
    codes = encoder.codes(plucked(1, 20))

    assert codes.shape == (41, CODE_BYTES)
    assert codes.dtype == np.uint8
    assert len(np.unique(codes, axis=0)) == 41


def test_what_is_shorter_than_a_window_has_no_codes(encoder: Encoder) -> None:
    assert encoder.codes(plucked(1, 1.2)).shape == (0, CODE_BYTES)
    assert encoder.codes(np.empty(0, np.float32)).shape == (0, CODE_BYTES)
    assert encoder.query(plucked(1, 1.2)).vectors.shape == (0, DIMENSIONS)


def test_a_recording_in_blocks_gets_the_codes_of_the_whole(encoder: Encoder) -> None:
    music = plucked(2, 150)
    whole = encoder.codes(music)
    blocks = [music[k : k + 70_001] for k in range(0, music.size, 70_001)]

    differing = np.unpackbits(encoder.codes_of_blocks(blocks) ^ whole).mean()

    assert differing < 0.001


def test_coding_gives_out_what_is_complete_and_holds_little(encoder: Encoder) -> None:
    coding = Coding(encoder)
    music = plucked(2, 10)
    given = [coding.feed(music) for _ in range(14)]

    assert sum(len(codes) for codes in given) == 256
    assert len(coding.finish()) > 0
    assert len(coding.finish()) == 0


def test_a_clip_is_looked_at_more_densely_at_known_places(encoder: Encoder) -> None:
    clip = encoder.query(plucked(3, 5))

    assert np.allclose(np.linalg.norm(clip.vectors, axis=1), 1, atol=1e-4)
    assert np.allclose(np.diff(clip.centres), QUERY_HOP)
    assert clip.centres[0] == pytest.approx(CENTRE)
    middle = (clip.centres[0] + clip.centres[-1]) / 2 * HOP / RATE_HZ
    assert middle == pytest.approx(2.5, abs=0.1)
    coarse = encoder.query(plucked(3, 5), hop=2 * QUERY_HOP)
    assert np.allclose(coarse.vectors, clip.vectors[::2], atol=1e-4)


def test_a_clip_of_the_recording_agrees_with_its_codes_in_noise(encoder: Encoder) -> None:
    music = plucked(4, 30)
    codes = signs(encoder.codes(music))
    start = 10 * CODE_HOP * HOP

    clip = encoder.query(noisy(music[start : start + 5 * RATE_HZ], 5), hop=CODE_HOP)

    own = (clip.vectors * codes[10 : 10 + len(clip.vectors)]).sum(axis=1)
    other = clip.vectors @ signs(encoder.codes(plucked(5, 30))).T
    assert own.min() > 0.4
    assert own.mean() > other.max() + 0.1


def test_loudness_does_not_matter(encoder: Encoder) -> None:
    music = plucked(6, 6)

    assert np.unpackbits(encoder.codes(music) ^ encoder.codes(music * 0.01)).mean() < 0.02


def test_a_clip_can_be_read_as_if_it_had_been_pitched_right(encoder: Encoder) -> None:
    codes = signs(encoder.codes(plucked(7, 12)))
    clip = plucked(7, 12, pitch=2 ** (2 / 12))

    def agreement(semitones: float) -> float:
        vectors = encoder.query(clip, hop=CODE_HOP, semitones=semitones).vectors
        return float((vectors * codes[: len(vectors)]).sum(axis=1).mean())

    assert agreement(2.0) > agreement(0.0) + 0.2


@pytest.mark.parametrize("level", [0.0, 1e30])
def test_silence_and_nonsense_give_finite_vectors(encoder: Encoder, level: float) -> None:
    samples = np.full(3 * RATE_HZ, level * 1e-25, np.float32)
    samples[RATE_HZ] = 1.0 if level else 0.0

    assert np.isfinite(encoder.query(samples).vectors).all()


def test_signs_of_packed_vectors_are_the_signs_of_the_vectors() -> None:
    vectors = np.random.default_rng(0).standard_normal((5, DIMENSIONS)).astype(np.float32)

    unpacked = signs(pack(vectors))

    assert (np.sign(unpacked) == np.sign(vectors)).all()
    assert np.allclose(np.linalg.norm(unpacked, axis=1), 1)


def test_bands_are_spaced_in_pitch() -> None:
    seconds = np.arange(RATE_HZ) / RATE_HZ
    tones = [np.sin(2 * np.pi * hertz * seconds).astype(np.float32) for hertz in (440, 880)]

    loudest = [int(band_power(tone).sum(axis=0).argmax()) for tone in tones]

    assert loudest[1] - loudest[0] == pytest.approx(12 / 0.634, abs=1.5)
    assert filterbank().sum(axis=0) == pytest.approx(np.ones(BANDS), rel=1e-4)


def test_the_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size < 2_000_000
