"""Turns the domain's values into what goes over the wire, with what only the server knows."""

from collections.abc import Iterable

from knowledge.models import Album, Artist, PlayEvent, Playlist, Queue, QueueItem, Track
from knowledge.playlists import PlaylistItem
from knowledge.ratings import Ratings
from knowledge.search import SearchHit, SearchResult
from server.wire import (
    AlbumOut,
    AlbumWithTracks,
    ArtistWithMusic,
    HitOut,
    PlayEventOut,
    PlaylistOut,
    PlaylistWithTracks,
    QueueItemOut,
    QueueOut,
    SearchOut,
    TrackOut,
    album_fields,
    artist_out,
    cover_url,
    playlist_fields,
)
from tools.players.levelling import levelling_gain_db


class Presenter:
    """Knows how a track is addressed over HTTP and whether its owner likes it."""

    def __init__(self, ratings: Ratings) -> None:
        self._ratings = ratings

    def tracks(self, tracks: Iterable[Track]) -> tuple[TrackOut, ...]:
        tracks = tuple(tracks)
        liked = self._ratings.of([track.id for track in tracks])
        return tuple(_track_out(track, liked.get(track.id)) for track in tracks)

    def track(self, track: Track) -> TrackOut:
        return self.tracks((track,))[0]

    def album(self, album: Album) -> AlbumOut:
        return AlbumOut(**album_fields(album))

    def album_with_tracks(self, album: Album, tracks: Iterable[Track]) -> AlbumWithTracks:
        return AlbumWithTracks(**album_fields(album), tracks=self.tracks(tracks))

    def artist_with_music(
        self, artist: Artist, albums: Iterable[Album], tracks: Iterable[Track]
    ) -> ArtistWithMusic:
        return ArtistWithMusic(
            **artist_out(artist).model_dump(),
            albums=tuple(self.album(album) for album in albums),
            tracks=self.tracks(tracks),
        )

    def playlist(self, playlist: Playlist) -> PlaylistOut:
        return PlaylistOut(**playlist_fields(playlist))

    def playlist_with_tracks(
        self, playlist: Playlist, items: Iterable[PlaylistItem]
    ) -> PlaylistWithTracks:
        items = tuple(items)
        return PlaylistWithTracks(
            **playlist_fields(playlist),
            tracks=self.tracks(item.track for item in items),
            item_ids=tuple(item.id for item in items),
        )

    def queue(self, queue: Queue) -> QueueOut:
        tracks = self.tracks(item.track for item in queue.items)
        return QueueOut(
            items=tuple(
                QueueItemOut(id=item.id, track=track)
                for item, track in zip(queue.items, tracks, strict=True)
            ),
            position=queue.position,
            shuffle=queue.shuffle,
            repeat=queue.repeat,
            revision=queue.revision,
        )

    def queue_item(self, item: QueueItem) -> QueueItemOut:
        return QueueItemOut(id=item.id, track=self.track(item.track))

    def play_events(self, events: Iterable[PlayEvent]) -> tuple[PlayEventOut, ...]:
        events = tuple(events)
        tracks = self.tracks(event.track for event in events)
        return tuple(
            PlayEventOut(
                id=event.id,
                at=event.at,
                kind=event.kind,
                track=track,
                played_s=round(event.played_s, 3),
                player=event.player,
            )
            for event, track in zip(events, tracks, strict=True)
        )

    def search(self, result: SearchResult) -> SearchOut:
        return SearchOut(
            hits=tuple(self._hit(hit) for hit in result.hits),
            nearest=tuple(self._hit(hit) for hit in result.nearest),
        )

    def _hit(self, hit: SearchHit) -> HitOut:
        item = hit.item
        shown = {"score": round(hit.score, 4), "exact": hit.exact, "why": hit.why}
        if isinstance(item, Track):
            return HitOut(
                kind="track",
                track=self.track(item),
                versions=self.tracks(hit.versions),
                **shown,
            )
        if isinstance(item, Album):
            return HitOut(kind="album", album=self.album(item), **shown)
        return HitOut(kind="artist", artist=artist_out(item), **shown)


def audio_url(track: Track) -> str:
    """Where a page gets the sound of a recording or a station."""
    if track.is_live:
        return f"/api/stations/{-track.id}/stream"
    return f"/api/tracks/{track.id}/audio"


def _track_out(track: Track, liked: bool | None) -> TrackOut:
    return TrackOut(
        id=track.id,
        title=track.title,
        artists=track.artists,
        artist=track.artist,
        album=track.album,
        album_id=track.album_id,
        album_artist=track.album_artist,
        year=track.year,
        genres=track.genres,
        duration_s=round(track.duration_s, 3),
        codec=track.codec,
        cover_id=track.cover_id,
        track_no=track.track_no,
        disc_no=track.disc_no,
        liked=liked,
        guessed=tuple(sorted(track.guessed)),
        loudness_gain_db=round(levelling_gain_db(track), 2),
        audio_url=audio_url(track),
        is_live=track.is_live,
        cover_url=cover_url(track.cover_id),
    )
