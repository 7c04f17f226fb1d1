"""The rows of a track: itself, its credits, its genres, its album and its words.

Every function works inside the caller's transaction, so a track and its full-text row are never
apart.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, func, select, text, update
from sqlalchemy.dialects.sqlite import insert

from knowledge.drafts import VARIOUS_ARTISTS, TrackDraft
from knowledge.folding import fold
from knowledge.lyrics.rows import remove_lyrics, write_lyrics
from knowledge.schema import albums, artists, files, jobs, track_artists, track_genres, tracks

AlbumKey = tuple[str, str]
T = TypeVar("T")

_MAX_VALUES = 500
"""How many values one IN list carries."""

_UNSEARCH = text("DELETE FROM track_search WHERE rowid = :at_id")
_SEARCHABLE = text(
    "INSERT INTO track_search (rowid, title, artists, album, genres, year) "
    "VALUES (:id, :title, :artists, :album, :genres, :year)"
)


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Cut `values` into lists that one SQL statement can carry."""
    stream = iter(values)
    while chunk := list(islice(stream, _MAX_VALUES)):
        yield chunk


def next_track_id(connection: Connection) -> int:
    """Return an id above every id ever given."""
    largest = connection.execute(select(func.max(tracks.c.id))).scalar() or 0
    given = connection.execute(
        text("SELECT seq FROM sqlite_sequence WHERE name = 'tracks'")
    ).scalar()
    return max(int(largest), int(given or 0)) + 1


def write_tracks(
    connection: Connection,
    inserts: Mapping[int, TrackDraft],
    updates: Mapping[int, TrackDraft],
    *,
    now: float,
) -> None:
    """Write the tracks by id, with all that hangs on them.

    Args:
        connection: an open transaction.
        inserts: new tracks.
        updates: tracks that exist; what they said before is replaced.
        now: seconds since the epoch.
    """
    drafts = {**inserts, **updates}
    old_albums = _albums_of(connection, updates)
    album_ids = _ensure_albums(connection, drafts.values())
    artist_ids = _ensure_artists(connection, (n for d in drafts.values() for n in d.artists))
    if inserts:
        rows = [
            {**_track_row(draft, album_ids), "id": track_id, "added_at": now}
            for track_id, draft in inserts.items()
        ]
        connection.execute(tracks.insert(), rows)
    if updates:
        at_ids = [{"at_id": track_id} for track_id in updates]
        connection.execute(
            update(tracks).where(tracks.c.id == bindparam("at_id")),
            [{**_track_row(d, album_ids), "at_id": track_id} for track_id, d in updates.items()],
        )
        for table in (track_artists, track_genres):
            connection.execute(delete(table).where(table.c.track_id == bindparam("at_id")), at_ids)
        connection.execute(_UNSEARCH, at_ids)
    _write_links(connection, drafts, artist_ids)
    remove_lyrics(connection, updates)
    sung = {track_id: draft.lyrics for track_id, draft in drafts.items() if draft.lyrics}
    write_lyrics(connection, sung, now=now)
    refresh_albums(connection, old_albums | set(album_ids.values()))


def enqueue(
    connection: Connection, audio_hashes: Iterable[str], analysers: Sequence[str], *, now: float
) -> None:
    """Give each recording a waiting job for each analyser, unless it has one."""
    rows = [
        {"audio_hash": audio_hash, "analyser": analyser, "state": "waiting", "changed_at": now}
        for audio_hash in audio_hashes
        for analyser in analysers
    ]
    if rows:
        connection.execute(insert(jobs).on_conflict_do_nothing(), rows)


