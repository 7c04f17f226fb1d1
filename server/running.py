"""The note that a running server leaves in its data folder, and the lock that keeps it alone."""

import contextlib
import fcntl
import http.client
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from server.auth.private_files import write_private
from server.errors import AlreadyRunning
from server.settings import Settings

_ANSWER_TIMEOUT_S = 2.0


@dataclass(frozen=True, slots=True)
class RunningServer:
    """How our own command line reaches the server of a data folder."""

    pid: int
    url: str
    """Such as "http://127.0.0.1:8765"."""
    control: str
    """A secret of this one process; it lets in whoever can read the file."""
    instance: str
    """What the server calls itself, so that another one on the same port is noticed."""


@contextmanager
def alone_in(settings: Settings) -> Iterator[None]:
    """Hold the data folder's lock; the system lets go of it however this process ends.

    Raises:
        AlreadyRunning: another server holds it.
    """
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = settings.data / "server.lock"
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            other = read_note(settings.running_file)
            where = "" if other is None else f" at {other.url} (process {other.pid})"
            raise AlreadyRunning(
                f"Refrain already serves {settings.data}{where}.",
                next_step="Open that address, or stop it first, or choose another --data folder.",
            ) from error
        yield


@contextmanager
def noted(settings: Settings, note: RunningServer) -> Iterator[None]:
    """Leave the note while the server runs."""
    write_private(settings.running_file, json.dumps(asdict(note)))
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            settings.running_file.unlink()


def find_running(settings: Settings) -> RunningServer | None:
    """The server of this data folder, if it answers."""
    note = read_note(settings.running_file)
    if note is None or not _alive(note.pid) or _ask_instance(note.url) != note.instance:
        return None
    return note


def read_note(path: Path) -> RunningServer | None:
    """The note as it stands, whether or not that server still runs."""
    try:
        value = json.loads(path.read_text("utf-8"))
        return RunningServer(**value)
    except (OSError, ValueError, TypeError):
        return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _ask_instance(url: str) -> str | None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(
        parts.hostname or "127.0.0.1", parts.port, timeout=_ANSWER_TIMEOUT_S
    )
    try:
        connection.request("GET", "/api/health")
        answer = json.loads(connection.getresponse().read(10_000))
    except (OSError, ValueError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return answer.get("instance") if isinstance(answer, dict) else None
