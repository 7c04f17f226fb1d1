"""Search by fields: the user (or whoever understood the user) said what is title, what artist."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from knowledge.search.candidates import Conditions
from knowledge.search.facets import Facets
from knowledge.search.free_text import FAIR
from knowledge.search.library_words import LibraryWords
from knowledge.search.lookup import GOOD, Lookup, Pool, narrowed
from knowledge.search.matching import Match, match_artist
from knowledge.search.models import SearchQuery
from knowledge.search.names import Named
from knowledge.search.readings import Freedom, readings
from knowledge.search.words import tokens

_LISTED = 0.9


class FieldSearch:
    """One query with fields. Every field is a condition that each hit fulfils."""

    def __init__(
        self,
        connection: Connection,
        library: LibraryWords,
        query: SearchQuery,
        condition: Callable[[Facets], Conditions | None],
    ) -> None:
        """Prepare the search; `condition` makes conditions of facets, None of impossible ones."""
        self._library = library
        self._query = query
        self._condition = condition
        self._lookup = Lookup(connection, library, Conditions())
        self._artists: tuple[Named, ...] = ()

    def find(self) -> Pool:
        """Find what fulfils every field; empty when a named artist or album is not there."""
        conditions = self._conditions()
        if conditions is None:
            return Pool()
        self._lookup = self._lookup.under(conditions)
        query = self._query
        if query.album:
            albums = self._albums(query.album)
            if not (query.title or query.text):
                return self._with_tracks(albums)
            ids = frozenset(number for kind, number in albums.matches if kind == "album")
            if not ids:
                return Pool()
            self._lookup = self._lookup.under(replace(conditions, album_ids=ids))
        if query.title or query.text:
            return self._named()
        return self._listing()

    def _conditions(self) -> Conditions | None:
        query = self._query
        genres = self._library.genres.called(tokens(query.genre)) if query.genre else ()
        if query.genre and not genres:
            return None
        conditions = self._condition(Facets(query.year_from, query.year_to, genres, query.mood))
        if conditions is None:
            return None
        conditions = replace(conditions, liked=query.liked)
        if query.artist:
            self._artists = self._named_artists(query.artist)
            if not self._artists:
                return None
            conditions = narrowed(conditions, self._artists)
        return conditions

    def _named_artists(self, name: str) -> tuple[Named, ...]:
        for freedom in (Freedom.LITERAL, Freedom.RESPELLED):
            for reading in readings(tokens(name), self._library.vocabulary, freedom):
                if found := self._lookup.artists_named(reading):
                    return found
        return ()

    def _albums(self, title: str) -> Pool:
        pool = Pool()
        for freedom in (Freedom.LITERAL, Freedom.RESPELLED):
            for reading in readings(tokens(title), self._library.vocabulary, freedom):
                pool.merge(self._lookup.albums_titled(reading))
            if pool.best >= FAIR:
                break
        # A whole title excludes titles that merely contain it.
        if pool.best >= GOOD:
            pool.keep(key for key, match in pool.matches.items() if match.score >= GOOD)
        return pool

    def _with_tracks(self, albums: Pool) -> Pool:
        scores = {number: m.score for (kind, number), m in albums.matches.items()}
        for row in self._lookup.candidates.on_albums(scores):
            score = 0.5 * scores.get(row.album_id or 0, 0.0)
            albums.add(Match("track", row.id, score, exact=False, why="album"), row)
        return albums

    def _named(self) -> Pool:
        """Find by title, or by any words, under the conditions."""
        query = self._query
        pool = Pool()
        for freedom in Freedom:
            for reading in readings(
                tokens(query.title or query.text), self._library.vocabulary, freedom
            ):
                if query.title:
                    pool.merge(self._lookup.titled(reading))
                else:
                    pool.merge(self._lookup.anything(reading))
                if self._artists and pool.best < GOOD:
                    found = self._lookup.by(
                        self._artists, reading, only_title=query.title is not None
                    )
                    pool.merge(found)
            if pool.best >= FAIR:
                break
        if query.title and query.text:
            self._narrow_by_text(pool)
        return pool

    def _narrow_by_text(self, pool: Pool) -> None:
        """Keep of the titles those that the free words fit as well, if there are any."""
        fitting = Pool()
        for reading in readings(
            tokens(self._query.text), self._library.vocabulary, Freedom.LITERAL
        ):
            fitting.merge(self._lookup.anything(reading))
        both = pool.matches.keys() & fitting.matches.keys()
        if both:
            pool.keep(both)

    def _listing(self) -> Pool:
        """List everything that fulfils the conditions: an artist's works, a genre, a mood."""
        query = self._query
        pool = Pool()
        said = [
            name
            for name, value in (
                ("artist", query.artist),
                ("genre", query.genre),
                ("mood", query.mood),
                ("year", query.year_from or query.year_to),
                ("liked", query.liked),
            )
            if value
        ]
        if said == ["artist"]:
            pool = self._lookup.all_by(self._artists)
            for named in self._artists:
                pool.add(match_artist(named))
            return pool
        for row in self._lookup.candidates.any():
            why = " and ".join(said)
            pool.add(Match("track", row.id, _LISTED, exact=False, why=why), row)
        return pool


def named_fields(query: SearchQuery) -> Sequence[str]:
    """The names in the fields of a query, the most telling first; for offering near misses."""
    names = (query.title, query.album, query.artist, query.text)
    return [name for name in names if name]
