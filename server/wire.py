"""What goes over the wire: pydantic shapes of the domain's values, in and out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.events import NumberedResult
from knowledge.models import Album, Artist, LibraryFile, LibrarySummary, Playlist, RepeatMode
from knowledge.progress import IndexProgress
from tools.players.player import Player, PlayerState

MAX_IDS = 5_000
"""How many ids one request may name."""

_OUT = ConfigDict(frozen=True)
_IN = ConfigDict(frozen=True, extra="forbid")
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""What SQLite can hold."""
Ids = Annotated[tuple[Id, ...], Field(max_length=MAX_IDS)]
ItemIds = Annotated[tuple[Annotated[str, Field(max_length=64)], ...], Field(max_length=MAX_IDS)]


class TrackOut(BaseModel):
    """One recording."""

    model_config = _OUT
    id: int
    title: str
    artists: tuple[str, ...]
    artist: str
    album: str | None
    album_id: int | None
    album_artist: str | None
    year: int | None
    genres: tuple[str, ...]
    duration_s: float
    codec: str
    cover_id: str | None
    track_no: int | None
    disc_no: int | None
    liked: bool | None
    guessed: tuple[str, ...]
    loudness_gain_db: float
    audio_url: str
    is_live: bool = False
    """Whether it is a radio station: without an end, and not to be wound."""
    cover_url: str | None


class AlbumOut(BaseModel):
    model_config = _OUT
    id: int
    title: str
    artist: str
    year: int | None
    is_compilation: bool
    track_count: int
    duration_s: float
    cover_id: str | None
    cover_url: str | None


class AlbumWithTracks(AlbumOut):
    tracks: tuple[TrackOut, ...]


class ArtistOut(BaseModel):
    model_config = _OUT
    id: int
    name: str
    track_count: int
    album_count: int


class ArtistWithMusic(ArtistOut):
    albums: tuple[AlbumOut, ...]
    tracks: tuple[TrackOut, ...]


class PlaylistOut(BaseModel):
    model_config = _OUT
    id: int
    name: str
    track_count: int
    duration_s: float
    own: bool
    """Whether it belongs to whoever asks."""
    shared: bool
    """Whether everybody at home sees it."""
    changeable: bool
    """Whether whoever asks may change it: their own, and the household's."""


class PlaylistWithTracks(PlaylistOut):
    tracks: tuple[TrackOut, ...]
    item_ids: tuple[int, ...]
    """The places of the tracks: the same track may stand in a list twice."""


class TrackPage(BaseModel):
    model_config = _OUT
    items: tuple[TrackOut, ...]
    total: int
    offset: int


class AlbumPage(BaseModel):
    model_config = _OUT
    items: tuple[AlbumOut, ...]
    total: int
    offset: int


class ArtistPage(BaseModel):
    model_config = _OUT
    items: tuple[ArtistOut, ...]
    total: int
    offset: int


class GenreOut(BaseModel):
    model_config = _OUT
    name: str
    track_count: int


class GenreWithTracks(BaseModel):
    model_config = _OUT
    name: str
    tracks: tuple[TrackOut, ...]


class LibraryOut(BaseModel):
    model_config = _OUT
    tracks: int
    albums: int
    artists: int
    duration_s: float
    refused: int
    genres: tuple[GenreOut, ...]
    revision: int
    roots: tuple[str, ...]

    @classmethod
    def of(cls, summary: LibrarySummary, revision: int, roots: Sequence[str]) -> "LibraryOut":
        return cls(
            tracks=summary.tracks,
            albums=summary.albums,
            artists=summary.artists,
            duration_s=summary.duration_s,
            refused=summary.refused,
            genres=tuple(GenreOut(name=n, track_count=c) for n, c in summary.genres),
            revision=revision,
            roots=tuple(roots),
        )


class HitOut(BaseModel):
    """One search hit; the item stands in the field named by `kind`."""

    model_config = _OUT
    kind: Literal["track", "album", "artist"]
    score: float
    exact: bool
    why: str
    track: TrackOut | None = None
    album: AlbumOut | None = None
    artist: ArtistOut | None = None
    versions: tuple[TrackOut, ...] = ()


class SearchOut(BaseModel):
    model_config = _OUT
    hits: tuple[HitOut, ...]
    nearest: tuple[HitOut, ...]


class QueueItemOut(BaseModel):
    model_config = _OUT
    id: str
    track: TrackOut


class QueueOut(BaseModel):
    model_config = _OUT
    items: tuple[QueueItemOut, ...]
    position: int | None
    shuffle: bool
    repeat: RepeatMode
    revision: int


class PlayerOut(BaseModel):
    model_config = _OUT
    name: str | None
    connected: bool
    capabilities: tuple[str, ...]
    status: str
    item_id: str | None
    position_s: float
    duration_s: float
    volume: int
    muted: bool

    @classmethod
    def of(cls, player: Player | None, state: PlayerState) -> "PlayerOut":
        return cls(
            name=None if player is None else player.name,
            connected=player is not None and player.connected,
            capabilities=() if player is None else tuple(sorted(player.capabilities)),
            status=state.status,
            item_id=state.item_id,
            position_s=round(state.position_s, 3),
            duration_s=round(state.duration_s, 3),
            volume=state.volume,
            muted=state.muted,
        )


class PlayersOut(BaseModel):
    model_config = _OUT
    active: str | None
    players: tuple[PlayerOut, ...]


