"""Where the indexes of one installation are, and how they are opened whatever happened to them."""

import time
from pathlib import Path

from knowledge.errors import IndexBusy, IndexCorrupt, IndexOutdated
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.recognition.keeper import OpenedIndex

_PATIENCE_S = 5.0
_TRY_EVERY_S = 0.05


def index_folder(data: Path) -> Path:
    """The library's recordings, by audio hash."""
    return data / "indexes" / "fingerprint"


def pack_folder(data: Path) -> Path:
    """The recordings of packs, by pack and number; made anew from the packs."""
    return data / "indexes" / "packs"


def open_mended(folder: Path, *, patience_s: float = _PATIENCE_S) -> OpenedIndex[FingerprintIndex]:
    """Open an index for writing; a damaged or outdated one is repaired, keeping what is whole.

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
            return OpenedIndex(FingerprintIndex.open(folder), damage)
        except (IndexCorrupt, IndexOutdated) as error:
            if damage:
                raise
            damage = str(error)
        except IndexBusy:
            if time.monotonic() > ends_at:
                raise
            time.sleep(_TRY_EVERY_S)
