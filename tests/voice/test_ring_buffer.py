"""The last minutes of a microphone: what comes out, what is forgotten."""

import threading

import numpy as np
import pytest

from voice.ring_buffer import RingBuffer

_RATE = 100
_STEP = 1 / 32_767


def _ramp(first: int, count: int) -> np.ndarray:
    """Samples that each say their own number."""
    return np.arange(first, first + count, dtype=np.int16)


def _numbers(samples: np.ndarray) -> list[int]:
    return [round(float(sample) / _STEP) for sample in samples]


@pytest.mark.unit
def test_the_newest_samples_come_back_and_older_ones_are_lost() -> None:
    ring = RingBuffer(10, _RATE)
    for first in range(0, 2_500, 70):
        ring.write(_ramp(first, 70))
    assert ring.seconds_held == 10
    assert _numbers(ring.last(2)) == list(range(2_520 - 200, 2_520))
    assert _numbers(ring.last(60)) == list(range(2_520 - 1_000, 2_520))


@pytest.mark.unit
def test_thirty_seconds_ago_is_counted_from_the_newest_sample() -> None:
    ring = RingBuffer(60, _RATE)
    ring.write(_ramp(0, 5_000))
    assert _numbers(ring.last(5, ending_s_ago=30)) == list(range(1_500, 2_000))


@pytest.mark.unit
def test_less_comes_back_where_less_is_held() -> None:
    ring = RingBuffer(60, _RATE)
    ring.write(_ramp(0, 300))
    assert _numbers(ring.last(5, ending_s_ago=1)) == list(range(200))
    assert ring.last(5, ending_s_ago=4).shape == (0,)
    assert ring.last(0).shape == (0,)


@pytest.mark.unit
def test_one_write_may_be_longer_than_the_whole_buffer() -> None:
    ring = RingBuffer(1, _RATE)
    ring.write(_ramp(0, 30))
    ring.write(_ramp(0, 1_234))
    assert _numbers(ring.last(1)) == list(range(1_134, 1_234))


@pytest.mark.unit
def test_clearing_leaves_no_sample_in_memory() -> None:
    ring = RingBuffer(2, _RATE)
    ring.write(np.full(500, 0.5, np.float32))
    ring.clear()
    assert ring.seconds_held == 0
    assert ring.last(2).shape == (0,)
    assert not ring._ring.any()


@pytest.mark.unit
def test_samples_that_are_no_sound_do_no_harm() -> None:
    ring = RingBuffer(1, _RATE)
    ring.write(np.array([np.nan, np.inf, -np.inf, 3.0, -0.25]))
    assert ring.last(1) == pytest.approx([0, 1, -1, 1, -0.25], abs=1e-4)


@pytest.mark.unit
@pytest.mark.parametrize(("seconds", "rate"), [(0, 100), (-1, 100), (1, 0), (1e9, 48_000)])
def test_an_impossible_size_is_refused(seconds: float, rate: int) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        RingBuffer(seconds, rate)


@pytest.mark.unit
def test_stereo_is_refused() -> None:
    with pytest.raises(ValueError, match="one channel"):
        RingBuffer(1, _RATE).write(np.zeros((2, 10)))


@pytest.mark.unit
def test_a_reader_never_sees_half_a_write() -> None:
    ring = RingBuffer(1, _RATE)
    ring.write(np.zeros(_RATE, np.int16))
    stop = threading.Event()

    def write() -> None:
        value = 0
        while not stop.is_set():
            value = (value + 1) % 1_000
            ring.write(np.full(_RATE, value, np.int16))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(500):
            assert len(set(_numbers(ring.last(1)))) == 1
    finally:
        stop.set()
        writer.join()
