"""Our voice through another program: all of it, or silence at once."""

import asyncio
import sys
from pathlib import Path

import numpy as np
import pytest

from server.commands.talking.loudspeaker import Loudspeaker
from voice.audio import SPEAKING_RATE_HZ, Samples

pytestmark = pytest.mark.integration

_COPY = "import shutil, sys; shutil.copyfileobj(sys.stdin.buffer, open(sys.argv[1], 'wb', 0), 1024)"


def _copier(file: Path) -> tuple[str, ...]:
    """A program that plays into a file."""
    return sys.executable, "-c", _COPY, str(file)


def _tone(seconds: float, level: float = 0.5) -> Samples:
    return np.full(round(seconds * SPEAKING_RATE_HZ), level, np.float32)


def _played(file: Path) -> Samples:
    return np.frombuffer(file.read_bytes(), "<i2").astype(np.float32) / np.float32(32_767)


async def test_an_answer_that_comes_in_pieces_is_played_whole(tmp_path: Path) -> None:
    file = tmp_path / "played"
    loudspeaker = Loudspeaker(_copier(file))
    for level in (0.1, 0.2, 0.3):
        loudspeaker.add("i1", _tone(0.1, level))
    assert loudspeaker.sounding
    loudspeaker.complete("i1")
    await loudspeaker.quiet()
    assert not loudspeaker.sounding
    expected = np.concatenate([_tone(0.1, level) for level in (0.1, 0.2, 0.3)])
    assert np.abs(_played(file) - expected).max() < 1e-4
    assert (loudspeaker.item_id, loudspeaker.played_ms) == ("i1", 300)


async def test_cut_short_it_is_silent_and_knows_how_much_was_heard(tmp_path: Path) -> None:
    file, began = tmp_path / "played", asyncio.Event()
    loudspeaker = Loudspeaker(_copier(file), played=lambda _samples, _due_s: began.set())
    loudspeaker.add("i1", _tone(20))
    await began.wait()
    heard_ms = loudspeaker.cut()
    assert not loudspeaker.sounding
    await loudspeaker.close()
    assert heard_ms < 5_000
    assert not file.exists() or len(_played(file)) < 5 * SPEAKING_RATE_HZ


async def test_the_next_answer_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    file, began = tmp_path / "played", asyncio.Event()
    loudspeaker = Loudspeaker(_copier(file), played=lambda _samples, _due_s: began.set())
    loudspeaker.add("i1", _tone(20, 0.1))
    await began.wait()
    loudspeaker.add("i2", _tone(0.1, 0.4))
    loudspeaker.complete("i1")
    loudspeaker.complete("i2")
    await loudspeaker.quiet()
    assert np.abs(_played(file) - _tone(0.1, 0.4)).max() < 1e-4
    assert loudspeaker.item_id == "i2"


async def test_a_voice_that_is_ducked_is_quieter(tmp_path: Path) -> None:
    file = tmp_path / "played"
    loudspeaker = Loudspeaker(_copier(file))
    loudspeaker.add("i1", _tone(0.05))
    loudspeaker.duck(0.75)
    loudspeaker.complete("i1")
    await loudspeaker.quiet()
    assert np.abs(_played(file) - _tone(0.05, 0.125)).max() < 1e-4


async def test_a_program_that_does_not_play_is_reported_once_and_left_alone() -> None:
    broken = (sys.executable, "-c", "import sys; sys.exit('no such device')")
    told: list[str] = []
    loudspeaker = Loudspeaker(broken, failed=told.append)
    loudspeaker.add("i1", _tone(3))
    loudspeaker.complete("i1")
    await loudspeaker.quiet()
    loudspeaker.add("i2", _tone(3))
    assert not loudspeaker.sounding
    assert len(told) == 1
    assert told[0].endswith("does not play: no such device")


async def test_a_program_that_is_not_there_is_reported() -> None:
    told: list[str] = []
    loudspeaker = Loudspeaker(("refrain-no-such-program",), failed=told.append)
    loudspeaker.add("i1", _tone(0.1))
    await loudspeaker.quiet()
    assert "cannot be started" in told[0]
