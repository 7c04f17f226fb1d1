"""Names of the library inside a request: a band called "Calm" is no mood when it is named."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from sqlalchemy import bindparam, text

from knowledge.database import Database
from knowledge.folding import fold, without_article
from knowledge.models import TrackId

_LONGEST_NAME = 120
_MOST_TRACKS = 40

Kind = Literal["artist", "album", "title"]

_ARTISTS = text("SELECT id, name, folded FROM artists WHERE folded IN :names").bindparams(
    bindparam("names", expanding=True)
)
_ALBUMS = text("SELECT id, title, folded FROM albums WHERE folded IN :names").bindparams(
    bindparam("names", expanding=True)
)
_TITLES = text(
    "SELECT id, title, folded FROM tracks WHERE folded IN :names AND missing_since IS NULL "
    "ORDER BY id LIMIT 400"
).bindparams(bindparam("names", expanding=True))
_TRACKS_OF_ARTIST = text(
    "SELECT t.id FROM track_artists x JOIN tracks t ON t.id = x.track_id "
    "WHERE x.artist_id = :id AND t.missing_since IS NULL ORDER BY t.id LIMIT :most"
)
_TRACKS_OF_ALBUM = text(
    "SELECT id FROM tracks WHERE album_id = :id AND missing_since IS NULL ORDER BY id LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class NamedThing:
    """An artist, an album or a title of the library."""

    kind: Kind
    name: str
    """As the library spells it."""
    track_ids: tuple[TrackId, ...] = ()
    """Its recordings, forty at most, for "like ..."."""


class Names(Protocol):
    """Knows what is called so in the library."""

    def called(self, phrases: Collection[str]) -> Mapping[str, Sequence[NamedThing]]:
        """Things by name, for those of `phrases` (folded) that are the whole name of something."""
        ...


class LibraryNames:
    """Names of the library, read from its database: four short queries for a request."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def called(self, phrases: Collection[str]) -> Mapping[str, Sequence[NamedThing]]:
        """Find artists, albums and titles; a leading "the" does not count for artists."""
        wanted = [phrase for phrase in phrases if phrase and len(phrase) <= _LONGEST_NAME]
        if not wanted:
            return {}
        artists = {phrase: phrase for phrase in wanted}
        artists |= {f"the {phrase}": phrase for phrase in wanted}
        artists |= {without_article(phrase): phrase for phrase in wanted}
        found: dict[str, list[NamedThing]] = {}
        with self._database.read() as connection:
            for artist_id, name, folded in connection.execute(
                _ARTISTS, {"names": list(artists)}
            ).all():
                ids = tuple(
                    connection.execute(
                        _TRACKS_OF_ARTIST, {"id": artist_id, "most": _MOST_TRACKS}
                    ).scalars()
                )
                if ids:
                    thing = NamedThing("artist", name, ids)
                    found.setdefault(artists[folded], []).append(thing)
            for album_id, name, folded in connection.execute(_ALBUMS, {"names": wanted}).all():
                ids = tuple(
                    connection.execute(
                        _TRACKS_OF_ALBUM, {"id": album_id, "most": _MOST_TRACKS}
                    ).scalars()
                )
                if ids:
                    found.setdefault(folded, []).append(NamedThing("album", name, ids))
            titles: dict[tuple[str, str], list[TrackId]] = {}
            for track_id, title, folded in connection.execute(_TITLES, {"names": wanted}).all():
                titles.setdefault((folded, title), []).append(track_id)
        for (folded, title), title_ids in titles.items():
            found.setdefault(folded, []).append(NamedThing("title", title, tuple(title_ids)))
        return found


class KnownNames:
    """A handful of names given by hand."""

    def __init__(self, things: Collection[NamedThing]) -> None:
        self._things: dict[str, list[NamedThing]] = {}
        for thing in things:
            self._things.setdefault(fold(thing.name), []).append(thing)

    def called(self, phrases: Collection[str]) -> Mapping[str, Sequence[NamedThing]]:
        """Look the phrases up."""
        return {phrase: self._things[phrase] for phrase in phrases if phrase in self._things}
