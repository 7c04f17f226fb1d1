"""In which language a track is sung, from lyrics, genres, names, and the artist's other tracks."""

import numpy as np

from knowledge.search.library_columns import Column, Rows
from knowledge.search.library_view import LibraryView
from knowledge.search.spoken_languages import is_clear, languages_of_genre

LYRICS, GENRE, TITLES, ARTIST = 1.0, 0.85, 0.7, 0.6
"""How sure it is, by where it is known from."""
_ARTIST_SHARE = 0.7


def sung_in(view: LibraryView, language: str) -> Column:
    """How sure each track is in a language, 0 to 1; 0 also where nothing is known."""
    library = view.library
    sure = np.zeros(len(view), np.float32)
    own = library.languages.get(language)
    if own is not None:
        sure[_of_artists_in(view, own)] = ARTIST
    titled = library.named_in.get(language)
    if titled is not None:
        sure[titled] = TITLES
    against = np.zeros(len(view), np.bool_)
    for tag, rows in library.genres.items():
        named = languages_of_genre(tag)
        if language in named:
            sure[rows] = GENRE
        elif named and is_clear(tag):
            against[rows] = True
    sure[against & (sure < GENRE)] = 0
    # The words themselves decide.
    for code, rows in library.languages.items():
        sure[rows] = LYRICS if code == language else 0
    return sure


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
