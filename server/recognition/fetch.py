"""Opens an address that a user named: redirects, radio playlists, radio streams; guarded."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

from server.errors import TooLarge, UrlNotFetched
from server.recognition.addresses import AddressGuard
from server.recognition.http_get import Answer, get
from server.recognition.radio_playlists import MAX_PLAYLIST_BYTES, first_address, is_playlist

MAX_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FILE_TIMEOUT_S = 60.0
_BYTES_PER_S = 40_000
"""Sound at 320 kbit/s; streams send a part of this at once, then as fast as it sounds."""
_LATE_S = 2.0
_MOST_BETWEEN = 1_000_000


@dataclass(frozen=True, slots=True)
class Sound:
    """An open answer that may be sound."""

    url: str
    """Where it was found in the end."""
    is_live: bool
    """Whether it is a stream without an end, as radio is."""
    name: str
    """What the station calls itself, or ""."""
    bytes_per_s: float
    """As the station says, or enough for the best quality."""
    body: AsyncIterator[bytes]
    media_type: str = ""
    titles_every: int = 0
    """After so many bytes of sound comes a title, when titles were asked for; 0: never."""


class Fetcher:
    """Opens addresses through an AddressGuard. Lives on the event loop."""

    def __init__(self, guard: AddressGuard, *, context: ssl.SSLContext | None = None) -> None:
        """Use `guard` for every address, redirected and listed ones too."""
        self._guard = guard
        self._context = context

    @asynccontextmanager
    async def open(self, url: str, *, titles: bool = False) -> AsyncIterator[Sound]:
        """Follow at most three redirects and one playlist to the sound.

        Args:
            url: where to begin.
            titles: ask a radio station to say between the sound what it plays.

        Raises:
            UrlNotAllowed: it leads into this machine or the local network.
            UrlNotFetched: there is no answer, or none with sound.
        """
        listed = False
        redirects = 0
        further = {"icy-metadata": "1"} if titles else None
        while True:
            async with AsyncExitStack() as stack:
                target = await self._guard.check(url)
                answer = await stack.enter_async_context(
                    get(target, self._context, further=further)
                )
                if answer.status in _REDIRECTS:
                    redirects += 1
                    url = _redirected(url, answer, redirects)
                    continue
                body = await stack.enter_async_context(aclosing(_sound_of(answer)))
                start = await anext(body, b"")
                if is_playlist(url, answer.headers.get("content-type", ""), start):
                    if listed:
                        raise UrlNotFetched("A playlist that names a playlist is not followed.")
                    listed = True
                    url = first_address(await _all_of(start, body), url)
                    continue
                yield _sound(url, answer, start, body)
                return

    async def fetch(
        self,
        url: str,
        *,
        seconds: float,
        max_bytes: int,
        write: Callable[[bytes], Awaitable[None]],
    ) -> Sound:
        """Write a whole file, or the next `seconds` of a stream.

        Raises:
            UrlNotAllowed, UrlNotFetched: as `open`.
            TooLarge: a file of more than `max_bytes`.
        """
        async with self.open(url) as sound:
            enough = int(seconds * sound.bytes_per_s) if sound.is_live else max_bytes
            patience_s = seconds + _LATE_S if sound.is_live else _FILE_TIMEOUT_S
            written = 0
            try:
                async with asyncio.timeout(patience_s):
                    async for data in sound.body:
                        written += len(data)
                        if written > max_bytes and not sound.is_live:
                            raise TooLarge(f"The file is larger than {max_bytes} bytes.")
                        await write(data)
                        if sound.is_live and written >= min(enough, max_bytes):
                            break
            except TimeoutError as error:
                if not sound.is_live:
                    raise UrlNotFetched("The other side is too slow.") from error
            if not written:
                raise UrlNotFetched("The other side sent nothing.")
            return sound


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and 0 < int(text[:9]) < _MOST_BETWEEN else 0


def _redirected(url: str, answer: Answer, redirects: int) -> str:
    place = answer.headers.get("location")
    if redirects > MAX_REDIRECTS or not place:
        raise UrlNotFetched("That address is redirected too often.")
    try:
        return urljoin(url, place)
    except ValueError as error:
        raise UrlNotFetched("That address is redirected to nowhere.") from error


async def _sound_of(answer: Answer) -> AsyncGenerator[bytes, None]:
    if answer.status != 200:
        raise UrlNotFetched(f"The other side answered with the error {answer.status}.")
    if answer.headers.get("content-encoding", "identity").lower() not in {"", "identity"}:
        raise UrlNotFetched("The other side sends compressed data, which is not sound.")
    if answer.headers.get("content-type", "").lower().startswith("text/html"):
        raise UrlNotFetched("That is a web page, not sound.")
    async for data in answer.body:
        yield data


async def _all_of(start: bytes, body: AsyncIterator[bytes]) -> bytes:
    text = bytearray(start)
    async for data in body:
        text += data
        if len(text) > MAX_PLAYLIST_BYTES:
            raise UrlNotFetched("That playlist is too long.")
    return bytes(text)


def _sound(url: str, answer: Answer, start: bytes, rest: AsyncIterator[bytes]) -> Sound:
    headers = answer.headers

    async def body() -> AsyncIterator[bytes]:
        if start:
            yield start
        async for data in rest:
            yield data

    rate = headers.get("icy-br", "").partition(",")[0].strip()
    kilobits = int(rate) if rate.isdecimal() and 8 <= int(rate) <= 2_000 else 0
    is_live = any(name.startswith("icy-") for name in headers) or (
        "content-length" not in headers
        and headers.get("content-type", "").lower().startswith(("audio/", "application/ogg"))
    )
    return Sound(
        url=url,
        is_live=is_live,
        name=headers.get("icy-name", "")[:100],
        bytes_per_s=kilobits * 125.0 if kilobits else float(_BYTES_PER_S),
        body=body(),
        media_type=headers.get("content-type", "").partition(";")[0].strip().lower()[:60],
        titles_every=_count(headers.get("icy-metaint", "")),
    )
