"""The real console script, in a process of its own."""

import os
import re
import signal
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

TIMEOUT_S = 120.0
SCRIPT = Path(sysconfig.get_path("scripts")) / "refrain"
_ADDRESS = re.compile(r"Refrain is at (http://\S+)")


def environment(**more: str) -> dict[str, str]:
    """This process's environment without settings of Refrain's, and without speech models."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REFRAIN_")}
    return kept | {"COLUMNS": "200", "NO_COLOR": "1", "REFRAIN_VOICE__ENABLED": "0"} | more


def refrain(
    *arguments: str | Path, stdin: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
        env=environment(**variables),
    )


@dataclass(slots=True)
class Serving:
    """A `refrain serve` that runs."""

    process: subprocess.Popen[str]
    address: str = ""
    said: list[str] = field(default_factory=list)

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(TIMEOUT_S)


@contextmanager
def serving(*arguments: str | Path, **variables: str) -> Iterator[Serving]:
    """Run `refrain serve` on a free port until the block ends."""
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), "serve", "--port", "0", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(PYTHONUNBUFFERED="1", **variables),
    )
    running = Serving(process)
    ready = threading.Event()

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            running.said.append(line)
            if (found := _ADDRESS.search(line)) is not None:
                running.address = found[1].partition("/?")[0]
                ready.set()
        ready.set()

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        assert ready.wait(TIMEOUT_S)
        assert running.address, "".join(running.said)
        yield running
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(TIMEOUT_S)
        listener.join()
        if process.stdout is not None:
            process.stdout.close()
