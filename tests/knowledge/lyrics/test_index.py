"""Songs found by a line that somebody remembers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.lyrics import index as index_module
from knowledge.lyrics.index import LyricsIndex
from knowledge.lyrics.models import lyrics_from
from library_drafts import draft, stamp

SONGS = {
    "River": "[00:12.00]Take me down to the quiet river\n[00:17.00]Where the willows hang so low\n"
    "[00:22.00]I will leave my shoes behind me\n[00:27.00]And go where the waters go",
    "City": "Neon lights are burning in the city tonight\nNobody knows my name\n"
    "We are dancing through the rain until the light",
    "Noche": "Bajo la luna te espero\ncon el corazón abierto\ny la ciudad se duerme sin ti",
    "Yozora": "夜空の向こうには\n明日がもう待っている\n誰かの声に気づき",
    "Yueliang": "你问我爱你有多深\n我爱你有几分\n月亮代表我的心",
    "Tum": "तुम ही हो\nअब तुम ही हो\nज़िन्दगी अब तुम ही हो",
    "Noch": "Тёмная ночь\nтолько пули свистят по степи",
    "Love": "I love you\nyes I love you\nbaby I love you so",
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(tmp_path / "library.db")
    CatalogWriter(opened).add(
        draft(title, lyrics=lyrics_from(words, "tag"), file=stamp(f"/music/{title}.mp3"))
        for title, words in SONGS.items()
    )
    yield opened
    opened.close()


def titles(database: Database) -> dict[int, str]:
    with database.read() as connection:
        return {row.id: row.title for row in connection.execute(text("SELECT * FROM tracks"))}


ASKED = [
    ("where the willows hang so low", "River", "Where the willows hang so low"),
    ("willows hanging low", "River", "Where the willows hang so low"),
    ("leave my shoes and go where the water goes", "River", "And go where the waters go"),
    ("dance in the rain till light", "City", "We are dancing through the rain until the light"),
    ("nobody nows my name", "City", "Nobody knows my name"),
    ("te espero bajo la luna", "Noche", "Bajo la luna te espero"),
    ("corazon abierto", "Noche", "con el corazón abierto"),
    ("夜空の向こう", "Yozora", "夜空の向こうには"),
    ("月亮", "Yueliang", "月亮代表我的心"),
    ("तुम ही हो", "Tum", "तुम ही हो"),
    ("темная ночь", "Noch", "Тёмная ночь"),
    ("i love you so baby", "Love", "baby I love you so"),
]  # fmt: skip


@pytest.mark.integration
@pytest.mark.parametrize(("words", "title", "line"), ASKED)
def test_a_remembered_line_finds_its_song(
    database: Database, words: str, title: str, line: str
) -> None:
    found = LyricsIndex(database).find(words)
    assert titles(database)[found[0].track_id] == title
    assert found[0].line == line
    assert found[0].score > 0.6


@pytest.mark.integration
def test_the_time_of_the_line_is_known_where_the_lyrics_say_it(database: Database) -> None:
    index = LyricsIndex(database)
    assert index.find("willows hang so low")[0].start_s == 17.0
    assert index.find("nobody knows my name")[0].start_s is None


@pytest.mark.integration
@pytest.mark.parametrize(
    "words", ["", "   ", "zebra accordion helicopter", '"', "OR AND NOT NEAR(", "* ^ : -", "💥"]
)
def test_nothing_is_found_where_nothing_is(database: Database, words: str) -> None:
    assert LyricsIndex(database).find(words) == ()


@pytest.mark.integration
def test_lyrics_follow_their_track(database: Database) -> None:
    index, writer = LyricsIndex(database), CatalogWriter(database)
    river = next(one for one, title in titles(database).items() if title == "River")
    found = index.of(river)
    assert found is not None
    assert (found.language, found.synced, found.source) == ("en", True, "tag")
    other = lyrics_from("Snow upon the mountain", "file")
    writer.add([draft("River", lyrics=other, file=stamp("/music/River.mp3", mtime_ns=2))])
    assert index.find("willows hang so low") == ()
    assert index.find("snow on the mountain")[0].track_id == river
    writer.forget(["/music/River.mp3"])
    assert index.find("snow on the mountain") == ()
    writer.add([draft("River", file=stamp("/music/River.mp3", mtime_ns=3))])
    assert index.of(river) is None


@pytest.mark.integration
def test_without_an_index_the_texts_are_looked_through(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "has_index", lambda connection: False)
    assert LyricsIndex(database).find("willows hang so low")[0].start_s == 17.0
