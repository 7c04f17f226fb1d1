"""Worker processes that crash, hang and go on."""

import os
import signal
import threading
import time
from collections.abc import Callable

import pytest

from knowledge.errors import UnreadableAudio, WorkerUnusable
from knowledge.worker import STOPPED, Outcome, Worker, run_tasks


def make_work() -> Callable[[str], str]:
    def work(task: str) -> str:
        match task:
            case "crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            case "hang":
                time.sleep(60)
            case "refuse":
                raise UnreadableAudio("It is a shopping list.")
            case "surprise":
                raise ZeroDivisionError("by zero")
        return task.upper()

    return work


@pytest.fixture
def worker() -> Worker[str, str]:
    return Worker(make_work)


@pytest.mark.integration
def test_a_worker_survives_what_is_refused(worker: Worker[str, str]) -> None:
    try:
        assert worker.call("song", timeout_s=30) == Outcome(result="SONG")
        assert worker.call("refuse", timeout_s=30) == Outcome(refusal="It is a shopping list.")
        assert "ZeroDivisionError" in worker.call("surprise", timeout_s=30).refusal
        assert worker.call("song", timeout_s=30).result == "SONG"
    finally:
        worker.close()


@pytest.mark.integration
def test_a_crash_and_a_hang_end_one_task_only(worker: Worker[str, str]) -> None:
    try:
        assert worker.call("crash", timeout_s=30).crash == "Decoding it crashed (SIGSEGV)."
        assert "longer than 1 s" in worker.call("hang", timeout_s=1.0).crash
        assert worker.call("song", timeout_s=30).result == "SONG"
    finally:
        worker.close()


@pytest.mark.integration
@pytest.mark.parametrize("workers", [1, 2])
def test_all_tasks_are_done_and_crashes_tried_again(workers: int) -> None:
    done: dict[str, Outcome[str]] = {}

    def handle(task: str, outcome: Outcome[str]) -> None:
        done[task] = outcome

    tasks = ["a", "crash", "b", "refuse", "c"]
    run_tasks(iter(tasks), make_work, handle, workers=workers, timeout_s=lambda _: 30.0, attempts=2)
    assert {task: outcome.result for task, outcome in done.items()} == {
        "a": "A",
        "b": "B",
        "c": "C",
        "crash": None,
        "refuse": None,
    }


@pytest.mark.integration
def test_stopping_ends_the_task_in_work() -> None:
    stop = threading.Event()
    outcomes: list[Outcome[str]] = []
    threading.Timer(0.5, stop.set).start()
    run_tasks(
        iter(["hang", "a"]),
        make_work,
        lambda _, outcome: outcomes.append(outcome),
        workers=1,
        timeout_s=lambda _: 50.0,
        stop=stop,
    )
    assert outcomes == [Outcome(crash=STOPPED)]


@pytest.mark.integration
def test_an_error_of_the_caller_is_raised_to_the_caller() -> None:
    def handle(_task: str, _outcome: Outcome[str]) -> None:
        raise LookupError("the disk is full")

    for workers in (1, 2):
        with pytest.raises(LookupError, match="disk is full"):
            run_tasks(
                iter(["a", "b"]), make_work, handle, workers=workers, timeout_s=lambda _: 30.0
            )


def make_nothing() -> Callable[[str], str]:
    raise ImportError("a library is missing")


@pytest.mark.integration
def test_no_task_is_blamed_for_a_worker_that_does_not_start() -> None:
    outcomes: list[Outcome[str]] = []
    with pytest.raises(WorkerUnusable):
        run_tasks(
            iter(["a", "b"]),
            make_nothing,
            lambda _, outcome: outcomes.append(outcome),
            workers=1,
            timeout_s=lambda _: 30.0,
        )
    assert outcomes == [Outcome(crash=STOPPED)]
