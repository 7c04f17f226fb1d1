"""One satellite that we are connected to: its microphone is ours, and so is its speaker.

It is called by its wake word, which it hears itself or we hear for it; then it is talked to as the
page is: turns end where somebody has finished, who cuts in is listened to, and for a while after
an answer nobody needs to call again.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, aclosing
from dataclasses import dataclass
from typing import Any, Final

from wyoming.asr import Transcript
from wyoming.error import Error
from wyoming.event import Event
from wyoming.ping import Pong
from wyoming.tts import Synthesize
from wyoming.vad import VoiceStarted, VoiceStopped
from wyoming.wake import Detect, Detection

from server.errors import problem_of
from server.integrations.wyoming.connection import WyomingParts
from server.integrations.wyoming.handling import Answer, Asked, turn
from server.integrations.wyoming.satellite_voice import SatelliteVoice
from server.integrations.wyoming.sound import ChunkReader, SoundFormat
from server.realtime.wake_gate import OpenWakeWord, WakeGate, open_wake_word
from server.settings_integrations import WyomingSatelliteSettings
from server.voice.own_voice import OwnVoice
from voice.ears import EchoGuard
from voice.echo_guards import EchoGuards
from voice.events import (
    HearingBroke,
    NothingHeard,
    SpeechStarted,
    SpeechStopped,
    TurnHeard,
    VoiceEvent,
    WakeWordHeard,
)
from voice.listening import Listener
from voice.pcm import HIGHEST_RATE_HZ, LOWEST_RATE_HZ
from voice.stt.transcriber import Transcript as Heard

_LOG = logging.getLogger(__name__)
_USUAL_RATE_HZ: Final = 22_050
_EXPECTED_S: Final = 8.0
"""So long after the call somebody may begin to speak."""
_DUCK_AGAIN_S: Final = 20.0


@dataclass(frozen=True, slots=True)
class SatelliteParts:
    """What a satellite needs beside what a client needs."""

    wyoming: WyomingParts
    music_guard: Callable[[], EchoGuard | None]
    """Makes what takes our music out of one microphone."""
    opens: OpenWakeWord = open_wake_word
    clock: Callable[[], float] = time.monotonic


class Satellite:
    """Hears and answers for as long as one connection lasts. For one event loop."""

    def __init__(
        self,
        settings: WyomingSatelliteSettings,
        parts: SatelliteParts,
        write: Callable[[Event], Awaitable[None]],
    ) -> None:
        """Stand ready; `open` comes before the first event.

        Args:
            settings: which satellite.
            parts: of the installation.
            write: sends an event to it.
        """
        self._settings = settings
        self._parts = parts.wyoming
        self._music_guard = parts.music_guard
        self._clock = parts.clock
        self._write = write
        self._asked = Asked(f"satellite-{_slug(settings.name)}", settings.room, spoken=True)
        self._owner = f"satellite {settings.name}"
        self._held = ExitStack()
        self._own = OwnVoice()
        self._gate = WakeGate(
            self._parts.speech.vad,
            woken=self._woken,
            busy=lambda: self._hears or self._answering is not None,
            failed=self._deaf_to_word,
            opens=parts.opens,
            clock=parts.clock,
        )
        self._listener: Listener | None = None
        self._reader: ChunkReader | None = None
        self._rate_hz: int | None = _USUAL_RATE_HZ
        self._hears = False
        self._calls_itself = False
        """The satellite hears its wake word, so each call is one pipeline."""
        self._expected_until = 0.0
        self._ducked_at: float | None = None
        self._voice: SatelliteVoice | None = None
        self._answering: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Get ready to listen.

        Raises:
            VoiceOff: nobody can be heard here.
            HearingBusy: as many talk as may.
        """
        speech = self._parts.speech
        speech.require()
        self._held.enter_context(speech.admitted())
        music, own = self._music_guard(), self._own.guard()
        self._listener = await speech.listener(
            self._heard,
            speech.listen_options(partials=False),
            who=self._asked.session_id,
            guard=own if music is None else EchoGuards((music, own)),
        )

    async def close(self) -> None:
        """The satellite is gone: end everything that goes on."""
        self._gate.close()
        for task in (self._answering, *self._tasks):
            if task is not None:
                task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._answering is not None:
            await asyncio.gather(self._answering, return_exceptions=True)
        self._held.close()
        if self._listener is not None:
            await self._listener.close()
        if self._ducked_at is not None:
            self._parts.music.unduck(self._owner)

    async def handle(self, event: Event) -> None:
        """Follow what the satellite says; unknown events are passed over.

        Raises:
            WireBroken: the event makes no sense.
            OSError, TimeoutError: it is gone.
        """
        match event.type:
            case "audio-chunk":
                self._hear(event)
            case "run-pipeline":
                await self._run(event.data)
            case "audio-stop" if self._hears and self._listener is not None:
                self._listener.commit()
            case "info":
                self._learn(event.data)
            case "ping":
                await self._write(Pong().event())

    # What the satellite says.

    async def _run(self, wanted: dict[str, Any]) -> None:
        """It is there, or it was called: a pipeline is to run."""
        if wanted.get("end_stage") in {"wake", "asr", "intent", "handle"}:
            self._rate_hz = None  # it has no speaker
        self._calls_itself = wanted.get("start_stage") == "asr"
        if self._calls_itself:
            self._gate.wait_for("")
            self._expect()
        else:
            self._gate.wait_for(self._settings.wake_word)
            if word := self._settings.wake_word:
                await self._write(Detect([word]).event())

    def _learn(self, info: dict[str, Any]) -> None:
        programs = info.get("snd")
        first = programs[0] if isinstance(programs, list) and programs else None
        form = first.get("snd_format") if isinstance(first, dict) else None
        rate = form.get("rate") if isinstance(form, dict) else None
        if isinstance(rate, int) and LOWEST_RATE_HZ <= rate <= HIGHEST_RATE_HZ:
            self._rate_hz = rate

    def _hear(self, event: Event) -> None:
        sound = SoundFormat.of(event.data)
        if self._reader is None or self._reader.sound != sound:
            self._reader = ChunkReader(sound)
        meant = self._gate.pass_on(self._reader.read(event.payload or b""))
        if len(meant) and self._listener is not None:
            self._listener.feed(meant)
        if self._calls_itself and 0.0 < self._expected_until <= self._clock():
            self._expected_until = 0.0
            self._release("")  # nobody spoke: it may wait for its word again
        self._follow()

    # What is heard.

    def _woken(self, event: WakeWordHeard) -> None:
        self._send(Detection(event.word, timestamp=event.at_ms).event())
        self._expect()

    def _deaf_to_word(self, error: Exception) -> None:
        problem = problem_of(error)
        _LOG.warning(
            "%s listens to everything, for its wake word cannot be heard here: %s %s",
            self._owner,
            problem.message,
            problem.next_step,
        )

    def _heard(self, event: VoiceEvent) -> None:
        match event:
            case SpeechStarted(at_ms=at_ms):
                self._hears, self._expected_until = True, 0.0
                self._send(VoiceStarted(at_ms).event())
                self._start(self._cut_short())
            case SpeechStopped(at_ms=at_ms):
                self._send(VoiceStopped(at_ms).event())
            case TurnHeard(transcript=transcript):
                self._hears = False
                self._start(self._answer_next(transcript))
            case NothingHeard() | HearingBroke():
                self._hears = False
                if isinstance(event, HearingBroke):
                    self._send(Error(event.message, event.code).event())
                self._release("")
        self._follow()

    async def _answer_next(self, heard: Heard) -> None:
        await self._cut_short()
        self._answering = asyncio.create_task(self._answer(heard))
        self._follow()

    async def _answer(self, heard: Heard) -> None:
        try:
            await self._write(Transcript(heard.text, language=heard.language or None).event())
            await self._say(heard.text)
        except (OSError, TimeoutError) as error:
            _LOG.debug("%s is gone: %r", self._owner, error)
        except Exception as error:  # noqa: BLE001  told to the satellite, which goes on
            problem = problem_of(error)
            _LOG.warning("%s was not answered: %s", self._owner, problem.message)
            await self._write(Error(problem.message, problem.code).event())
        finally:
            if self._answering is asyncio.current_task():
                self._answering = self._voice = None
                self._speaks(on=False)
                self._follow()

    async def _say(self, text: str) -> None:
        self._parts.place(self._asked)
        ended: list[Answer] = []
        pieces = turn(self._parts.turns, text, self._asked, ended)
        if self._rate_hz is None or self._parts.speech.speaking_problem is not None:
            async with aclosing(pieces):
                async for _ in pieces:
                    pass
            await self._write(Synthesize(ended[0].text).event())
            return
        self._voice = SatelliteVoice(
            self._parts.speech,
            self._write,
            rate_hz=self._rate_hz,
            own=self._own,
            begins=lambda: self._speaks(on=True),
            clock=self._clock,
        )
        async with aclosing(pieces):
            await self._voice.say(_with_failure(pieces, ended))

    async def _cut_short(self) -> None:
        """Somebody speaks: say no more, and remember what was heard of it."""
        answering, voice = self._answering, self._voice
        if answering is None:
            return
        self._answering = self._voice = None
        answering.cancel()
        await asyncio.gather(answering, return_exceptions=True)
        self._speaks(on=False)
        if voice is not None:
            spoken = await voice.stop()
            await self._parts.turns.amend(self._asked.session_id, spoken)

    # Between them.

    def _speaks(self, *, on: bool) -> None:
        if self._listener is not None:
            self._listener.we_speak(on)

    def _expect(self) -> None:
        self._expected_until = self._clock() + _EXPECTED_S
        self._follow()

    def _release(self, text: str) -> None:
        """Who was called stops listening when a transcript comes, even of nothing."""
        if self._calls_itself:
            self._send(Transcript(text).event())

    def _follow(self) -> None:
        """Keep the music quiet for as long as somebody talks here."""
        now = self._clock()
        talks = self._hears or self._answering is not None or now < self._expected_until
        if talks and (self._ducked_at is None or now - self._ducked_at > _DUCK_AGAIN_S):
            self._ducked_at = now
            self._parts.music.duck(self._owner)
        elif not talks and self._ducked_at is not None:
            self._ducked_at = None
            self._parts.music.unduck(self._owner)

    def _send(self, event: Event) -> None:
        self._start(self._write(event))

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(_unless_gone(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _unless_gone(work: Awaitable[None]) -> None:
    try:
        await work
    except (OSError, TimeoutError) as error:
        _LOG.debug("a satellite is gone: %r", error)


async def _with_failure(
    pieces: AsyncIterator[tuple[str, str]], ended: list[Answer]
) -> AsyncIterator[tuple[str, str]]:
    """The reply, or why there is none."""
    async for piece in pieces:
        yield piece
    if ended and not ended[0].done:
        yield ended[0].text, ended[0].language


def _slug(name: str) -> str:
    return "".join(one if one.isascii() and one.isalnum() else "-" for one in name.lower())
