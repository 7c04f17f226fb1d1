"""The queue does what people mean by its words, whatever was done to it before."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from knowledge import queue_operations as operations
from knowledge.errors import NotInQueue, QueueFull
from knowledge.models import Queue, QueueItem, RepeatMode
from player_tracks import track, tracks

pytestmark = pytest.mark.unit


def queue_of(count: int, position: int | None = 0) -> Queue:
    """Items "1" to "count"."""
    items = tuple(QueueItem(str(each.id), each) for each in tracks(count))
    return Queue(items=items, position=position if items else None)


def ids(queue: Queue) -> str:
    return " ".join(item.id for item in queue.items)


def current(queue: Queue) -> str | None:
    return queue.current.id if queue.current else None


def new(*names: str) -> tuple[QueueItem, ...]:
    return tuple(QueueItem(name, track(100)) for name in names)


def test_playing_replaces_the_queue_and_begins_where_asked() -> None:
    queue = operations.play(queue_of(3), new("a", "b", "c"), start=1)
    assert (ids(queue), current(queue), queue.revision) == ("a b c", "b", 1)


def test_playing_nothing_clears() -> None:
    assert operations.play(queue_of(3), ()).items == ()


def test_the_start_is_clamped() -> None:
    assert current(operations.play(Queue(), new("a", "b"), start=9)) == "b"
    assert current(operations.play(Queue(), new("a", "b"), start=-9)) == "a"


def test_playing_while_shuffled_mixes_all_but_the_first() -> None:
    shuffled = operations.shuffle(Queue(), on=True)
    queue = operations.play(shuffled, operations.items_for(tracks(50)), start=20)
    assert queue.current is not None
    assert queue.current.track.id == 21
    assert queue.position == 0
    order = [item.track.id for item in queue.items]
    assert order != sorted(order)
    assert ids(operations.shuffle(queue, on=False)) == " ".join(queue.unshuffled)


def test_the_next_track_comes_right_after_the_current_one() -> None:
    assert ids(operations.play_next(queue_of(3, 1), new("a", "b"))) == "1 2 a b 3"


def test_what_is_added_comes_last() -> None:
    assert ids(operations.add(queue_of(2), new("a"))) == "1 2 a"


def test_adding_to_an_ended_queue_makes_the_new_track_the_one_to_play() -> None:
    assert current(operations.add(queue_of(2, None), new("a", "b"))) == "a"
    assert current(operations.play_next(Queue(), new("a", "b"))) == "a"


def test_moving_keeps_the_current_track() -> None:
    queue = operations.move(queue_of(4, 1), "1", 3)
    assert (ids(queue), current(queue)) == ("2 3 4 1", "2")
    assert ids(operations.move(queue_of(3), "1", 99)) == "2 3 1"


def test_removing_the_current_track_makes_the_next_one_current() -> None:
    queue = operations.remove(queue_of(4, 1), ["2", "3", "unknown"])
    assert (ids(queue), current(queue)) == ("1 4", "4")
    assert current(operations.remove(queue_of(2, 1), ["2"])) is None


def test_what_changes_nothing_returns_the_same_queue() -> None:
    queue = queue_of(3)
    assert operations.remove(queue, ["unknown"]) is queue
    assert operations.move(queue, "2", 1) is queue
    assert operations.repeat(queue, RepeatMode.OFF) is queue
    assert operations.shuffle(queue, on=False) is queue
    assert operations.add(queue, ()) is queue
    assert operations.clear(Queue()) == Queue()


def test_an_unknown_item_is_an_error() -> None:
    with pytest.raises(NotInQueue):
        operations.jump(queue_of(2), "9")
    with pytest.raises(NotInQueue):
        operations.move(queue_of(2), "9", 0)


def test_the_end_depends_on_repeating() -> None:
    last = queue_of(2, 1)
    assert current(operations.advance(last)) is None
    assert current(operations.advance(operations.repeat(last, RepeatMode.ALL))) == "1"
    assert current(operations.advance(operations.repeat(last, RepeatMode.ONE))) == "2"
    assert current(operations.skip(operations.repeat(queue_of(2), RepeatMode.ONE))) == "2"


def test_going_back() -> None:
    assert current(operations.previous(queue_of(3, 2))) == "2"
    assert current(operations.previous(queue_of(3, 0))) == "1"
    assert current(operations.previous(queue_of(3, None))) == "3"
    assert current(operations.previous(operations.repeat(queue_of(3), RepeatMode.ALL))) == "3"
    assert operations.previous(Queue()) == Queue()


def test_what_comes_up() -> None:
    queue = queue_of(4, 1)
    assert [item.id for item in operations.upcoming(queue, 9)] == ["3", "4"]
    assert [item.id for item in operations.upcoming(queue, 1)] == ["3"]
    repeated = operations.repeat(queue, RepeatMode.ALL)
    assert [item.id for item in operations.upcoming(repeated, 6)] == ["3", "4", "1", "2", "3", "4"]
    once_more = operations.repeat(queue, RepeatMode.ONE)
    assert [item.id for item in operations.upcoming(once_more, 2)] == ["2", "2"]
    assert operations.upcoming(queue_of(2, None), 9) == ()


def test_a_track_put_next_while_shuffled_stays_behind_its_neighbour() -> None:
    queue = operations.shuffle(queue_of(5, 2), on=True, rng=random.Random(1))
    assert current(queue) == "3"
    queue = operations.add(operations.play_next(queue, new("a")), new("b"))
    assert queue.items[1].id == "a"
    assert ids(operations.shuffle(queue, on=False)) == "1 2 3 a 4 5 b"


def test_the_queue_has_a_limit() -> None:
    many = operations.items_for([track(1)] * (operations.MAX_ITEMS + 10))
    played = operations.play(Queue(), many, start=operations.MAX_ITEMS + 5)
    assert len(played.items) == operations.MAX_ITEMS
    assert played.current is many[operations.MAX_ITEMS + 5]
    with pytest.raises(QueueFull):
        operations.add(played, new("a"))


@given(st.integers(1, 40), st.data())
def test_shuffling_and_back_restores_the_order(count: int, data: st.DataObject) -> None:
    position = data.draw(st.one_of(st.none(), st.integers(0, count - 1)))
    queue = queue_of(count, position)
    shuffled = operations.shuffle(queue, on=True, rng=random.Random(0))
    assert current(shuffled) == current(queue)
    assert sorted(item.id for item in shuffled.items) == sorted(item.id for item in queue.items)
    restored = operations.shuffle(shuffled, on=False)
    assert (ids(restored), current(restored)) == (ids(queue), current(queue))


@given(st.integers(1, 30))
def test_playing_through_meets_every_item_once(count: int) -> None:
    queue, met = queue_of(count), []
    while queue.current is not None:
        met.append(queue.current.id)
        assert operations.following(queue) == operations.advance(queue).current
        queue = operations.advance(queue)
    assert met == ids(queue).split()


class AnyUse(RuleBasedStateMachine):
    """Whatever is done in whatever order, the queue stays whole."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = Queue()

    def _do(self, queue: Queue) -> None:
        assert queue is self.queue or queue.revision == self.queue.revision + 1
        self.queue = queue

    def _some_id(self, choice: int) -> str | None:
        items = self.queue.items
        return items[choice % len(items)].id if items else None

    @rule(count=st.integers(0, 6), start=st.integers(-1, 7))
    def play(self, count: int, start: int) -> None:
        self._do(operations.play(self.queue, operations.items_for(tracks(count)), start=start))

    @rule(count=st.integers(0, 3))
    def play_next(self, count: int) -> None:
        before = current(self.queue)
        items = operations.items_for(tracks(count))
        self._do(operations.play_next(self.queue, items))
        if before is not None and items:
            assert operations.skip(self.queue).current == items[0]

    @rule(count=st.integers(0, 3))
    def add(self, count: int) -> None:
        self._do(operations.add(self.queue, operations.items_for(tracks(count))))

    @rule(choice=st.integers(0, 20), to=st.integers(-2, 20))
    def move(self, choice: int, to: int) -> None:
        item_id, before = self._some_id(choice), current(self.queue)
        if item_id is not None:
            self._do(operations.move(self.queue, item_id, to))
            assert current(self.queue) == before

    @rule(choices=st.sets(st.integers(0, 20), max_size=4))
    def remove(self, choices: set[int]) -> None:
        gone = {item_id for each in choices if (item_id := self._some_id(each)) is not None}
        self._do(operations.remove(self.queue, gone))
        assert gone.isdisjoint(item.id for item in self.queue.items)

    @rule(choice=st.integers(0, 20))
    def jump(self, choice: int) -> None:
        item_id = self._some_id(choice)
        if item_id is not None:
            self._do(operations.jump(self.queue, item_id))
            assert current(self.queue) == item_id

    @rule(on=st.booleans())
    def shuffle(self, on: bool) -> None:
        before = current(self.queue)
        self._do(operations.shuffle(self.queue, on=on))
        assert current(self.queue) == before

    @rule(mode=st.sampled_from(RepeatMode))
    def repeat(self, mode: RepeatMode) -> None:
        self._do(operations.repeat(self.queue, mode))

    @rule(which=st.sampled_from([operations.advance, operations.skip, operations.previous]))
    def go(self, which: object) -> None:
        assert callable(which)
        self._do(which(self.queue))

    @rule()
    def clear(self) -> None:
        self._do(operations.clear(self.queue))

    @invariant()
    def ids_are_unique(self) -> None:
        assert len({item.id for item in self.queue.items}) == len(self.queue.items)

    @invariant()
    def the_position_names_an_item(self) -> None:
        position = self.queue.position
        assert position is None or 0 <= position < len(self.queue.items)

    @invariant()
    def the_order_from_before_holds_the_same_items(self) -> None:
        expected = sorted(item.id for item in self.queue.items) if self.queue.shuffle else []
        assert sorted(self.queue.unshuffled) == expected


TestAnyUse = AnyUse.TestCase
TestAnyUse.pytestmark = [pytest.mark.unit]  # type: ignore[attr-defined]
