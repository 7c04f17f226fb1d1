"""Follow one reading of a query through the library: artists, albums, tracks.

The artist that is named is a condition, not a hint. When words at either end of the query are an
artist's name and something by this artist fits the other words, nothing by anybody else is a hit,
unless it is called exactly what the query says as a whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import OSA
from sqlalchemy import Connection

from knowledge.search.candidates import Candidates, Conditions, TrackRow
from knowledge.search.library_words import LibraryWords
from knowledge.search.matching import (
    QUALIFIES,
    Match,
    match_album,
    match_artist,
    match_letters,
    match_track,
)
from knowledge.search.mentions import Mention, credited, find_mentions, is_distinctive
from knowledge.search.names import Name, Named
from knowledge.search.readings import Reading
from knowledge.search.words import Word, content, squeezed

GOOD = 0.86
"""From here on a name is complete, spelled nearly right; no looser reading is needed."""
_LIKELY = 0.7
"""From here on a title is taken for misspelled when its artist was named."""
_SHORT_NAME = 5
_SAME_NAME = 0.78
_MOST_PARTIAL_ARTISTS = 10
_MOST_MENTIONS = 4


@dataclass(slots=True)
class Pool:
    """The best match of each thing found so far, and the rows of the tracks among them."""

    matches: dict[tuple[str, int], Match] = field(default_factory=dict)
    rows: dict[int, TrackRow] = field(default_factory=dict)

    def add(self, match: Match | None, row: TrackRow | None = None) -> None:
        """Keep `match` if it is the best one of its thing."""
        if match is None:
            return
        known = self.matches.get((match.kind, match.id))
        if known is None or (match.score, match.exact) > (known.score, known.exact):
            self.matches[match.kind, match.id] = match
        if row is not None:
            self.rows[row.id] = row

    def merge(self, other: "Pool") -> None:
        """Take in all of another pool."""
        for match in other.matches.values():
            self.add(match, other.rows.get(match.id) if match.kind == "track" else None)

    def keep(self, keys: Iterable[tuple[str, int]]) -> None:
        """Drop everything else."""
        wanted = set(keys)
        self.matches = {key: match for key, match in self.matches.items() if key in wanted}

    @property
    def best(self) -> float:
        """The highest score."""
        return max((match.score for match in self.matches.values()), default=0.0)


class Lookup:
    """Looks through one state of the library under the conditions of one query."""

    def __init__(
        self, connection: Connection, library: LibraryWords, conditions: Conditions
    ) -> None:
        self._connection = connection
        self._library = library
        self._conditions = conditions
        self._candidates = Candidates(connection, conditions)

    @property
    def candidates(self) -> Candidates:
        """The tracks under the conditions."""
        return self._candidates

    def under(self, conditions: Conditions) -> "Lookup":
        """Look under other conditions."""
        return Lookup(self._connection, self._library, conditions)

    def anything(self, reading: Reading) -> Pool:
        """Find what explains all words of `reading`, whichever they are."""
        pool = Pool()
        if not reading.words:
            self._called_exactly(reading, pool)
            return pool
        self._artists(reading, pool)
        self._albums(reading.words, pool)
        self._tracks(reading, pool)
        self._hold_to_the_artist(reading, pool)
        return pool

    def by(self, artists: Sequence[Named], rest: Reading, *, only_title: bool = False) -> Pool:
        """Find what fits `rest`, which has words, among the works of the artists."""
        ids = frozenset(named.name.id for named in artists)
        names = frozenset(" ".join(named.name.words) for named in artists)
        albums = self._library.albums.owned_by(names)
        pool = Pool()
        for album in () if only_title else albums:
            pool.add(match_album(rest.words, album, by_artist=True))
        for row in self._candidates.by_artists(ids, names):
            match = match_track(rest.words, row, only_title=only_title, by_artist=True)
            if match is None or match.score < QUALIFIES:
                match = match_letters(rest.text, row) or match
            pool.add(match, row)
        return pool

    def all_by(self, artists: Sequence[Named]) -> Pool:
        """All works of the artists, those of the artist proper before those of groups around."""
        pool = Pool()
        for named in artists:
            score = 0.5 if named.is_whole else 0.48
            name = " ".join(named.name.words)
            for album in self._library.albums.owned_by([name]):
                if self._allows(album):
                    pool.add(Match("album", album.id, score, exact=False, why="artist"))
            for row in self._candidates.by_artists([named.name.id], [name]):
                pool.add(Match("track", row.id, score, exact=False, why="artist"), row)
        return pool

    def titled(self, reading: Reading) -> Pool:
        """Find tracks whose title is meant by `reading`."""
        pool = Pool()
        for row in self._title_rows(reading):
            pool.add(match_track(reading.words, row, only_title=True), row)
        return pool

    def albums_titled(self, reading: Reading) -> Pool:
        """Find albums whose title is meant by `reading`."""
        pool = Pool()
        for album in self._library.albums.holding(reading.words):
            if self._allows(album):
                pool.add(match_album(reading.words, album, only_title=True))
        for album in self._library.albums.called(reading.tokens):
            if self._allows(album):
                pool.add(Match("album", album.id, 1.0, exact=True, why="album", whole=True))
        return pool

    def artists_named(self, reading: Reading) -> tuple[Named, ...]:
        """Find the artists that `reading` may name; whole names only, where there are any."""
        index = self._library.artists
        if not reading.words:
            return ()
        exact = index.called(reading.tokens)
        if exact and not index.called([word.text for word in reading.words]):
            return tuple(Named(name, 1.0, 1.0) for name in exact)
        found = [named for named in index.resolve(reading.words) if _is_same(reading, named)]
        if found:
            return tuple(found) if found[0].is_whole else tuple(found[:_MOST_PARTIAL_ARTISTS])
        at_least = 0.85 if len(squeezed(reading.tokens)) > _SHORT_NAME else 1.0
        return index.similar(reading.text, at_least=at_least)

    def _called_exactly(self, reading: Reading, pool: Pool) -> None:
        for artist in self._library.artists.called(reading.tokens):
            pool.add(match_artist(Named(artist, 1.0, 1.0)))
        for row in self._candidates.titled([reading.text]):
            pool.add(Match("track", row.id, 1.0, exact=True, why="title", whole=True), row)

    def _artists(self, reading: Reading, pool: Pool) -> None:
        if self._conditions.narrows:
            return
        for named in self._library.artists.resolve(reading.words):
            pool.add(match_artist(named))

    def _albums(self, words: Sequence[Word], pool: Pool) -> None:
        for album in self._library.albums.holding(words, with_owner=True):
            if self._allows(album):
                pool.add(match_album(words, album))

    def _tracks(self, reading: Reading, pool: Pool) -> None:
        for row in self._title_rows(reading):
            pool.add(match_track(reading.words, row), row)

    def _title_rows(self, reading: Reading) -> Iterable[TrackRow]:
        core = " ".join(word.text for word in reading.words)
        titles = {reading.text, core, f"the {core}", f"a {core}"}
        rows = {row.id: row for row in self._candidates.titled(titles)}
        rows.update((row.id, row) for row in self._candidates.holding(reading.words))
        return rows.values()

    def _allows(self, album: Name) -> bool:
        conditions = self._conditions
        if conditions.genres or conditions.liked or conditions.track_ids is not None:
            return False
        if conditions.album_ids is not None and album.id not in conditions.album_ids:
            return False
        return not conditions.artist_names or " ".join(album.owner) in conditions.artist_names

    def _hold_to_the_artist(self, reading: Reading, pool: Pool) -> None:
        """Apply the constraint that an artist's name among the words is."""
        if self._conditions.artist_ids is not None:
            return
        distinctive = False
        for mention in find_mentions(reading, self._library.artists)[:_MOST_MENTIONS]:
            theirs = self._theirs(mention, pool)
            if max((pool.matches[key].score for key in theirs), default=0.0) < GOOD:
                closer = self.by(mention.artists, mention.rest)
                closer.keep(k for k, match in closer.matches.items() if match.score >= _LIKELY)
                pool.merge(closer)
                theirs |= closer.matches.keys()
            if any(pool.matches[key].score >= QUALIFIES for key in theirs):
                pool.keep(theirs | _wholly_named(pool))
                return
            said = [word for word in reading.tokens if word not in mention.rest.tokens]
            distinctive = distinctive or is_distinctive(
                self._connection, mention, said, self._library.vocabulary
            )
        if distinctive:
            pool.keep(_wholly_named(pool))

    def _theirs(self, mention: Mention, pool: Pool) -> set[tuple[str, int]]:
        tracks = [number for kind, number in pool.matches if kind == "track"]
        theirs = {("track", number) for number in credited(self._connection, mention.ids, tracks)}
        for kind, number in pool.matches:
            album = self._library.albums.get(number) if kind == "album" else None
            if album is not None and " ".join(album.owner) in mention.names:
                theirs.add((kind, number))
        for number in tracks:
            if pool.rows[number].album_artist_folded in mention.names:
                theirs.add(("track", number))
        return theirs


def _is_same(reading: Reading, named: Named) -> bool:
    """Say whether a name with corrected letters is still the same artist, not one alike.

    "Bjrok" is Björk, but Adele is not Adela and Cher is not Chet: in a short name a letter may be
    missing, too many or swapped, not another one.
    """
    if named.closeness >= 1.0:
        return True
    said, name = squeezed(content(reading.tokens)), squeezed(content(named.name.words))
    if not named.is_whole:
        return named.closeness >= _LIKELY
    if len(said) == len(name) <= _SHORT_NAME and sorted(said) != sorted(name):
        return False
    return OSA.normalized_similarity(said, name) >= _SAME_NAME


def _wholly_named(pool: Pool) -> set[tuple[str, int]]:
    return {key for key, match in pool.matches.items() if match.whole and match.score >= GOOD}


def narrowed(conditions: Conditions, artists: Sequence[Named]) -> Conditions:
    """Add the artists to the conditions."""
    return replace(
        conditions,
        artist_ids=frozenset(named.name.id for named in artists),
        artist_names=frozenset(" ".join(named.name.words) for named in artists),
    )
