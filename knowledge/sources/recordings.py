"""What the library says about a recording that a service is asked about."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from knowledge.models import TrackId
from knowledge.schema import albums, artists, track_artists, tracks


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording with the user's own names for it."""

    audio_hash: str
    track_id: TrackId
    title: str
    artists: tuple[str, ...]
    album: str
    """Empty when there is none."""
    album_artist: str
    year: int | None
    duration_s: float
    cover_id: str | None
    """Of its own or of its album."""
    guessed: frozenset[str]
    """Fields that stand in no tag."""

    @property
    def artist(self) -> str:
        return ", ".join(self.artists)

    @property
    def is_named(self) -> bool:
        """Whether its tags say title and artist; else only its file name does."""
        return not {"title", "artist", "artists"} & self.guessed and bool(self.artists)


def recording_of(connection: Connection, which: str | TrackId) -> Recording | None:
    """The recording of this audio hash or track id."""
    column: ColumnElement[bool] = (
        tracks.c.audio_hash == which if isinstance(which, str) else tracks.c.id == which
    )
    row = connection.execute(
        select(
            tracks,
            albums.c.title.label("album_title"),
            albums.c.artist.label("album_artist"),
            albums.c.cover_id.label("album_cover_id"),
        )
        .outerjoin(albums, albums.c.id == tracks.c.album_id)
        .where(column)
    ).first()
    if row is None:
        return None
    names = connection.execute(
        select(artists.c.name)
        .join(track_artists, track_artists.c.artist_id == artists.c.id)
        .where(track_artists.c.track_id == row.id)
        .order_by(track_artists.c.position)
    ).scalars()
    return Recording(
        audio_hash=row.audio_hash,
        track_id=row.id,
        title=row.title,
        artists=tuple(names) or (row.artist,),
        album=row.album_title or "",
        album_artist=row.album_artist or "",
        year=row.year,
        duration_s=row.duration_s,
        cover_id=row.cover_id or row.album_cover_id,
        guessed=frozenset(row.guessed),
    )
