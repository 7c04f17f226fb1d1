"""The library as columns, and what its words score."""

from pathlib import Path

import numpy as np
import pytest

from finding_library import Piece, shelve
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.recommend.models import Reason
from knowledge.search.library_columns import LibraryColumnsReader
from knowledge.search.library_view import LibraryViewer
from knowledge.search.terms import UNKNOWN, Term, always, reasons, total
from knowledge.search.text_scores import any_word, bm25
from knowledge.sound.library import SoundLibrary


@pytest.mark.integration
def test_columns_are_read_again_only_when_the_library_changed(tmp_path: Path) -> None:
    database = Database.at(tmp_path / "library.db")
    reader = LibraryColumnsReader(database)
    assert len(reader.read()) == 0
    ids = shelve(
        database,
        Piece("Hurt", "The Nails", "Down", moods=("Sad",), year=1994),
        Piece("Hurt (Live)", "The Nails", "Home", year=None),
        Piece("Hurt (Remastered)", "Johnny", "Hymns", sound=None),
    )
    columns = reader.read()
    assert reader.read() is columns
    assert columns.works.tolist() == [0, 0, 1]  # a cover by somebody else is another song
    assert columns.of_artist("nails").tolist() == [0, 1]
    assert columns.of_album("Hymns", "Johnny").tolist() == [2]
    assert np.isnan(columns.years[1])
    assert columns.moods["sad"].tolist() == [0]
    CatalogWriter(database).forget(["/music/Johnny/Hurt (Remastered).flac"])
    assert reader.read().ids.tolist() == [ids["Hurt"], ids["Hurt (Live)"]]

    view = LibraryViewer(reader, SoundLibrary(database)).look()
    with database.read() as connection:
        scores = bm25(connection, view, "the NAILS'); DROP TABLE tracks; --")
        silent = bm25(connection, view, "!!!")
    assert scores.max() == 1.0
    assert np.isnan(silent).all()
    database.close()


@pytest.mark.unit
def test_words_are_never_operators_of_the_index() -> None:
    assert any_word('say "OR NEAR(') == '"say" OR "or" OR "near"'
    assert any_word("") == ""


@pytest.mark.unit
def test_a_score_is_the_weighted_mean_and_reasons_are_its_shares() -> None:
    strong = Term("mood", 3.0, np.array([1.0, 0.2, np.nan], np.float32), always("calm"))
    weak = Term("year", 1.0, np.array([1.0, 1.0, 1.0], np.float32), always("from 1959"))
    scores = total((strong, weak), 3)
    assert scores.tolist() == pytest.approx([1.0, 0.4, (3 * UNKNOWN + 1) / 4])
    assert reasons((strong, weak), 0) == (
        Reason("mood", "calm", 0.75),
        Reason("year", "from 1959", 0.25),
    )
    assert reasons((strong, weak), 1) == (Reason("year", "from 1959", 1.0),)
    assert total((), 2).tolist() == [1.0, 1.0]
