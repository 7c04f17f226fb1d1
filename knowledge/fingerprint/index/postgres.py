"""Fingerprints in PostgreSQL, for a library that is larger than one machine.

The database is the record of what is known: one row a recording, its postings as byte strings.
It is not searched. Each machine that recognises follows it: `follow` brings all recordings, or one
shard of them, into a local `FingerprintIndex` and later only what has changed, and the local
segments are searched. Losing such an index loses nothing.

Needs the optional driver psycopg (extra "postgres").
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from types import ModuleType
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np

from knowledge.errors import FingerprintDatabaseUnusable, FingerprintRejected
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.index.postings import check_fingerprint
from knowledge.fingerprint.models import CODE_BYTES, FINGERPRINT_VERSION, Fingerprint

Connection: TypeAlias = Any
"""A psycopg connection: the driver is optional, so its types cannot be named here."""

SLOTS = 5040
"""Keys are spread over so many slots; a shard is every n-th. Divisible by 1 to 10 and more."""
_BATCH = 200
"""Recordings in one transaction, or in one commit of the index: about 40 MB."""
_COLUMNS = "key, version, slot, frames, hashes, times, landmarks, codes"
_TYPES = ("text", "int4", "int4", "int8", "bytea", "bytea", "bytea", "bytea")
_LOCK = 7_340_021_734
"""Advisory lock of writers: changes must become visible in the order of their numbers."""
_SCHEMA = (
    """
    CREATE TABLE IF NOT EXISTS refrain_fingerprints (
        key text PRIMARY KEY,
        version int4 NOT NULL,
        slot int4 NOT NULL,
        change int8 NOT NULL,
        frames int8,         -- NULL: removed
        hashes bytea,        -- uint32 each, little-endian, as are the next two
        times bytea,
        landmarks bytea,
        codes bytea
    )
    """,
    "CREATE INDEX IF NOT EXISTS refrain_fingerprints_change ON refrain_fingerprints (change)",
    # Hashes and codes look like noise: trying to compress them is lost time.
    "ALTER TABLE refrain_fingerprints ALTER hashes SET STORAGE EXTERNAL",
    "ALTER TABLE refrain_fingerprints ALTER codes SET STORAGE EXTERNAL",
    """
    CREATE TABLE IF NOT EXISTS refrain_fingerprints_about (
        only_one bool PRIMARY KEY DEFAULT true CHECK (only_one),
        name text NOT NULL DEFAULT gen_random_uuid()::text
    )
    """,
    "INSERT INTO refrain_fingerprints_about DEFAULT VALUES ON CONFLICT DO NOTHING",
)


@dataclass(frozen=True, slots=True)
class Followed:
    """What an index has taken over.

    Attributes:
        added: recordings added or replaced.
        removed: recordings removed.
        outdated: recordings whose fingerprints another version of the engine made; they are in
            the database but cannot be searched, and should be fingerprinted again.
        change: number of the last change that the index has seen.
    """

    added: int = 0
    removed: int = 0
    outdated: frozenset[str] = field(default_factory=frozenset)
    change: int = 0


class PostgresFingerprints:
    """Fingerprints in a PostgreSQL database. Safe to share: each call takes its own connection."""

    def __init__(self, address: str) -> None:
        """Connect, and make the tables where they are missing.

        Args:
            address: as libpq takes it, such as `postgresql://user@host/database`.

        Raises:
            FingerprintDatabaseUnusable: there is no driver, no server, or no permission.
        """
        self._driver = _load_driver()
        self._address = address
        with self._connect() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            for statement in _SCHEMA:
                connection.execute(statement)
            row = connection.execute("SELECT name FROM refrain_fingerprints_about").fetchone()
            self._name = str(row[0])

    def put(self, recordings: Mapping[str, Fingerprint]) -> None:
        """Add recordings, replacing those of the same key, in one transaction.

        Raises:
            FingerprintRejected: one of them is impossible; none is stored.
            FingerprintDatabaseUnusable: the database did not take it.
        """
        for key, item in recordings.items():
            check_fingerprint(key, item)
        if recordings:
            self._upsert([_row(key, item) for key, item in recordings.items()])

    def load(self, recordings: Iterable[tuple[str, Fingerprint]]) -> int:
        """Add any number of recordings in several transactions; return how many.

        Raises:
            FingerprintRejected: one of them is impossible; the batches before it are stored.
            FingerprintDatabaseUnusable: the database did not take it.
        """
        source, count = iter(recordings), 0
        while batch := dict(islice(source, _BATCH)):
            self.put(batch)
            count += len(batch)
        return count

    def remove(self, keys: Iterable[str]) -> None:
        """Remove recordings in one transaction. Their names stay, so that followers hear of it.

        Raises:
            FingerprintDatabaseUnusable: the database did not take it.
        """
        names = list(set(keys))
        with self._connect() as connection:
            change = self._next_change(connection)
            connection.execute(
                "UPDATE refrain_fingerprints SET change = %s, frames = NULL, hashes = NULL, "
                "times = NULL, landmarks = NULL, codes = NULL "
                "WHERE key = ANY(%s) AND frames IS NOT NULL",
                (change, names),
            )

    def keys(self) -> frozenset[str]:
        """Names of all recordings in the database.

        Raises:
            FingerprintDatabaseUnusable: the database cannot be read.
        """
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT key FROM refrain_fingerprints WHERE frames IS NOT NULL"
            )
            return frozenset(str(key) for (key,) in rows)

    def fingerprints(self, keys: Iterable[str]) -> dict[str, Fingerprint]:
        """Read some recordings; unknown and outdated ones are left out.

        Raises:
            FingerprintDatabaseUnusable: the database cannot be read.
            FingerprintRejected: a row makes no sense.
        """
        with self._connect() as connection:
            rows = connection.cursor(binary=True).execute(
                f"SELECT {_COLUMNS} FROM refrain_fingerprints "  # noqa: S608 - a constant
                "WHERE key = ANY(%s) AND frames IS NOT NULL AND version = %s",
                (list(set(keys)), FINGERPRINT_VERSION),
            )
            return {str(row[0]): _fingerprint(row) for row in rows}

    def follow(self, index: FingerprintIndex, *, shard: int = 0, shards: int = 1) -> Followed:
        """Bring a local index up to date.

        The first time, and when the number of shards or the database was changed, it takes over
        everything and removes what is not there; later only what has changed. It may be
        interrupted at any time: how far it came is committed together with the recordings.

        Args:
            index: open for writing.
            shard: the part of the recordings to take, 0 to shards - 1.
            shards: how many parts there are; the same on all machines.

        Raises:
            FingerprintDatabaseUnusable: the database cannot be read.
            FingerprintRejected: a row makes no sense.
            IndexUnwritable: the disk did not take it.
        """
        if not 0 <= shard < shards <= SLOTS:
            raise ValueError(f"shard {shard} of {shards}")
        mark = f"postgres {self._name} {shard}/{shards}"
        seen = index.marks.get(mark)
        state = Followed(change=seen or 0)
        with self._connect() as connection:
            # Rows and keys of one moment, whatever is written meanwhile.
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            if seen is None:
                strangers = index.keys() - _keys_of_shard(connection, shard, shards)
                state = Followed(removed=index.apply(remove=strangers, marks={mark: 0}))
            with connection.cursor(name="follow", binary=True) as cursor:
                cursor.itersize = _BATCH
                cursor.execute(
                    f"SELECT {_COLUMNS}, change FROM refrain_fingerprints "  # noqa: S608
                    "WHERE change > %s AND slot %% %s = %s ORDER BY change",
                    (state.change, shards, shard),
                )
                while rows := cursor.fetchmany(_BATCH):
                    state = _take(index, rows, state, mark)
        index.apply(marks={mark: state.change})
        return state

    def _upsert(self, rows: list[tuple[Any, ...]]) -> None:
        with self._connect() as connection:
            connection.execute(
                "CREATE TEMP TABLE incoming (LIKE refrain_fingerprints) ON COMMIT DROP"
            )
            connection.execute("ALTER TABLE incoming ALTER change DROP NOT NULL")
            with connection.cursor() as cursor:
                copying = f"COPY incoming ({_COLUMNS}) FROM STDIN (FORMAT BINARY)"
                with cursor.copy(copying) as copy:
                    copy.set_types(_TYPES)
                    for row in rows:
                        copy.write_row(row)
            change = self._next_change(connection)
            connection.execute(
                f"INSERT INTO refrain_fingerprints ({_COLUMNS}, change) "  # noqa: S608
                f"SELECT {_COLUMNS}, %s FROM incoming "
                "ON CONFLICT (key) DO UPDATE SET version = excluded.version, "
                "change = excluded.change, frames = excluded.frames, hashes = excluded.hashes, "
                "times = excluded.times, landmarks = excluded.landmarks, codes = excluded.codes",
                (change,),
            )

    def _next_change(self, connection: Connection) -> int:
        """Number this transaction; the next writer waits until it is visible."""
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        row = connection.execute(
            "SELECT coalesce(max(change), 0) + 1 FROM refrain_fingerprints"
        ).fetchone()
        return int(row[0])

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        """A transaction: kept when the block ends, undone when it raises."""
        try:
            with self._driver.connect(self._address, connect_timeout=10) as connection:
                yield connection
        except self._driver.Error as error:
            raise FingerprintDatabaseUnusable(
                f"The database of fingerprints cannot be used: {str(error).strip()}. Check its "
                "address, that the server runs and that you may use it, then try again."
            ) from error


def _take(
    index: FingerprintIndex, rows: list[tuple[Any, ...]], state: Followed, mark: str
) -> Followed:
    """Commit some rows to the index, and that all changes before the last row's are there."""
    gone = {str(row[0]) for row in rows if row[3] is None or row[1] != FINGERPRINT_VERSION}
    outdated = {str(row[0]) for row in rows if row[3] is not None and str(row[0]) in gone}
    fresh = {str(row[0]): _fingerprint(row) for row in rows if str(row[0]) not in gone}
    change = int(rows[-1][-1])
    # The rest of the last change may come with the next rows.
    removed = index.apply(add=fresh, remove=gone, marks={mark: change - 1})
    return Followed(
        state.added + len(fresh), state.removed + removed, state.outdated | outdated, change
    )


