"""Turn rows into tracks, albums and artists, many at a time, without a query per item."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from knowledge.catalog_rows import chunks
from knowledge.models import Album, Artist, AudioFeatures, Segment, Track, TrackId
from knowledge.schema import (
    albums,
    artists,
    features,
    segments,
    track_artists,
    track_genres,
    tracks,
)

PRESENT = tracks.c.missing_since.is_(None)
"""The track has a file; only such tracks are in lists and search."""

_OF_SIGNAL = features.c.analyser.like("signal/%")

_TRACK = (
    select(
        tracks,
        albums.c.title.label("album_title"),
        albums.c.artist.label("album_artist"),
        albums.c.cover_id.label("album_cover_id"),
        features.c.loudness_lufs,
        features.c.peak,
    )
    .select_from(tracks)
    .outerjoin(albums, albums.c.id == tracks.c.album_id)
    .outerjoin(features, and_(features.c.audio_hash == tracks.c.audio_hash, _OF_SIGNAL))
)


def read_tracks(
    connection: Connection, ids: Sequence[TrackId], *, with_missing: bool = False
) -> tuple[Track, ...]:
    """Return the tracks in the order of `ids`; unknown ones are left out."""
    rows: dict[int, Any] = {}
    credited: dict[int, list[str]] = {}
    styled: dict[int, list[str]] = {}
    for chunk in chunks(dict.fromkeys(ids)):
        query = _TRACK.where(tracks.c.id.in_(chunk))
        if not with_missing:
            query = query.where(PRESENT)
        rows.update((row.id, row) for row in connection.execute(query))
        names = (
            select(track_artists.c.track_id, artists.c.name)
            .join(artists, artists.c.id == track_artists.c.artist_id)
            .where(track_artists.c.track_id.in_(chunk))
            .order_by(track_artists.c.track_id, track_artists.c.position)
        )
        for track_id, name in connection.execute(names):
            credited.setdefault(track_id, []).append(name)
        genres = (
            select(track_genres.c.track_id, track_genres.c.genre)
            .where(track_genres.c.track_id.in_(chunk))
            .order_by(track_genres.c.track_id, track_genres.c.position)
        )
        for track_id, genre in connection.execute(genres):
            styled.setdefault(track_id, []).append(genre)
    return tuple(_track(rows[i], credited.get(i, ()), styled.get(i, ())) for i in ids if i in rows)


def _track(row: Any, names: Sequence[str], genres: Sequence[str]) -> Track:
    return Track(
        id=row.id,
        title=row.title,
        artists=tuple(names) or (row.artist,),
        album=row.album_title,
        album_id=row.album_id,
        album_artist=row.album_artist,
        disc_no=row.disc_no,
        track_no=row.track_no,
        year=row.year,
        genres=tuple(genres),
        moods=tuple(row.moods),
        duration_s=row.duration_s,
        codec=row.codec,
        cover_id=row.cover_id or row.album_cover_id,
        loudness_lufs=row.loudness_lufs,
        peak=row.peak,
        guessed=frozenset(row.guessed),
    )


def read_albums(
    connection: Connection, choose: ColumnElement[bool], narrow: Select[Any] | None = None
) -> dict[int, Album]:
    """Return by id the albums that `choose` selects and that hold a present track.

    Args:
        connection: to read from.
        choose: a condition on `albums`.
        narrow: a query of album ids to stay within, when there is one.
    """
    query = (
        select(
            albums,
            func.count(tracks.c.id).label("track_count"),
            func.sum(tracks.c.duration_s).label("total_s"),
        )
        .join(tracks, and_(tracks.c.album_id == albums.c.id, PRESENT))
        .where(choose)
        .group_by(albums.c.id)
    )
    if narrow is not None:
        query = query.where(albums.c.id.in_(narrow))
    return {
        row.id: Album(
            id=row.id,
            title=row.title,
            artist=row.artist,
            year=row.year,
            is_compilation=bool(row.is_compilation),
            track_count=row.track_count,
            duration_s=row.total_s or 0.0,
            cover_id=row.cover_id,
        )
        for row in connection.execute(query)
    }


def read_artists(connection: Connection, choose: ColumnElement[bool]) -> dict[int, Artist]:
    """Return by id the artists that `choose` selects and that have a present track."""
    query = (
        select(
            artists.c.id,
            artists.c.name,
            func.count(tracks.c.id).label("track_count"),
            func.count(tracks.c.album_id.distinct()).label("album_count"),
        )
        .join(track_artists, track_artists.c.artist_id == artists.c.id)
        .join(tracks, and_(tracks.c.id == track_artists.c.track_id, PRESENT))
        .where(choose)
        .group_by(artists.c.id)
    )
    return {
        row.id: Artist(row.id, row.name, row.track_count, row.album_count)
        for row in connection.execute(query)
    }


def read_features(
    connection: Connection, track_ids: Collection[TrackId]
) -> dict[TrackId, AudioFeatures]:
    """Return what the analyser found for each track that it has seen."""
    found: dict[TrackId, AudioFeatures] = {}
    for chunk in chunks(dict.fromkeys(track_ids)):
        whole = (
            select(tracks.c.id, features)
            .join(features, and_(features.c.audio_hash == tracks.c.audio_hash, _OF_SIGNAL))
            .where(tracks.c.id.in_(chunk))
        )
        parts = (
            select(segments)
            .join(tracks, tracks.c.audio_hash == segments.c.audio_hash)
            .where(tracks.c.id.in_(chunk))
            .order_by(segments.c.audio_hash, segments.c.position)
        )
        by_hash: dict[tuple[str, str], list[Segment]] = {}
        for row in connection.execute(parts):
            by_hash.setdefault((row.audio_hash, row.analyser), []).append(_segment(row))
        for row in connection.execute(whole):
            found[row.id] = AudioFeatures(
                analyser=row.analyser,
                loudness_lufs=row.loudness_lufs,
                peak=row.peak,
                energy=row.energy,
                tempo_bpm=row.tempo_bpm,
                tempo_confidence=row.tempo_confidence,
                segments=tuple(by_hash.get((row.audio_hash, row.analyser), ())),
            )
    return found


def _segment(row: Any) -> Segment:
    return Segment(
        index=row.position,
        start_s=row.start_s,
        end_s=row.end_s,
        loudness_db=row.loudness_db,
        energy=row.energy,
        brightness_hz=row.brightness_hz,
        onset_rate_hz=row.onset_rate_hz,
        tempo_bpm=row.tempo_bpm,
        tempo_confidence=row.tempo_confidence,
    )


def read_names(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """Yield kind, id and name of all that can be asked for by name."""
    credited = (
        select(track_artists.c.artist_id)
        .join(tracks, tracks.c.id == track_artists.c.track_id)
        .where(PRESENT)
    )
    for row in connection.execute(
        select(artists.c.id, artists.c.name).where(artists.c.id.in_(credited))
    ):
        yield "artist", row.id, row.name
    held = select(tracks.c.album_id).where(PRESENT)
    for row in connection.execute(select(albums.c.id, albums.c.title).where(albums.c.id.in_(held))):
        yield "album", row.id, row.title
    for row in connection.execute(select(tracks.c.id, tracks.c.title).where(PRESENT)):
        yield "track", row.id, row.title
    genres = (
        select(func.min(track_genres.c.genre))
        .join(tracks, tracks.c.id == track_genres.c.track_id)
        .where(PRESENT)
        .group_by(track_genres.c.folded)
        .order_by(track_genres.c.folded)
    )
    for number, row in enumerate(connection.execute(genres)):
        yield "genre", number, row[0]


def read_titles(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Yield kind, name and artist of every artist, album and track."""
    credited = (
        select(track_artists.c.artist_id)
        .join(tracks, tracks.c.id == track_artists.c.track_id)
        .where(PRESENT)
    )
    for row in connection.execute(select(artists.c.name).where(artists.c.id.in_(credited))):
        yield "artist", row.name, ""
    held = select(tracks.c.album_id).where(PRESENT)
    query = select(albums.c.title, albums.c.artist).where(albums.c.id.in_(held))
    for row in connection.execute(query):
        yield "album", row.title, row.artist
    for row in connection.execute(select(tracks.c.title, tracks.c.artist).where(PRESENT)):
        yield "track", row.title, row.artist
