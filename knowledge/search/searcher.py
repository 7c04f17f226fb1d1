"""The way in: a query becomes hits."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from sqlalchemy import Connection

from knowledge.database import Database
from knowledge.models import Album, Artist, Track
from knowledge.search.candidates import Conditions
from knowledge.search.facets import Facets
from knowledge.search.fields import FieldSearch, named_fields
from knowledge.search.free_text import FreeText
from knowledge.search.hits import HitMaker
from knowledge.search.library_words import LibraryWords, LibraryWordsReader
from knowledge.search.lookup import Pool
from knowledge.search.matching import QUALIFIES
from knowledge.search.models import SearchQuery, SearchResult
from knowledge.search.moods import tracks_in_mood
from knowledge.search.nearest import nearest_matches
from knowledge.search.readings import Freedom, readings
from knowledge.search.words import tokens


class HitSource(Protocol):
    """The read side of the catalogue, as far as hits are made of it."""

    @property
    def revision(self) -> int: ...
    def tracks(self, ids: Sequence[int]) -> tuple[Track, ...]: ...
    def albums(self, ids: Sequence[int]) -> tuple[Album, ...]: ...
    def artists(self, ids: Sequence[int]) -> tuple[Artist, ...]: ...
    def calm_to_driving(self) -> tuple[tuple[int, float], ...]: ...


class Searcher:
    """Finds tracks, albums and artists. Safe to share between threads; searches take turns."""

    def __init__(self, database: Database, catalog: HitSource) -> None:
        self._database = database
        self._catalog = catalog
        self._reader = LibraryWordsReader(database)
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Read the words of the library now, so that the first search need not.

        About half a CPU second for 100,000 tracks; meant for a thread at start-up.
        """
        with self._lock, self._database.read() as connection:
            self._reader.current(connection, self._catalog.revision)

    def search(self, query: SearchQuery) -> SearchResult:
        """Find what `query` asks for, best first; an empty query finds nothing."""
        with self._lock, self._database.read() as connection:
            library = self._reader.current(connection, self._catalog.revision)
            return _Search(connection, library, self._catalog, query).result()


class _Search:
    """One query on its way to hits."""

    def __init__(
        self,
        connection: Connection,
        library: LibraryWords,
        catalog: HitSource,
        query: SearchQuery,
    ) -> None:
        self._connection = connection
        self._library = library
        self._catalog = catalog
        self._query = query
        self._mood_fit: dict[int, float] = {}

    def result(self) -> SearchResult:
        query = self._query
        if query == replace(SearchQuery(), text=query.text, kinds=query.kinds, limit=query.limit):
            said = tokens(query.text)
            if not said:
                return SearchResult()
            pool = FreeText(self._connection, self._library, said, self._condition).find()
        else:
            pool = FieldSearch(self._connection, self._library, query, self._condition).find()
        hits = HitMaker(self._connection, self._catalog, query, self._mood_fit)
        if found := hits.make(pool, at_least=QUALIFIES):
            return SearchResult(found)
        return SearchResult(nearest=hits.make(self._nearest(pool), at_least=0.0)[:5])

    def _condition(self, facets: Facets) -> Conditions | None:
        tracks: frozenset[int] | None = None
        if facets.mood:
            self._mood_fit = tracks_in_mood(
                self._connection, facets.mood, self._catalog.calm_to_driving()
            )
            if not self._mood_fit:
                return None
            tracks = frozenset(self._mood_fit)
        return Conditions(
            genres=facets.genres,
            year_from=facets.year_from,
            year_to=facets.year_to,
            track_ids=tracks,
        )

    def _nearest(self, pool: Pool) -> Pool:
        said = [tokens(name) for name in named_fields(self._query)]
        read = [
            reading
            for words in said
            for reading in readings(words, self._library.vocabulary, Freedom.RESPELLED)[:1]
        ]
        near = nearest_matches(self._connection, self._library, read)
        near.merge(pool)  # such as "Hayloft II" where "Hayloft" was asked for
        return near
