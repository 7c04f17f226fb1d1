"""Which artist a query names, when it names one among other words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

from knowledge.search.names import Named, NameIndex
from knowledge.search.readings import Reading
from knowledge.search.spelling import Vocabulary
from knowledge.search.words import LIGHT, content

_CREDITS = text("SELECT count(*) FROM track_artists WHERE artist_id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)
_CREDITED = text(
    "SELECT DISTINCT track_id FROM track_artists WHERE artist_id IN :ids AND track_id IN :tracks"
).bindparams(bindparam("ids", expanding=True), bindparam("tracks", expanding=True))
_MOST = 400


@dataclass(frozen=True, slots=True)
class Mention:
    """An artist who is named in full at the beginning or the end of a query."""

    artists: tuple[Named, ...]
    """The artist and the groups around them."""
    rest: Reading
    """The other words of the query."""
    is_literal: bool
    """The name was spelled as in the library."""

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(named.name.id for named in self.artists)

    @property
    def names(self) -> frozenset[str]:
        """Folded names."""
        return frozenset(" ".join(named.name.words) for named in self.artists)


def find_mentions(reading: Reading, artists: NameIndex) -> tuple[Mention, ...]:
    """Find the artists named at either end of `reading`, longest names first.

    A name that is the whole query is no mention: there is nothing else to be constrained.
    """
    count = len(reading.tokens)
    found: list[tuple[int, Mention]] = []
    for length in range(count - 1, 0, -1):
        for start in (0, count - length):
            places = range(start, start + length)
            others = [place for place in range(count) if place not in places]
            if start and others and reading.tokens[others[-1]] == "by":
                others.pop()
            rest = reading.at(others)
            if not rest.words:
                continue
            named, literal = _named(reading.at(places), artists)
            if named:
                found.append((length, Mention(named, rest, literal)))
    return tuple(mention for _, mention in found)


def is_distinctive(
    connection: Connection, mention: Mention, said: Sequence[str], vocabulary: Vocabulary
) -> bool:
    """Say whether the name can hardly be anything but the artist.

    One common word may as well be part of a title: "love" is a band, too.
    """
    words = content(said)
    if not words:  # its words all occur elsewhere in the query, too: "love love me"
        return False
    if len(words) > 1:
        return True
    credited_on = connection.execute(_CREDITS, {"ids": sorted(mention.ids)}).scalar() or 0
    return int(credited_on) * 2 >= vocabulary.count(words[0])


def credited(connection: Connection, ids: frozenset[int], tracks: Sequence[int]) -> set[int]:
    """Return which of `tracks` one of the artists is credited on."""
    if not ids or not tracks:
        return set()
    values = {"ids": sorted(ids)[:_MOST], "tracks": list(tracks)}
    return set(connection.execute(_CREDITED, values).scalars())


def _named(part: Reading, artists: NameIndex) -> tuple[tuple[Named, ...], bool]:
    if artists.called(part.tokens):
        words = part.words or ()
        exact = [Named(name, 1.0, 1.0) for name in artists.called(part.tokens)]
        around = [n for n in artists.resolve(words) if n.name not in {e.name for e in exact}]
        return (*exact, *(n for n in around if words)), True
    if not part.words or all(len(w.spellings) == 1 for w in part.words):
        return (), False
    if any(token in LIGHT for token in part.tokens[-1:]):
        return (), False
    resolved = artists.resolve(part.words)
    return (resolved, False) if resolved and resolved[0].is_whole else ((), False)
