"""Recordings in a format that browsers play, converted once and kept for a while."""

import asyncio
import hashlib
import logging
import os
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from knowledge.errors import NotInLibrary
from knowledge.models import Track
from server.errors import ServerBusy
from server.media.conversion import MEDIA_TYPES, Stopped, TargetFormat, convert
from server.media.live import LiveConversions

_LOG = logging.getLogger(__name__)
_WORKERS = 2
_MAX_WAITING = 16
MAX_KEPT_BYTES = 2_000_000_000
"""Converted files above this are deleted, the longest unused first."""

_NATIVE = {
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".mp4": "audio/mp4",
    ".aac": "audio/aac",
    ".wav": "audio/wav",
    ".webm": "audio/webm",
}
_CODECS_OF = {
    "audio/mp4": ("aac", "mp4a", "mp3"),
    "audio/ogg": ("vorbis", "opus", "flac"),
    "audio/wav": ("pcm", "wav"),
}
"""Containers that may hold what browsers do not know, such as ALAC in M4A."""


class AudioFormat(StrEnum):
    AUTO = "auto"
    ORIGINAL = "original"
    FLAC = "flac"
    OPUS = "opus"
    WAV = "wav"
    MP3 = "mp3"


@dataclass(frozen=True, slots=True)
class Playable:
    """A file to be sent."""

    path: Path
    media_type: str


def native_media_type(path: Path, codec: str) -> str | None:
    """The MIME type when browsers play this file as it is, or None."""
    media_type = _NATIVE.get(path.suffix.lower())
    known = _CODECS_OF.get(media_type or "")
    name = codec.lower()
    if known is not None and name and not name.startswith(known):
        return None
    return media_type


class PlayableFiles:
    """Converts on demand, each recording once, in a few threads behind a bounded queue."""

    def __init__(self, folder: Path, *, max_bytes: int = MAX_KEPT_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="convert")
        self._running: dict[Path, asyncio.Future[None]] = {}
        self._stop = threading.Event()
        self.live = LiveConversions()
        """Those that are sent while they are made, and not kept."""

    async def open(
        self, track: Track, path: Path, wanted: AudioFormat, *, kbps: int | None = None
    ) -> Playable:
        """The file to send for `track`, whose recording is `path`.

        Args:
            track: the recording.
            path: its file.
            wanted: in which format; opus and mp3 are made with `kbps`, where that is given.
            kbps: kilobits a second.

        Raises:
            NotPlayable: it cannot be converted.
            ServerBusy: too many conversions wait already.
            NotInLibrary: the recording is gone.
        """
        native = native_media_type(path, track.codec)
        if wanted is AudioFormat.ORIGINAL:
            return Playable(path, native or "application/octet-stream")
        if wanted is AudioFormat.AUTO and native is not None:
            return Playable(path, native)
        target_format = TargetFormat.FLAC if wanted is AudioFormat.AUTO else TargetFormat(wanted)
        target, media_type = await asyncio.to_thread(self._target, path, target_format, kbps)
        if not await asyncio.to_thread(_touch, target):
            await self._convert_once(path, target, target_format, kbps)
        return Playable(target, media_type)

    async def kept(self, path: Path, wanted: AudioFormat, *, kbps: int | None) -> Playable | None:
        """What was converted so earlier and is still there.

        Raises:
            NotInLibrary: the recording is gone.
        """
        target, media_type = await asyncio.to_thread(self._target, path, TargetFormat(wanted), kbps)
        there = await asyncio.to_thread(_touch, target)
        return Playable(target, media_type) if there else None

    async def prepare(self, track: Track, path: Path) -> None:
        """Convert it now, if it will be needed, so that it starts at once when it is played."""
        if native_media_type(path, track.codec) is None:
            await self.open(track, path, AudioFormat.AUTO)

    def close(self) -> None:
        """Stop what runs; half-written files are removed."""
        self._stop.set()
        self.live.close()
        self._workers.shutdown(wait=True, cancel_futures=True)

    def _target(self, path: Path, wanted: TargetFormat, kbps: int | None) -> tuple[Path, str]:
        try:
            status = path.stat()
        except OSError as error:
            raise NotInLibrary("The file of this recording is gone.") from error
        stamp = f"{path}\0{status.st_size}\0{status.st_mtime_ns}"
        name = hashlib.sha256(stamp.encode(errors="surrogateescape")).hexdigest()[:40]
        rate = "" if kbps is None else f"-{kbps}"
        return self._folder / f"{name}{rate}.{wanted}", MEDIA_TYPES[wanted]

    async def _convert_once(
        self, source: Path, target: Path, wanted: TargetFormat, kbps: int | None
    ) -> None:
        running = self._running.get(target)
        if running is None:
            if len(self._running) >= _MAX_WAITING:
                raise ServerBusy("Too many recordings are being converted.")
            loop = asyncio.get_running_loop()
            running = loop.run_in_executor(
                self._workers, self._convert, source, target, wanted, kbps
            )
            self._running[target] = running
            running.add_done_callback(lambda _: self._running.pop(target, None))
        # A listener that leaves must not end the conversion that another one waits for.
        await asyncio.shield(running)

    def _convert(self, source: Path, target: Path, wanted: TargetFormat, kbps: int | None) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".new-")
        os.close(handle)
        temporary = Path(name)
        try:
            convert(source, temporary, wanted, self._stop, kbps=kbps)
            temporary.replace(target)
        except Stopped as stopped:
            raise ServerBusy("The server is shutting down.") from stopped
        finally:
            temporary.unlink(missing_ok=True)
        self._make_room(target)

    def _make_room(self, newest: Path) -> None:
        kept = []
        for path in self._folder.iterdir():
            status = path.stat()
            if path.name.startswith(".new-") and path != newest:
                continue
            kept.append((status.st_atime, status.st_size, path))
        total = sum(size for _, size, _ in kept)
        for _, size, path in sorted(kept):
            if total <= self._max_bytes or path == newest:
                break
            path.unlink(missing_ok=True)
            total -= size


def _touch(path: Path) -> bool:
    """Note that it is in use, without another ETag; False when it is not there."""
    try:
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))
    except OSError:
        return False
    return True