def write_files(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Insert or replace rows of `files` by path."""
    if not rows:
        return
    statement = insert(files)
    names = ("track_id", "size", "mtime_ns", "audio_hash", "status", "reason")
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["path"], set_={name: statement.excluded[name] for name in names}
        ),
        list(rows),
    )


def mark_missing(connection: Connection, track_ids: Collection[int], now: float) -> int:
    """Take the tracks that have no file any more out of lists and search.

    Returns:
        How many tracks that were.
    """
    missing = 0
    for chunk in chunks(track_ids):
        held = (
            select(files.c.id)
            .where(files.c.track_id == tracks.c.id, files.c.status == "ok")
            .exists()
        )
        rows = connection.execute(
            select(tracks.c.id, tracks.c.album_id).where(
                tracks.c.id.in_(chunk), tracks.c.missing_since.is_(None), ~held
            )
        ).all()
        if rows:
            lost = [row.id for row in rows]
            connection.execute(
                update(tracks).where(tracks.c.id.in_(lost)).values(missing_since=now)
            )
            connection.execute(_UNSEARCH, [{"at_id": track_id} for track_id in lost])
            refresh_albums(connection, {row.album_id for row in rows if row.album_id})
            missing += len(lost)
    return missing


def collect_garbage(connection: Connection) -> None:
    """Delete artists and albums that no track names, not even a missing one."""
    credited = select(track_artists.c.artist_id).where(track_artists.c.artist_id == artists.c.id)
    connection.execute(delete(artists).where(~credited.exists()))
    held = select(tracks.c.id).where(tracks.c.album_id == albums.c.id)
    connection.execute(delete(albums).where(~held.exists()))


def _track_row(draft: TrackDraft, album_ids: Mapping[AlbumKey, int]) -> dict[str, Any]:
    key = draft.album_key
    return {
        "audio_hash": draft.audio_hash,
        "title": draft.title,
        "folded": fold(draft.title),
        "artist": draft.artist_line,
        "artist_folded": fold(draft.artist_line),
        "album_id": None if key is None else album_ids[key],
        "disc_no": draft.disc_no,
        "track_no": draft.track_no,
        "year": draft.year,
        "moods": list(draft.moods),
        "guessed": sorted(draft.guessed),
        "duration_s": draft.duration_s,
        "codec": draft.codec,
        "cover_id": draft.cover_id,
        "missing_since": None,
    }


def _write_links(
    connection: Connection, drafts: Mapping[int, TrackDraft], artist_ids: Mapping[str, int]
) -> None:
    credit_rows: list[dict[str, Any]] = []
    genre_rows: list[dict[str, Any]] = []
    for track_id, draft in drafts.items():
        ids = dict.fromkeys(artist_ids[fold(name)] for name in draft.artists)
        credit_rows += [
            {"track_id": track_id, "artist_id": artist_id, "position": position}
            for position, artist_id in enumerate(ids)
        ]
        genres = {fold(genre): genre for genre in reversed(draft.genres)}
        genre_rows += [
            {"track_id": track_id, "folded": folded, "genre": genre, "position": position}
            for position, (folded, genre) in enumerate(reversed(genres.items()))
        ]
    if credit_rows:
        connection.execute(track_artists.insert(), credit_rows)
    if genre_rows:
        connection.execute(track_genres.insert(), genre_rows)
    if drafts:
        connection.execute(_SEARCHABLE, [_search_row(i, d) for i, d in drafts.items()])


def _search_row(track_id: int, draft: TrackDraft) -> dict[str, Any]:
    names = list(draft.artists)
    if draft.album_artist and draft.album_artist != VARIOUS_ARTISTS:
        names.append(draft.album_artist)
    return {
        "id": track_id,
        "title": searchable(draft.title),
        "artists": " ".join(searchable(name) for name in dict.fromkeys(names)),
        "album": searchable(draft.album or ""),
        "genres": " ".join(searchable(genre) for genre in draft.genres),
        "year": "" if draft.year is None else str(draft.year),
    }


def searchable(words: str) -> str:
    """Fold `words`, and keep the original spelling beside it where it differs."""
    folded = fold(words)
    plain = words.casefold()
    return folded if plain == folded else f"{folded} {plain}".strip()


def _ensure_artists(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """Return the artist id of each folded name, adding unknown artists."""
    shown: dict[str, str] = {}
    for name in names:
        shown.setdefault(fold(name), name)
    ids: dict[str, int] = {}
    for chunk in chunks(shown):
        found = select(artists.c.folded, artists.c.id).where(artists.c.folded.in_(chunk))
        ids.update({row.folded: row.id for row in connection.execute(found)})
    for folded, name in shown.items():
        if folded not in ids:
            added = artists.insert().values(name=name, folded=folded).returning(artists.c.id)
            ids[folded] = int(connection.execute(added).scalar_one())
    return ids


def _ensure_albums(connection: Connection, drafts: Iterable[TrackDraft]) -> dict[AlbumKey, int]:
    """Return the album id of each album key, adding unknown albums."""
    wanted: dict[AlbumKey, TrackDraft] = {}
    for draft in drafts:
        if (key := draft.album_key) is not None:
            wanted.setdefault(key, draft)
    ids: dict[AlbumKey, int] = {}
    for chunk in chunks({title for title, _ in wanted}):
        found = select(albums.c.folded, albums.c.artist_folded, albums.c.id).where(
            albums.c.folded.in_(chunk)
        )
        ids.update({(row[0], row[1]): row[2] for row in connection.execute(found)})
    for key, draft in wanted.items():
        if key not in ids:
            row = {
                "title": draft.album,
                "folded": key[0],
                "artist": draft.shown_album_artist,
                "artist_folded": key[1],
                "is_compilation": draft.is_compilation,
            }
            added = albums.insert().values(**row).returning(albums.c.id)
            ids[key] = int(connection.execute(added).scalar_one())
    return {key: ids[key] for key in wanted}


def _albums_of(connection: Connection, track_ids: Collection[int]) -> set[int]:
    found: set[int] = set()
    for chunk in chunks(track_ids):
        rows = connection.execute(select(tracks.c.album_id).where(tracks.c.id.in_(chunk)))
        found.update(row.album_id for row in rows if row.album_id is not None)
    return found


def refresh_albums(connection: Connection, album_ids: Collection[int]) -> None:
    """Take year and cover of the albums from the tracks they hold now."""
    here = (tracks.c.album_id == albums.c.id) & tracks.c.missing_since.is_(None)
    year = select(func.min(tracks.c.year)).where(here).scalar_subquery()
    cover = (
        select(tracks.c.cover_id)
        .where(here, tracks.c.cover_id.is_not(None))
        .order_by(tracks.c.disc_no, tracks.c.track_no, tracks.c.id)
        .limit(1)
        .scalar_subquery()
    )
    for chunk in chunks(album_ids):
        connection.execute(
            update(albums).where(albums.c.id.in_(chunk)).values(year=year, cover_id=cover)
        )
