"""Packs of this installation: made from the library, taken in from others, removed again.

The fingerprints of imported packs are in an index of their own. The pack files are kept, so that
index can be made anew.
"""

import hashlib
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import delete, func, insert, select

from knowledge.catalog_rows import chunks
from knowledge.database import Database
from knowledge.errors import FingerprintRejected, PackRejected
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.models import Fingerprint
from knowledge.models import Track, TrackId
from knowledge.queue import TrackLookup
from knowledge.recognition.indexes import index_folder, open_mended, pack_folder
from knowledge.recognition.models import Pack, PackRecording
from knowledge.recognition.pack_file import MAX_BYTES, SUFFIX, PackReader, PackWriter, open_pack
from knowledge.schema import pack_recordings, packs, tracks

_AT_ONCE = 64
"""Fingerprints in memory at a time."""
_ID_DIGITS = 32
_CHUNK = 1 << 20


class Packs:
    """Exports, imports and removes packs. Calls may take long; each is all or nothing."""

    def __init__(
        self,
        database: Database,
        catalog: TrackLookup,
        data: Path,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Prepare to work with packs.

        Args:
            database: the library.
            catalog: reads it.
            data: folder of the installation.
            clock: seconds since the epoch.
        """
        self._database = database
        self._catalog = catalog
        self._data = data
        self._clock = clock

    def export(self, path: Path, track_ids: Collection[TrackId], *, name: str) -> int:
        """Write fingerprints and names of tracks to `path`; no sound can be made from them.

        Returns:
            How many recordings there were; tracks not fingerprinted yet are left out.

        Raises:
            PackRejected: none of the tracks has a fingerprint, or the file cannot be written.
        """
        wanted = self._hashes(track_ids)
        index = FingerprintIndex.open(index_folder(self._data), read_only=True)
        written = 0
        made_at = datetime.fromtimestamp(self._clock(), UTC)
        try:
            with PackWriter(path, name=name, made_at=made_at) as writer:
                keys = iter(wanted)
                while chunk := list(islice(keys, _AT_ONCE)):
                    found = [
                        (_recording(wanted[key]), fingerprint)
                        for key, fingerprint in index.fingerprints(chunk)
                    ]
                    writer.add(found)
                    written += len(found)
                if not written:
                    raise PackRejected("None of these tracks has been fingerprinted yet.")
        except OSError as error:
            raise PackRejected(f"The pack cannot be written: {error.strerror or error}.") from error
        finally:
            index.close()
        return written

    def import_(self, path: Path) -> Pack:
        """Take in a pack; one that was taken in before changes nothing.

        Raises:
            PackRejected: damaged, too large, or of another version; nothing was taken in.
            IndexBusy: another process changes the packs.
        """
        pack_id = _identity(path)
        if (known := self._get(pack_id)) is not None:
            return known
        kept = self._file_of(pack_id)
        with open_pack(path) as pack:
            if not pack.recordings:
                raise PackRejected("The pack is empty.")
            kept.parent.mkdir(parents=True, exist_ok=True)
            index = self._open_index()
            try:
                shutil.copyfile(path, kept)
                _add(index, pack_id, pack)
                self._write(pack_id, pack)
            except BaseException:
                index.remove(_key(pack_id, number) for number in range(len(pack.recordings)))
                kept.unlink(missing_ok=True)
                raise
            finally:
                index.close()
        return next(pack for pack in self._read() if pack.id == pack_id)

    def all(self) -> tuple[Pack, ...]:
        """Return the packs that were taken in, newest first."""
        return self._read()

    def remove(self, pack_id: str) -> None:
        """Remove a pack; its recordings are not recognised any more.

        Raises:
            PackRejected: there is no such pack.
            IndexBusy: another process changes the packs.
        """
        if self._get(pack_id) is None:
            raise PackRejected("There is no such pack here.")
        index = self._open_index()
        try:
            with self._database.write() as connection:
                connection.execute(delete(packs).where(packs.c.id == pack_id))
            prefix = f"{pack_id}/"
            index.remove([key for key in sorted(index.keys()) if key.startswith(prefix)])
        finally:
            index.close()
        self._file_of(pack_id).unlink(missing_ok=True)

    def mend(self) -> None:
        """Make the index hold what it should: after a kill in the middle, or damage.

        Raises:
            IndexBusy: another process changes the packs.
        """
        if not pack_folder(self._data).exists() and not self._read():
            return
        self._open_index().close()

    def _open_index(self) -> FingerprintIndex:
        index = open_mended(pack_folder(self._data)).index
        try:
            with self._database.read() as connection:
                wanted = set(connection.execute(select(pack_recordings.c.key)).scalars())
            keys = index.keys()
            index.remove(keys - wanted)
            for pack_id in sorted({key.partition("/")[0] for key in wanted - keys}):
                try:
                    with open_pack(self._file_of(pack_id)) as pack:
                        _add(index, pack_id, pack)
                except PackRejected:  # its file is gone too: what is left of it is of no use
                    with self._database.write() as connection:
                        connection.execute(delete(packs).where(packs.c.id == pack_id))
        except BaseException:
            index.close()
            raise
        return index

    def _write(self, pack_id: str, pack: PackReader) -> None:
        rows = [
            {
                "key": _key(pack_id, number),
                "pack_id": pack_id,
                "title": recording.title,
                "artist": recording.artist,
                "album": recording.album,
                "year": recording.year,
                "duration_s": recording.duration_s,
                "mbid": recording.mbid,
            }
            for number, recording in enumerate(pack.recordings)
        ]
        with self._database.write() as connection:
            connection.execute(
                insert(packs).values(
                    id=pack_id,
                    name=pack.name,
                    made_at=pack.made_at.timestamp(),
                    imported_at=self._clock(),
                )
            )
            connection.execute(insert(pack_recordings), rows)

    def _get(self, pack_id: str) -> Pack | None:
        return next((pack for pack in self._read() if pack.id == pack_id), None)

    def _read(self) -> tuple[Pack, ...]:
        counted = (
            select(pack_recordings.c.pack_id, func.count().label("recordings"))
            .group_by(pack_recordings.c.pack_id)
            .subquery()
        )
        query = (
            select(packs, counted.c.recordings)
            .outerjoin(counted, counted.c.pack_id == packs.c.id)
            .order_by(packs.c.imported_at.desc(), packs.c.id)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Pack(
                id=row.id,
                name=row.name,
                made_at=datetime.fromtimestamp(row.made_at, UTC),
                imported_at=datetime.fromtimestamp(row.imported_at, UTC),
                recordings=row.recordings or 0,
            )
            for row in rows
        )

    def _file_of(self, pack_id: str) -> Path:
        return self._data / "packs" / f"{pack_id}{SUFFIX}"

    def _hashes(self, track_ids: Collection[TrackId]) -> dict[str, Track]:
        there = {track.id: track for track in self._catalog.tracks(list(track_ids))}
        found: dict[str, Track] = {}
        with self._database.read() as connection:
            for chunk in chunks(there):
                rows = connection.execute(
                    select(tracks.c.id, tracks.c.audio_hash).where(tracks.c.id.in_(chunk))
                )
                found.update({row.audio_hash: there[row.id] for row in rows})
        return found


def _add(index: FingerprintIndex, pack_id: str, pack: PackReader) -> None:
    held: dict[str, Fingerprint] = {}
    try:
        for number, fingerprint in enumerate(pack.fingerprints()):
            held[_key(pack_id, number)] = fingerprint
            if len(held) >= _AT_ONCE:
                index.add(held)
                held = {}
        index.add(held)
    except FingerprintRejected as error:
        raise PackRejected(str(error)) from error


def _key(pack_id: str, number: int) -> str:
    return f"{pack_id}/{number}"


def _identity(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PackRejected(f"The pack is larger than {MAX_BYTES // 1024**3} GB.")
        with path.open("rb") as file:
            for block in _blocks(file.read):
                digest.update(block)
    except OSError as error:
        raise PackRejected(f"The pack cannot be read: {error.strerror or error}.") from error
    return digest.hexdigest()[:_ID_DIGITS]


def _blocks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while block := read(_CHUNK):
        yield block


def _recording(track: Track) -> PackRecording:
    return PackRecording(
        title=track.title,
        artist=track.artist,
        album=track.album or "",
        year=track.year,
        duration_s=track.duration_s,
    )
