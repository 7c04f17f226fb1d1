"""In which language a track is sung, from lyrics, genres, names, and the artist's other tracks.

All languages are weighed against each other: a track counts for the one that most speaks for.
"""

from collections.abc import Iterable

import numpy as np

from knowledge.search.library_columns import Column, Rows
from knowledge.search.library_view import LibraryView
from knowledge.search.spoken_languages import GENRE_WORDS, is_clear, languages_of_genre

LYRICS, GENRE, TITLES, ARTIST, HINT = 1.0, 0.85, 0.7, 0.6, 0.4
"""How sure it is, by where it is known from; a hint is a genre such as "latin"."""
_ARTIST_SHARE = 0.7


def sung_in(view: LibraryView, language: str) -> Column:
    """How sure each track is in a language, 0 to 1; 0 also where nothing is known."""
    codes = {language, *GENRE_WORDS, *view.library.languages, *view.library.named_in}
    mine = _said(view, language)
    for code in codes - {language}:
        other = _said(view, code)
        mine[other > mine] = 0
    return mine


def _said(view: LibraryView, language: str) -> Column:
    """How much speaks for a language, not looking at others."""
    library = view.library
    sure = np.zeros(len(view), np.float32)
    for tag, rows in library.genres.items():
        if language in languages_of_genre(tag) and not is_clear(tag):
            sure[rows] = HINT
    own = library.languages.get(language)
    if own is not None:
        _raise(sure, _of_artists_in(view, own), ARTIST)
    _raise(sure, library.named_in.get(language, ()), TITLES)
    for tag, rows in library.genres.items():
        if language in languages_of_genre(tag) and is_clear(tag):
            _raise(sure, rows, GENRE)
    if own is not None:
        sure[own] = LYRICS
    return sure


def _raise(sure: Column, rows: Rows | Iterable[int], to: float) -> None:
    places = np.asarray(rows, np.int64)
    sure[places] = np.maximum(sure[places], to)


def _of_artists_in(view: LibraryView, rows: Rows) -> Rows:
    """Rows of the artists most of whose known lyrics are among `rows`."""
    numbers = view.library.artist_numbers
    size = int(numbers.max(initial=0)) + 1
    theirs = np.bincount(numbers[rows], minlength=size)
    known = np.zeros(size, np.int64)
    for others in view.library.languages.values():
        known += np.bincount(numbers[others], minlength=size)
    mostly = (theirs > 0) & (theirs >= _ARTIST_SHARE * known)
    return np.flatnonzero(mostly[numbers])
