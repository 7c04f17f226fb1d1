"""Counters that tell a cache whether it is stale."""

from sqlalchemy import Connection, text

LIBRARY_REVISION = "library_revision"
"""Grows when tracks, albums or artists change."""
ANALYSIS_REVISION = "analysis_revision"
"""Grows when what the analyser found changes."""
MELODY_REVISION = "melody_revision"
"""Grows when the melody of a recording, a written tune or what a hum was changes."""

_BUMP = text(
    "INSERT INTO settings (key, value) VALUES (:key, '1') "
    "ON CONFLICT (key) DO UPDATE SET value = CAST(settings.value AS INTEGER) + 1"
)
_PUT = text(
    "INSERT INTO settings (key, value) VALUES (:key, :value) "
    "ON CONFLICT (key) DO UPDATE SET value = :value"
)
ERASURES = "erasures"
"""How often somebody was erased: what is held in memory of listening is out of date then."""
_READ = text("SELECT value FROM settings WHERE key = :key")


def bump(connection: Connection, key: str) -> None:
    """Count one change, inside the transaction that makes it."""
    connection.execute(_BUMP, {"key": key})


def read(connection: Connection, key: str) -> int:
    """Return the counter `key`; 0 for a library that never changed."""
    return int(connection.execute(_READ, {"key": key}).scalar() or 0)


def put(connection: Connection, key: str, value: int) -> None:
    """Remember up to which revision something was done."""
    connection.execute(_PUT, {"key": key, "value": str(value)})
