"""What is said about a track, and where it comes from."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.analysis.sound import AXES, Axis
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.lyrics.models import lyrics_from
from knowledge.meaning.documents import MAX_DOCUMENT, Document, Part, decade, document, gist
from knowledge.meaning.gathering import Documents
from knowledge.meaning.library import MeaningOfLibrary
from knowledge.meaning.sound_words import sound_parts
from knowledge.meaning.vectors import TrackVectors
from knowledge.sound.sounding import AXIS_COLUMN, SoundTable
from library_drafts import draft, stamp
from meaning_fake import WordsEmbedder


def table(**changes: object) -> SoundTable:
    """Two analysed tracks: 1 is calm and slow, 2 is not trusted."""
    count = len(AXES)
    places = np.full((2, count), 0.5, np.float32)
    places[0, AXIS_COLUMN[Axis.ENERGY]] = 0.05
    places[0, AXIS_COLUMN[Axis.VALENCE]] = 0.15
    places[0, AXIS_COLUMN[Axis.INSTRUMENTALNESS]] = 0.95
    places[1] = 0.99
    sure = np.array([[0.8] * count, [0.1] * count], np.float32)
    values: dict[str, object] = {
        "revision": 1,
        "ids": np.array([1, 2]),
        "values": places,
        "confidence": sure,
        "percentiles": places,
        "tempo_bpm": np.array([62, np.nan], np.float32),
        "tempo_confidence": np.array([0.9, 0], np.float32),
        "other_tempo_bpm": np.array([np.nan, np.nan], np.float32),
        "key": np.array([0, -1]),
        "tag_names": ("piano", "drums", "choir"),
        "tags": np.array([[0.99, 0.2, 0.95], [0.1, 0.1, 0.1]], np.float32),
        "tag_values": np.array([[0.7, 0.3, 0.01], [0.1, 0.1, 0.1]], np.float32),
        "embedding": np.zeros((2, 0), np.float32),
        "first": places,
        "last": places,
    }
    return SoundTable(**{**values, **changes})  # type: ignore[arg-type]


class HeardLibrary:
    """Stands for the sound of a library."""

    def table(self) -> SoundTable:
        return table()


@pytest.mark.unit
def test_only_what_stands_out_and_is_trusted_is_said() -> None:
    parts = sound_parts(table())
    said = {part.kind: part.words for part in parts[1]}
    assert said["sound"] == "calm, quiet, gentle, instrumental, slow"  # valence is a weak hint
    assert said["tags"] == "piano"  # the model hardly believes in the choir
    assert [part.words for part in parts[2]] == ["", ""]


@pytest.mark.integration
def test_a_document_joins_tags_sound_path_and_lyrics(tmp_path: Path) -> None:
    database = Database.at(tmp_path / "library.db")
    sung = lyrics_from(
        "Snow is falling\nLet it snow\nLet it snow\nall through the night we are", "tag"
    )
    CatalogWriter(database).add(
        [
            draft(
                "Let It Snow",
                "The Carollers",
                album="Winter",
                year=1959,
                genres=("Vocal Jazz",),
                moods=("happy",),
                guessed=frozenset({"album"}),
                lyrics=sung,
                file=stamp("/music/Christmas/Winter/01.mp3"),
            ),
            draft("Other", "Somebody", file=stamp("/music/Other/02.mp3")),
        ]
    )
    found = Documents(database, HeardLibrary()).all()  # type: ignore[arg-type]
    one = found[1]
    assert one.text == (
        "Genre: Vocal Jazz, Christmas. Mood: happy. Sound: calm, quiet, gentle, instrumental, "
        "slow. Decade: 1950s, 50s. Lyrics: Let it snow / Snow is falling / all through the night "
        "we are."
    )
    assert one.source_of("album") == "path"
    assert one.source_of("sound") == "sound"
    assert one.source_of("lyrics") == "lyrics"
    assert found[2].text == "Other. Somebody"  # nothing but names is known
    assert one.source_of("place") == "path"
    vectors = TrackVectors(tmp_path / "meaning", WordsEmbedder())
    meaning = MeaningOfLibrary(database, vectors)
    meaning.update()
    assert vectors.nearest("snow", 1)[0][0] == 1
    assert meaning.status().stored == 2
    meaning.close()
    database.close()


@pytest.mark.unit
def test_documents_are_short_and_change_their_hash_with_their_text() -> None:
    sad = document([Part("title", "Title", "tag"), Part("mood", "sad", "tag")])
    assert sad.text == "Genre: other. Mood: sad. Sound: medium. Decade: other."
    long = document([Part("genre", "Jazz", "tag"), Part("lyrics", "word " * 500, "lyrics")])
    assert len(long.text) == MAX_DOCUMENT
    assert Document((Part("title", "x" * 5_000, "tag"),)).text == "x" * MAX_DOCUMENT
    assert document([]).text == ""
    renamed = document([Part("title", "Other", "path"), Part("mood", "sad", "tag")])
    assert sad.hash == renamed.hash != long.hash


@pytest.mark.unit
def test_what_is_heard_stands_in_for_a_genre_that_no_tag_names() -> None:
    heard = document([Part("tags", "piano, ambient", "sound"), Part("place", "Films", "path")])
    assert heard.text.startswith("Genre: piano, ambient, Films. Mood: other.")


@pytest.mark.unit
def test_a_gist_is_what_is_sung_most_often() -> None:
    assert gist("one\nverse here\nrefrain line\nanother verse\nRefrain line") == (
        "refrain line / verse here / another verse"
    )
    assert gist("") == ""


@pytest.mark.unit
def test_decades_are_named_as_people_do() -> None:
    assert decade(1968) == "1960s, 60s"
    assert decade(2004) == "2000s"
