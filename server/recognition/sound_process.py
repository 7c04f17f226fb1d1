"""Starts `decode_sound`, and reads the samples that it writes."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator
from contextlib import suppress
from pathlib import Path

import numpy as np

from knowledge.errors import UnreadableAudio
from knowledge.fingerprint.models import RATE_HZ, Samples

BLOCK_S = 5.0
_HEADER_BYTES = 8
_SAMPLE_BYTES = 2
_PROGRAM = "server.recognition.decode_sound"
_SAID_BYTES = 300
_PIECE_BYTES = 262_144
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def samples_of(path: Path, length: Callable[[float], None]) -> Generator[Samples, None, None]:
    """Decode a file in a process of its own, block by block; the process ends with the iterator.

    Args:
        path: of any format.
        length: told how many seconds the file says that it has, if it does.

    Yields:
        Mono samples at `RATE_HZ`, shape (n,).

    Raises:
        UnreadableAudio: it cannot be decoded.
    """
    with subprocess.Popen(
        _command(str(path)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
    ) as process:
        out, said = process.stdout, process.stderr
        assert out is not None  # noqa: S101  both are pipes
        assert said is not None  # noqa: S101
        try:
            header = out.read(_HEADER_BYTES)
            if len(header) == _HEADER_BYTES:
                seconds = float(np.frombuffer(header, "<f8")[0])
                if 0 < seconds < float("inf"):
                    length(seconds)
            while data := out.read(round(BLOCK_S * RATE_HZ) * _SAMPLE_BYTES):
                yield _samples(data)
            words = said.read(_SAID_BYTES)
            if process.wait():
                raise UnreadableAudio(_why(words))
        finally:
            process.kill()


async def samples_of_file(
    path: Path, *, rate_hz: int, at_most_s: float, timeout_s: float
) -> Samples:
    """Decode a whole file in a process of its own.

    Args:
        path: of any format.
        rate_hz: of what comes back.
        at_most_s: longer ones are not decoded to their end.
        timeout_s: how long it may take.

    Returns:
        Mono samples at `rate_hz`, shape (n,); up to a second more than `at_most_s` when there is
        more.

    Raises:
        UnreadableAudio: it cannot be decoded, or not in that time.
    """
    process = await asyncio.create_subprocess_exec(
        *_command(str(path), rate_hz),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_environment(),
    )
    out, said = process.stdout, process.stderr
    assert out is not None  # noqa: S101  both are pipes
    assert said is not None  # noqa: S101
    limit = _HEADER_BYTES + round((at_most_s + 1.0) * rate_hz) * _SAMPLE_BYTES
    data = bytearray()
    try:
        async with asyncio.timeout(timeout_s):
            while len(data) < limit and (piece := await out.read(_PIECE_BYTES)):
                data += piece
            if len(data) < limit:
                words = await said.read(_SAID_BYTES)
                if await process.wait():
                    raise UnreadableAudio(_why(words))
    except TimeoutError as error:
        raise UnreadableAudio("Decoding it takes too long.") from error
    finally:
        await asyncio.shield(_end(process))
    return _samples(bytes(data[_HEADER_BYTES:limit]))


async def samples_of_stream(stream: AsyncIterator[bytes]) -> AsyncGenerator[Samples, None]:
    """Decode a stream in a process of its own while it comes in.

    Args:
        stream: encoded sound; what it raises is raised here.

    Yields:
        Mono samples at `RATE_HZ`, shape (n,), about a second at a time.

    Raises:
        UnreadableAudio: it cannot be decoded.
    """
    process = await asyncio.create_subprocess_exec(
        *_command("-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
    )
    feeding = asyncio.create_task(_feed(process, stream))
    out, said = process.stdout, process.stderr
    assert out is not None  # noqa: S101  both are pipes
    assert said is not None  # noqa: S101
    try:
        with suppress(asyncio.IncompleteReadError):
            await out.readexactly(_HEADER_BYTES)
        is_over = False
        while not is_over:
            try:
                data = await out.readexactly(RATE_HZ * _SAMPLE_BYTES)
            except asyncio.IncompleteReadError as error:
                data, is_over = error.partial, True
            if data:
                yield _samples(data)
        words = await said.read(_SAID_BYTES)
        if feeding.done():
            feeding.result()
        if await process.wait():
            raise UnreadableAudio(_why(words))
    finally:
        feeding.cancel()
        await asyncio.gather(feeding, return_exceptions=True)
        await asyncio.shield(_end(process))


async def _end(process: asyncio.subprocess.Process) -> None:
    """Kill it, and wait until it is gone.

    What it wrote is read to the end: asyncio stops reading a full pipe, and waits for ever for a
    process whose pipe it has not seen the end of.
    """
    with suppress(ProcessLookupError):
        process.kill()
    await process.communicate()


async def _feed(process: asyncio.subprocess.Process, stream: AsyncIterator[bytes]) -> None:
    pipe = process.stdin
    assert pipe is not None  # noqa: S101  it is a pipe
    try:
        async for data in stream:
            pipe.write(data)
            await pipe.drain()
    except (BrokenPipeError, ConnectionResetError):
        pass  # the program has ended, and says why
    finally:
        pipe.close()


def _samples(data: bytes) -> Samples:
    whole = len(data) - len(data) % _SAMPLE_BYTES
    return np.frombuffer(data[:whole], "<i2").astype(np.float32) / np.float32(32_768.0)


def _why(words: bytes) -> str:
    said = words.decode("utf-8", "replace").strip().splitlines()
    return said[-1] if said and len(said) == 1 else "Decoding it crashed."


def _command(source: str, rate_hz: int = RATE_HZ) -> list[str]:
    return [sys.executable, "-P", "-m", _PROGRAM, source, str(rate_hz)]


def _environment() -> dict[str, str]:
    home = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(dict.fromkeys(filter(None, (home, *sys.path))))
    return {**os.environ, **_ONE_THREAD, "PYTHONPATH": path}
