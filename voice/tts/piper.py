"""Piper: neural voices for many languages, as a program of its own (GPL-3.0-or-later).

Only its command line is used. It reads a line, writes a WAV file into a folder, and says so; the
process stays, since loading a voice takes a second.
"""

import asyncio
import contextlib
import re
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from voice.audio import Samples
from voice.errors import ModelFileUnusable, SpeakingFailed
from voice.model_file import ModelFile
from voice.tts.foreign import in_latin
from voice.tts.process import MAX_WAV_BYTES, environment, sound_of_wav

_START_TIMEOUT_S: Final = 60.0
_TIMEOUT_S: Final = 30.0
_MAX_CHARACTERS: Final = 2_000
_WROTE: Final = re.compile(r"Wrote (.+\.wav)\s*$")
_REMEMBERED_LINES: Final = 5


class PiperSynthesizer:
    """One process with one voice; clauses are spoken one after another."""

    def __init__(self, voice: Path | ModelFile, *, program: Sequence[str] = ()) -> None:
        """Note which voice; nothing is started yet.

        Args:
            voice: the `.onnx` file, its `.onnx.json` beside it; checked when a `ModelFile`.
            program: how Piper is started; by default the installed `piper`.
        """
        self._voice = voice.path if isinstance(voice, ModelFile) else voice
        self._checked = voice if isinstance(voice, ModelFile) else None
        self._program = tuple(program)
        self._process: asyncio.subprocess.Process | None = None
        self._folder = ""
        self._speed = 1.0
        self._turn = asyncio.Lock()
        self._last_lines: deque[str] = deque(maxlen=_REMEMBERED_LINES)
        self._closed = False

    @property
    def name(self) -> str:
        return f"piper {self._voice.stem}"

    async def start(self) -> None:
        """Start the program and load the voice.

        Raises:
            SpeakingFailed: it is not installed, or it cannot load the voice.
            ModelFileUnusable: the voice is missing or damaged.
        """
        await self.synthesize("Hello.")

    async def synthesize(self, text: str, *, language: str = "en", speed: float = 1.0) -> Samples:
        """Speak a clause; see `Synthesizer`. The language is that of the voice."""
        del language
        if len(text) > _MAX_CHARACTERS:
            raise SpeakingFailed(f"One clause has at most {_MAX_CHARACTERS:,} characters.")
        line = " ".join(in_latin(text).split())
        if not any(one.isalnum() for one in line):
            return np.zeros(0, np.float32)
        speed = min(max(speed, 0.5), 2.0)
        async with self._turn:
            timeout_s = _TIMEOUT_S
            if (
                self._process is None
                or self._process.returncode is not None
                or speed != self._speed
            ):
                await self._restart(speed)
                timeout_s = _START_TIMEOUT_S
            try:
                async with asyncio.timeout(timeout_s):
                    path = await self._say(line)
                content = await asyncio.to_thread(_taken, path)
            except (TimeoutError, OSError, ValueError) as error:
                await self._stop()
                raise SpeakingFailed(f"Piper did not answer: {self._why()}") from error
            except asyncio.CancelledError:
                await self._stop()  # its answer would be taken for that of the next clause
                raise
        return await asyncio.to_thread(sound_of_wav, content, "Piper")

    async def close(self) -> None:
        """End the program and remove its folder."""
        self._closed = True
        await self._stop()

    async def _restart(self, speed: float) -> None:
        await self._stop()
        if self._closed:
            raise SpeakingFailed("The voice is closed.")
        if self._checked is not None:
            await asyncio.to_thread(self._checked.read)
        elif not self._voice.is_file():
            raise ModelFileUnusable(f"{self._voice.name} is not there.")
        self._folder = tempfile.mkdtemp(prefix="refrain-piper-")
        arguments = [
            *(self._program or _program()),
            "--model",
            str(self._voice),
            "--output-dir",
            self._folder,
            "--length-scale",
            f"{1.0 / speed:.3f}",
        ]
        try:
            self._process = await asyncio.create_subprocess_exec(
                *arguments,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                env=environment(),
            )
        except OSError as error:
            await self._stop()
            raise SpeakingFailed("Piper cannot be started; is it installed?") from error
        self._speed = speed

    async def _say(self, line: str) -> Path:
        process = self._process
        if process is None or process.stdin is None or process.stderr is None:
            raise SpeakingFailed("Piper does not run.")
        process.stdin.write(f"{line}\n".encode())
        await process.stdin.drain()
        while said := await process.stderr.readline():
            text = said.decode(errors="replace").strip()
            if found := _WROTE.search(text):
                return Path(self._folder) / Path(found[1]).name
            self._last_lines.append(text[:200])
        raise OSError("ended")

    async def _stop(self) -> None:
        process, self._process = self._process, None
        folder, self._folder = self._folder, ""
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if folder:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    def _why(self) -> str:
        return self._last_lines[-1] if self._last_lines else "it ended without a word."


def _program() -> tuple[str, ...]:
    """The installed command, or the module in the environment that runs us."""
    found = shutil.which("piper") or shutil.which("piper", path=str(Path(sys.executable).parent))
    if found is None:
        raise SpeakingFailed("Piper is not installed.")
    return (found,)


def _taken(path: Path) -> bytes:
    """Read a file once and remove it."""
    if path.stat().st_size > MAX_WAV_BYTES:
        raise OSError("far too much sound")
    content = path.read_bytes()
    path.unlink()
    return content
