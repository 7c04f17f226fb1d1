"""Fetch pictures for the Cover Art Archive: guarded, bounded, and called from a worker thread.

The archive answers with an address elsewhere. Each address on the way goes through the same guard
as the ones that users name, so that no answer leads us into this machine or its network.
"""

import asyncio
import threading
from concurrent.futures import TimeoutError as NotInTime
from urllib.parse import urljoin, urlsplit

from knowledge.covers import MAX_BYTES
from knowledge.errors import SourceUnreachable
from knowledge.sources.circuit_breaker import CircuitBreaker
from knowledge.sources.rate_limit import RateLimit
from knowledge.sources.service_status import ServiceState, ServiceStatus, StatusKeeper
from server.errors import ServerError
from server.recognition.addresses import AddressGuard
from server.recognition.http_get import get

_NAME = "Cover Art Archive"
_MOST_REDIRECTS = 4
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_EVERY_S = 1.0
_TIMEOUT_S = 30.0
_BUSY = frozenset({429, 500, 502, 503, 504})


class PictureFetcher:
    """Opens addresses of pictures. Made on the event loop, called from other threads."""

    def __init__(
        self, base_url: str, *, guard: AddressGuard | None = None, timeout_s: float = _TIMEOUT_S
    ) -> None:
        """Prepare.

        Args:
            base_url: of the archive, which is trusted as configured.
            guard: says which addresses may be opened.
            timeout_s: how long one picture may take.
        """
        host = urlsplit(base_url).hostname or ""
        self._base = base_url.rstrip("/") + "/"
        self._trusted = AddressGuard(allowed_hosts=(host,))
        self._guard = guard or AddressGuard()
        self._timeout_s = timeout_s
        self._limit = RateLimit(_EVERY_S)
        self._breaker = CircuitBreaker()
        self._keeper = StatusKeeper(_NAME, base_url)
        self._closing = threading.Event()
        self._loop = asyncio.get_running_loop()

    @property
    def status(self) -> ServiceStatus:
        return self._keeper.status

    def close(self) -> None:
        self._closing.set()

    def __call__(self, url: str) -> bytes | None:
        """The picture at `url`; None when there is none.

        Raises:
            SourceUnreachable: no answer, or an address that may not be opened.
        """
        if self._breaker.is_open or self._closing.wait(self._limit.turn()):
            raise SourceUnreachable(f"The {_NAME} is left alone for a while.")
        self._keeper.asked()
        coming = asyncio.run_coroutine_threadsafe(self._fetch(url), self._loop)
        try:
            found = coming.result(self._timeout_s + 1.0)
        except (ServerError, TimeoutError, NotInTime) as error:
            coming.cancel()
            problem = str(error) or f"The {_NAME} is too slow."
            self._breaker.failed()
            self._keeper.failed(ServiceState.UNREACHABLE, problem)
            raise SourceUnreachable(problem) from error
        self._breaker.succeeded()
        self._keeper.answered()
        return found

    async def _fetch(self, url: str) -> bytes | None:
        async with asyncio.timeout(self._timeout_s):
            for _ in range(_MOST_REDIRECTS + 1):
                # Only what is addressed as configured is trusted, no address that it leads to.
                guard = self._trusted if url.startswith(self._base) else self._guard
                async with get(await guard.check(url)) as answer:
                    if answer.status in _REDIRECTS:
                        url = urljoin(url, answer.headers.get("location", ""))
                        continue
                    if answer.status in _BUSY:
                        raise TimeoutError(f"The {_NAME} is busy (status {answer.status}).")
                    if answer.status != 200:
                        return None
                    picture = bytearray()
                    async for data in answer.body:
                        picture += data
                        if len(picture) > MAX_BYTES:
                            return None
                    return bytes(picture)
        raise TimeoutError(f"The {_NAME} leads from one address to the next.")