class PlayEventOut(BaseModel):
    model_config = _OUT
    id: int
    at: datetime
    kind: str
    track: TrackOut
    played_s: float
    player: str


class HistoryOut(BaseModel):
    model_config = _OUT
    items: tuple[PlayEventOut, ...]


class IndexOut(BaseModel):
    """How far the indexer is."""

    model_config = _OUT
    phase: str
    done: int
    total: int
    current: str
    failed: int
    refused: int
    eta_s: float | None

    @classmethod
    def of(cls, progress: IndexProgress) -> "IndexOut":
        return cls(
            phase=progress.phase,
            done=progress.done,
            total=progress.total,
            current=progress.current,
            failed=progress.failed,
            refused=progress.refused,
            eta_s=None if progress.eta_s is None else round(progress.eta_s, 1),
        )


class RefusedOut(BaseModel):
    model_config = _OUT
    path: str
    reason: str

    @classmethod
    def of(cls, file: LibraryFile) -> "RefusedOut":
        return cls(path=str(file.path), reason=file.reason)


class RefusedPage(BaseModel):
    model_config = _OUT
    items: tuple[RefusedOut, ...]
    total: int


class PlaybackSettingsOut(BaseModel):
    model_config = _OUT
    crossfade_s: float
    levelling: bool


class NumberedResultOut(BaseModel):
    """One line of the list that "the second one" refers to."""

    model_config = _OUT
    number: int
    kind: str
    id: int
    title: str
    subtitle: str
    cover_id: str | None
    duration_s: float | None
    note: str

    @classmethod
    def of(cls, result: NumberedResult) -> "NumberedResultOut":
        return cls(
            number=result.number,
            kind=result.kind,
            id=result.id,
            title=result.title,
            subtitle=result.subtitle,
            cover_id=result.cover_id,
            duration_s=result.duration_s,
            note=result.note,
        )


class ErrorDetail(BaseModel):
    model_config = _OUT
    code: str
    message: str
    next_step: str


class ErrorOut(BaseModel):
    """Every error answer looks like this."""

    model_config = _OUT
    error: ErrorDetail


class MusicIn(BaseModel):
    """What to play or queue: exactly one of the four."""

    model_config = _IN
    track_ids: Ids | None = None
    album_id: Id | None = None
    playlist_id: Id | None = None
    artist_id: Id | None = None


class PlayIn(MusicIn):
    start: Annotated[int, Field(ge=0)] = 0
    """Index of the track to begin with."""


class MoveIn(BaseModel):
    model_config = _IN
    item_id: Annotated[str, Field(max_length=64)]
    to: Annotated[int, Field(ge=0)]


class RemoveIn(BaseModel):
    model_config = _IN
    item_ids: ItemIds


class ShuffleIn(BaseModel):
    model_config = _IN
    on: bool


class RepeatIn(BaseModel):
    model_config = _IN
    mode: RepeatMode


class JumpIn(BaseModel):
    model_config = _IN
    item_id: Annotated[str, Field(max_length=64)]


class SeekIn(BaseModel):
    model_config = _IN
    position_s: Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]


class VolumeIn(BaseModel):
    model_config = _IN
    volume: Annotated[int, Field(ge=0, le=100)]
    muted: bool = False


class SelectIn(BaseModel):
    model_config = _IN
    name: Annotated[str, Field(min_length=1, max_length=100)]


class PlaylistIn(BaseModel):
    model_config = _IN
    name: Annotated[str, Field(min_length=1, max_length=200)]
    track_ids: Ids = ()


class PlaylistMoveIn(BaseModel):
    model_config = _IN
    item_id: Id
    to: Annotated[int, Field(ge=0)]


class PlaylistChangeIn(BaseModel):
    """Rename, add, remove and move, in this order."""

    model_config = _IN
    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    add: Ids = ()
    remove: Ids = ()
    """Tracks, wherever they stand in the list."""
    remove_items: Ids = ()
    """Single places."""
    move: PlaylistMoveIn | None = None


class RatingIn(BaseModel):
    model_config = _IN
    liked: bool | None


class RatingOut(BaseModel):
    model_config = _OUT
    track_id: int
    liked: bool | None


class PlaybackSettingsIn(BaseModel):
    model_config = _IN
    crossfade_s: Annotated[float, Field(ge=0, le=12, allow_inf_nan=False)] | None = None
    levelling: bool | None = None


def artist_out(artist: Artist) -> ArtistOut:
    return ArtistOut(
        id=artist.id,
        name=artist.name,
        track_count=artist.track_count,
        album_count=artist.album_count,
    )


def album_fields(album: Album) -> dict[str, Any]:
    """The fields that an album has alone and with its tracks."""
    return {
        "id": album.id,
        "title": album.title,
        "artist": album.artist,
        "year": album.year,
        "is_compilation": album.is_compilation,
        "track_count": album.track_count,
        "duration_s": album.duration_s,
        "cover_id": album.cover_id,
        "cover_url": cover_url(album.cover_id),
    }


def playlist_fields(playlist: Playlist) -> dict[str, Any]:
    return {
        "id": playlist.id,
        "name": playlist.name,
        "track_count": playlist.track_count,
        "duration_s": playlist.duration_s,
        "own": playlist.own,
        "shared": playlist.shared,
        "changeable": playlist.changeable,
    }


def cover_url(cover_id: str | None) -> str | None:
    return None if cover_id is None else f"/api/covers/{cover_id}"
