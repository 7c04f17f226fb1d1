"""The rows of lyrics: the text, and its words in the full-text index, always together."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, bindparam, delete, text

from knowledge.lyrics.lrc import without_times
from knowledge.lyrics.models import Lyrics
from knowledge.lyrics.words import words_of
from knowledge.models import TrackId
from knowledge.schema import lyrics

_UNSEARCH = text("DELETE FROM lyrics_search WHERE rowid = :at_id")
_SEARCHABLE = text("INSERT INTO lyrics_search (rowid, words) VALUES (:id, :words)")


def write_lyrics(
    connection: Connection, found: Mapping[TrackId, Lyrics | None], *, now: float
) -> None:
    """Keep the lyrics of tracks, in place of those that they had; None takes them away.

    Args:
        connection: an open transaction.
        found: by track.
        now: seconds since the epoch.
    """
    remove_lyrics(connection, found)
    kept = {track_id: one for track_id, one in found.items() if one is not None}
    if not kept:
        return
    connection.execute(
        lyrics.insert(),
        [
            {
                "track_id": track_id,
                "text": one.text,
                "synced": one.synced,
                "language": one.language,
                "source": one.source,
                "read_at": now,
            }
            for track_id, one in kept.items()
        ],
    )
    if has_index(connection):
        rows = [{"id": track_id, "words": indexed(one.text)} for track_id, one in kept.items()]
        connection.execute(_SEARCHABLE, rows)


def remove_lyrics(connection: Connection, track_ids: Collection[TrackId]) -> None:
    at_ids = [{"at_id": track_id} for track_id in track_ids]
    if not at_ids:
        return
    if has_index(connection):
        connection.execute(_UNSEARCH, at_ids)
    connection.execute(delete(lyrics).where(lyrics.c.track_id == bindparam("at_id")), at_ids)


def indexed(kept: str) -> str:
    """The words of lyrics, line by line as in the text that is kept."""
    return "\n".join(" ".join(words_of(line)) for line in without_times(kept).split("\n"))


def has_index(connection: Connection) -> bool:
    """Whether there is a full-text index; other databases than SQLite look through the texts."""
    return connection.dialect.name == "sqlite"
