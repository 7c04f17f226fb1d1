"""Ask a public service in the network for JSON: politely, in bounded time and size."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import httpx

from knowledge.errors import NamingFailed

_TIMEOUT_S = 10.0
_MAX_BYTES = 4 * 1024**2
_MOST_WAIT_S = 10.0
_ATTEMPTS = 3


class RateLimit:
    """Lets one request through in so many seconds, whichever thread it comes from."""

    def __init__(
        self,
        every_s: float = 1.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._every_s = every_s
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self, at_least_s: float = 0.0) -> None:
        """Wait for one's turn.

        Args:
            at_least_s: wait so long in any case.
        """
        with self._lock:
            now = self._clock()
            turn = max(self._next, now + at_least_s)
            self._next = turn + self._every_s
        if turn > now:
            self._sleep(turn - now)


class WebService:
    """One service. Safe to share between threads."""

    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        user_agent: str,
        limit: RateLimit | None = None,
        timeout_s: float = _TIMEOUT_S,
    ) -> None:
        """Prepare to ask.

        Args:
            name: of the service, for messages.
            base_url: its address.
            user_agent: who is asking, with a way to reach whoever maintains the program.
            limit: how often it may be asked.
            timeout_s: how long one answer may take.
        """
        self._name = name
        self._limit = limit or RateLimit()
        self._timeout_s = timeout_s
        self._client = httpx.Client(
            base_url=base_url,
            headers={"User-Agent": user_agent, "Accept": "application/json"},
            timeout=timeout_s,
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(self, path: str, query: Mapping[str, str]) -> Any:
        """Ask with GET and return what the JSON says; None when there is no such thing.

        Raises:
            NamingFailed: no answer in time, an error, or something else than JSON.
        """
        return self._ask("GET", path, params=dict(query))

    def post(self, path: str, form: Mapping[str, str]) -> Any:
        """Ask with a form, which may be longer than an address; otherwise as `get`."""
        return self._ask("POST", path, data=dict(form))

    def _ask(self, method: str, path: str, **content: Any) -> Any:
        pause_s = 0.0
        for attempt in range(_ATTEMPTS):
            self._limit.wait(pause_s)
            status, headers, body = self._exchange(method, path, content)
            if status in {429, 503} and attempt + 1 < _ATTEMPTS:
                pause_s = _pause_s(headers)
                continue
            if status == httpx.codes.NOT_FOUND:
                return None
            try:
                said = json.loads(body)
            except (ValueError, RecursionError):
                said = None
            if status != httpx.codes.OK:
                raise NamingFailed(f"{self._name} refused the request ({_reason(said, status)}).")
            if not isinstance(said, dict):
                raise NamingFailed(f"{self._name} answered something that makes no sense.")
            return said
        raise NamingFailed(f"{self._name} is too busy at the moment.")  # not reached

    def _exchange(
        self, method: str, path: str, content: dict[str, Any]
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Return the status, the headers and at most `_MAX_BYTES` of an answer."""
        ends_at = time.monotonic() + 2 * self._timeout_s
        try:
            with self._client.stream(method, path, **content) as answer:
                body = bytearray()
                for block in answer.iter_bytes():
                    body += block
                    if len(body) > _MAX_BYTES or time.monotonic() > ends_at:
                        raise NamingFailed(f"The answer of {self._name} has no end.")
                return answer.status_code, answer.headers, bytes(body)
        except httpx.HTTPError as error:
            raise NamingFailed(
                f"{self._name} cannot be reached ({type(error).__name__})."
            ) from error


def _pause_s(headers: Mapping[str, str]) -> float:
    try:
        asked = float(headers.get("retry-after", "1"))
    except ValueError:
        asked = 1.0
    return min(max(asked, 0.0), _MOST_WAIT_S)


def _reason(said: Any, status: int) -> str:
    """What the service says about an error, in its own words when it has some."""
    error = said.get("error") if isinstance(said, dict) else None
    if isinstance(error, dict):
        error = error.get("message")
    return error[:200] if isinstance(error, str) and error.isprintable() else f"status {status}"
