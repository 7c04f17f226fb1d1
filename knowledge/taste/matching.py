"""Which tracks of the library a rule of taste is about."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Column, ColumnElement, Connection, func, literal, or_, select

from knowledge.catalog_reading import PRESENT
from knowledge.database import Database
from knowledge.folding import fold
from knowledge.models import TrackId
from knowledge.recommend.shelf import Shelf
from knowledge.schema import albums, artists, lyrics, track_artists, track_genres, tracks
from knowledge.sound.sounding import Sounding
from knowledge.taste.rules import MOMENT, TasteRule

_THEMES = Path(__file__).with_name("themes.toml")
_MOOD_HOLDS = 0.7
_TAG_HOLDS = 0.9
"""Percentile inside the library from which an auto-tag is taken to be there."""
_SUNG_OFTEN = 3
"""A theme that is named so often in the words of a song is what it is about."""
_LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "dutch": "nl", "english": "en", "finnish": "fi",
    "french": "fr", "german": "de", "greek": "el", "hindi": "hi", "italian": "it",
    "japanese": "ja", "korean": "ko", "norwegian": "no", "polish": "pl", "portuguese": "pt",
    "russian": "ru", "spanish": "es", "swedish": "sv", "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip


class RuleMatcher:
    """Finds the tracks of rules. Synchronous."""

    def __init__(self, database: Database, sounding: Sounding) -> None:
        self._database = database
        self._sounding = sounding

    def tracks_of(self, rule: TasteRule, shelf: Shelf) -> frozenset[TrackId]:
        """Every present track that the rule is about."""
        if rule.subject in {"track", MOMENT}:
            track_id = int(rule.folded)
            return frozenset({track_id} if shelf.row(track_id) is not None else ())
        if rule.subject == "genre":
            return self._of_genre(rule.folded, shelf)
        if rule.subject == "mood":
            return self._of_mood(rule.folded)
        if rule.subject == "tag":
            return self._of_tag(rule.folded)
        wanted = {
            "artist": self._by_artist,
            "album": self._by_album,
            "language": self._in_language,
        }.get(rule.subject, self._on_theme)
        with self._database.read() as connection:
            return wanted(connection, rule.folded)

    @staticmethod
    def _of_genre(folded: str, shelf: Shelf) -> frozenset[TrackId]:
        """A genre and those that have its name in theirs: metal is heavy metal too."""
        kinds = {each for each in shelf.genre_names if f" {folded} " in f" {each} "}
        return frozenset(i for i, genres in shelf.genres.items() if not kinds.isdisjoint(genres))

    def _of_mood(self, folded: str) -> frozenset[TrackId]:
        fitting = {i for i, fit in self._sounding.mood_fit(folded).items() if fit >= _MOOD_HOLDS}
        with self._database.read() as connection:
            moods = connection.execute(select(tracks.c.id, tracks.c.moods).where(PRESENT))
            tagged = {row.id for row in moods if folded in {fold(mood) for mood in row.moods}}
        return frozenset(fitting | tagged)

    def _of_tag(self, folded: str) -> frozenset[TrackId]:
        table = self._sounding.table()
        columns = [i for i, name in enumerate(table.tag_names) if fold(name) == folded]
        if not columns:
            return frozenset()
        there = (table.tags[:, columns] >= _TAG_HOLDS).any(axis=1)
        return frozenset(int(each) for each in table.ids[np.flatnonzero(there)])

    @staticmethod
    def _by_artist(connection: Connection, folded: str) -> frozenset[TrackId]:
        credited = (
            select(track_artists.c.track_id)
            .join(artists, artists.c.id == track_artists.c.artist_id)
            .where(artists.c.folded == folded)
        )
        return _ids(connection, or_(tracks.c.artist_folded == folded, tracks.c.id.in_(credited)))

    @staticmethod
    def _by_album(connection: Connection, folded: str) -> frozenset[TrackId]:
        named = select(albums.c.id).where(albums.c.folded == folded)
        return _ids(connection, tracks.c.album_id.in_(named))

    @staticmethod
    def _in_language(connection: Connection, folded: str) -> frozenset[TrackId]:
        code = _LANGUAGES.get(folded, folded)
        sung = select(lyrics.c.track_id).where(lyrics.c.language == code)
        return _ids(connection, tracks.c.id.in_(sung))

    @staticmethod
    def _on_theme(connection: Connection, folded: str) -> frozenset[TrackId]:
        words = theme_words(folded)
        named = select(albums.c.id).where(_holds(albums.c.folded, words))
        styled = select(track_genres.c.track_id).where(_holds(track_genres.c.folded, words))
        found = _ids(
            connection,
            or_(
                _holds(tracks.c.folded, words),
                tracks.c.album_id.in_(named),
                tracks.c.id.in_(styled),
            ),
        )
        return found | _sung_about(connection, words)


def theme_words(folded: str) -> tuple[str, ...]:
    """The folded words that tell a theme; of an unknown one its own name."""
    plain = folded.removesuffix(" songs").removesuffix(" music").removesuffix(" song")
    themes = _themes()
    for name, words in themes.items():
        if plain == name or plain in words:
            return words
    return (plain,)


@cache
def _themes() -> dict[str, tuple[str, ...]]:
    """The shipped file does not change while the program runs."""
    content = tomllib.loads(_THEMES.read_text("utf-8"))
    return {name: tuple(fold(word) for word in words) for name, words in content.items()}


def _sung_about(connection: Connection, words: Iterable[str]) -> frozenset[TrackId]:
    # Short words are too often part of others; titles tell them well enough.
    long = [word for word in words if len(word) >= 6]
    if not long:
        return frozenset()
    lowered = func.lower(lyrics.c.text)
    wanted = select(lyrics.c.track_id, lyrics.c.text).where(
        or_(*(lowered.contains(word, autoescape=True) for word in long))
    )
    return frozenset(
        row.track_id
        for row in connection.execute(wanted)
        if any(row.text.lower().count(word) >= _SUNG_OFTEN for word in long)
    )


def _holds(column: Column[Any], words: Iterable[str]) -> ColumnElement[bool]:
    """The column holds one of the words, whole."""
    padded = literal(" ") + column + literal(" ")
    return or_(*(padded.contains(f" {word} ", autoescape=True) for word in words))


def _ids(connection: Connection, condition: ColumnElement[bool]) -> frozenset[TrackId]:
    wanted = select(tracks.c.id).where(PRESENT, condition)
    return frozenset(int(each) for each in connection.execute(wanted).scalars())
