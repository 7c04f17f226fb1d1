"""A program that is given words and gives back sound: run apart, bounded in time and size."""

import asyncio
import contextlib
import io
import os
import wave
from collections.abc import Sequence
from typing import Final

import numpy as np

from voice.audio import Samples
from voice.errors import SpeakingFailed
from voice.tts.shaping import at_speaking_rate, sane, trimmed

MAX_WAV_BYTES: Final = 32 * 2**20
"""Five minutes at 48 kHz: no clause is nearly as long."""
_FULL_SCALE: Final = 32_768.0
_PASSED_ON: Final = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")


def environment() -> dict[str, str]:
    """What a voice program sees of our environment: no keys and no settings."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


async def run(arguments: Sequence[str], words: str, *, timeout_s: float, name: str) -> bytes:
    """Start a program, give it `words`, and take what it prints.

    Raises:
        SpeakingFailed: it is not installed, failed, took too long or printed too much.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment(),
        )
    except OSError as error:
        raise SpeakingFailed(f"{name} cannot be started; is it installed?") from error
    try:
        async with asyncio.timeout(timeout_s):
            printed = await _exchange(process, words.encode(), name)
            code = await process.wait()
    except TimeoutError as error:
        raise SpeakingFailed(f"{name} took longer than {timeout_s:g} s.") from error
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            # Reads the rest: asyncio waits for ever for a process whose full pipe nobody reads.
            await process.communicate()
    if code != 0:
        raise SpeakingFailed(f"{name} failed with exit code {code}.")
    return printed


async def _exchange(process: asyncio.subprocess.Process, words: bytes, name: str) -> bytes:
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        raise SpeakingFailed(f"{name} has no input or output.")
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        stdin.write(words)
        await stdin.drain()
        stdin.close()
    printed = bytearray()
    while piece := await stdout.read(2**16):
        printed += piece
        if len(printed) > MAX_WAV_BYTES:
            raise SpeakingFailed(f"{name} made far too much sound.")
    return bytes(printed)


def sound_of_wav(content: bytes, name: str) -> Samples:
    """The samples of a WAV file with 16 bits, mono, at the speaking rate, trimmed.

    Raises:
        SpeakingFailed: it is no such file.
    """
    try:
        with wave.open(io.BytesIO(_with_lengths(content))) as file:
            if file.getsampwidth() != 2 or not 4_000 <= file.getframerate() <= 192_000:
                raise SpeakingFailed(f"{name} made sound in a form that cannot be taken.")
            rate, channels = file.getframerate(), file.getnchannels()
            raw = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    except (wave.Error, EOFError, ValueError) as error:
        raise SpeakingFailed(f"{name} made no sound: {error}") from error
    whole = raw[: len(raw) // channels * channels].reshape(-1, channels)
    return sound_of(whole.mean(axis=1) / _FULL_SCALE, rate)


def sound_of(samples: np.ndarray[tuple[int, ...], np.dtype[np.floating]], rate_hz: int) -> Samples:
    """Samples of an engine, at the speaking rate and trimmed."""
    return trimmed(sane(at_speaking_rate(samples.astype(np.float32), rate_hz)))


def _with_lengths(content: bytes) -> bytes:
    """A WAV that was printed before its length was known, with the lengths put right."""
    place = content.find(b"data", 12, 4_096)
    if content[:4] != b"RIFF" or place < 0:
        return content
    fixed = bytearray(content)
    fixed[4:8] = (len(content) - 8).to_bytes(4, "little")
    stated = int.from_bytes(content[place + 4 : place + 8], "little")
    left = len(content) - place - 8
    if stated > left:
        fixed[place + 4 : place + 8] = left.to_bytes(4, "little")
    return bytes(fixed)
