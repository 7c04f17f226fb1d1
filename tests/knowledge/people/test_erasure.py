"""Who is erased leaves nothing: not in a table, not in a file, not in a free page."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update

from knowledge.database import Database
from knowledge.people.current import HOUSEHOLD, acting_as
from knowledge.people.erasure import Erasure
from knowledge.people.errors import ErasureUnfinished, NoSuchPerson
from knowledge.people.ownership import Rule, belonging, rows_of, rule_of
from knowledge.people.settings import PersonSettings
from knowledge.schema import metadata, queue_states, sessions, tracks
from knowledge.schema_people import people
from people_here import ANNA, BEN, people_in
from people_rows import fill

pytestmark = pytest.mark.integration
OF_ANNA, OF_BEN, OF_ALL = "annasmarker", "bensmarker", "housemarker"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(tmp_path / "library.db")
    people_in(opened)
    yield opened
    opened.close()


def on_disk(folder: Path, marker: str) -> list[str]:
    """The files of the data folder that hold a text, as UTF-8 or as any other bytes."""
    return [
        file.name
        for file in folder.rglob("*")
        if file.is_file() and marker.encode() in file.read_bytes() + file.name.encode()
    ]


def rewritten(database: Database, marker: str) -> None:
    """Leave old versions of a row in the file, as a conversation does that grows."""
    for length in (4_000, 30, 9_000, 10):
        with database.write() as connection:
            connection.execute(
                update(sessions)
                .where(sessions.c.person_id == ANNA)
                .values(state={"words": f"{marker} " * length})
            )


def test_nothing_of_a_person_is_left_in_any_file(database: Database, tmp_path: Path) -> None:
    fill(database, ANNA, OF_ANNA)
    fill(database, BEN, OF_BEN)
    rewritten(database, OF_ANNA)
    (tmp_path / "unknown-audio").mkdir()
    (tmp_path / "unknown-audio" / f"{OF_ANNA} {ANNA} audio").write_text(OF_ANNA)
    (tmp_path / "unknown-audio" / f"{OF_BEN} {BEN} audio").write_text(OF_BEN)
    streams = [{"name": OF_ANNA, "url": "http://a", "person": ANNA}]
    (tmp_path / "monitors.json").write_text(json.dumps(streams))
    (tmp_path / "keys").mkdir()
    for person, marker in ((ANNA, OF_ANNA), (BEN, OF_BEN)):
        (tmp_path / "keys" / f"lastfm-{person}.json").write_text(json.dumps({"user": marker}))
    assert len(on_disk(tmp_path, OF_ANNA)) >= 4

    erased = Erasure(database, tmp_path).erase(ANNA)

    assert erased.rows >= len([t for t in belonging(metadata) if rule_of(t) is Rule.OWN])
    assert on_disk(tmp_path, OF_ANNA) == []
    assert on_disk(tmp_path, "Anna") == []
    assert len(on_disk(tmp_path, OF_BEN)) >= 3


def test_every_table_of_the_schema_is_emptied_of_one_person_only(
    database: Database, tmp_path: Path
) -> None:
    fill(database, ANNA, OF_ANNA)
    fill(database, BEN, OF_BEN)
    Erasure(database, tmp_path).erase(ANNA)
    with database.read() as connection:
        for table in belonging(metadata):
            count = select(func.count()).select_from(table)
            theirs = connection.execute(count.where(rows_of(table, ANNA))).scalar_one()
            others = connection.execute(count.where(rows_of(table, BEN))).scalar_one()
            assert (table.name, theirs, others) == (table.name, 0, 1)
        assert connection.execute(select(people.c.id)).scalars().all() == [HOUSEHOLD, BEN]
        assert connection.execute(select(func.count()).select_from(tracks)).scalar_one() == 2


def test_the_household_is_emptied_and_stays(database: Database, tmp_path: Path) -> None:
    fill(database, HOUSEHOLD, OF_ALL)
    fill(database, ANNA, OF_ANNA)
    Erasure(database, tmp_path).erase(HOUSEHOLD)
    assert on_disk(tmp_path, OF_ALL) == []
    assert on_disk(tmp_path, OF_ANNA) != []
    with database.read() as connection:
        assert connection.execute(select(people.c.id)).scalars().all() == [HOUSEHOLD, ANNA, BEN]
    PersonSettings(database).put("still", "works")


def test_what_they_queued_plays_on_and_what_they_said_aloud_is_forgotten(
    database: Database, tmp_path: Path
) -> None:
    state = {"speaker": "Ben", "threads": {"anna": {"fields": {}}, "Cleo": {"fields": {}}}}
    with database.write() as connection:
        connection.execute(
            insert(queue_states).values(
                revision=1, items=[["a", 1, ANNA], ["b", 2], ["c", 3, BEN]], position=0,
                shuffle=False, repeat="off", unshuffled=[],
            )
        )  # fmt: skip
        connection.execute(insert(sessions).values(id="kitchen", changed_at=1, state=state))
    Erasure(database, tmp_path).erase(ANNA)
    with database.read() as connection:
        items = connection.execute(select(queue_states.c["items"])).scalar_one()
        kept = connection.execute(select(sessions.c.state)).scalar_one()
    assert items == [["a", 1], ["b", 2], ["c", 3, BEN]]
    assert kept == {"speaker": "Ben", "threads": {"Cleo": {"fields": {}}}}


def test_an_erasure_that_was_killed_goes_on(database: Database, tmp_path: Path) -> None:
    fill(database, ANNA, OF_ANNA)
    Erasure(database, tmp_path).begin(ANNA)  # and then the program was killed
    again = Erasure(database, tmp_path)
    assert again.unfinished() == (ANNA,)
    assert [one.person for one in again.resume()] == [ANNA]
    assert on_disk(tmp_path, OF_ANNA) == []
    assert again.unfinished() == ()
    assert again.resume() == ()


def test_somebody_who_reads_delays_the_end_and_nothing_is_lost(
    database: Database, tmp_path: Path
) -> None:
    fill(database, ANNA, OF_ANNA)
    erasure = Erasure(database, tmp_path, tries=2, sleep=lambda _s: None)
    with database.engine.connect() as reader:
        reader.exec_driver_sql("BEGIN")
        reader.execute(select(people)).all()
        with pytest.raises(ErasureUnfinished):
            erasure.erase(ANNA)
        reader.rollback()
    assert erasure.unfinished() == (ANNA,)
    with acting_as(ANNA):
        assert PersonSettings(database).get("anything") is None
    erasure.resume()
    assert on_disk(tmp_path, OF_ANNA) == []


def test_nobody_is_erased_twice_or_by_mistake(database: Database, tmp_path: Path) -> None:
    erasure = Erasure(database, tmp_path)
    erasure.erase(ANNA)
    with pytest.raises(NoSuchPerson):
        erasure.erase(ANNA)
    assert erasure.unfinished() == ()
