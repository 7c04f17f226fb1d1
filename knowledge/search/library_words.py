"""What the search keeps in memory about a library, and when it reads it again.

Names of artists and albums are brought up to date with every new revision, which costs only the
new rows. The vocabulary (for correcting misspellings) and the genres are read anew; where that is
quick it happens at once, in a large library in a thread, and the old ones serve until it is done.
"""

import logging
import threading
import time
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from knowledge.database import Database
from knowledge.search.facets import Genres
from knowledge.search.names import NameIndex
from knowledge.search.spelling import Vocabulary

_logger = logging.getLogger(__name__)

_QUICK_S = 0.04
"""Up to this, reading anew is not noticed and happens at once."""
_REST = 20.0
"""In a library that changes all the time, reading takes at most one part in this many."""

_ARTISTS = text("SELECT id, name, folded, '' FROM artists WHERE id > :last ORDER BY id")
_ALBUMS = text("SELECT id, title, folded, artist_folded FROM albums WHERE id > :last ORDER BY id")
_COUNTS = text("SELECT (SELECT count(*) FROM artists), (SELECT count(*) FROM albums)")
_GENRES = text(
    "SELECT folded, count(*) FROM track_genres GROUP BY folded ORDER BY count(*) DESC LIMIT 5000"
)


@dataclass(slots=True)
class LibraryWords:
    """The words of one library. Used by one search at a time."""

    artists: NameIndex = field(default_factory=NameIndex)
    albums: NameIndex = field(default_factory=NameIndex)
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary(()))
    genres: Genres = field(default_factory=lambda: Genres(()))


class LibraryWordsReader:
    """Keeps `LibraryWords` up to date. `current` is called by one thread at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._words = LibraryWords()
        self._names_revision: int | None = None
        self._terms_revision: int | None = None
        self._took_s = 0.0
        self._finished_at = 0.0
        self._fresh: tuple[int, Vocabulary, Genres] | None = None
        self._reading: threading.Thread | None = None

    def current(self, connection: Connection, revision: int) -> LibraryWords:
        """Return the words of the library, as new as can be had without a wait.

        Args:
            connection: open for reading.
            revision: of the library; when it is the known one, nothing is read.
        """
        if revision != self._names_revision:
            self._read_names(connection)
            self._names_revision = revision
        self._take_fresh()
        if revision != self._terms_revision:
            if self._terms_revision is None or self._took_s < _QUICK_S:
                self._fresh = self._read_terms(connection, revision)
                self._take_fresh()
            else:
                self._read_aside(revision)
        return self._words

    def wait(self) -> None:
        """Wait until a reading in another thread is done."""
        if self._reading is not None:
            self._reading.join()
        self._take_fresh()

    def _read_names(self, connection: Connection) -> None:
        words = self._words
        artists, albums = connection.execute(_COUNTS).one()
        if artists < len(words.artists) / 2 or albums < len(words.albums) / 2:
            words.artists, words.albums = NameIndex(), NameIndex()
        for index, query in ((words.artists, _ARTISTS), (words.albums, _ALBUMS)):
            rows = connection.execute(query, {"last": index.last_id})
            index.add((row[0], row[1], row[2], row[3]) for row in rows)

    def _read_terms(self, connection: Connection, revision: int) -> tuple[int, Vocabulary, Genres]:
        start = time.perf_counter()
        vocabulary = Vocabulary.read(connection)
        genres = Genres(str(row[0]) for row in connection.execute(_GENRES))
        self._finished_at = time.perf_counter()
        self._took_s = self._finished_at - start
        return revision, vocabulary, genres

    def _take_fresh(self) -> None:
        if self._fresh is not None:
            self._terms_revision, self._words.vocabulary, self._words.genres = self._fresh
            self._fresh = None

    def _read_aside(self, revision: int) -> None:
        if self._reading is not None and self._reading.is_alive():
            return
        if time.perf_counter() - self._finished_at < _REST * self._took_s:
            return
        self._reading = threading.Thread(
            target=self._read_in_thread, args=(revision,), name="search-vocabulary", daemon=True
        )
        self._reading.start()

    def _read_in_thread(self, revision: int) -> None:
        try:
            with self._database.read() as connection:
                self._fresh = self._read_terms(connection, revision)
        except Exception:
            # The old vocabulary goes on serving; the next search tries again.
            _logger.exception("The words of the library could not be read again")
