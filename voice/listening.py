"""One microphone, from samples to turns: when somebody speaks, and what they said."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final, TypeAlias

from voice.audio import HEARING_RATE_HZ, Samples
from voice.ears import Ears, EchoGuard
from voice.errors import HearingBusy, HearingFailed
from voice.events import HearingBroke, VoiceEvent
from voice.listen_options import ListenOptions
from voice.push_to_talk import PushToTalk
from voice.stt.transcriber import Transcriber
from voice.telling import Teller
from voice.turn_taking import TurnTaking
from voice.vad import FRAME, VoiceActivity

__all__ = ["EchoGuard", "ListenOptions", "Listener"]

_log = logging.getLogger(__name__)
_BATCH: Final = 32 * FRAME
"""Samples judged in one go in a thread, about a second."""
_AHEAD_S: Final = 120.0
_NOTHING_COMES_S: Final = 3.0
_FAR_AHEAD: Final = HEARING_RATE_HZ // 4
_MOST_UNTOLD: Final = 8


class _Order(Enum):
    COMMIT = auto()
    CLEAR = auto()


@dataclass(frozen=True, slots=True)
class _Sound:
    samples: Samples
    arrived: float


@dataclass(frozen=True, slots=True)
class _Lost:
    samples: int


@dataclass(frozen=True, slots=True)
class _WeSpeak:
    speaking: bool


_Item: TypeAlias = _Sound | _Lost | _WeSpeak | _Order | ListenOptions


@dataclass(slots=True)
class _Inbox:
    """What waits to be heard, in order."""

    items: deque[_Item] = field(default_factory=deque)
    samples: int = 0

    def put(self, item: _Item) -> None:
        self.items.append(item)
        self.samples += len(item.samples) if isinstance(item, _Sound) else 0

    def take(self) -> _Item | None:
        """The next item; sound at most one batch of it."""
        if not self.items:
            return None
        item = self.items.popleft()
        if isinstance(item, _Sound):
            if len(item.samples) > _BATCH:
                self.items.appendleft(_Sound(item.samples[_BATCH:], item.arrived))
                item = _Sound(item.samples[:_BATCH], item.arrived)
            self.samples -= len(item.samples)
        return item


class Listener:
    """Listens to one microphone.

    Everything is counted in samples, so that sound may come faster than it was spoken. All
    methods belong to one event loop; the sound is judged in a thread. Events come on the loop, in
    order: in "auto" mode each `SpeechStarted` is followed by one `SpeechStopped` and then by one
    of `TurnHeard`, `NothingHeard` and `HearingBroke`; each `Ducked` by an `Unducked` or a
    `SpeechStarted`. With push to talk only what `commit` ended is told.
    """

    def __init__(
        self,
        transcriber: Transcriber,
        vad: VoiceActivity,
        *,
        options: ListenOptions,
        on_event: Callable[[VoiceEvent], None],
        guard: EchoGuard | None = None,
        who: str = "",
        ahead_s: float = _AHEAD_S,
        nothing_comes_s: float = _NOTHING_COMES_S,
        executor: Executor | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Begin to listen.

        Args:
            transcriber: who understands; not closed with the listener.
            vad: for this microphone alone.
            options: see there.
            on_event: called on the event loop; must not raise, and not take long.
            guard: removes our own sound; for this microphone alone.
            who: the session, so that no session keeps others waiting.
            ahead_s: how much sound may wait here; more is dropped, and `HearingBroke` says so.
            nothing_comes_s: a turn ends when no more sound comes for so long, in real time.
            executor: threads to judge sound in; None takes the loop's.
            clock: what `TurnTiming` reads.
        """
        self._ears = Ears(vad, guard)
        self._clock = clock
        self._on_event = on_event
        self._most = int(ahead_s * HEARING_RATE_HZ)
        self._nothing_comes_s = nothing_comes_s
        self._executor = executor
        self._inbox = _Inbox()
        self._wake, self._handled = asyncio.Event(), asyncio.Event()
        self._dropping = False
        self._transcriber, self._who = transcriber, who
        self._teller = Teller(on_event)
        self._options = options
        self._we_speak = self._busy = False
        self._turns = self._take_turns(0)
        self._task = asyncio.create_task(self._run())

    def feed(self, samples: Samples) -> None:
        """Hear more: mono float32 at `HEARING_RATE_HZ`, shape (n,). Returns at once.

        The array is kept, not copied. What comes too far ahead is dropped.
        """
        room = max(self._most - self._inbox.samples, 0)
        taken, lost = samples[:room], len(samples) - room
        if len(taken):
            self._inbox.put(_Sound(taken, self._clock()))
        if lost > 0:
            self._inbox.put(_Lost(lost))
            if not self._dropping:
                seconds = self._most // HEARING_RATE_HZ
                told = f"More than {seconds} s of sound came at once; the rest was not heard."
                self._on_event(HearingBroke(HearingBusy.code, told))
        self._dropping = lost > 0
        self._wake.set()

    @property
    def ahead_s(self) -> float:
        """How much sound waits here, seconds; a reader of a socket may wait while it is much."""
        return self._inbox.samples / HEARING_RATE_HZ

    def commit(self) -> None:
        """End the turn with what has been fed so far."""
        self._put(_Order.COMMIT)

    def clear(self) -> None:
        """Forget what has been fed and is not yet a turn."""
        self._put(_Order.CLEAR)

    def we_speak(self, speaking: bool) -> None:
        """Our own voice sounds from now on, or no longer."""
        self._put(_WeSpeak(speaking))

    def update(self, options: ListenOptions) -> None:
        """Listen differently; another mode forgets the turn that goes on."""
        self._put(options)

    async def heard(self) -> None:
        """Wait until everything fed so far is heard, though perhaps not yet understood."""
        while self._inbox.items or self._busy or self._wake.is_set():
            self._handled.clear()
            await self._handled.wait()

    async def drained(self) -> None:
        """Wait until everything fed so far is heard and every turn that ended is told."""
        await self.heard()
        await self._turns.answered()
        self._turns.consider()
        await self._teller.told()

    async def close(self) -> None:
        """Stop; what is not told by now is never told."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._inbox = _Inbox()
        self._on_event = _ignore
        self._turns.drop()
        await self._teller.close()

    def _put(self, item: _Item) -> None:
        self._inbox.put(item)
        self._wake.set()

    def _take_turns(self, position: int) -> TurnTaking | PushToTalk:
        kind = TurnTaking if self._options.mode == "auto" else PushToTalk
        turns = kind(
            self._transcriber,
            self._teller,
            options=self._options,
            on_event=self._on_event,
            position=position,
            who=self._who,
            changed=self._wake.set,
            clock=self._clock,
        )
        turns.we_speak(self._we_speak)
        return turns

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            while (item := self._inbox.take()) is not None:
                self._busy = True
                await self._handle_safely(item)
                self._busy = False
            self._turns.consider()
            self._handled.set()
            await self._rest()

    async def _rest(self) -> None:
        limit_s = self._nothing_comes_s if self._turns.is_taken else None
        try:
            async with asyncio.timeout(limit_s):
                await self._wake.wait()
        except TimeoutError:
            self._turns.end()

    async def _handle_safely(self, item: _Item) -> None:
        """No sound, however strange, may make this microphone deaf for good."""
        try:
            await self._handle(item)
        except Exception as error:  # noqa: BLE001 (whatever it is, the next sound is heard)
            _log.exception("A microphone could not be heard.")
            self._turns.clear()
            self._on_event(HearingBroke(HearingFailed.code, f"Hearing broke: {error}"))

    async def _handle(self, item: _Item) -> None:
        match item:
            case _Sound(samples, arrived):
                await self._hear(samples, arrived)
            case _Lost(samples):
                self._ears.reset()
                self._turns.skip(samples)
            case _WeSpeak(speaking):
                self._we_speak = speaking
                self._turns.we_speak(speaking)
            case _Order.COMMIT:
                self._turns.commit()
            case _Order.CLEAR:
                self._turns.clear()
            case ListenOptions():
                self._change(item)

    def _change(self, options: ListenOptions) -> None:
        changed, self._options = options.mode != self._options.mode, options
        if changed:
            self._turns.clear()
            self._turns = self._take_turns(self._turns.position)
        else:
            self._turns.update(options)

    async def _hear(self, samples: Samples, arrived: float) -> None:
        loop = asyncio.get_running_loop()
        frames = await loop.run_in_executor(self._executor, self._ears.hear, samples)
        for place, frame in enumerate(frames, 1):
            self._turns.hear(frame, arrived)
            ahead = self._inbox.samples + (len(frames) - place) * FRAME
            if self._turns.may_end and ahead > _FAR_AHEAD:
                # the sound is already past this pause: what was said decides, not how soon
                await self._turns.answered()
            self._turns.consider()
        while self._teller.untold > _MOST_UNTOLD:
            await self._teller.told()


def _ignore(event: VoiceEvent) -> None:
    """Nobody listens any more."""
