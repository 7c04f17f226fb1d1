"""How well tracks fit a mood or an activity: by their sound, else by what their files say."""

from collections.abc import Mapping

import numpy as np

from knowledge.analysis.sound import Axis
from knowledge.folding import fold
from knowledge.search.genre_evidence import is_kind_of
from knowledge.search.library_columns import Column
from knowledge.search.library_view import LibraryView
from knowledge.sound.moods import mood_named
from knowledge.sound.sounding import Sounding

FITS = 0.55
"""From here on a track is of the mood."""
_SAME_AS: Mapping[str, str] = {
    "melancholic": "sad", "groovy": "party", "emotional": "romantic", "walking": "commute",
    "road trip": "commute", "driving": "commute", "focus": "study", "cleaning": "workout",
    "gaming": "energetic", "relaxing": "calm", "yoga": "calm", "meditation": "sleep",
    "waking": "morning", "brunch": "dinner", "barbecue": "party", "warm": "calm",
    "mysterious": "dark", "sexy": "romantic", "psychedelic": "dreamy", "beautiful": "dreamy",
    "funny": "playful", "catchy": "happy",
}  # fmt: skip
"""Words of wishes that no mood of its own stands for, and the nearest one."""
_TAGGED, _HINTED = 0.85, 0.6
_FAST, _SLOW = 132.0, 88.0
"""Beats per minute that count as fast, and as slow."""
_DRIVE = 0.3
"""Share of the energy in what is fast or slow: a tempo may be heard at half or double."""


def mood_fit(view: LibraryView, sounding: Sounding, mood: str) -> Column:
    """The fit of each track, 0 to 1; NaN where nothing is known."""
    if mood in ("fast", "slow"):
        return _by_tempo(view, mood)
    fit = _heard(view, sounding, mood)
    meant = mood_named(mood) or mood_named(_SAME_AS.get(mood, ""))
    if meant is None:
        wanted, hints = frozenset({fold(mood)}), frozenset[str]()
    else:
        wanted, hints = meant.words | {fold(mood)}, meant.genres
    silent = np.isnan(fit)
    if silent.any():
        for tag, rows in view.library.genres.items():
            if tag in hints or any(is_kind_of(tag, hint) for hint in hints):
                fit[rows] = np.where(silent[rows], np.fmax(fit[rows], _HINTED), fit[rows])
    for word in wanted:
        tagged = view.library.moods.get(word)
        if tagged is not None:
            fit[tagged] = np.fmax(fit[tagged], _TAGGED)
    return fit


def _heard(view: LibraryView, sounding: Sounding, mood: str) -> Column:
    column = getattr(sounding, "mood_column", None)
    for name in dict.fromkeys((mood, _SAME_AS.get(mood, mood))):
        if name != mood or mood_named(mood) is not None or mood not in _SAME_AS:
            if column is not None:
                found = view.spread(column(name)) if len(view.sound.ids) else None
            else:
                found = _from_mapping(view, sounding.mood_fit(name))
            if found is not None and np.isfinite(found).any():
                return found.copy()
    return np.full(len(view), np.nan, np.float32)


def _from_mapping(view: LibraryView, fits: Mapping[int, float]) -> Column:
    found = np.full(len(view), np.nan, np.float32)
    known = sorted(fits.keys() & set(view.library.ids.tolist()))
    found[view.library.rows(known)] = [fits[one] for one in known]
    return found


def _by_tempo(view: LibraryView, mood: str) -> Column:
    """Fast and slow music: by its tempo, and by how energetic it is, for tempo may be doubled."""
    tempo, energy = view.tempo(), view.percentiles(Axis.ENERGY)
    border = _FAST if mood == "fast" else _SLOW
    octaves = np.log2(tempo / border)
    beat = 1 / (1 + np.exp(-(octaves if mood == "fast" else -octaves) * 6))
    drive = energy if mood == "fast" else 1 - energy
    both = np.where(np.isfinite(beat), (1 - _DRIVE) * beat + _DRIVE * drive, drive)
    return np.where(np.isfinite(both), both, beat).astype(np.float32)
