"""Work in the background: in order, again when something changed, and stopped at once."""

import threading

import pytest

from knowledge.chores import Chores


@pytest.mark.unit
def test_chores_are_done_in_order_and_again_when_wanted() -> None:
    done: list[str] = []
    rounds = threading.Semaphore(0)

    def second(_stop: threading.Event) -> None:
        done.append("second")
        rounds.release()

    chores = Chores([("a", lambda _stop: done.append("first")), ("b", second)], quiet_s=0.01)
    chores.start()
    assert rounds.acquire(timeout=10)
    chores.look_again()
    assert rounds.acquire(timeout=10)
    chores.close()
    assert done == ["first", "second"] * 2


@pytest.mark.unit
def test_a_chore_that_fails_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Semaphore(0)

    def fails(_stop: threading.Event) -> None:
        raise ValueError("no disk")

    chores = Chores([("bad", fails), ("good", lambda _stop: done.release())], quiet_s=0.01)
    chores.start()
    assert done.acquire(timeout=10)
    chores.look_again()
    assert done.acquire(timeout=10)
    chores.close()
    assert caplog.text.count("bad: no disk") == 1


@pytest.mark.unit
def test_a_long_chore_is_told_to_stop() -> None:
    begun, ended = threading.Event(), threading.Event()

    def long(stop: threading.Event) -> None:
        begun.set()
        stop.wait(60)
        ended.set()

    chores = Chores([("long", long), ("never", lambda _stop: pytest.fail("began"))], quiet_s=0.01)
    chores.start()
    assert begun.wait(10)
    chores.close()
    assert ended.is_set()
    Chores([]).close()
