"""Understand words that nobody sorted into fields: "take five dave brubeck", "jazz from 1959"."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from knowledge.search.candidates import Conditions
from knowledge.search.facets import Facets, find_facets
from knowledge.search.library_words import LibraryWords
from knowledge.search.lookup import GOOD, Lookup, Pool
from knowledge.search.matching import Match, match_artist
from knowledge.search.names import Named
from knowledge.search.readings import Freedom, readings
from knowledge.search.words import FILLER

FAIR = 0.5
"""From here on something was found that is worth showing without reading more freely."""
_FACET_SCORE = 0.9
_ALBUM_WORDS = frozenset({"album", "albums", "record", "records"})


class FreeText:
    """Reads the words of one query in all the ways that may make sense, the plainest first."""

    def __init__(
        self,
        connection: Connection,
        library: LibraryWords,
        said: Sequence[str],
        condition: Callable[[Facets], Conditions | None],
    ) -> None:
        """Prepare to read.

        Args:
            connection: open for reading.
            library: the words of the library.
            said: the folded words.
            condition: makes conditions of facets; None when no track can fulfil them.
        """
        self._connection = connection
        self._library = library
        self._said = tuple(said)
        self._condition = condition

    def find(self) -> Pool:
        """Find what the words mean; the pool is empty when nothing explains them."""
        lookup = Lookup(self._connection, self._library, Conditions())
        pool = self._read(lookup, Freedom.LITERAL)
        if pool.best >= GOOD:
            return pool
        if (theirs := self._after_by(lookup)) is not None:
            return theirs
        pool.merge(self._facets())
        for freedom in (Freedom.RESPELLED, Freedom.WITHOUT_FILLER):
            if pool.best < FAIR:
                pool.merge(self._read(lookup, freedom))
        self._prefer_albums(pool, self._said)
        return pool

    def _read(self, lookup: Lookup, freedom: Freedom) -> Pool:
        pool = Pool()
        for reading in readings(self._said, self._library.vocabulary, freedom):
            pool.merge(lookup.anything(reading))
            if pool.best >= GOOD:
                break
        return pool

    def _after_by(self, lookup: Lookup) -> Pool | None:
        """Read "songs by nina simone"; None when nobody known is named after "by"."""
        vocabulary = self._library.vocabulary
        for place in range(len(self._said) - 2, -1, -1):
            if self._said[place] != "by":
                continue
            artists: tuple[Named, ...] = ()
            for freedom in (Freedom.LITERAL, Freedom.RESPELLED):
                for reading in readings(self._said[place + 1 :], vocabulary, freedom):
                    artists = artists or lookup.artists_named(reading)
            if artists:
                return self._works(lookup, artists, self._said[:place])
        return None

    def _works(self, lookup: Lookup, artists: Sequence[Named], before: Sequence[str]) -> Pool:
        pool = Pool()
        for freedom in Freedom if before else ():
            for reading in readings(before, self._library.vocabulary, freedom):
                pool.merge(lookup.by(artists, reading))
            if pool.best >= FAIR:
                break
        # "songs by …" asks for everything, unless something is called so.
        if all(word in FILLER for word in before) and pool.best < GOOD:
            pool.merge(lookup.all_by(artists))
            for artist in artists:
                pool.add(match_artist(artist))
        self._prefer_albums(pool, before)
        return pool

    def _facets(self) -> Pool:
        facets, places = find_facets(self._said, self._library.genres)
        if not facets.named or (places and facets.mood):
            return Pool()
        conditions = self._condition(facets)
        if conditions is None:
            return Pool()
        lookup = Lookup(self._connection, self._library, conditions)
        pool = Pool()
        if not places:
            why = " and ".join(facets.named)
            for row in lookup.candidates.any():
                pool.add(Match("track", row.id, _FACET_SCORE, exact=False, why=why), row)
            return pool
        words = [self._said[place] for place in places]
        for reading in readings(words, self._library.vocabulary, Freedom.LITERAL):
            pool.merge(lookup.anything(reading))
        # The other words must be a name in full, or this is not what was meant.
        pool.keep(k for k, m in pool.matches.items() if m.score >= GOOD or m.why == "artist")
        return pool

    def _prefer_albums(self, pool: Pool, said: Sequence[str]) -> None:
        if _ALBUM_WORDS.isdisjoint(said) or pool.best < FAIR:
            return
        albums = [key for key, match in pool.matches.items() if match.kind == "album"]
        if albums:
            pool.keep(albums)
