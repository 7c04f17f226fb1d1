"""Keep an album of several artists in one piece when its tags do not say whose it is.

In one folder, under one album title, with no track number claimed by two artists: that is one
album. It belongs to the album artist that other tracks of it name, else to the artist of most of
its tracks, else, if they are three or more, to various artists; not to each of them a part.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from knowledge.drafts import VARIOUS_ARTISTS, TrackDraft
from knowledge.folding import fold

_MOST = 0.6
"""Share of the tracks that makes an album one artist's, guests aside."""
_MANY = 3

FolderAlbum = tuple[str, str]
"""A folder, and the folded title of an album in it."""


class Compilations:
    """Knows whose the albums of several artists are, by folder and title."""

    def __init__(self, known: Mapping[FolderAlbum, str] | None = None) -> None:
        """Begin with what the library already holds: folder and title to album artist."""
        self._known = dict(known or {})

    def mark(self, drafts: Sequence[TrackDraft]) -> list[TrackDraft]:
        """Return the drafts, with an album artist where only the others of the album name one.

        Args:
            drafts: whole folders; part of a folder may hide that it holds a compilation.
        """
        for key, album in _albums(drafts).items():
            if (artist := album.artist()) is not None:
                self._known[key] = artist
        return [self._marked(draft) for draft in drafts]

    def _marked(self, draft: TrackDraft) -> TrackDraft:
        key = _key(draft)
        artist = None if key is None or not _untold(draft) else self._known.get(key)
        if artist is None:
            return draft
        return replace(draft, album_artist=artist, is_compilation=artist == VARIOUS_ARTISTS)


@dataclass(slots=True)
class _Album:
    """What the tracks of one title in one folder say."""

    stated: set[str] = field(default_factory=set)
    """Album artists that tags name."""
    artists: Counter[str] = field(default_factory=Counter)
    """Main artists of the tracks without an album artist, folded."""
    shown: dict[str, str] = field(default_factory=dict)
    """How a folded artist is written."""
    places: dict[tuple[int | None, int], set[str]] = field(default_factory=dict)
    """Disc and track number to the artists that stand there."""

    def artist(self) -> str | None:
        """Whose the tracks without an album artist are; None: each its own artist's."""
        if not self.artists:
            return None
        if len(self.stated) == 1:
            return next(iter(self.stated))
        if len(self.artists) == 1 or any(len(artists) > 1 for artists in self.places.values()):
            return None
        most, count = self.artists.most_common(1)[0]
        if count >= _MOST * self.artists.total():
            return self.shown[most]
        return VARIOUS_ARTISTS if len(self.artists) >= _MANY else None


def _albums(drafts: Iterable[TrackDraft]) -> dict[FolderAlbum, _Album]:
    albums: dict[FolderAlbum, _Album] = {}
    for draft in drafts:
        if (key := _key(draft)) is None:
            continue
        album = albums.setdefault(key, _Album())
        shown = draft.shown_album_artist
        if draft.track_no is not None:
            album.places.setdefault((draft.disc_no, draft.track_no), set()).add(fold(shown))
        if _untold(draft):
            album.artists[fold(shown)] += 1
            album.shown.setdefault(fold(shown), shown)
        else:
            album.stated.add(shown)
    return albums


def folder_of(path: str) -> str:
    """Return the folder of a file."""
    return str(PurePath(path).parent)


def _untold(draft: TrackDraft) -> bool:
    return draft.album_artist is None and not draft.is_compilation


def _key(draft: TrackDraft) -> FolderAlbum | None:
    if draft.album is None or draft.file is None:
        return None
    return folder_of(draft.file.path), fold(draft.album)
