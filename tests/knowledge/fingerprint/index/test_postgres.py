"""PostgreSQL keeps the fingerprints, and local indexes follow it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fingerprint_makers import make_fingerprint, same_fingerprint
from knowledge.errors import FingerprintDatabaseUnusable, FingerprintRejected
from knowledge.fingerprint.index import FingerprintIndex
from knowledge.fingerprint.index.postgres import PostgresFingerprints
from knowledge.fingerprint.models import Fingerprint
from postgres_server import NoServer, running_server

psycopg = pytest.importorskip("psycopg")
SONGS = {f"song-{number}": make_fingerprint(number) for number in range(8)}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    try:
        with running_server() as address:
            yield address
    except NoServer as why:
        pytest.skip(str(why))


@pytest.fixture
def address(server: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS refrain_fingerprints, refrain_fingerprints_about")
    return server


@pytest.fixture
def database(address: str) -> PostgresFingerprints:
    return PostgresFingerprints(address)


def expect(index: FingerprintIndex, songs: dict[str, Fingerprint]) -> None:
    found = dict(index.fingerprints(index.keys()))
    assert found.keys() == songs.keys()
    assert all(same_fingerprint(found[key], songs[key]) for key in songs)


@pytest.mark.integration
def test_what_was_put_can_be_read(address: str, database: PostgresFingerprints) -> None:
    assert database.load(SONGS.items()) == 8
    again = PostgresFingerprints(address)
    found = again.fingerprints([*SONGS, "never there"])
    assert again.keys() == found.keys() == SONGS.keys()
    assert all(same_fingerprint(found[key], SONGS[key]) for key in SONGS)


@pytest.mark.integration
def test_an_index_follows_the_changes(tmp_path: Path, database: PostgresFingerprints) -> None:
    database.put(SONGS)
    with FingerprintIndex.open(tmp_path) as index:
        index.add({"stranger": make_fingerprint(50)})
        first = database.follow(index)
        assert (first.added, first.removed) == (8, 1)
        expect(index, SONGS)
        generation = index.generation
        assert database.follow(index).added == 0
        assert index.generation == generation
        database.remove(["song-1", "never there"])
        database.put({"song-2": make_fingerprint(60), "song-9": make_fingerprint(61)})
        later = database.follow(index)
        assert (later.added, later.removed) == (2, 1)
        changed = {"song-2": make_fingerprint(60), "song-9": make_fingerprint(61)}
        expect(index, {key: song for key, song in SONGS.items() if key != "song-1"} | changed)


@pytest.mark.integration
def test_shards_share_the_recordings(tmp_path: Path, database: PostgresFingerprints) -> None:
    database.put(SONGS)
    held: list[str] = []
    for shard in range(3):
        with FingerprintIndex.open(tmp_path / str(shard)) as index:
            database.follow(index, shard=shard, shards=3)
            held += index.keys()
            assert 0 < len(index) < 8
    assert sorted(held) == sorted(SONGS)
    with FingerprintIndex.open(tmp_path / "0") as index:
        followed = database.follow(index, shard=0, shards=2)
        assert index.keys() < SONGS.keys()
        assert followed.added == len(index)


@pytest.mark.integration
def test_a_follower_that_was_interrupted_goes_on(
    tmp_path: Path, database: PostgresFingerprints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.fingerprint.index.postgres._BATCH", 2)
    database.load(SONGS.items())
    with FingerprintIndex.open(tmp_path) as index:
        applied = index.apply
        monkeypatch.setattr(
            index, "apply", lambda **changes: applied(**changes) if len(index) < 6 else 1 / 0
        )
        with pytest.raises(ZeroDivisionError):
            database.follow(index)
        monkeypatch.setattr(index, "apply", applied)
        database.remove(["song-0"])
        assert database.follow(index).added < 8
        expect(index, {key: song for key, song in SONGS.items() if key != "song-0"})


@pytest.mark.integration
def test_another_database_takes_the_place_of_the_first(
    tmp_path: Path, address: str, database: PostgresFingerprints
) -> None:
    with FingerprintIndex.open(tmp_path) as index:
        database.put(SONGS)
        database.follow(index)
        with psycopg.connect(address) as connection:
            connection.execute("DROP TABLE refrain_fingerprints, refrain_fingerprints_about")
        fresh = PostgresFingerprints(address)
        fresh.put({"song-5": SONGS["song-5"]})
        fresh.follow(index)
        expect(index, {"song-5": SONGS["song-5"]})


@pytest.mark.integration
def test_fingerprints_of_another_engine_are_told_apart(
    tmp_path: Path, address: str, database: PostgresFingerprints
) -> None:
    database.put(SONGS)
    with psycopg.connect(address) as connection:
        connection.execute("UPDATE refrain_fingerprints SET version = 0 WHERE key = 'song-3'")
    with FingerprintIndex.open(tmp_path) as index:
        assert database.follow(index).outdated == {"song-3"}
        assert index.keys() == SONGS.keys() - {"song-3"}


@pytest.mark.integration
def test_damaged_rows_and_impossible_fingerprints_are_refused(
    tmp_path: Path, address: str, database: PostgresFingerprints
) -> None:
    bad = replace(SONGS["song-1"], landmarks=np.array([9, 1], np.uint32))
    with pytest.raises(FingerprintRejected):
        database.put({"good": SONGS["song-2"], "bad": bad})
    assert database.keys() == frozenset()
    database.put(SONGS)
    with psycopg.connect(address) as connection:
        connection.execute(
            "UPDATE refrain_fingerprints SET times = 'abc'::bytea WHERE key = 'song-3'"
        )
    with FingerprintIndex.open(tmp_path) as index, pytest.raises(FingerprintRejected):
        database.follow(index)


@pytest.mark.integration
def test_writers_number_their_changes_in_the_order_of_their_commits(
    address: str, database: PostgresFingerprints
) -> None:
    database.put({"song-0": SONGS["song-0"]})
    other = PostgresFingerprints(address)
    other.put({"song-1": SONGS["song-1"]})
    database.remove(["song-0"])
    with psycopg.connect(address) as connection:
        rows = connection.execute(
            "SELECT key, change FROM refrain_fingerprints ORDER BY change"
        ).fetchall()
    assert rows == [("song-1", 2), ("song-0", 3)]


@pytest.mark.integration
def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FingerprintDatabaseUnusable, match="Check its address"):
        PostgresFingerprints(f"host={tmp_path} user=postgres dbname=postgres")
