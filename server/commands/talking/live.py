"""The microphone of this machine, with a key to press or with free hands."""

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Final, Protocol

import numpy as np

from server.commands.talking.keys import LEAVE, TALK
from server.commands.talking.link import UP_RATE_HZ, TalkLink
from server.commands.talking.own_voice import OwnVoiceGuard
from server.commands.talking.talk import Talk
from server.errors import ServerError
from voice.audio import Samples

_MAX_WAITING: Final = 200
"""Pieces of sound, a few seconds; older ones are forgotten when the server is slow."""
_BEFORE_S: Final = 0.25
"""Sound from before the key was pressed: people speak while they press."""
_AFTER_S: Final = 0.35
"""The room goes on sounding for so long after our voice has ended."""
_LONGEST_S: Final = 30.0
"""A turn with a key ends by itself after this."""

Capture = Callable[[], Iterator[Samples]]
"""Opens the microphone: pieces of sound at `UP_RATE_HZ`, for ever."""


class ShowsLevel(Protocol):
    """Shows how loud the microphone is."""

    def level(self, loudness: float) -> None: ...
    def state(self, name: str) -> None: ...


class Microphone:
    """Reads a microphone in a thread, and hands its sound to the event loop."""

    def __init__(self, capture: Capture) -> None:
        self._capture = capture
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[Samples] = deque(maxlen=_MAX_WAITING)
        self._came = asyncio.Event()
        self._failed: BaseException | None = None
        self._stopping = threading.Event()
        # A daemon: some sound systems wait for the next sound for ever.
        self._thread = threading.Thread(target=self._read, name="microphone", daemon=True)
        self._thread.start()

    async def next(self) -> Samples:
        """The newest sound, all that waits of it.

        Raises:
            NoMicrophone: there is none, or it broke off.
        """
        await self.opened()
        pieces = [self._waiting.popleft() for _ in range(len(self._waiting))]
        return np.concatenate(pieces)

    async def opened(self) -> None:
        """Wait for the first sound.

        Raises:
            NoMicrophone: there is none.
        """
        while not self._waiting:
            if self._failed is not None:
                raise self._failed
            self._came.clear()
            await self._came.wait()

    def close(self) -> None:
        self._stopping.set()

    def _read(self) -> None:
        try:
            sound = self._capture()
            with contextlib.closing(sound):  # type: ignore[type-var]
                for samples in sound:
                    if self._stopping.is_set():
                        return
                    self._tell(samples, None)
            self._tell(None, EOFError("The microphone has ended."))
        except (ServerError, OSError) as error:
            self._tell(None, error)

    def _tell(self, samples: Samples | None, failed: BaseException | None) -> None:
        def take() -> None:
            self._failed = failed
            if samples is not None:
                self._waiting.append(samples)
            self._came.set()

        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            self._loop.call_soon_threadsafe(take)


class LiveTalk:
    """Talks until a key says goodbye, or the microphone ends. For one event loop."""

    def __init__(
        self,
        talk: Talk,
        link: TalkLink,
        screen: ShowsLevel,
        *,
        hands_free: bool,
        full_duplex: bool,
        guard: OwnVoiceGuard | None = None,
    ) -> None:
        """Stand ready.

        Args:
            talk: its `run` is at work.
            link: of the same conversation.
            screen: shows the microphone's level.
            hands_free: the server finds out when somebody has finished; else a key says so.
            full_duplex: the microphone does not hear our voice, so it may listen to cutting in;
                else it is deaf while our voice sounds.
            guard: takes our voice out of the microphone, so that it is not deaf for ever.
        """
        self._talk = talk
        self._link = link
        self._screen = screen
        self._hands_free = hands_free
        self._full_duplex = full_duplex
        self._guard = guard
        self._talking = False
        self._talked_s = 0.0
        self._deaf_s = 0.0
        self._before: deque[Samples] = deque()

    async def run(self, microphone: Microphone, keys: AsyncIterator[str]) -> None:
        """Talk.

        Raises:
            NoMicrophone: there is none, or it broke off.
            ServerUnreachable: the server went away.
        """
        if self._hands_free:
            await self._link.talk()
            self._talking = True
        pressing = asyncio.create_task(self._press(keys))
        listening = asyncio.create_task(self._listen(microphone))
        try:
            await asyncio.wait({pressing, listening}, return_when=asyncio.FIRST_COMPLETED)
            for task in (pressing, listening):
                if task.done():
                    task.result()
        finally:
            microphone.close()
            pressing.cancel()
            listening.cancel()
            await asyncio.gather(pressing, listening, return_exceptions=True)

    async def _press(self, keys: AsyncIterator[str]) -> None:
        async for key in keys:
            if key in LEAVE:
                return
            if key in TALK:
                await self._pressed()

    async def _pressed(self) -> None:
        if self._talk.answering:
            await self._talk.silence()
        if self._hands_free:
            return
        if self._talking:
            await self._finish()
        else:
            self._talk.begin()
            await self._link.talk()
            self._talking, self._talked_s = True, 0.0
            for samples in self._before:
                await self._link.sound(samples)
            self._before.clear()
            self._screen.state("hearing")

    async def _finish(self) -> None:
        self._talking = False
        await self._link.finish(commit=True)
        await self._link.answer()

    async def _listen(self, microphone: Microphone) -> None:
        with contextlib.suppress(EOFError):
            while not self._talk.hung_up:
                samples = await microphone.next()
                self._screen.level(float(np.abs(samples).max(initial=0.0)))
                await self._heard(samples)

    async def _heard(self, samples: Samples) -> None:
        seconds = len(samples) / UP_RATE_HZ
        if not self._talking:
            self._before.append(samples)
            while sum(map(len, self._before)) > (_BEFORE_S + seconds) * UP_RATE_HZ:
                self._before.popleft()
            return
        if self._hands_free and not self._full_duplex:
            samples = self._without_our_voice(samples, seconds)
        await self._link.sound(samples)
        self._talked_s += seconds
        if not self._hands_free and self._talked_s > _LONGEST_S:
            await self._finish()

    def _without_our_voice(self, samples: Samples, seconds: float) -> Samples:
        self._deaf_s = _AFTER_S if self._talk.sounding else max(0.0, self._deaf_s - seconds)
        if self._guard is not None:
            return self._guard.clean(samples, sounding=self._deaf_s > 0)
        return np.zeros_like(samples) if self._deaf_s else samples
