"""Child processes for work that may crash or hang: reading and decoding strangers' files.

A worker runs at low priority. When it dies or takes too long, only the file it was working on is
affected; a new worker goes on with the next. When the parent dies, even by `kill -9`, the worker
ends with its current file.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, Generic, TypeVar

from knowledge.errors import KnowledgeError, WorkerUnusable

Task = TypeVar("Task")
Result = TypeVar("Result")

_NICENESS = 10
STOPPED = "It was stopped."
_READY = "ready"
_START_S = 60.0
_STOP_CHECK_S = 0.2
_GRACE_S = 5.0
"""How much later than the parent's patience an orphan ends itself."""
# Numerical libraries would otherwise start a thread for every core in every worker.
_ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """How a task ended: with a result, refused, or with the end of its worker."""

    result: Result | None = None
    refusal: str = ""
    """Why the work could not be done, in words for the user; the worker is well."""
    crash: str = ""
    """How the worker ended; the task may be tried again."""


class Worker(Generic[Task, Result]):
    """One child process that calls `make()` once, and its value for every task."""

    def __init__(
        self, make: Callable[[], Callable[[Task], Result]], *, low_priority: bool = True
    ) -> None:
        """Prepare a worker; it is started by the first call.

        Args:
            make: picklable; called in the child. Its value does one task.
            low_priority: give way to whatever else wants the processor.
        """
        self._make = make
        self._niceness = _NICENESS if low_priority else 0
        self._process: subprocess.Popen[bytes] | None = None
        self._link: Connection[Any, Any] | None = None

    def start(self) -> None:
        """Start the child unless it runs.

        Raises:
            WorkerUnusable: it does not come up; no task is to blame.
        """
        self._started()

    def call(
        self, task: Task, *, timeout_s: float, stop: threading.Event | None = None
    ) -> Outcome[Result]:
        """Do one task in the child, and wait for it, but not beyond `stop`."""
        link = self._started()
        try:
            link.send((task, timeout_s))
            ends_at = time.monotonic() + timeout_s
            while not link.poll(min(_STOP_CHECK_S, timeout_s)):
                if stop is not None and stop.is_set():
                    self.close()
                    return Outcome(crash=STOPPED)
                if time.monotonic() > ends_at:
                    self.close()
                    return Outcome(crash=f"Decoding it took longer than {timeout_s:.0f} s.")
            outcome = link.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            return Outcome(crash=self._how_it_died())
        return outcome if isinstance(outcome, Outcome) else Outcome(crash="It answered nonsense.")

    def close(self) -> None:
        """End the child at once, whatever it is doing."""
        if self._link is not None:
            self._link.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._link = self._process = None

    def _started(self) -> "Connection[Any, Any]":
        if self._link is not None:
            return self._link
        ours, theirs = Pipe()
        # The child finds what the parent finds, but never its working folder.
        package_home = str(Path(__file__).resolve().parent.parent)
        python_path = os.pathsep.join(dict.fromkeys(filter(None, (package_home, *sys.path))))
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-m",
                "knowledge.worker",
                str(theirs.fileno()),
                str(self._niceness),
            ],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD, "PYTHONPATH": python_path},
        )
        theirs.close()
        self._link = ours
        try:
            ours.send(self._make)
            ready = ours.poll(_START_S) and ours.recv() == _READY
        except (EOFError, OSError):
            ready = False
        if not ready:
            self.close()
            raise WorkerUnusable("A worker process could not be started, so no file was read.")
        return ours

    def _how_it_died(self) -> str:
        code = self._process.wait(timeout=_GRACE_S) if self._process is not None else None
        self.close()
        if code is not None and code < 0:
            with suppress(ValueError):
                return f"Decoding it crashed ({signal.Signals(-code).name})."
        return "Decoding it crashed."


def run_tasks(
    tasks: Iterator[Task],
    make: Callable[[], Callable[[Task], Result]],
    handle: Callable[[Task, Outcome[Result]], None],
    *,
    workers: int,
    timeout_s: Callable[[Task], float],
    attempts: int = 1,
    stop: threading.Event | None = None,
) -> None:
    """Do all tasks in child processes, each finished and handled before its worker takes a new one.

    Args:
        tasks: drawn one at a time, by one thread at a time.
        make: see `Worker`.
        handle: called in the worker's thread with each task and how it ended.
        workers: child processes at once.
        timeout_s: seconds a task may take.
        attempts: how often a task that ends its worker is begun.
        stop: when set, no further task is begun.
    """
    lock = threading.Lock()
    failures: list[BaseException] = []

    def serve() -> None:
        worker = Worker(make)
        try:
            while not failures and not (stop is not None and stop.is_set()):
                with lock:
                    task = next(tasks, _END)
                if isinstance(task, _End):
                    return
                try:
                    worker.start()
                except WorkerUnusable:
                    handle(task, Outcome(crash=STOPPED))
                    raise
                handle(task, _tried(worker, task, timeout_s(task), attempts, stop))
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            failures.append(error)
        finally:
            worker.close()

    if workers <= 1:
        serve()
    else:
        threads = [threading.Thread(target=serve, name=f"worker-{n}") for n in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if failures:
        raise failures[0]


def _tried(
    worker: Worker[Task, Result],
    task: Task,
    timeout_s: float,
    attempts: int,
    stop: threading.Event | None,
) -> Outcome[Result]:
    outcome = worker.call(task, timeout_s=timeout_s, stop=stop)
    for _ in range(attempts - 1):
        if outcome.crash and outcome.crash != STOPPED:
            outcome = worker.call(task, timeout_s=timeout_s, stop=stop)
    return outcome


class _End:
    """What `next` gives when there is no task left; None may be a task."""


_END = _End()


def main(descriptor: int, niceness: int) -> None:
    """Serve tasks until the parent is gone. Runs in the child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    with suppress(OSError, AttributeError):
        os.nice(niceness)
    link: Connection[Any, Any] = Connection(descriptor)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        work = link.recv()()
        link.send(_READY)
        while True:
            task, timeout_s = link.recv()
            # The kernel ends us even when native code hangs and nobody is left to wait for it.
            signal.setitimer(signal.ITIMER_REAL, timeout_s + _GRACE_S)
            link.send(_outcome(work, task))
            signal.setitimer(signal.ITIMER_REAL, 0)


def _outcome(work: Callable[[Any], Any], task: Any) -> Outcome[Any]:
    try:
        return Outcome(result=work(task))
    except KnowledgeError as error:
        return Outcome(refusal=str(error))
    except MemoryError:
        return Outcome(refusal="There was not enough memory for this file.")
    except OSError as error:
        return Outcome(refusal=f"The file cannot be read: {error.strerror or error}.")
    except Exception as error:  # noqa: BLE001 - one strange file must not end the run
        return Outcome(refusal=f"Something unexpected was in it ({type(error).__name__}: {error}).")


if __name__ == "__main__":
    # Under its own name, so that what is pickled here is known by that name on the other side.
    from knowledge.worker import main as serve_tasks

    serve_tasks(int(sys.argv[1]), int(sys.argv[2]))
