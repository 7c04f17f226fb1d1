"""Ask a service in the network: politely, in bounded time and size, and never twice.

Every service goes through here. It has a base address (that tests point at this machine), a user
agent, a rate limit, bounded retries that honour `Retry-After`, limits of time and size, a cache on
disk that also serves while the service is away, and a circuit breaker that leaves it alone then.
Calls block: they belong into a worker thread, never on the event loop.
"""

import json
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self

import httpx

from knowledge.errors import SourceRefused, SourceUnreachable
from knowledge.sources.answers import AnswerCache, key_of
from knowledge.sources.circuit_breaker import CircuitBreaker
from knowledge.sources.rate_limit import RateLimit
from knowledge.sources.service_status import ServiceState, ServiceStatus, StatusKeeper

__all__ = ["USER_AGENT", "RateLimit", "Reply", "WebService"]

USER_AGENT = "Refrain/0.1 (self-hosted music assistant)"
_TIMEOUT_S = 10.0
_MAX_BYTES = 4 * 1024**2
_MOST_WAIT_S = 10.0
"""Asked to wait for longer than this we give up, and leave the service alone for so long."""
_ATTEMPTS = 3
_BUSY = frozenset({429, 502, 503, 504})
_REFUSES = frozenset({401, 403})
_MISSING = frozenset({404})
Check = Callable[[Any], object]
"""Raises `SourceUnreachable` when what the JSON says makes no sense."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    is_stale: bool = False
    """From the cache and out of date, because the service is away."""

    def json(self) -> Any:
        """What the JSON says; None when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


