"""From one music file to one draft: what it is, what it says about itself, what its path says."""

import os
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TypeVar

from knowledge.audio.recording import Recording, identify
from knowledge.covers import MAX_BYTES, CoverStore
from knowledge.drafts import VARIOUS_ARTISTS, FileStamp, TrackDraft
from knowledge.folding import fold
from knowledge.lyrics.beside import beside
from knowledge.lyrics.models import Lyrics, lyrics_from
from knowledge.sources.path_guess import PathGuess, guess, is_disc_folder
from knowledge.sources.tag_text import (
    artist_names,
    featured_in,
    genre_names,
    is_various,
    mood_words,
    name,
    number,
    year,
)
from knowledge.sources.tags import Tags, read_tags

_T = TypeVar("_T")

UNKNOWN_ARTIST = "Unknown Artist"
_PICTURE_NAMES = ("cover", "folder", "front", "albumart", "album", "artwork")
_PICTURE_EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".gif")
_MAX_TRACK_NO = 9999
_MAX_DISC_NO = 999
_MAX_LISTED = 5000
"""Entries of a folder that are looked at for a cover."""
_TRUE = frozenset({"1", "true", "yes"})


class MusicFileReader:
    """Reads files of music folders one after the other. For one scan: it remembers covers."""

    def __init__(self, covers: Path) -> None:
        self._covers = CoverStore(covers)
        self._folder_cover = lru_cache(maxsize=512)(self._find_folder_cover)

    def read(self, path: Path, *, root: Path, stamp: FileStamp) -> TrackDraft:
        """Read one file.

        Args:
            path: the file.
            root: the music folder it was found under.
            stamp: what the scanner saw of it.

        Raises:
            UnreadableAudio: the file is refused; the message says why.
        """
        recording = identify(path, with_picture=True)
        tags = read_tags(path, recording.tags, recording.picture)
        cover_id = self._covers.save(tags.picture) if tags.picture else None
        if cover_id is None:
            cover_id = self._folder_cover(path.parent, root)
        draft = drafted(recording, tags, guess(path.relative_to(root)), stamp, cover_id)
        return replace(draft, lyrics=_lyrics(path, tags))

    def _find_folder_cover(self, folder: Path, root: Path) -> str | None:
        picture = _folder_picture(folder)
        if picture is not None:
            return self._covers.save(picture)
        if is_disc_folder(folder.name) and folder != root:
            return self._folder_cover(folder.parent, root)
        return None


def drafted(
    recording: Recording, tags: Tags, path: PathGuess, stamp: FileStamp, cover_id: str | None
) -> TrackDraft:
    """Join the three witnesses: the audio, the tags, and where these are silent the path."""
    guessed: set[str] = set()

    def told(field: str, value: _T | None, otherwise: _T | None) -> _T | None:
        if value is None and otherwise is not None:
            guessed.add(field)
            return otherwise
        return value

    title = told("title", name(tags.first("title")), path.title) or path.title
    artists = told("artist", artist_names(tags.all("artist")) or None, _only(path.artist))
    if artists is None:
        guessed.add("artist")
        artists = (UNKNOWN_ARTIST,)
    artists = _distinct(artists + featured_in(title))
    album = told("album", name(tags.first("album")), path.album)
    credited = tuple(
        one for one in artist_names(tags.all("album_artist")) if one in artists or not _slip(one)
    )
    flagged = (tags.first("compilation") or "").strip().lower() in _TRUE
    various = (flagged and not credited) or any(is_various(artist) for artist in credited)
    return TrackDraft(
        audio_hash=recording.audio_hash,
        title=title,
        artists=artists,
        album=album,
        album_artist=VARIOUS_ARTISTS if various else ", ".join(credited) or None,
        is_compilation=flagged or various,
        disc_no=told("disc_no", number(tags.first("disc"), _MAX_DISC_NO), path.disc_no),
        track_no=told("track_no", number(tags.first("track"), _MAX_TRACK_NO), path.track_no),
        year=told("year", _first_year(tags.all("date")), path.year),
        genres=genre_names(tags.all("genre")),
        moods=mood_words(tags.all("mood")),
        duration_s=recording.duration_s,
        codec=recording.codec,
        cover_id=cover_id,
        guessed=frozenset(guessed),
        file=stamp,
    )


def _lyrics(path: Path, tags: Tags) -> Lyrics | None:
    """The words of the song: with times rather than without, then the file's own."""
    told = [lyrics_from(raw, "tag") for raw in tags.all("lyrics")[:4]]
    found = [one for one in (*told, beside(path)) if one is not None]
    return min(found, key=lambda one: not one.synced, default=None)


def _only(artist: str | None) -> tuple[str, ...] | None:
    return None if artist is None else (artist,)


def _slip(album_artist: str) -> bool:
    """Tell a number that slipped into the wrong field; no one is called "4"."""
    return album_artist.isdigit() and len(album_artist) <= 2


def _distinct(artists: tuple[str, ...]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for artist in artists:
        seen.setdefault(fold(artist), artist)
    return tuple(seen.values())


def _first_year(dates: tuple[str, ...]) -> int | None:
    return next((found for date in dates if (found := year(date)) is not None), None)


def _folder_picture(folder: Path) -> bytes | None:
    """Return the content of cover.jpg, folder.png and their like; links are not followed."""
    named: dict[str, os.DirEntry[str]] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, _MAX_LISTED):
                stem, dot, extension = entry.name.lower().rpartition(".")
                if stem in _PICTURE_NAMES and dot + extension in _PICTURE_EXTENSIONS:
                    named[stem + dot + extension] = entry
        for stem in _PICTURE_NAMES:
            for extension in _PICTURE_EXTENSIONS:
                found = named.get(stem + extension)
                if found is not None and _is_small_file(found):
                    return Path(found.path).read_bytes()
    except OSError:
        return None
    return None


def _is_small_file(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False) and entry.stat().st_size <= MAX_BYTES
