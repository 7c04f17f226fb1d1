"""Right answers by the hidden truth, and conditions that an answer breaks by what is shown.

Written beside the program, not with it: no part of `knowledge.search` takes part.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.retrieval.catalogue import Catalogue, Floats, Shown
from evals.retrieval.heard_sound import Heard
from knowledge.wish import MusicWish

Bools = NDArray[np.bool_]
Grades = NDArray[np.int64]

_SAME_MOODS = {
    "melancholic": "sad", "relaxing": "calm", "focus": "study", "fast": "energetic",
    "yoga": "calm", "meditation": "sleep", "uplifting": "happy", "cleaning": "workout",
    "groovy": "party", "nostalgic": "", "driving": "", "road trip": "", "commute": "",
}  # fmt: skip
_OF_THE_MOOD = 0.6
_GRADES = ((0.72, 3), (0.5, 2), (0.33, 1))
"""Mean agreement with what is weighed, and the grade that it earns."""
_TEMPO_SLACK = 0.01
_TRUSTED = 0.25


def grades(catalogue: Catalogue, wish: MusicWish, *, seeds: tuple[int, ...] = ()) -> Grades:
    """Grade every track from 0 (wrong) to 3 by the hidden truth.

    Args:
        catalogue: with the truth.
        wish: what is truly meant.
        seeds: rows that it shall be like.
    """
    fine = obeys(catalogue, wish)
    soft = _soft(catalogue, wish, seeds)
    if not soft:
        return np.where(fine, 3, 0)
    agreement = np.mean(soft, axis=0)
    graded = np.zeros(len(catalogue), np.int64)
    for least, grade in reversed(_GRADES):
        graded[agreement >= least] = grade
    return np.where(fine, graded, 0)


def obeys(catalogue: Catalogue, wish: MusicWish) -> Bools:
    """Which tracks obey every fact, in truth."""
    fine = np.ones(len(catalogue), np.bool_)
    for condition in (
        *_tagged(catalogue, wish),
        *_named(catalogue, wish),
        *_sounding(catalogue, wish),
    ):
        fine &= condition
    return fine


def _tagged(catalogue: Catalogue, wish: MusicWish) -> Iterator[Bools]:
    if wish.genres:
        yield _of_genres(catalogue, wish.genres)
    if wish.not_genres:
        yield ~_of_genres(catalogue, wish.not_genres)
    if wish.years is not None:
        yield (catalogue.years >= wish.years[0]) & (catalogue.years <= wish.years[1])
    if wish.language:
        yield np.array([one == wish.language for one in catalogue.languages])


def _named(catalogue: Catalogue, wish: MusicWish) -> Iterator[Bools]:
    if wish.artists:
        yield np.array([one in wish.artists for one in catalogue.artists])
    if wish.not_artists:
        yield np.array([one not in wish.not_artists for one in catalogue.artists])
    if wish.titles:
        yield np.array([one in wish.titles for one in catalogue.songs])
    if wish.albums:
        yield np.array([one.draft.album in wish.albums for one in catalogue.shown])
    if wish.lyrics:
        yield np.array([wish.lyrics in one.lyrics for one in catalogue.shown])
    for word in wish.not_words:
        yield np.array([word not in one for one in catalogue.themes])
    for word in wish.free.split():
        yield np.array([word in one for one in catalogue.themes])


def _sounding(catalogue: Catalogue, wish: MusicWish) -> Iterator[Bools]:
    if wish.tempo_bpm is not None:
        yield in_tempo(catalogue.bpm, wish)
    if wish.vocal is not None:
        yield catalogue.sung if wish.vocal else ~catalogue.sung
    for name in wish.not_instruments:
        yield np.array([not _has(one, name) for one in catalogue.instruments])
    for mood in wish.not_moods:
        degree = _mood(catalogue, mood)
        if degree is not None:
            yield degree < _OF_THE_MOOD
    for axis, (low, high) in wish.axes.items():
        place = catalogue.places(axis.value)
        # What is heard is not exact: a tenth beyond is still what was meant.
        yield (place >= low - 0.1) & (place <= high + 0.1)


def in_tempo(bpm: Floats, wish: MusicWish) -> Bools:
    """Whether tempos are in the window of a wish, half and double included unless it is exact."""
    low, high = wish.tempo_bpm or (0.0, 0.0)
    inside = np.zeros(len(bpm), np.bool_)
    for factor in (1.0,) if wish.tempo_exact else (1.0, 0.5, 2.0):
        with np.errstate(invalid="ignore"):
            inside |= (bpm * factor >= low * (1 - _TEMPO_SLACK)) & (
                bpm * factor <= high * (1 + _TEMPO_SLACK)
            )
    return inside


def _soft(catalogue: Catalogue, wish: MusicWish, seeds: tuple[int, ...]) -> list[Floats]:
    soft = []
    for word in (*wish.moods, wish.activity):
        degree = _mood(catalogue, word) if word else None
        if degree is not None:
            soft.append(degree)
    for name in wish.instruments:
        if name in ("female voice", "male voice"):
            voice = name.partition(" ")[0]
            soft.append(np.array([one == voice for one in catalogue.voices], np.float32))
        else:
            soft.append(np.array([_has(one, name) for one in catalogue.instruments], np.float32))
    if seeds:
        soft.append(_alike(catalogue, wish, seeds))
    return soft


def _mood(catalogue: Catalogue, word: str) -> Floats | None:
    if word == "slow":
        return np.clip((115 - catalogue.bpm) / 40, 0, 1).astype(np.float32)
    return catalogue.moods.get(_SAME_MOODS.get(word, word))


def _has(instruments: frozenset[str], name: str) -> bool:
    if name == "guitar":
        return bool(instruments & {"acoustic guitar", "electric guitar"})
    if name == "strings":
        return bool(instruments & {"strings", "violin", "cello"})
    if name == "brass":
        return bool(instruments & {"brass", "trumpet"})
    return name in instruments


def _of_genres(catalogue: Catalogue, names: tuple[str, ...]) -> Bools:
    wanted = set(names)
    return np.array([not wanted.isdisjoint(one) for one in catalogue.genres])


def _alike(catalogue: Catalogue, wish: MusicWish, seeds: tuple[int, ...]) -> Floats:
    """Of a like genre and a like sound, moved where "but" says so."""
    genres = frozenset().union(*(catalogue.genres[row] for row in seeds))
    shared = np.array([len(one & genres) / len(one | genres) for one in catalogue.genres])
    apart = np.zeros(len(catalogue))
    moved = np.ones(len(catalogue), np.bool_)
    for axis in ("energy", "valence", "acousticness", "instrumentalness"):
        own = float(catalogue.axes[axis][list(seeds)].mean())
        change = wish.but.get(axis, 0.0)
        values = catalogue.axes[axis]
        if change:
            moved &= (values - own) * np.sign(change) > 0.02
        else:
            apart += np.abs(values - own)
    likeness = 0.5 * shared + 0.5 * np.clip(1 - apart, 0, 1)
    likeness[list(seeds)] = 0
    return np.where(moved, np.clip(likeness * 1.25, 0, 1), 0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Broken:
    """A condition that a hit breaks although what is shown says so."""

    fact: str
    row: int


def broken(catalogue: Catalogue, heard: Heard, wish: MusicWish, row: int) -> list[Broken]:
    """Conditions that a hit breaks by what its file and its analysis show."""
    shown = catalogue.shown[row]
    facts = []
    year = shown.draft.year
    if wish.years and year is not None and not wish.years[0] <= year <= wish.years[1]:
        facts.append("years")
    if wish.genres and shown.genres and shown.genres.isdisjoint(wish.genres):
        facts.append("genre")
    if wish.not_genres and not shown.genres.isdisjoint(wish.not_genres):
        facts.append("ruled out genre")
    if wish.artists and catalogue.artists[row] not in wish.artists:
        facts.append("artist")
    if catalogue.artists[row] in wish.not_artists:
        facts.append("ruled out artist")
    if wish.language and catalogue.languages[row] != wish.language and shown.lyrics:
        facts.append("language")
    if wish.tempo_bpm and heard.analysed[row] and heard.bpm_confidence[row] >= _TRUSTED:
        measured = heard.bpm[row : row + 1]
        if np.isfinite(measured[0]) and not in_tempo(measured, wish)[0]:
            facts.append("tempo")
    facts += _broken_voices(shown, heard, wish, row)
    facts += ["ruled out word" for word in wish.not_words if _shows(shown, word)]
    facts += ["ruled out mood" for mood in wish.not_moods if mood in shown.mood_tags]
    return [Broken(fact, row) for fact in facts]


def _broken_voices(shown: Shown, heard: Heard, wish: MusicWish, row: int) -> list[str]:
    if wish.vocal is None:
        return []
    # Column 4 is instrumentalness, 5 vocals: both say the same when nobody can doubt it.
    unsung, sung = float(heard.axes[row, 4]), float(heard.axes[row, 5])
    clear = bool(heard.analysed[row])
    if not wish.vocal and (shown.lyrics or (clear and unsung < 0.2 and sung > 0.8)):
        return ["no vocals"]
    if wish.vocal and not shown.lyrics and clear and unsung > 0.8 and sung < 0.2:
        return ["vocals"]
    return []


def _shows(shown: Shown, word: str) -> bool:
    draft = shown.draft
    said = f"{draft.title} {draft.album or ''} {' '.join(draft.genres)}".casefold()
    return word in said or (word == "christmas" and "xmas" in said)
