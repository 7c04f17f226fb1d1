"""Sound files in the place of a microphone, and the spoken answer as a file."""

import sys
import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.audio.decoder import decode
from knowledge.errors import UnreadableAudio
from server.errors import BadRequest
from voice.audio import SPEAKING_RATE_HZ, Samples

STANDARD_INPUT: Final = "-"
MAX_FILE_S: Final = 600.0
_MAX_PIPED: Final = 128 * 2**20


def read_sound(name: str, rate_hz: int) -> Samples:
    """Read a sound file of any format, or standard input when it is called "-".

    Returns:
        Mono at `rate_hz`.

    Raises:
        BadRequest: it is missing, empty, no sound, or longer than `MAX_FILE_S`.
    """
    if name == STANDARD_INPUT:
        with tempfile.NamedTemporaryFile(prefix="refrain-", suffix=".sound") as file:
            file.write(_piped())
            file.flush()
            return _decoded(Path(file.name), "standard input", rate_hz)
    if not Path(name).is_file():
        raise BadRequest(f"There is no file {name}.", next_step="Look at how it is spelled.")
    return _decoded(Path(name), name, rate_hz)


def _decoded(path: Path, name: str, rate_hz: int) -> Samples:
    blocks, count = [], 0
    try:
        for block, _ in decode(path, sample_rate=rate_hz, channels=1):
            blocks.append(block[0])
            count += block.shape[1]
            if count > MAX_FILE_S * rate_hz:
                raise BadRequest(
                    f"{name} is longer than {MAX_FILE_S / 60:.0f} minutes.",
                    next_step="To name the music in a long recording: refrain timeline FILE",
                )
    except (UnreadableAudio, OSError) as error:
        raise BadRequest(f"{name} cannot be read as sound: {error}") from error
    return np.concatenate(blocks).astype(np.float32, copy=False)


def write_wav(path: Path, pieces: Sequence[Samples]) -> None:
    """Keep our voice: mono, 16 bits, at `SPEAKING_RATE_HZ`.

    Raises:
        BadRequest: the file cannot be written.
    """
    samples = np.concatenate([np.zeros(0, np.float32), *pieces])
    pcm = np.rint(np.clip(samples, -1, 1) * 32_767).astype("<i2")
    try:
        with path.open("wb") as file, wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(SPEAKING_RATE_HZ)
            out.writeframes(pcm.tobytes())
    except OSError as error:
        raise BadRequest(f"{path} cannot be written: {error.strerror}.") from error


def _piped() -> bytes:
    data = sys.stdin.buffer.read(_MAX_PIPED + 1)
    if len(data) > _MAX_PIPED:
        raise BadRequest("Standard input holds more than 128 MB.")
    return data