class WebService:
    """One service. Safe to share between threads."""

    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        user_agent: str = USER_AGENT,
        limit: RateLimit | None = None,
        timeout_s: float = _TIMEOUT_S,
        attempts: int = _ATTEMPTS,
        max_bytes: int = _MAX_BYTES,
        cache: AnswerCache | None = None,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        """Prepare to ask.

        Args:
            name: of the service, for messages.
            base_url: its address.
            user_agent: who is asking, with a way to reach whoever maintains the program.
            limit: how often it may be asked.
            timeout_s: how long one answer may take.
            attempts: how often a request is tried when the service is busy.
            max_bytes: the longest answer that is read.
            cache: where answers are kept that may be.
            breaker: leaves the service alone while it is away.
        """
        self.name = name
        self.base_url = base_url.rstrip("/")
        self._limit = limit or RateLimit()
        self._timeout_s = timeout_s
        self._attempts = attempts
        self._max_bytes = max_bytes
        self._cache = cache
        self._breaker = breaker or CircuitBreaker()
        self._keeper = StatusKeeper(name, base_url)
        self._closing = threading.Event()
        self._client = httpx.Client(
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
        """Let go of the connections; whoever waits for a turn is told so."""
        self._closing.set()
        self._client.close()

    @property
    def status(self) -> ServiceStatus:
        """How the service is, as far as we noticed."""
        return replace(self._keeper.status, retry_in_s=self._breaker.retry_in_s)

    @property
    def rests(self) -> bool:
        """Whether it is left alone just now; asking fails, or answers from the cache."""
        return self._breaker.is_open

    def get(
        self,
        path: str,
        query: Mapping[str, str] | None = None,
        *,
        keep_s: float = 0.0,
        headers: Mapping[str, str] | None = None,
        check: Check | None = None,
    ) -> Any:
        """Ask with GET and return what the JSON says; None when there is no such thing.

        Args:
            path: below the base address.
            query: its parameters.
            keep_s: for so long the answer is kept and used again; 0 keeps none. An answer with
                a secret in its question must not be kept.
            headers: besides the usual ones.
            check: raises `SourceUnreachable` when the answer, though JSON, makes no sense. Such
                an answer is never kept.

        Raises:
            SourceUnreachable: no answer in time, too busy, or something else than JSON.
            SourceRefused: it wants another key or login.
        """

        def makes_sense(reply: Reply) -> None:
            said = self._understood(reply)
            if check is not None:
                check(said)

        reply = self.reply(path, query, keep_s=keep_s, headers=headers, check=makes_sense)
        return None if reply is None else self._understood(reply)

    def post(self, path: str, form: Mapping[str, str]) -> Any:
        """Ask with a form, which may be longer than an address; otherwise as `get`."""
        reply = self.exchange("POST", path, data=dict(form))
        return None if reply.status == httpx.codes.NOT_FOUND else self._understood(reply)

    def forget(self, path: str, query: Mapping[str, str]) -> None:
        """The kept answer to this question turned out to make no sense."""
        if self._cache is not None:
            self._cache.drop(key_of(self.base_url, path, query))

    def reply(
        self,
        path: str,
        query: Mapping[str, str] | None = None,
        *,
        keep_s: float = 0.0,
        headers: Mapping[str, str] | None = None,
        missing: Collection[int] = _MISSING,
        check: Callable[[Reply], object] | None = None,
    ) -> Reply | None:
        """Ask with GET and return the answer as it is; None when there is no such thing.

        Args:
            path: as of `get`.
            query: as of `get`.
            keep_s: as of `get`.
            headers: as of `get`.
            missing: the status codes that mean "no such thing".
            check: raises `SourceUnreachable` when the answer makes no sense: it is not kept then.

        Raises:
            SourceUnreachable, SourceRefused: as `get`.
        """
        asked = dict(query or {})
        key = key_of(self.base_url, path, asked) if keep_s and self._cache else ""
        kept = self._cache.get(key) if key and self._cache else None
        if kept is not None and kept.is_fresh:
            self._keeper.served()
            return None if kept.status == httpx.codes.NOT_FOUND else Reply(200, {}, kept.body)
        try:
            found = self._asked(path, asked, headers or {}, missing, check)
        except SourceUnreachable:
            if kept is None:
                raise
            self._keeper.served()
            is_missing = kept.status == httpx.codes.NOT_FOUND
            return None if is_missing else Reply(200, {}, kept.body, is_stale=True)
        is_missing = found.status in missing
        if key and self._cache:
            status = httpx.codes.NOT_FOUND if is_missing else found.status
            self._cache.put(key, self.name, status, found.body, keep_s=keep_s)
        return None if is_missing else found

    def _asked(
        self,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        missing: Collection[int],
        check: Callable[[Reply], object] | None,
    ) -> Reply:
        found = self.exchange("GET", path, params=dict(query), headers=dict(headers))
        if found.status not in missing:
            if found.status != httpx.codes.OK:
                raise SourceUnreachable(self._refusal(found))
            if check is not None:
                check(found)
        return found

    def exchange(self, method: str, path: str, **content: Any) -> Reply:
        """Send a request and return whatever answers it, but for "busy" and "not you".

        Raises:
            SourceUnreachable: no answer in time, or none but "busy".
            SourceRefused: status 401 or 403.
        """
        pause_s, last = 0.0, ""
        for attempt in range(self._attempts):
            if self._breaker.is_open:
                raise SourceUnreachable(
                    last or self._keeper.status.problem or f"{self.name} is left alone for a while."
                )
            if self._closing.wait(self._limit.turn(pause_s)):
                raise SourceUnreachable(f"{self.name} is not asked any more: the program ends.")
            try:
                found = self._exchange(method, path, content)
            except SourceUnreachable as error:
                self._breaker.failed()
                self._keeper.failed(ServiceState.UNREACHABLE, str(error))
                raise
            if found.status not in _BUSY:
                return self._judged(found)
            last = self._refusal(found)
            self._keeper.failed(ServiceState.BUSY, last)
            pause_s = _retry_after_s(found.headers, otherwise_s=float(2**attempt))
            if pause_s > _MOST_WAIT_S:
                self._breaker.rest(pause_s)
                break
        self._breaker.failed()
        raise SourceUnreachable(last, retry_after_s=pause_s)

    def _judged(self, found: Reply) -> Reply:
        self._breaker.succeeded()  # whatever it says, it is there
        if found.status in _REFUSES:
            problem = self._refusal(found)
            self._keeper.failed(ServiceState.REFUSES, problem)
            raise SourceRefused(problem)
        self._keeper.answered()
        return found

    def _exchange(self, method: str, path: str, content: dict[str, Any]) -> Reply:
        self._keeper.asked()
        ends_at = time.monotonic() + 2 * self._timeout_s
        try:
            with self._client.stream(method, self.base_url + path, **content) as answer:
                body = bytearray()
                for block in answer.iter_bytes():
                    body += block
                    if len(body) > self._max_bytes or time.monotonic() > ends_at:
                        raise SourceUnreachable(f"The answer of {self.name} has no end.")
                headers = {name.lower(): value for name, value in answer.headers.items()}
                return Reply(answer.status_code, headers, bytes(body))
        except (httpx.HTTPError, httpx.InvalidURL, RuntimeError) as error:
            raise SourceUnreachable(
                f"{self.name} cannot be reached ({type(error).__name__})."
            ) from error

    def _understood(self, reply: Reply) -> Any:
        if reply.status != httpx.codes.OK:
            raise SourceUnreachable(self._refusal(reply))
        said = reply.json()
        if not isinstance(said, (dict, list)):
            raise SourceUnreachable(f"{self.name} answered something that makes no sense.")
        return said

    def _refusal(self, reply: Reply) -> str:
        return f"{self.name} refused the request ({_reason(reply)})."


def _retry_after_s(headers: Mapping[str, str], *, otherwise_s: float) -> float:
    """Seconds that a service asks us to wait: RFC 9110 section 10.2.3, or ListenBrainz' own."""
    said = headers.get("retry-after") or headers.get("x-ratelimit-reset-in") or ""
    try:
        return max(float(said), 0.0)
    except ValueError:
        pass
    try:
        return max(parsedate_to_datetime(said).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return otherwise_s


def _reason(reply: Reply) -> str:
    """What the service says about an error, in its own words when it has some."""
    said = reply.json()
    error = said.get("error") if isinstance(said, dict) else None
    if isinstance(error, dict):
        error = error.get("message")
    elif isinstance(said, dict) and not isinstance(error, str):
        error = said.get("message")
    if isinstance(error, str) and error and error.isprintable():
        return f"{error[:200]}; status {reply.status}"
    return f"status {reply.status}"
