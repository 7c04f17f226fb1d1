"""Recognise a compilation that is not tagged as one.

Three or more artists on one album title in one folder, and no album artist in any tag: that is one
album by various artists, not an album for each of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from knowledge.drafts import VARIOUS_ARTISTS, TrackDraft
from knowledge.folding import fold

_LEAST_ARTISTS = 3

FolderAlbum = tuple[str, str]
"""A folder, and the folded title of an album in it."""


class Compilations:
    """Knows the albums by various artists, by folder and title."""

    def __init__(self, known: Iterable[FolderAlbum] = ()) -> None:
        self._known = set(known)

    def mark(self, drafts: Sequence[TrackDraft]) -> list[TrackDraft]:
        """Return the drafts, with untagged compilations filed under various artists.

        Args:
            drafts: whole folders; part of a folder may hide that it holds a compilation.
        """
        artists: dict[FolderAlbum, set[str]] = {}
        for draft in drafts:
            if (key := _open_album(draft)) is not None:
                artists.setdefault(key, set()).add(fold(draft.shown_album_artist))
        self._known.update(key for key, names in artists.items() if len(names) >= _LEAST_ARTISTS)
        return [
            replace(draft, album_artist=VARIOUS_ARTISTS, is_compilation=True)
            if _open_album(draft) in self._known
            else draft
            for draft in drafts
        ]


def folder_of(path: str) -> str:
    """Return the folder of a file."""
    return str(PurePath(path).parent)


def _open_album(draft: TrackDraft) -> FolderAlbum | None:
    """Return where the album belongs when no tag says whose it is."""
    untold = draft.album is not None and draft.album_artist is None and not draft.is_compilation
    if not untold or draft.file is None:
        return None
    return folder_of(draft.file.path), fold(draft.album or "")
