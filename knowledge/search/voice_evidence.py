"""Whether somebody sings in a track, from all that speaks for or against it.

Evidence adds up as log-odds that somebody sings: lyrics, marks in the title, genres, and the
voices and instruments that were heard, each as far as it can be trusted.
"""

import numpy as np

from knowledge.analysis.sound import Axis
from knowledge.search.genre_evidence import is_kind_of
from knowledge.search.library_columns import Column, is_version
from knowledge.search.library_view import LibraryView
from knowledge.search.versions import Version

SUNG, INSTRUMENTAL = 0.7, -0.7
"""Log-odds from which on it is known that somebody sings, and that nobody does."""

_LYRICS = 3.0
_MARKED = -4.0
"""A title with "(Instrumental)", or a karaoke version."""
_SAID: tuple[tuple[str, float], ...] = (
    ("instrumental", -3.0), ("karaoke", -3.0),
    ("opera", 3.0), ("choral", 3.0), ("a cappella", 4.0), ("rap", 3.0), ("vocal jazz", 3.0),
    ("chanson", 2.5), ("schlager", 2.5), ("singer songwriter", 2.5), ("musical", 2.5),
    ("spoken word", 2.5), ("gospel", 2.0), ("bollywood", 1.5), ("hip hop", 0.9),
    ("pop", 1.0), ("soul", 1.0), ("r and b", 1.2), ("country", 1.0), ("punk", 1.0),
    ("rock", 0.5), ("metal", 0.5), ("folk", 0.5), ("reggae", 0.8), ("vocal", 2.5),
    ("classical", -0.9), ("ambient", -1.2), ("drone", -1.5), ("new age", -0.7),
    ("post rock", -1.0), ("lo fi", -1.5), ("chiptune", -2.0), ("techno", -0.8), ("idm", -0.8),
    ("bebop", -1.2), ("jazz", -0.3), ("soundtrack", -0.8), ("march", -1.5), ("minimalism", -1.0),
)  # fmt: skip
"""What genres say; of several the strongest counts."""
_HEARD = 5.0
"""Weight of what was heard when it is quite certain."""
_MARGIN = 0.5


def sings(view: LibraryView) -> Column:
    """Log-odds that somebody sings, shape (n,); 0 where nothing is known."""
    library = view.library
    odds = _by_genre(view)
    instrumental = view.values(Axis.INSTRUMENTALNESS)
    trust = view.confidence(Axis.INSTRUMENTALNESS)
    odds += np.nan_to_num(_HEARD * trust * 2 * (_MARGIN - instrumental))
    vocals, trust = view.values(Axis.VOCALS), view.confidence(Axis.VOCALS)
    odds += np.nan_to_num(_HEARD * trust * 2 * (vocals - _MARGIN))
    odds += np.where(library.with_lyrics, _LYRICS, 0)
    marked = is_version(library, Version.INSTRUMENTAL) | is_version(library, Version.KARAOKE)
    return np.where(marked, _MARKED, odds).astype(np.float32)


def _by_genre(view: LibraryView) -> Column:
    odds = np.zeros(len(view), np.float32)
    for tag, rows in view.library.genres.items():
        said = [
            weight
            for genre, weight in _SAID
            if is_kind_of(tag, genre) or f" {genre} " in f" {tag} "
        ]
        if said:
            strongest = max(said, key=abs)
            stronger = abs(strongest) > np.abs(odds[rows])
            odds[rows[stronger]] = strongest
    return odds
