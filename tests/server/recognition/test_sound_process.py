"""Decoding in a process of its own ends when its reader does, however much there is to read."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.fingerprint.models import RATE_HZ
from recognition_sounds import encoded
from server.recognition.sound_process import samples_of_file, samples_of_stream

pytestmark = pytest.mark.integration
_LONG_S = 120
_PATIENCE_S = 20.0


@pytest.fixture(scope="module")
def long_flac() -> bytes:
    """Far more decoded sound than the pipes between two processes hold."""
    noise = np.random.default_rng(7).normal(0, 0.1, _LONG_S * RATE_HZ)
    return encoded(noise.astype(np.float32), "flac")


async def test_a_stream_that_runs_ahead_of_its_reader_can_be_left(long_flac: bytes) -> None:
    async def station() -> AsyncIterator[bytes]:
        yield long_flac
        await asyncio.sleep(3_600)

    blocks = samples_of_stream(station())
    assert len(await anext(blocks)) == RATE_HZ
    await asyncio.sleep(1.0)  # the decoder fills what nobody reads
    async with asyncio.timeout(_PATIENCE_S):
        await blocks.aclose()


async def test_a_file_is_left_where_enough_of_it_was_read(long_flac: bytes, tmp_path: Path) -> None:
    path = tmp_path / "long.flac"
    path.write_bytes(long_flac)
    async with asyncio.timeout(_PATIENCE_S):
        samples = await samples_of_file(path, rate_hz=RATE_HZ, at_most_s=2.0, timeout_s=60.0)
    assert len(samples) == 3 * RATE_HZ  # a second more tells that there is more
