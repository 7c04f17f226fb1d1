"""A small library with genres, years, languages and sound, and what finds music in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.analysis.sound import Axis
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from library_drafts import draft, stamp
from sound_library import Song, hear
from sound_library import titles as titles_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A track as its file and its sound describe it."""

    title: str
    artist: str = "Anna Walker"
    album: str = "Rooms"
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    year: int | None = 2000
    bpm: float | None = 120.0
    sound: Mapping[Axis, float] | None = field(default_factory=dict)
    """None: not analysed."""
    tags: Mapping[str, float] | None = None


def shelve(database: Database, *pieces: Piece) -> dict[str, int]:
    """Put them into the library; return their ids by title."""
    CatalogWriter(database).add(
        [
            draft(
                piece.title,
                audio=f"{piece.artist}/{piece.title}",
                file=stamp(f"/music/{piece.artist}/{piece.title}.flac"),
                artists=(piece.artist,),
                album=piece.album,
                genres=piece.genres,
                moods=piece.moods,
                year=piece.year,
            )
            for piece in pieces
        ]
    )
    for place, piece in enumerate(pieces):
        if piece.sound is not None:
            song = Song(piece.title, (piece.sound,), bpm=piece.bpm, tags=piece.tags)
            hear(database, song, heard_at=float(place + 1))
    return titles_of(database)
