"""Collects what is known of every track into its document."""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, func, select

from knowledge.database import Database
from knowledge.folding import fold
from knowledge.lyrics.lrc import without_times
from knowledge.meaning.documents import Document, Part, Source, decade, document, gist, listed
from knowledge.meaning.sound_words import sound_parts
from knowledge.models import TrackId
from knowledge.schema import albums, files, lyrics, track_genres, tracks
from knowledge.sound.sounding import Sounding

_LANGUAGES = {
    "ar": "Arabic", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "th": "Thai",
    "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip
_NO_PLACE = frozenset(
    {"music", "audio", "songs", "albums", "artists", "library", "various artists", "unknown album"}
)
_MOST_FOLDERS = 3
_MOST_LYRICS = 4_000


class Documents:
    """The documents of one library."""

    def __init__(self, database: Database, sounding: Sounding | None = None) -> None:
        self._database = database
        self._sounding = sounding

    def all(self) -> dict[TrackId, Document]:
        """Documents of all tracks that are there, from one look at the library."""
        heard = {} if self._sounding is None else sound_parts(self._sounding.table())
        with self._database.read() as connection:
            rows = connection.execute(_TRACKS).mappings().all()
            genres = _genres(connection)
            places = _places(connection)
            found = {
                int(row["id"]): (str(row["head"]), str(row["language"]))
                for row in connection.execute(_LYRICS).mappings()
            }
        made = {}
        for row in rows:
            one = int(row["id"])
            said = _tag_parts(row, genres.get(one, ()))
            made[one] = document(
                [
                    *said,
                    *heard.get(one, ()),
                    *_place_part(places.get(one, ()), said),
                    *_lyrics_parts(*found.get(one, ("", ""))),
                ]
            )
        return made


_TRACKS = (
    select(
        tracks.c.id,
        tracks.c.title,
        tracks.c.artist,
        tracks.c.year,
        tracks.c.moods,
        tracks.c.guessed,
        albums.c.title.label("album"),
    )
    .join(albums, albums.c.id == tracks.c.album_id, isouter=True)
    .where(tracks.c.missing_since.is_(None))
)
_LYRICS = select(
    lyrics.c.track_id.label("id"),
    func.substr(lyrics.c.text, 1, _MOST_LYRICS).label("head"),
    lyrics.c.language,
)


def _genres(connection: Connection) -> Mapping[TrackId, Sequence[str]]:
    found: dict[TrackId, list[str]] = defaultdict(list)
    query = select(track_genres.c.track_id, track_genres.c.genre).order_by(
        track_genres.c.track_id, track_genres.c.position
    )
    for row in connection.execute(query):
        found[row.track_id].append(row.genre)
    return found


def _places(connection: Connection) -> dict[TrackId, tuple[str, ...]]:
    """The folders that each track lies in, below the one that all share."""
    query = select(files.c.track_id, files.c.path).where(files.c.status == "ok")
    paths: dict[TrackId, str] = {}
    for row in connection.execute(query.order_by(files.c.id)):
        if row.track_id is not None:
            paths.setdefault(row.track_id, row.path)
    if len(paths) < 2:
        return {}
    try:
        shared = os.path.commonpath([os.path.dirname(path) for path in paths.values()])  # noqa: PTH120  many
    except ValueError:
        return {}
    depth = len(PurePath(shared).parts)
    return {one: PurePath(path).parts[depth:-1][:_MOST_FOLDERS] for one, path in paths.items()}


def _tag_parts(row: Mapping[str, Any] | Any, genres: Sequence[str]) -> list[Part]:
    guessed = frozenset(row["guessed"] or ())

    def source(field: str) -> Source:
        return "path" if field in guessed else "tag"

    parts = [
        Part("title", row["title"], source("title")),
        Part("artist", row["artist"], source("artist")),
        Part("genre", listed(genres, 3), "tag"),
        Part("mood", listed(row["moods"] or (), 4), "tag"),
    ]
    if row["album"] and row["album"] != row["title"]:
        parts.append(Part("album", row["album"], source("album")))
    if row["year"]:
        parts.append(Part("decade", decade(int(row["year"])), source("year")))
    return parts


def _place_part(folders: Sequence[str], said: Sequence[Part]) -> list[Part]:
    """Folder names that say something new, such as "Soundtracks" or "Christmas"."""
    known = {fold(part.words) for part in said}
    new = [
        name
        for name in folders
        if (folded := fold(name)) not in _NO_PLACE
        and not folded.isdigit()
        and not any(folded in one or one in folded for one in known if one)
    ]
    return [Part("place", listed((name[:60] for name in new), 2), "path")]


def _lyrics_parts(text: str, language: str) -> list[Part]:
    return [
        Part("language", _LANGUAGES.get(language, ""), "lyrics"),
        Part("lyrics", gist(without_times(text)), "lyrics"),
    ]