def _keys_of_shard(connection: Connection, shard: int, shards: int) -> set[str]:
    rows = connection.execute(
        "SELECT key FROM refrain_fingerprints "
        "WHERE frames IS NOT NULL AND version = %s AND slot %% %s = %s",
        (FINGERPRINT_VERSION, shards, shard),
    )
    return {str(key) for (key,) in rows}


def _row(key: str, item: Fingerprint) -> tuple[Any, ...]:
    return (
        key,
        FINGERPRINT_VERSION,
        crc32(key.encode()) % SLOTS,
        item.frames,
        item.hashes.astype("<u4").tobytes(),
        item.times.astype("<u4").tobytes(),
        item.landmarks.astype("<u4").tobytes(),
        item.codes.astype(np.uint8).tobytes(),
    )


def _fingerprint(row: tuple[Any, ...]) -> Fingerprint:
    key, _, _, frames, hashes, times, landmarks, codes = row[:8]
    if any(len(part) % 4 for part in (hashes, times, landmarks)) or len(codes) % CODE_BYTES:
        raise FingerprintRejected(f"The row of {key!r} in the database is damaged.")
    item = Fingerprint(
        frames=int(frames),
        hashes=np.frombuffer(hashes, "<u4").astype(np.uint32),
        times=np.frombuffer(times, "<u4").astype(np.uint32),
        landmarks=np.frombuffer(landmarks, "<u4").astype(np.uint32),
        codes=np.frombuffer(codes, np.uint8).reshape(-1, CODE_BYTES).copy(),
    )
    check_fingerprint(str(key), item)
    return item


def _load_driver() -> ModuleType:
    try:
        import psycopg  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise FingerprintDatabaseUnusable(
            'Fingerprints in PostgreSQL need psycopg: pip install "refrain[postgres]".'
        ) from error
    return psycopg
