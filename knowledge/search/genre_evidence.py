"""Which tracks are of a genre: by the tags of their files, else by what the auto-tagger heard."""

from functools import lru_cache

import numpy as np

from knowledge.folding import fold
from knowledge.search.library_columns import Column, Mask
from knowledge.search.library_view import LibraryView
from knowledge.wishes.genres import all_genres, genres_of_tag

TAGGED, HEARD, BY_TIME = 1.0, 0.6, 0.8
"""How sure a genre is: in the file's tags; heard in the sound; by a wider genre and the years."""
_LEAST_PROBABILITY, _LEAST_PLACE, _PROBABLE = 0.2, 0.85, 0.45
"""From this probability and place in the library on, or from this probability alone, an untagged
track that sounds like a genre is taken for it."""
_OF_TIMES: dict[str, tuple[str, float, float]] = {
    "classic rock": ("rock", 1960, 1989),
    "oldies": ("", 1900, 1975),
}
"""Genres that are another genre of some years."""


@lru_cache(maxsize=1)
def _canonical() -> dict[str, str]:
    named: dict[str, str] = {}
    for genre in all_genres():
        for name in genre.names:
            named.setdefault("".join(fold(name.rstrip("*")).split()), genre.name)
    return named


def canonical_genre(name: str) -> str:
    """The ontology's name of a genre; folded when it is not there."""
    folded = fold(name)
    return _canonical().get("".join(folded.split()), folded)


@lru_cache(maxsize=32_768)
def is_kind_of(folded_tag: str, genre: str) -> bool:
    """Whether a folded genre tag names `genre` (canonical) or a kind of it."""
    if genre in genres_of_tag(folded_tag):
        return True
    return genre not in _names() and f" {genre} " in f" {folded_tag} "


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(genre.name for genre in all_genres())


def of_genre(view: LibraryView, name: str) -> Column:
    """How sure each track is of a genre or a kind of it, 0 to 1."""
    genre = canonical_genre(name)
    sure = np.zeros(len(view), np.float32)
    if genre in _OF_TIMES:
        wide, first, last = _OF_TIMES[genre]
        years = view.library.years
        then = (years >= first) & (years <= last)
        wider = of_genre(view, wide) if wide else np.ones(len(view), np.float32)
        sure[then] = BY_TIME * wider[then]
    heard = _heard(view, genre)
    if heard is not None:
        untagged = view.library.untagged
        sure[untagged] = np.maximum(sure, HEARD * heard)[untagged]
    for tag, rows in view.library.genres.items():
        if is_kind_of(tag, genre):
            sure[rows] = TAGGED
    return sure


def unknown_genre(view: LibraryView) -> Column:
    """1 where neither tags nor the tagger say anything about the genre."""
    heard = np.isfinite(view.spread(view.sound.tags[:, 0])) if view.sound.tag_names else False
    silent: Mask = view.library.untagged & ~np.asarray(heard)
    return silent.astype(np.float32)


def genre_words(view: LibraryView, name: str, row: int) -> str:
    """Why a track counts as of a genre: its tag as it is written."""
    genre = canonical_genre(name)
    for tag, rows in view.library.genres.items():
        if is_kind_of(tag, genre):
            at = int(np.searchsorted(rows, row))
            if at < len(rows) and rows[at] == row:
                return view.library.genre_names.get(tag, name)
    return f"sounds like {name}" if view.library.untagged[row] else name


def _heard(view: LibraryView, genre: str) -> Column | None:
    tags = [
        name
        for name in view.sound.tag_names
        if genre in genres_of_tag(fold(name.partition(" (")[0]))
    ]
    found = view.tags(*(name.partition(" (")[0] for name in tags)) if tags else None
    if found is None:
        return None
    values, places = found
    heard: Mask = (values >= _LEAST_PROBABILITY) & (places >= _LEAST_PLACE)
    heard |= values >= _PROBABLE
    return heard.astype(np.float32)
