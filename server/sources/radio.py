"""Internet radio: pass a station's sound on to whatever plays it, and read what it says it plays.

The sound goes through this server, so that every player can play it, no player is sent to an
address that was not checked, and the titles that stations put between the sound are read here.
"""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import numpy as np

from knowledge.fingerprint.models import RATE_HZ, Samples
from knowledge.stations import Station, StationId
from server.errors import ServerBusy, UrlNotFetched
from server.recognition.fetch import Fetcher, Sound
from server.recognition.sound_process import samples_of_stream

MOST_LISTENERS = 16
_KEPT_BYTES = 400_000
"""Of the last sound of a station that is heard: ten seconds at the best quality, twenty at most."""
_HEARD_S = 15.0
_LEAST_S = 3.0
_LONGEST_TITLE = 200
_TITLE = re.compile(r"StreamTitle='(.*?)';", re.DOTALL)
_TYPES = {"audio/x-mpeg": "audio/mpeg", "audio/mp3": "audio/mpeg", "audio/aacp": "audio/aac"}


@dataclass(slots=True)
class OnAir:
    """A station that is passed on just now."""

    listeners: int = 0
    title: str = ""
    """What the station says it plays; not what it does."""
    kept: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True, slots=True)
class Passed:
    """Sound on its way."""

    media_type: str
    name: str
    """What the station calls itself, or ""."""
    body: AsyncIterator[bytes]


class Radio:
    """Passes stations on. Lives on the event loop."""

    def __init__(self, fetcher: Fetcher, *, changed: Callable[[], None] = lambda: None) -> None:
        """Open addresses with `fetcher`, which guards them."""
        self._fetcher = fetcher
        self._on_air: dict[StationId, OnAir] = {}
        self.changed = changed

    def title(self, station_id: StationId) -> str:
        """What a station says it plays, while somebody listens to it; "" otherwise."""
        on_air = self._on_air.get(station_id)
        return "" if on_air is None else on_air.title

    async def check(self, url: str) -> str:
        """Open a station once, and return what it calls itself, or "".

        Raises:
            UrlNotAllowed: it leads into this machine or the local network.
            UrlNotFetched: there is no answer, or none with a live stream.
        """
        async with self._fetcher.open(url) as sound:
            first = await anext(sound.body, b"")
            if not first:
                raise UrlNotFetched("The station sent nothing.")
            if not sound.is_live:
                raise UrlNotFetched(
                    "That is a file with an end, no radio station.",
                    next_step="Copy it into your music folder instead.",
                )
            return shown(sound.name)

    @asynccontextmanager
    async def open(self, station: Station) -> AsyncIterator[Passed]:
        """Pass on what a station sends, until the block ends.

        Raises:
            UrlNotAllowed, UrlNotFetched: as `check`.
            ServerBusy: too many listen already.
        """
        if sum(one.listeners for one in self._on_air.values()) >= MOST_LISTENERS:
            raise ServerBusy(f"{MOST_LISTENERS} players listen to the radio at most.")
        on_air = self._on_air.setdefault(station.id, OnAir())
        on_air.listeners += 1
        try:
            async with self._fetcher.open(station.url, titles=True) as sound:
                kind = _TYPES.get(sound.media_type, sound.media_type)
                media_type = kind if kind.startswith(("audio/", "application/ogg")) else ""
                yield Passed(
                    media_type or "audio/mpeg", shown(sound.name), self._body(sound, on_air)
                )
        finally:
            on_air.listeners -= 1
            if not on_air.listeners:
                self._on_air.pop(station.id, None)
                self.changed()

    async def heard(self, station_id: StationId) -> Samples | None:
        """The last seconds of a station that somebody listens to, mono at `RATE_HZ`.

        Raises:
            UnreadableAudio: it is no sound that we can decode.
        """
        on_air = self._on_air.get(station_id)
        if on_air is None or not on_air.kept:
            return None

        async def kept() -> AsyncIterator[bytes]:
            yield bytes(on_air.kept)

        blocks = [samples async for samples in samples_of_stream(kept())]
        if not blocks:
            return None
        found: Samples = np.concatenate(blocks)[-round(_HEARD_S * RATE_HZ) :]
        return found if found.size >= _LEAST_S * RATE_HZ else None

    async def _body(self, sound: Sound, on_air: OnAir) -> AsyncIterator[bytes]:
        def told(title: str) -> None:
            if title != on_air.title:
                on_air.title = title
                self.changed()

        async for data in without_titles(sound.body, sound.titles_every, told):
            on_air.kept += data
            if (over := len(on_air.kept) - _KEPT_BYTES) > 0:
                del on_air.kept[:over]
            yield data


async def without_titles(
    body: AsyncIterator[bytes], every: int, told: Callable[[str], None]
) -> AsyncIterator[bytes]:
    """Take the titles out from between the sound (SHOUTcast: a length byte, then 16 times as much).

    Args:
        body: what the station sends.
        every: bytes of sound between two titles; 0: there are none.
        told: is given each title.
    """
    waiting = bytearray()
    left = every
    async for data in body:
        if not every:
            yield data
            continue
        waiting += data
        while waiting:
            if left:
                sound = bytes(waiting[:left])
                del waiting[: len(sound)]
                left -= len(sound)
                yield sound
                continue
            length = 16 * waiting[0]
            if len(waiting) < 1 + length:
                break
            if length:
                told(_title(bytes(waiting[1 : 1 + length])))
            del waiting[: 1 + length]
            left = every


def shown(text: str) -> str:
    """A name or title of a stranger as one line of visible text."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST_TITLE]


def _title(raw: bytes) -> str:
    try:
        text = raw.rstrip(b"\0").decode("utf-8")
    except UnicodeDecodeError:
        text = raw.rstrip(b"\0").decode("latin-1")
    found = _TITLE.search(text)
    return shown(found[1]) if found else ""
