"""The names of the user's library, as the understanding of requests wants them."""

from collections.abc import Iterator

from knowledge.catalog import Catalog
from knowledge.playlists import Playlists


class LibraryNames:
    """Every artist, album, track, genre and playlist by name."""

    def __init__(self, catalog: Catalog, playlists: Playlists) -> None:
        self._catalog = catalog
        self._playlists = playlists

    @property
    def revision(self) -> int:
        """Changes with the library and with the playlists' names."""
        named = hash(tuple((playlist.id, playlist.name) for playlist in self._playlists.all()))
        return hash((self._catalog.revision, named))

    def names(self) -> Iterator[tuple[str, int, str]]:
        """Yield kind, id and name of each."""
        yield from self._catalog.names()
        for playlist in self._playlists.all():
            yield "playlist", playlist.id, playlist.name
