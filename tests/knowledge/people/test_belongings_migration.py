"""A library from before there were people keeps everything, and it is the household's."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, insert, select, text

import knowledge
from knowledge.database import Database, _configure_sqlite
from knowledge.people.current import HOUSEHOLD, PersonId, acting_as
from knowledge.playlists import Playlists
from knowledge.schema import metadata, play_events, playlist_items, ratings, sessions
from knowledge.schema_belongings import imported_listens, offers, person_settings, taste_rules
from knowledge.schema_people import people
from knowledge.taste.rules import TasteRules
from player_tracks import FewTracks
from postgres_server import NoServer, running_server

pytestmark = pytest.mark.integration
_ROWS: dict[str, dict[str, Any]] = {
    "tracks": {
        "id": 1, "audio_hash": "a", "title": "Song", "folded": "song", "artist": "A",
        "artist_folded": "a", "moods": [], "guessed": [], "duration_s": 60.0, "codec": "flac",
        "added_at": 1.0,
    },
    "playlists": {"id": 4, "name": "Café", "folded": "cafe", "created_at": 1.0},
    "playlist_items": {"id": 9, "playlist_id": 4, "track_id": 1, "position": 0.0},
    "smart_playlists": {
        "playlist_id": 4, "rule": {"wish": {"genres": ["jazz"]}, "person": "Ann"},
        "every_s": 0.0, "refreshed_at": 5.0,
    },
    "play_events": {
        "id": 3, "at": 10.0, "kind": "play", "track_id": 1, "played_s": 50.0, "player": "page",
        "session_id": "s",
    },
    "ratings": {"track_id": 1, "liked": True, "at": 2.0},
    "sessions": {"id": "kitchen", "changed_at": 3.0, "state": {"id": "kitchen"}},
    "tunes": {
        "id": 6, "title": "", "artist": "", "recording": "", "first_at": 1.0, "last_at": 1.0,
    },
    "heard": {
        "id": 7, "at": 1.0, "ended_at": 2.0, "title": "x", "artist": "", "folded": "x",
        "recording": "", "source": "file", "place": "", "place_folded": "", "device": "",
        "certainty": "certain", "probability": 1.0, "clip_s": 1.0, "session_id": "",
        "tune_id": 6, "named_later": False,
    },
    "clips": {
        "id": 8, "heard_id": 7, "tune_id": 6, "at": 1.0, "clip_s": 1.0, "fingerprint": b"x",
        "audio": "",
    },
    "hums": {
        "id": 2, "at": 1.0, "session_id": "", "kind": "voice", "lines": b"x",
        "candidates": [], "picked": "",
    },
    "timers": {
        "id": 5, "kind": "sleep", "at": 1.0, "what": {}, "created_at": 1.0, "session_id": "",
    },
    "timer_news": {
        "id": 1, "at": 1.0, "timer_id": 5, "kind": "rang", "music": "m", "reason": "",
    },
    "imports": {
        "id": 11, "at": 1.0, "person": "ann", "source": "spotify", "name": "x.zip", "report": {},
    },
    "imported_listens": {
        "id": 12, "import_id": 11, "at": 1.0, "title": "t", "artist": "a", "album": "",
        "played_s": 1.0, "skipped": False, "track_id": 1, "key": "k",
    },
    "offers": {
        "id": 13, "at": 1.0, "person": "", "session_id": "", "list_id": "l", "track_id": 1,
        "rank": 0, "source": "wish", "policy": "p", "reasons": [], "context": {},
    },
}  # fmt: skip
"""One row of everything, as version 5 of the schema had it."""
_RULES = (("", "rock", 41), ("Ann", "pop", 42), ("ann ", "ska", 43))


def migrated(engine: Engine, revision: str) -> None:
    config = Config()
    folder = Path(knowledge.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()


def written(connection: Connection, table: str, row: dict[str, object]) -> None:
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    values = {
        name: json.dumps(value) if isinstance(value, list | dict) else value
        for name, value in row.items()
    }
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)  # noqa: S608


def fill_old(engine: Engine) -> None:
    with engine.connect() as connection:
        for table, row in _ROWS.items():
            written(connection, table, row)
        for person, value, number in _RULES:
            written(connection, "taste_rules", {
                "id": number, "at": 1.0, "person": person, "kind": "more", "subject": "genre",
                "value": value, "folded": value, "weight": 0.6, "said": "said",
            })  # fmt: skip
        connection.execute(text("DELETE FROM taste_rules WHERE id = 43"))
        for key in ("taste.since.", "taste.since.Ann", "playback.settings"):
            written(connection, "settings", {"key": key, "value": "7"})
        connection.commit()


@pytest.fixture
def old(tmp_path: Path) -> str:
    """A library of version 5, filled; its address."""
    url = f"sqlite:///{tmp_path / 'library.db'}"
    engine = create_engine(url)
    event.listen(engine, "connect", _configure_sqlite)
    migrated(engine, "0005")
    fill_old(engine)
    engine.dispose()
    return url


@pytest.fixture
def library(old: str) -> Iterator[Database]:
    opened = Database(old)
    yield opened
    opened.close()


def test_nothing_is_lost(library: Database) -> None:
    with library.read() as connection:
        for table, row in _ROWS.items():
            found = connection.execute(select(metadata.tables[table])).all()
            assert len(found) == 1, table
            for name, value in row.items():
                if name not in {"person", "rule"}:
                    assert getattr(found[0], name) == value, (table, name)
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_everything_is_the_households_but_what_was_kept_for_a_name(library: Database) -> None:
    with library.read() as connection:
        named = dict(connection.execute(select(people.c.name, people.c.id)).tuples().all())
        ann = named["Ann"]
        assert set(named) == {"", "Ann"}
        for table in (play_events, ratings, sessions, offers):
            assert connection.execute(select(table.c.person_id)).scalars().all() == [HOUSEHOLD]
        rules = select(taste_rules.c.person_id, taste_rules.c.value).order_by(taste_rules.c.id)
        assert connection.execute(rules).tuples().all() == [(HOUSEHOLD, "rock"), (ann, "pop")]
        assert connection.execute(select(imported_listens.c.person_id)).scalar() == ann
        since = select(person_settings.c.person_id, person_settings.c.key)
        assert set(connection.execute(since).tuples()) == {
            (HOUSEHOLD, "taste.since"), (ann, "taste.since"),
        }  # fmt: skip
        left = connection.execute(text("SELECT key FROM settings")).scalars().all()
        assert left == ["playback.settings"]


def test_what_all_could_see_all_still_see(library: Database) -> None:
    lists = Playlists(library, FewTracks())
    ann = PersonId(2)
    with library.write() as connection:
        connection.execute(insert(people).values(name="Bob", folded="bob", created_at=1.0))
    for person in (HOUSEHOLD, ann, PersonId(3)):
        with acting_as(person):
            assert [one.name for one in lists.all()] == ["Café"]
            assert lists.all()[0].own is (person == ann)
    with library.read() as connection:
        kept = connection.execute(select(playlist_items.c.playlist_id)).scalars().all()
    assert kept == [4]


def test_numbers_are_not_given_twice(library: Database) -> None:
    rule = TasteRules(library).say("more", "genre", "folk")
    assert rule.id == 44  # 43 was given away once, though it is gone


def test_a_killed_upgrade_leaves_the_old_library_whole(
    old: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise sqlite3.DatabaseError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr("alembic.op.rename_table", killed)
        with pytest.raises(Exception, match="power cut"):
            Database(old)
    with sqlite3.connect(tmp_path / "library.db") as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0005",)
        assert raw.execute("SELECT person FROM imports").fetchone() == ("ann",)
    raw.close()
    again = Database(old)
    again.close()


def test_the_same_on_postgresql() -> None:
    pytest.importorskip("psycopg")
    try:
        with running_server() as address:
            told = dict(part.split("=", 1) for part in address.split())
            url = f"postgresql+psycopg://{told['user']}@/{told['dbname']}?host={told['host']}"
            engine = create_engine(url)
            migrated(engine, "0005")
            fill_old(engine)
            engine.dispose()
            opened = Database(url)
            with opened.read() as connection:
                for table in _ROWS:
                    assert len(connection.execute(select(metadata.tables[table])).all()) == 1, table
                rules = select(taste_rules.c.person_id, taste_rules.c.value)
                assert set(connection.execute(rules).tuples()) == {(1, "rock"), (2, "pop")}
                assert connection.execute(select(imported_listens.c.person_id)).scalar() == 2
            with opened.write() as connection:
                # The keys are those of a person now.
                connection.execute(
                    insert(ratings).values(person_id=2, track_id=1, liked=False, at=1.0)
                )
            opened.close()
    except NoServer as why:
        pytest.skip(str(why))
