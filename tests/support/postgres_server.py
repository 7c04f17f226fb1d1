"""A PostgreSQL server of its own for a test session, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class NoServer(Exception):
    """PostgreSQL cannot be started here; the message says why."""


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server that listens on a socket file only; gives its address.

    Raises:
        NoServer: its programs are not installed, or it refuses to start.
    """
    programs = _programs()
    home = Path(tempfile.mkdtemp(prefix="refrain-pg-"))
    user = "postgres" if os.getuid() == 0 else None  # the server refuses to run as root
    try:
        if user is not None:
            with suppress(KeyError):
                shutil.chown(home, user, pwd.getpwnam(user).pw_gid)
        data = str(home / "data")
        _do([programs / "initdb", "-A", "trust", "-U", "postgres", "-N", "-D", data], home, user)
        options = f"-k {home} -c listen_addresses= -c fsync=off -c max_connections=20"
        log = str(home / "log")
        _do([programs / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"], home, user)
        try:
            yield f"host={home} user=postgres dbname=postgres"
        finally:
            _do([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], home, user)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path:
    """Where initdb is: Debian does not put it on the path, but pg_config knows."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    with suppress(OSError, subprocess.CalledProcessError):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        if (Path(told.stdout.strip()) / "initdb").exists():
            return Path(told.stdout.strip())
    raise NoServer("the PostgreSQL server is not installed (no initdb)")


def _do(command: list[str | Path], home: Path, user: str | None) -> None:
    try:
        subprocess.run(
            command,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=home,
            user=user,
            timeout=60,
        )
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise NoServer(f"PostgreSQL does not start here: {error}") from error
