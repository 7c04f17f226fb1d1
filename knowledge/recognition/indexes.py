"""Where the indexes of one installation are, and how they are opened whatever happened to them."""

import time
from contextlib import suppress
from pathlib import Path

from knowledge.errors import IndexBusy, IndexCorrupt, IndexOutdated
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.recognition.keeper import OpenedIndex

_PATIENCE_S = 5.0
_TRY_EVERY_S = 0.05
_VERIFY_EVERY_S = 7 * 86_400.0
_SMALL_BYTES = 128 << 20
"""Checked in a tenth of a second."""


def index_folder(data: Path) -> Path:
    """The library's recordings, by audio hash."""
    return data / "indexes" / "fingerprint"


def pack_folder(data: Path) -> Path:
    """The recordings of packs, by pack and number; made anew from the packs."""
    return data / "indexes" / "packs"


def open_mended(folder: Path, *, patience_s: float = _PATIENCE_S) -> OpenedIndex[FingerprintIndex]:
    """Open an index for writing; a damaged or outdated one is repaired, keeping what is whole.

    A small index is read and checked each time, a large one once a week.

    Args:
        folder: of the index; made when absent.
        patience_s: how long to wait for another writer.

    Raises:
        IndexBusy: another one writes for longer than that.
        IndexUnwritable: the folder cannot be made or written.
    """
    ends_at = time.monotonic() + patience_s
    damage = ""
    while True:
        try:
            if damage:
                FingerprintIndex.repair(folder)
            index = FingerprintIndex.open(folder)
            try:
                _verify_now_and_then(index)
            except BaseException:
                index.close()
                raise
            return OpenedIndex(index, damage)
        except (IndexCorrupt, IndexOutdated) as error:
            if damage:
                raise
            damage = str(error)
        except IndexBusy:
            if time.monotonic() > ends_at:
                raise
            time.sleep(_TRY_EVERY_S)


def _verify_now_and_then(index: FingerprintIndex) -> None:
    """Find damage that opening does not notice, such as bits that a disk has lost.

    Raises:
        IndexCorrupt: there is some.
    """
    noted = index.folder.with_name(f"{index.folder.name}.verified")
    try:
        recently = 0 <= time.time() - noted.stat().st_mtime < _VERIFY_EVERY_S
    except OSError:
        recently = False
    if recently and index.size_bytes > _SMALL_BYTES:
        return
    index.verify()
    with suppress(OSError):
        noted.touch()
