"""The user's voice on one connection: from the client's bytes to the listener."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Protocol

from server.errors import Problem, problem_of
from server.realtime.errors import Refused
from server.realtime.pace import Allowance
from server.realtime.wake_gate import WakeGate
from server.realtime.wishes import Wishes
from server.voice.speech import Speech
from voice.audio import HEARING_RATE_HZ, Samples
from voice.events import VoiceEvent
from voice.listen_options import ListenOptions
from voice.listening import EchoGuard, Listener
from voice.pcm import AudioFormat, Encoding, SoundDecoder

_LOG = logging.getLogger(__name__)
_BURST_S = 60.0
_FASTER = 4.0
"""Sound may come this many times faster than it sounds, after a burst."""
_MAX_FRAME_S = 1.0
_LEAST_S = 0.1
"""OpenAI's least amount of sound for a turn."""
_RETRY_S = 5.0
"""After a failure sound is passed over for so long before it is tried again."""
_LINGER_S = 30.0
"""A client that sends no more frames still counts among those who talk for so long."""
_SLOW_SILENCE_MS = {"low": 1_200, "medium": 600, "high": 350}
"""How much silence ends a turn, by `semantic_vad`'s eagerness to answer."""

Order = Callable[[Listener], None]


class Hears(Protocol):
    """What an ear tells."""

    def heard(self, event: VoiceEvent) -> None:
        """Something was heard; times are of the sound that was sent."""
        ...

    def deaf(self, problem: Problem) -> None:
        """Nothing can be heard, and why."""
        ...


