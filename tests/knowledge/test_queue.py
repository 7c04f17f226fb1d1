"""The queue survives restarts and kills, and its edits can be taken back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from knowledge import queue_operations as operations
from knowledge.database import Database
from knowledge.models import Queue, RepeatMode
from knowledge.queue import UNDO_DEPTH, QueueStore
from knowledge.schema import queue_states
from player_tracks import FewTracks, tracks

pytestmark = pytest.mark.integration

ITEMS = operations.items_for(tracks(4))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(tmp_path / "library.db")
    yield opened
    opened.close()


@pytest.fixture
def catalog() -> FewTracks:
    return FewTracks(tracks(9))


@pytest.fixture
def store(database: Database, catalog: FewTracks) -> QueueStore:
    return QueueStore(database, catalog)


def test_a_new_library_has_an_empty_queue(store: QueueStore) -> None:
    assert store.load() == Queue()
    assert store.undo() is None


def test_a_queue_comes_back_as_it_was(store: QueueStore) -> None:
    queue = operations.play(Queue(), ITEMS, start=2)
    queue = operations.repeat(operations.shuffle(queue, on=True), RepeatMode.ALL)
    store.save(queue)
    assert store.load() == queue


def test_tracks_that_left_the_library_leave_the_queue(
    store: QueueStore, catalog: FewTracks
) -> None:
    store.save(operations.shuffle(operations.play(Queue(), ITEMS, start=1), on=True))
    catalog.forget(3)
    queue = store.load()
    assert sorted(item.track.id for item in queue.items) == [1, 2, 4]
    assert queue.current == ITEMS[1]
    restored = operations.shuffle(queue, on=False)
    assert [item.track.id for item in restored.items] == [1, 2, 4]


def test_when_the_current_track_left_the_next_one_is_current(
    store: QueueStore, catalog: FewTracks
) -> None:
    store.save(operations.play(Queue(), ITEMS, start=1))
    catalog.forget(2)
    assert store.load().current == ITEMS[2]
    catalog.forget(3)
    catalog.forget(4)
    assert store.load().position is None


def test_undo_goes_back_edit_by_edit(store: QueueStore) -> None:
    played = operations.play(Queue(), ITEMS)
    shorter = operations.remove(played, [ITEMS[3].id])
    empty = operations.clear(shorter)
    for each in (played, shorter, empty):
        store.save(each)
    first = store.undo()
    assert first is not None
    assert first.items == shorter.items
    second = store.undo()
    assert second is not None
    assert second.items == played.items
    assert second.revision > first.revision > empty.revision
    assert store.load() == second
    assert store.undo() is None


def test_going_on_to_the_next_track_is_no_edit(store: QueueStore) -> None:
    played = operations.play(Queue(), ITEMS)
    store.save(played)
    store.save(operations.clear(played))
    restored = store.undo()
    assert restored is not None
    moved = operations.skip(restored)
    store.save_position(moved)
    assert store.load() == moved
    assert store.undo() is None


def test_only_the_newest_states_are_kept(store: QueueStore, database: Database) -> None:
    queue = operations.play(Queue(), ITEMS)
    for _ in range(UNDO_DEPTH + 20):
        queue = operations.add(queue, operations.items_for(tracks(1)))
        store.save(queue)
    with database.read() as connection:
        kept = connection.execute(select(func.count()).select_from(queue_states)).scalar()
    assert kept == UNDO_DEPTH
    assert store.load() == queue


_WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from player_tracks import FewTracks, tracks
from knowledge import queue_operations as operations
from knowledge.database import Database
from knowledge.models import Queue
from knowledge.queue import QueueStore
store = QueueStore(Database.at(Path(sys.argv[1])), FewTracks(tracks(9)))
queue = Queue()
while True:
    queue = operations.play(queue, operations.items_for(tracks(9) * 100))
    store.save(queue)
    print(queue.revision, flush=True)
"""


def test_a_kill_leaves_a_whole_queue(tmp_path: Path, store: QueueStore) -> None:
    support = Path(__file__).parent.parent / "support"
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path / "library.db"), str(support)],
        stdout=subprocess.PIPE,
        cwd=support.parent.parent,
    ) as writer:
        assert writer.stdout is not None
        written = int(writer.stdout.readline())
        deadline = time.monotonic() + 20
        while written < 5 and time.monotonic() < deadline:
            written = int(writer.stdout.readline())
        os.kill(writer.pid, signal.SIGKILL)
    queue = store.load()
    assert queue.revision >= written >= 5
    assert len(queue.items) == 900


def test_a_room_has_a_queue_and_an_undo_of_its_own(
    database: Database, catalog: FewTracks, store: QueueStore
) -> None:
    kitchen, bedroom = (QueueStore(database, catalog, room=name) for name in ("kitchen", "bedroom"))
    house = operations.play(Queue(), ITEMS[:1])
    first, second = operations.play(Queue(), ITEMS[1:2]), operations.play(Queue(), ITEMS[2:3])
    store.save(house)
    kitchen.save(first)
    kitchen.save(operations.add(first, ITEMS[3:]))
    bedroom.save(second)

    assert kitchen.undo() is not None

    assert kitchen.load().items == first.items
    assert bedroom.load() == second
    assert bedroom.undo() is None
    assert store.load() == house
