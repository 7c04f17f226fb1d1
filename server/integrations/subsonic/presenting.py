"""Tracks, albums, artists and playlists as OpenSubsonic writes them (Child, AlbumID3, ArtistID3).

Many at a time: what an answer needs beyond the library's own values is read in a few queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from knowledge.browsing import Browser
from knowledge.folding import fold
from knowledge.models import Album, Artist, Playlist, Track
from server.integrations.subsonic.ids import told_id
from tools.players.levelling import levelling_gain_db

Node = dict[str, Any]
_CONTENT_TYPES = {
    "mp3": "audio/mpeg", "flac": "audio/flac", "ogg": "audio/ogg", "oga": "audio/ogg",
    "opus": "audio/ogg", "m4a": "audio/mp4", "m4b": "audio/mp4", "mp4": "audio/mp4",
    "aac": "audio/aac", "wav": "audio/x-wav", "webm": "audio/webm", "wma": "audio/x-ms-wma",
    "aif": "audio/x-aiff", "aiff": "audio/x-aiff", "ape": "audio/x-monkeys-audio",
    "wv": "audio/x-wavpack",
}  # fmt: skip


def iso(seconds: float) -> str:
    """A time as the protocol writes it."""
    return (
        datetime.fromtimestamp(seconds, UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z")
    )


def content_type(suffix: str) -> str:
    return _CONTENT_TYPES.get(suffix, "application/octet-stream")


class Shown:
    """Writes things of the library for one person."""

    def __init__(self, browser: Browser, *, with_history: bool = True) -> None:
        """Read from `browser`; how often something was played is told `with_history` only."""
        self._browser = browser
        self._with_history = with_history

    def songs(self, tracks: Iterable[Track]) -> list[Node]:
        """Child nodes, in order."""
        tracks = tuple(tracks)
        ids = [track.id for track in tracks]
        files = self._browser.file_facts(ids)
        plays = self._browser.plays(ids) if self._with_history else {}
        liked = self._browser.liked_at(ids)
        artist_ids = self._artist_ids(tracks)
        nodes = []
        for track in tracks:
            node = _song(track, artist_ids)
            if (file := files.get(track.id)) is not None:
                kbps = round(file.size * 8 / 1_000 / track.duration_s) if track.duration_s else 0
                node |= {
                    "size": file.size,
                    "suffix": file.suffix,
                    "contentType": content_type(file.suffix),
                    "bitRate": kbps,
                    "created": iso(file.added_at),
                    "path": _path(track, file.suffix),
                }
            if (played := plays.get(track.id)) is not None:
                node |= {"playCount": played.count, "userPlayCount": played.count}
                node["played"] = iso(played.last_at)
            if (at := liked.get(track.id)) is not None:
                node |= {"starred": iso(at), "userRating": 5}
            nodes.append(node)
        return nodes

    def song(self, track: Track) -> Node:
        return self.songs((track,))[0]

    def albums(self, albums: Iterable[Album], starred: Mapping[str, float] = {}) -> list[Node]:
        """AlbumID3 nodes, in order; `starred` says when each was starred, by id."""
        albums = tuple(albums)
        facts = self._browser.album_facts([album.id for album in albums])
        artist_ids = self._browser.artist_ids([album.artist for album in albums])
        nodes = []
        for album in albums:
            known = facts.get(album.id)
            genre = known.genre if known else ""
            artist_id = artist_ids.get(fold(album.artist))
            told = told_id("al", album.id)
            nodes.append(
                {
                    "id": told,
                    "name": album.title,
                    "artist": album.artist,
                    "displayArtist": album.artist,
                    "artistId": None if artist_id is None else told_id("ar", artist_id),
                    "coverArt": told,
                    "songCount": album.track_count,
                    "duration": round(album.duration_s),
                    "created": iso(known.added_at if known else 0.0),
                    "year": album.year,
                    "genre": genre or None,
                    "genres": [{"name": genre}] if genre else [],
                    "isCompilation": album.is_compilation,
                    "sortName": fold(album.title),
                    "starred": iso(starred[told]) if told in starred else None,
                }
            )
        return nodes

    def directories(self, albums: Iterable[Album], starred: Mapping[str, float] = {}) -> list[Node]:
        """Albums as folders (Child), for calls that know folders only."""
        return [
            {
                "id": node["id"],
                "parent": node["artistId"],
                "isDir": True,
                "title": node["name"],
                "name": node["name"],
                "album": node["name"],
                **{key: node[key] for key in ("artist", "artistId", "coverArt", "created")},
                **{key: node[key] for key in ("duration", "songCount", "year", "genre", "starred")},
            }
            for node in self.albums(albums, starred)
        ]

    def artists(self, artists: Iterable[Artist], starred: Mapping[str, float] = {}) -> list[Node]:
        """ArtistID3 nodes, in order."""
        return [self._artist(one, starred) for one in artists]

    def playlists(self, playlists: Sequence[Playlist], owner: str) -> list[Node]:
        """Playlist nodes; `owner` is who asks, and who else's they are is not told."""
        made = self._browser.playlists_made_at([one.id for one in playlists])
        return [
            {
                "id": told_id("pl", one.id),
                "name": one.name,
                "owner": owner if one.own else "household",
                "public": one.shared,
                "readonly": not one.own,
                "songCount": one.track_count,
                "duration": round(one.duration_s),
                "created": iso(made.get(one.id, 0.0)),
                "changed": iso(made.get(one.id, 0.0)),
                "coverArt": told_id("pl", one.id),
            }
            for one in playlists
        ]

    @staticmethod
    def _artist(artist: Artist, starred: Mapping[str, float]) -> Node:
        told = told_id("ar", artist.id)
        return {
            "id": told,
            "name": artist.name,
            "sortName": fold(artist.name),
            "albumCount": artist.album_count,
            "coverArt": told,
            "starred": iso(starred[told]) if told in starred else None,
        }

    def _artist_ids(self, tracks: Sequence[Track]) -> dict[str, int]:
        names = {name for track in tracks for name in track.artists}
        names |= {track.album_artist for track in tracks if track.album_artist}
        return self._browser.artist_ids(sorted(names))


