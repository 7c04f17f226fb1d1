"""Keeps the process of the local model running, and knows whether it can be asked yet."""

import json
import logging
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from agent.errors import ModelUnavailable
from agent.local.worker import WorkerSettings

_LOG = logging.getLogger(__name__)
_COMMAND = (sys.executable, "-m", "agent.local.worker")
_TRIES = 3
"""How often the process may end by itself before it is left alone."""
_END_S = 5.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where the model answers."""

    url: str
    api_key: str


class LocalProcess:
    """Starts the worker when it is first wanted, and anew when it died. Safe between threads."""

    def __init__(
        self,
        weights: Path,
        beginning: Sequence[dict[str, str]],
        *,
        threads: int = 2,
        command: Sequence[str] = _COMMAND,
    ) -> None:
        """Start nothing yet.

        Args:
            weights: the verified GGUF file.
            beginning: the messages that every request begins with.
            threads: of the processor, for the model.
            command: what to run, for tests.
        """
        self._weights = weights
        self._beginning = tuple(beginning)
        self._threads = threads
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._url = ""
        self._warm = False
        self._key = ""
        self._started = 0
        self._closed = False

    @property
    def is_warm(self) -> bool:
        """Whether the beginning of the prompt is evaluated: answers take a second or two."""
        return self._warm and self._runs()

    def address(self) -> Address:
        """Where to ask. Never waits: while the model loads, the offline model answers.

        Raises:
            ModelUnavailable: it is loading, or it ended too often.
        """
        self.start()
        with self._lock:
            if self._warm:
                return Address(self._url, self._key)
        raise ModelUnavailable("The local model is still being loaded.")

    def start(self) -> None:
        """Run the worker if it does not run.

        Raises:
            ModelUnavailable: it ended too often, or was closed.
        """
        with self._lock:
            if self._closed or (self._process is not None and self._process.poll() is None):
                return
            if self._started >= _TRIES:
                raise ModelUnavailable(
                    "The local model ended too often. See the log, and restart Refrain."
                )
            if self._process is not None:
                _LOG.warning("the local model ended with %s", self._process.returncode)
            self._started += 1
            self._url, self._warm, self._key = "", False, secrets.token_urlsafe(24)
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
            self._reader = threading.Thread(
                target=self._listen, args=(self._process,), name="local-model", daemon=True
            )
            self._reader.start()

    def wait(self, timeout_s: float) -> bool:
        """Wait until it can be asked; for commands and measurements, not for a server."""
        until = time.monotonic() + timeout_s
        while not self.is_warm and time.monotonic() < until and self._runs():
            time.sleep(0.05)
        return self.is_warm

    def close(self) -> None:
        """End the worker, by itself first."""
        with self._lock:
            self._closed, process = True, self._process
        if process is None:
            return
        if process.stdin is not None:
            with suppress(OSError):  # it is gone already
                process.stdin.close()
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader is not None:
            self._reader.join(_END_S)

    @property
    def pid(self) -> int | None:
        """The worker's, to measure what it costs."""
        return self._process.pid if self._process is not None else None

    def _runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        """Send the settings, and follow what the worker tells until it ends."""
        settings = WorkerSettings(str(self._weights), self._key, self._beginning, self._threads)
        try:
            assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018
            process.stdin.write(settings.line())
            process.stdin.flush()
            for line in process.stdout:
                told = json.loads(line)
                with self._lock:
                    if self._process is process:
                        self._url = told.get("address", self._url)
                        self._warm = bool(told.get("warm", self._warm))
        except (OSError, ValueError) as error:
            _LOG.warning("the local model cannot be reached: %s", error)
        finally:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
