"""The file of a fingerprint pack: see docs/fingerprint-packs.md. Read as if it were hostile.

A ZIP archive of `pack.json` and one `prints/NNNNNN.rfp` for each recording. Nothing is unpacked to
disk, names in the archive are never used as paths, and every size is checked before and while
reading.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from knowledge.errors import PackRejected
from knowledge.fingerprint.models import FINGERPRINT_VERSION, Fingerprint
from knowledge.recognition.models import PackRecording
from knowledge.recognition.prints import from_bytes, to_bytes

SUFFIX = ".refrainpack"
MAX_BYTES = 2 * 1024**3
MAX_RECORDINGS = 100_000
_MAX_MANIFEST = 64 * 1024**2
_MAX_PRINT = 32 * 1024**2
_MANIFEST = "pack.json"
_FORMAT = "refrain-pack"
_VERSION = 1
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_Text = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)]
_STRICT = ConfigDict(extra="ignore", frozen=True)


class _RecordingEntry(BaseModel):
    model_config = _STRICT

    title: Annotated[_Text, Field(min_length=1)]
    artist: _Text = ""
    album: _Text = ""
    year: Annotated[int, Field(ge=0, le=9999)] | None = None
    duration_s: Annotated[float, Field(ge=0.0, le=86_400.0, allow_inf_nan=False)] = 0.0
    mbid: Annotated[str, Field(max_length=36)] = ""
    bytes: Annotated[int, Field(ge=0, le=_MAX_PRINT)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Manifest(BaseModel):
    model_config = _STRICT

    format: Literal["refrain-pack"]
    version: int
    fingerprint_version: int
    name: Annotated[_Text, Field(min_length=1)]
    made_at: datetime
    recordings: Annotated[list[_RecordingEntry], Field(max_length=MAX_RECORDINGS)]


class PackReader:
    """An opened pack. Its names were checked; each fingerprint is checked when it is read."""

    def __init__(self, archive: zipfile.ZipFile, manifest: _Manifest) -> None:
        self._archive = archive
        self._manifest = manifest

    @property
    def name(self) -> str:
        return _plain(self._manifest.name)

    @property
    def made_at(self) -> datetime:
        made_at = self._manifest.made_at
        return made_at.replace(tzinfo=UTC) if made_at.tzinfo is None else made_at

    @property
    def recordings(self) -> tuple[PackRecording, ...]:
        """What the pack names, in the order of its fingerprints."""
        return tuple(
            PackRecording(
                title=_plain(entry.title),
                artist=_plain(entry.artist),
                album=_plain(entry.album),
                year=entry.year,
                duration_s=entry.duration_s,
                mbid=entry.mbid if _UUID.fullmatch(entry.mbid) else "",
            )
            for entry in self._manifest.recordings
        )

    def fingerprints(self) -> Iterator[Fingerprint]:
        """Yield the fingerprints.

        Raises:
            PackRejected: one is missing, damaged or impossible.
        """
        for number, entry in enumerate(self._manifest.recordings):
            data = _read(self._archive, _name_of(number), entry.bytes)
            if hashlib.sha256(data).hexdigest() != entry.sha256:
                raise PackRejected(f"The fingerprint of “{_plain(entry.title)}” is damaged.")
            yield from_bytes(data)


@contextmanager
def open_pack(path: Path) -> Iterator[PackReader]:
    """Open a pack for the length of the block.

    Raises:
        PackRejected: no pack, damaged, too large, or of a newer version.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PackRejected(f"The pack is larger than {MAX_BYTES // 1024**3} GB.")
        with zipfile.ZipFile(path) as archive:
            yield PackReader(archive, _manifest_of(archive))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise PackRejected("This is not a fingerprint pack, or it is damaged.") from error
    except OSError as error:
        raise PackRejected(f"The pack cannot be read: {error.strerror or error}.") from error


def _manifest_of(archive: zipfile.ZipFile) -> _Manifest:
    if len(archive.namelist()) > MAX_RECORDINGS + 1:
        raise PackRejected(f"The pack holds more than {MAX_RECORDINGS:,} recordings.")
    data = _read(archive, _MANIFEST, _MAX_MANIFEST, exactly=False)
    try:
        manifest = _Manifest.model_validate_json(data)
    except (ValidationError, ValueError, RecursionError) as error:
        raise PackRejected("The list of recordings in the pack is damaged.") from error
    if manifest.version != _VERSION:
        raise PackRejected(f"The pack is of format {manifest.version}; we read {_VERSION}.")
    if manifest.fingerprint_version != FINGERPRINT_VERSION:
        raise PackRejected(
            f"The fingerprints in the pack are of version {manifest.fingerprint_version}; "
            f"this Refrain reads version {FINGERPRINT_VERSION}."
        )
    return manifest


def _read(archive: zipfile.ZipFile, name: str, size: int, *, exactly: bool = True) -> bytes:
    """Read one member, never more than `size` bytes of it."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise PackRejected(f"The pack has no {name}.") from None
    if info.file_size > size or info.flag_bits & 0x1:
        raise PackRejected(f"{name} in the pack is larger than it may be, or encrypted.")
    try:
        with archive.open(info) as member:
            data = member.read(size + 1)
    except (RuntimeError, ValueError) as error:
        raise PackRejected(f"{name} in the pack is damaged.") from error
    if len(data) > size or (exactly and len(data) != size):
        raise PackRejected(f"{name} in the pack does not have the size that it states.")
    return data


class PackWriter:
    """Writes a pack, all or nothing: a file that is there is whole."""

    def __init__(self, path: Path, *, name: str, made_at: datetime) -> None:
        self._path = path
        self._partial = path.with_name(f".{path.name}.part")
        self._name = name
        self._made_at = made_at
        self._entries: list[dict[str, object]] = []

    def __enter__(self) -> Self:
        self._archive = zipfile.ZipFile(self._partial, "w", zipfile.ZIP_STORED)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._archive.close()
            if kind is not None:
                self._partial.unlink(missing_ok=True)
        if kind is None:
            self._partial.replace(self._path)

    def add(self, recordings: Iterable[tuple[PackRecording, Fingerprint]]) -> None:
        """Add recordings, each with its fingerprint."""
        for recording, fingerprint in recordings:
            data = to_bytes(fingerprint)
            self._archive.writestr(_name_of(len(self._entries)), data)
            self._entries.append(
                {
                    "title": recording.title,
                    "artist": recording.artist,
                    "album": recording.album,
                    "year": recording.year,
                    "duration_s": round(recording.duration_s, 3),
                    "mbid": recording.mbid,
                    "bytes": len(data),
                    "sha256": hashlib.sha256(data).hexdigest(),
                }
            )

    def _finish(self) -> None:
        manifest = {
            "format": _FORMAT,
            "version": _VERSION,
            "fingerprint_version": FINGERPRINT_VERSION,
            "name": self._name,
            "made_at": self._made_at.isoformat(),
            "recordings": self._entries,
        }
        self._archive.writestr(
            _MANIFEST,
            json.dumps(manifest, ensure_ascii=False, indent=1),
            compress_type=zipfile.ZIP_DEFLATED,
        )


def _name_of(number: int) -> str:
    return f"prints/{number:06}.rfp"


def _plain(text: str) -> str:
    """Without control characters and line breaks: it is shown to people."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