def _song(track: Track, artist_ids: Mapping[str, int]) -> Node:
    album_id = None if track.album_id is None else told_id("al", track.album_id)
    artists = _named(track.artists, artist_ids)
    album_artists = _named((track.album_artist,) if track.album_artist else (), artist_ids)
    return {
        "id": told_id("tr", track.id),
        "parent": album_id,
        "isDir": False,
        "title": track.title,
        "album": track.album,
        "artist": track.artist,
        "displayArtist": track.artist,
        "displayAlbumArtist": track.album_artist or track.artist,
        "track": track.track_no,
        "discNumber": track.disc_no,
        "year": track.year,
        "genre": track.genres[0] if track.genres else None,
        "genres": [{"name": one} for one in track.genres],
        "moods": list(track.moods),
        "coverArt": album_id or told_id("tr", track.id),
        "duration": round(track.duration_s),
        "albumId": album_id,
        "artistId": artists[0]["id"] if artists else None,
        "artists": artists,
        "albumArtists": album_artists,
        "type": "music",
        "mediaType": "song",
        "isVideo": False,
        "sortName": fold(track.title),
        "replayGain": _replay_gain(track),
    }


def _named(names: Iterable[str], ids: Mapping[str, int]) -> list[Node]:
    return [
        {"id": told_id("ar", ids[fold(name)]), "name": name} for name in names if fold(name) in ids
    ]


def _replay_gain(track: Track) -> Node:
    if track.loudness_lufs is None:
        return {}
    return {"trackGain": round(levelling_gain_db(track), 2), "trackPeak": track.peak}


def _path(track: Track, suffix: str) -> str:
    """A path as apps show it; never where the file really is."""
    parts = (track.album_artist or track.artist, track.album or "Unknown album", track.title)
    return "/".join(part.replace("/", "_")[:100] for part in parts) + f".{suffix}"