class Ear:
    """Takes sound in, and opens and closes the listener. Lives on the event loop."""

    def __init__(
        self,
        speech: Speech,
        wishes: Callable[[], Wishes],
        hears: Hears,
        *,
        who: str,
        busy: Callable[[], bool],
        guard: Callable[[], EchoGuard | None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Be ready for the first sound.

        Args:
            speech: hears.
            wishes: of the client.
            hears: told what was heard.
            who: the conversation, for fairness.
            busy: whether a turn goes on.
            guard: makes what removes our own sound from this microphone's.
            clock: seconds.
        """
        self._speech = speech
        self._wishes = wishes
        self._hears = hears
        self._who = who
        self._busy = busy
        self._guard = guard
        self._clock = clock
        self._format = wishes().input_format
        self._decoder = SoundDecoder(self._format)
        self._talk: tuple[AudioFormat, SoundDecoder] | None = None
        self._pace = Allowance(burst=_BURST_S, per_s=_FASTER, clock=clock)
        self._listener: Listener | None = None
        self._opening: asyncio.Task[None] | None = None
        self._waiting: list[Order] = []
        self._admission = ExitStack()
        self._gate = WakeGate(
            speech.vad, woken=hears.heard, busy=busy, failed=self._told, clock=clock
        )
        self._speaking = False
        self._deaf_until = 0.0
        self._dropped = self._since_turn = self._silent = 0
        self._resting: asyncio.Task[None] | None = None
        self.lent = False
        """The microphone serves something else just now: nothing in it is meant for us."""

    @property
    def is_open(self) -> bool:
        """Whether somebody listens, or soon will."""
        return self._listener is not None or self._opening is not None

    @property
    def takes_frames(self) -> bool:
        """Whether binary frames are the user's voice."""
        return self._talk is not None

    @property
    def frame_rate(self) -> int | None:
        """Hertz of binary frames; None when they are not taken."""
        return None if self._talk is None else self._talk[0].rate_hz

    @property
    def asleep(self) -> bool:
        """Whether the wake word is waited for."""
        return self._gate.asleep

    @property
    def idle_s(self) -> float:
        """How much sound has come since somebody spoke, seconds."""
        return self._silent / HEARING_RATE_HZ

    # What the client sends.

    def append(self, data: bytes) -> None:
        """Take sound in the session's format.

        Raises:
            Refused: it comes too fast.
        """
        self._check_pace(self._format.seconds(len(data)))
        self._take(self._decoder.decode(data))

    def begin_talk(self, rate_hz: int) -> None:
        """Take binary frames from now on."""
        audio = AudioFormat(Encoding.PCM, rate_hz)
        self._talk = (audio, SoundDecoder(audio))
        self._silent = 0
        self._open()

    def end_talk(self, *, commit: bool) -> bool:
        """Take no more binary frames; what was not ended is a turn, or forgotten.

        Returns:
            Whether it is a turn.
        """
        if self._talk is None:
            return False
        self._take(self._talk[1].finish())
        self._talk = None
        self._resting = asyncio.create_task(self._rest())
        if commit and self._since_turn:
            self._order(Listener.commit)
            self._since_turn = 0
            return True
        self.clear()
        return False

    def frame(self, data: bytes) -> None:
        """Take a binary frame.

        Raises:
            Refused: it is too long, or comes too fast.
        """
        if self._talk is None:
            return
        audio, decoder = self._talk
        duration_s = audio.seconds(len(data))
        if duration_s > _MAX_FRAME_S:
            raise Refused("too_large", "A frame may hold one second of sound at most.")
        self._check_pace(duration_s)
        self._take(decoder.decode(data))

    def commit(self) -> None:
        """End the turn now.

        Raises:
            Refused: hardly anything was said.
        """
        if (held_s := self._since_turn / HEARING_RATE_HZ) < _LEAST_S:
            raise Refused(
                "input_audio_buffer_commit_empty",
                "Error committing input audio buffer: buffer too small. Expected at least "
                f"{_LEAST_S * 1000:.0f}ms of audio, but buffer only has {held_s * 1000:.2f}ms.",
            )
        self._since_turn = 0
        self._order(Listener.commit)

    def clear(self) -> None:
        """Forget what was said since the last turn."""
        self._since_turn = 0
        if self.is_open:
            self._order(Listener.clear)

    def we_speak(self, speaking: bool) -> None:
        """Our voice sounds from now on, or no longer."""
        self._speaking = speaking
        if self.is_open:
            self._order(lambda listener: listener.we_speak(speaking))

    def update(self) -> None:
        """Follow changed wishes."""
        wishes = self._wishes()
        if wishes.input_format != self._format:
            self._format = wishes.input_format
            self._decoder = SoundDecoder(self._format)
        if self.is_open:
            self._order(lambda listener: listener.update(self._options()))
        self._gate.wait_for(wishes.refrain.wake_word or "")

    def spoke(self) -> None:
        """Somebody speaks."""
        self._silent = 0

    def session_ms(self, listener_ms: int) -> int:
        """A time of the listener as one of the sound that was sent."""
        return listener_ms + self._dropped * 1000 // HEARING_RATE_HZ

    def turn_taken(self) -> None:
        """A turn has ended: what comes next belongs to another."""
        self._since_turn = self._silent = 0

    async def close(self) -> None:
        """Hear no more."""
        self._talk = None
        self._gate.close()
        if self._resting is not None:
            self._resting.cancel()
        await self._close_listener()

    async def _close_listener(self) -> None:
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.cancel()
            await asyncio.gather(opening, return_exceptions=True)
        listener, self._listener = self._listener, None
        self._waiting.clear()
        self._admission.close()
        if listener is not None:
            await listener.close()

    async def _rest(self) -> None:
        """Make room for others some time after the last frame."""
        await asyncio.sleep(_LINGER_S)
        if self._talk is None and not self._busy():
            await self._close_listener()

    # From sound to the listener.

    def _check_pace(self, duration_s: float) -> None:
        if not self._pace.allows(duration_s):
            raise Refused("rate_limited", "The sound comes faster than it sounds.")

    def _take(self, samples: Samples) -> None:
        if not len(samples):
            return
        self._silent += len(samples)
        meant = samples[:0] if self.lent else self._gate.pass_on(samples)
        self._dropped += len(samples) - len(meant)
        self._since_turn += len(meant)
        if len(meant):
            self._order(lambda listener: listener.feed(meant))

    def _order(self, order: Order) -> None:
        if self._listener is not None:
            order(self._listener)
            return
        self._open()
        if self._opening is not None:
            self._waiting.append(order)

    def _open(self) -> None:
        if self.is_open or self._clock() < self._deaf_until:
            return
        self._opening = asyncio.create_task(self._opened())

    async def _opened(self) -> None:
        try:
            self._admission.enter_context(self._speech.admitted())
            listener: Listener = await self._speech.listener(
                self._hears.heard, self._options(), who=self._who, guard=self._guard()
            )
        except Exception as error:  # noqa: BLE001  told to the client; the connection goes on
            problem = problem_of(error)
            if problem.code == "internal_error":
                _LOG.exception("a microphone cannot be listened to")
            self._admission.close()
            self._deaf_until = self._clock() + _RETRY_S
            self._waiting.clear()
            self._opening = None
            self._hears.deaf(problem)
            return
        self._listener, self._opening = listener, None
        listener.we_speak(self._speaking)
        waiting, self._waiting = self._waiting, []
        for order in waiting:
            order(listener)

    def _told(self, error: Exception) -> None:
        """There is no wake word to be heard: better none than one that nobody can say."""
        self._hears.deaf(problem_of(error))

    def _options(self) -> ListenOptions:
        wishes = self._wishes()
        detection = wishes.turn_detection
        changes: dict[str, object] = {"partials": wishes.refrain.partials}
        if languages := wishes.languages:
            changes["languages"] = languages
        if detection is None:
            options: ListenOptions = self._speech.listen_options(mode="push_to_talk", **changes)
            return options
        changes["interrupt"] = detection.interrupts
        changes["idle_timeout_ms"] = detection.idle_timeout_ms
        if detection.threshold is not None:
            changes["threshold"] = min(max(detection.threshold, 0.05), 0.95)
        if detection.prefix_padding_ms is not None:
            changes["prefix_ms"] = detection.prefix_padding_ms
        if detection.type == "semantic_vad" and detection.eagerness in _SLOW_SILENCE_MS:
            changes["silence_ms"] = _SLOW_SILENCE_MS[detection.eagerness]
        elif detection.silence_duration_ms is not None:
            changes["silence_ms"] = max(detection.silence_duration_ms, 100)
        return self._speech.listen_options(**changes)
