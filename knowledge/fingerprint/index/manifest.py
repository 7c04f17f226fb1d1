"""The list of segments that make up the index; replacing it is the commit.

A small text file: a line with a magic word, the format, a CRC-32 and a length, then JSON.
"""

import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from zlib import crc32

import numpy as np

from knowledge.errors import IndexCorrupt
from knowledge.fingerprint.index.segment import Mask

NAME = "manifest"
PREVIOUS_NAME = "manifest.previous"
FORMAT = 1
_MAGIC = "refrain-fingerprints"
_ADVICE = "Repair the index with FingerprintIndex.repair; intact parts are kept."


@dataclass(frozen=True, slots=True)
class Entry:
    """One segment of the index."""

    file: str
    checksum: int
    """Of the file's head, which covers the rest."""
    recordings: int
    postings: int
    size: int
    """Bytes."""
    dead: bytes = b""
    """One bit a recording, the first in the highest bit; set when removed. Empty: none was."""

    def alive(self) -> Mask:
        """Which recordings were not removed, shape (recordings,)."""
        if not self.dead:
            return np.ones(self.recordings, np.bool_)
        bits = np.unpackbits(np.frombuffer(self.dead, np.uint8), count=self.recordings)
        alive: Mask = bits == 0
        return alive

    def without(self, places: list[int]) -> "Entry":
        """Return the entry with some more recordings removed."""
        dead = ~self.alive()
        dead[places] = True
        return Entry(
            self.file,
            self.checksum,
            self.recordings,
            self.postings,
            self.size,
            np.packbits(dead).tobytes(),
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """One state of the index."""

    generation: int = 0
    entries: tuple[Entry, ...] = ()
    marks: Mapping[str, int] = field(default_factory=dict)
    """Numbers kept with the state, such as how far another database has been followed."""

    def to_bytes(self) -> bytes:
        body = json.dumps(
            {
                "generation": self.generation,
                "segments": [
                    {
                        "file": entry.file,
                        "checksum": entry.checksum,
                        "recordings": entry.recordings,
                        "postings": entry.postings,
                        "size": entry.size,
                        "dead": b64encode(entry.dead).decode(),
                    }
                    for entry in self.entries
                ],
                "marks": dict(self.marks),
            },
            separators=(",", ":"),
        ).encode()
        return f"{_MAGIC} {FORMAT} {crc32(body):08x} {len(body)}\n".encode() + body

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a manifest.

        Raises:
            IndexCorrupt: damaged, cut short, or of another format.
        """
        line, _, body = data.partition(b"\n")
        match line.decode("ascii", "replace").split(" "):
            case [magic, number, checksum, length] if magic == _MAGIC:
                if number != str(FORMAT):
                    raise IndexCorrupt(
                        f"The manifest of the fingerprint index has format {number}, but this "
                        f"Refrain reads format {FORMAT}. Use the Refrain that wrote it, or: "
                        f"{_ADVICE}"
                    )
                if (checksum, length) == (f"{crc32(body):08x}", str(len(body))):
                    return cls._from_json(body)
        raise IndexCorrupt(f"The manifest of the fingerprint index is damaged. {_ADVICE}")

    @classmethod
    def _from_json(cls, body: bytes) -> Self:
        try:
            read = json.loads(body)
            entries = tuple(
                Entry(
                    str(part["file"]),
                    int(part["checksum"]),
                    int(part["recordings"]),
                    int(part["postings"]),
                    int(part["size"]),
                    b64decode(part["dead"]),
                )
                for part in read["segments"]
            )
            marks = {str(name): int(mark) for name, mark in read["marks"].items()}
            manifest = cls(int(read["generation"]), entries, marks)
        except (KeyError, TypeError, ValueError, AttributeError, Base64Error) as error:
            raise IndexCorrupt(
                f"The manifest of the fingerprint index cannot be understood. {_ADVICE}"
            ) from error
        for entry in entries:
            room = -(-entry.recordings // 8)
            if Path(entry.file).name != entry.file or len(entry.dead) not in {0, room}:
                raise IndexCorrupt(
                    f"The manifest of the fingerprint index contradicts itself. {_ADVICE}"
                )
        return manifest


def read_manifest(folder: Path, name: str = NAME) -> Manifest:
    """Read the manifest of the index in `folder`; an empty one when there is none.

    Raises:
        IndexCorrupt: damaged, cut short, or of another format.
    """
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:
        return Manifest()
    return Manifest.from_bytes(data)
