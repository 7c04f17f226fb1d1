"""Hearing and speaking as one service: loaded in the background, counted, and never in the way.

Nothing here waits for a model: the recogniser and the voice can be asked from the first moment, and
whoever asks too early waits, while text is answered as always. When something is missing, `problem`
says what and what to do; a model that is fetched later is used without a restart.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any

from server.errors import Problem, ServerError, VoiceOff, problem_of
from server.realtime.outgoing import ServerEvent
from server.settings import Settings
from server.settings_voice import VoiceSettings
from server.voice.admitted import AdmittedSynthesizer, AdmittedTranscriber
from server.voice.decoding import SpeechFiles
from server.voice.engine import Engine, EngineState
from server.voice.engines import SpeechModels, VoiceModels
from server.voice.metrics import Metrics
from voice.errors import HearingBusy, VoiceError
from voice.events import VoiceEvent
from voice.listening import EchoGuard, Listener, ListenOptions
from voice.stt.transcriber import Transcriber
from voice.timing import TurnTiming
from voice.tts.synthesizer import Synthesizer
from voice.vad import VoiceActivity

_LOG = logging.getLogger(__name__)

Repair = Callable[[Transcriber], Transcriber]
"""Puts something around a recogniser, such as what knows the names of the library. It may take its
time: it is called in a thread."""


class Speech:
    """Everything of hearing and speaking. For one event loop."""

    def __init__(
        self,
        settings: Settings,
        *,
        models: SpeechModels | None = None,
        repair: Repair = lambda transcriber: transcriber,
        metrics: Metrics | None = None,
    ) -> None:
        """Note what is configured; nothing is loaded before `start`, or before it is asked for.

        Args:
            settings: the configuration.
            models: opens the models; by default those of `settings`.
            repair: put around the recogniser.
            metrics: counts; by default a new one.
        """
        self._voice = settings.voice
        self._models: SpeechModels = models or VoiceModels(settings)
        self._repair = repair
        self._metrics = metrics or Metrics()
        self._files = SpeechFiles(at_most_s=self._voice.max_upload_s)
        self._talking = 0
        self._changed: Callable[[], None] = lambda: None
        self._hearing: Engine[Transcriber] = Engine("hearing", self._hear, changed=self._tell)
        self._speaking: Engine[Synthesizer] = Engine("speaking", self._speak, changed=self._tell)
        self._vad_problem: Problem | None = None
        self._starting: asyncio.Task[None] | None = None
        self._transcriber = AdmittedTranscriber(
            self._hearing,
            self._metrics,
            at_once=self._voice.workers,
            max_waiting=self._voice.max_waiting,
            changed=self._tell,
        )
        self._synthesizer = AdmittedSynthesizer(self._speaking, self._metrics)
        self._metrics.show("voice_waiting", "Turns that wait for their transcript.", self._waiting)
        self._metrics.show("voice_sessions", "Clients that talk now.", lambda: self._talking)

    # What there is.

    @property
    def settings(self) -> VoiceSettings:
        return self._voice

    @property
    def metrics(self) -> Metrics:
        return self._metrics

    @property
    def transcriber(self) -> Transcriber:
        """Hears; asked while it is being loaded it waits, and it says why when it cannot."""
        return self._transcriber

    @property
    def synthesizer(self) -> Synthesizer:
        """Speaks; as `transcriber`."""
        return self._synthesizer

    @property
    def state(self) -> EngineState:
        """Of hearing, which talking needs first."""
        return self._hearing.state if self._voice.enabled else EngineState.UNUSABLE

    @property
    def problem(self) -> Problem | None:
        """Why nobody can talk here, and what to do; None as long as nothing is known to be wrong.

        A voice that cannot speak is no such problem, for answers are shown as text too; see
        `speaking_problem`.
        """
        if not self._voice.enabled:
            return problem_of(_off())
        return self._hearing.problem

    @property
    def speaking_problem(self) -> Problem | None:
        """Why answers are not spoken."""
        if not self._voice.enabled:
            return problem_of(_off())
        if self._voice.synthesizer == "none":
            return problem_of(VoiceOff('Answers are text here: voice.synthesizer is "none".'))
        return self._speaking.problem

    @property
    def talking(self) -> int:
        """How many clients talk now."""
        return self._talking

    def vad(self) -> VoiceActivity:
        """A detector of speech for one microphone; by loudness as long as there is no model."""
        return self._models.vad()

    @property
    def files(self) -> SpeechFiles:
        """Reads recordings of speech."""
        return self._files

    # What clients do.

    def require(self) -> None:
        """Do nothing if somebody can talk here, now or as soon as the models are loaded.

        Raises:
            VoiceOff: it is switched off, or cannot be used.
        """
        if (problem := self.problem) is not None:
            raise VoiceOff(problem.message, next_step=problem.next_step)

    async def prepare(self) -> None:
        """Have `vad` use its model, if there is one; soon done."""
        try:
            await asyncio.to_thread(self._models.load_vad)
        except (ServerError, VoiceError) as error:
            if self._vad_problem is None:
                _LOG.warning("speech is told from noise by its loudness only: %s", error)
            self._vad_problem = problem_of(error)

    @contextlib.contextmanager
    def admitted(self) -> Iterator[None]:
        """Count a client that talks until the block ends.

        Raises:
            HearingBusy: as many talk as may.
        """
        if self._talking >= self._voice.max_sessions:
            self._metrics.failed(HearingBusy.code)
            raise HearingBusy(
                f"{self._talking} clients talk already, which is as many as may. Try again later."
            )
        self._talking += 1
        self._tell()
        try:
            yield
        finally:
            self._talking -= 1
            self._tell()

    async def listener(
        self,
        on_event: Callable[[VoiceEvent], None],
        options: ListenOptions | None = None,
        *,
        who: str = "",
        guard: EchoGuard | None = None,
    ) -> Listener:
        """Listen to one microphone.

        Args:
            on_event: told everything that is heard, on the event loop.
            options: by default `self.listen_options()`.
            who: the session, for which the recogniser is fair.
            guard: knows what we play.

        Raises:
            VoiceOff: hearing is switched off, or cannot be used.
        """
        self.require()
        await self.prepare()
        return Listener(
            self._transcriber,
            self.vad(),
            options=options or self.listen_options(),
            on_event=on_event,
            guard=guard,
            who=who,
        )

    def listen_options(self, **changes: Any) -> ListenOptions:
        """How a microphone is listened to: as configured, with what its client wishes."""
        voice = self._voice
        usual = ListenOptions(
            silence_ms=voice.silence_ms, languages=voice.languages, max_turn_s=voice.max_turn_s
        )
        return replace(usual, **changes)

    def turn_over(self, timing: TurnTiming, outcome: str = "answered") -> None:
        """Count a spoken turn: "answered", "interrupted", "nothing" or "failed"."""
        self._metrics.turn(timing, outcome)

    # What everybody is told.

    def tell(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever `message` would say something else."""
        self._changed = changed

    def message(self) -> ServerEvent:
        """What pages are told: whether somebody can talk, and how many wait."""
        problem, mute = self.problem, self.speaking_problem
        return {
            "type": "refrain.speech",
            "state": str(self.state),
            "problem": None if problem is None else problem.body()["error"],
            "speaks": mute is None,
            "speaking_problem": None if mute is None else mute.body()["error"],
            "waiting": self._waiting(),
            "talking": self._talking,
            "wake_word": self._voice.wake_word,
            "earcons": self._voice.earcons,
        }

    # From start to end.

    def start(self, *, after: Callable[[], Awaitable[None]] | None = None) -> None:
        """Load everything in the background, if it is switched on.

        Args:
            after: something to wait for before that; who asks for a part does not wait for it.
        """
        if self._voice.enabled and self._starting is None:
            self._starting = asyncio.create_task(self._start(after))

    async def close(self) -> None:
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
        await asyncio.gather(self._hearing.close(), self._speaking.close())

    async def _start(self, after: Callable[[], Awaitable[None]] | None) -> None:
        if after is not None:
            await after()
        await asyncio.to_thread(self._metrics.warm)
        # One after the other, for they share the cores with everything else that starts.
        for engine in (self._hearing, self._speaking):
            if engine is self._speaking and self._voice.synthesizer == "none":
                continue
            with contextlib.suppress(Exception):  # the engine keeps it as its problem
                await engine.get()
        await self.prepare()

    async def _hear(self) -> Transcriber:
        if not self._voice.enabled:
            raise _off()
        transcriber = await self._models.transcriber()
        return await asyncio.to_thread(self._repair, transcriber)

    async def _speak(self) -> Synthesizer:
        if not self._voice.enabled:
            raise _off()
        return await self._models.synthesizer()

    def _waiting(self) -> int:
        return self._transcriber.waiting

    def _tell(self) -> None:
        self._changed()


def _off() -> VoiceOff:
    return VoiceOff(
        "Talking is switched off.",
        next_step="Set voice.enabled = true in config.toml and start the server again.",
    )
