"""The microphone of one connection: what the client sends as sound, and whom it is for."""

import asyncio
import base64
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import numpy as np

from knowledge.fingerprint.models import RATE_HZ, Samples
from server.auth.rate_limit import RateLimit
from server.errors import problem_of
from server.presenter import Presenter
from server.realtime.client_events import (
    AudioAppend,
    AudioClear,
    AudioCommit,
    ListenOffer,
    ListenPurpose,
    ListenRefuse,
    ListenStart,
    ListenStop,
)
from server.realtime.errors import Refused
from server.realtime.pace import Allowance
from server.recognition.identification import Identification, Identified, microphone_of
from server.recognition.microphones import MAX_CLIP_S, Microphones
from server.recognition.naming import ClipNaming
from server.recognition.pcm import PcmStream
from server.recognition_wire import MatchOut
from tools.clip_naming import NamedClip

_LOG = logging.getLogger(__name__)
_MAX_FRAME_S = 1.0
_BURST_S = 20.0
_FASTER = 2.0
"""Sound may come this many times faster than it sounds, after a burst."""
_AFTERWARDS_S = 10.0
"""Sound that comes so soon after the end was on its way already; it is passed over."""
_CLIP_TIMEOUT_S = 45.0

Emit = Callable[[dict[str, Any]], None]
Respond = Callable[[Identified], Awaitable[None]]


class ListenLink:
    """One client's side of `Microphones`. Lives on the event loop and never blocks it."""

    def __init__(
        self,
        session_id: str,
        emit: Emit,
        *,
        microphones: Microphones,
        naming: ClipNaming,
        presenter: Presenter,
        respond: Respond,
    ) -> None:
        """Stand ready; nothing is listened to.

        Args:
            session_id: the conversation.
            emit: takes each message to the client.
            microphones: all microphones of the installation.
            naming: names what is heard.
            presenter: shows tracks.
            respond: lets the assistant answer in the conversation.
        """
        self._session_id = session_id
        self._emit = emit
        self._microphones = microphones
        self._naming = naming
        self._presenter = presenter
        self._respond = respond
        self._stream: PcmStream | None = None
        self._identification: Identification | None = None
        self._identifying: asyncio.Task[None] | None = None
        self._rings = False
        self._clip: _Clip | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended_at = -_AFTERWARDS_S
        self._pace = Allowance(burst=_BURST_S, per_s=_FASTER)
        self._frames = RateLimit(burst=400, per_s=120)

    def ask(self, request: dict[str, Any]) -> None:
        """Ask the client to listen, or to stop."""
        self._emit(request)

    def offer(self, event: ListenOffer) -> None:
        if event.can_listen:
            self._microphones.offer(self._session_id, self, device=event.device, place=event.place)
        else:
            self._microphones.withdraw(self._session_id, self)

    def refuse(self, event: ListenRefuse) -> None:
        self._microphones.refuse(event.request_id)

    def start(self, event: ListenStart) -> None:
        """Begin to take in sound.

        Raises:
            Refused: it is listened to already, or at another rate.
            ServerError: there is no room for one more.
        """
        if event.purpose == "identify" and self._identification is not None:
            if not self._identification.is_over:
                raise Refused("already_listening", "That is being listened to already.")
            self._cancel()  # whoever asks anew does not wait for the old answer
        if event.purpose in self._purposes():
            raise Refused("already_listening", "That is being listened to already.")
        if self._stream is not None and self._stream.rate != event.sample_rate:
            raise Refused(
                "already_listening", f"The microphone runs at {self._stream.rate} Hz already."
            )
        self._microphones.begin(
            self._session_id,
            self,
            event.purpose,
            device=event.device,
            place=event.place,
            ring_s=event.seconds if event.purpose == "ring" else None,
        )
        if self._stream is None:
            self._stream = PcmStream(event.sample_rate)
        if event.purpose != "ring":
            self._naming.warm()
        if event.purpose == "identify":
            hearing = microphone_of(self._session_id, event.device, event.place)
            self._identification = Identification(
                self._naming, hearing, self._emit, kind=event.kind
            )
            self._identifying = self._run(
                self._identify(self._identification, respond=event.respond)
            )
        elif event.purpose == "ring":
            self._rings = True
            if event.request_id:
                self._microphones.deliver(event.request_id, np.zeros(0, np.float32))
        else:
            self._clip = _Clip(event.request_id, min(event.seconds or 10.0, MAX_CLIP_S))
            self._run(self._time_out(self._clip))

    def stop(self, event: ListenStop) -> None:
        """Take in no more sound for one purpose, or for all."""
        for purpose in self._purposes():
            if event.purpose in {None, purpose}:
                if purpose == "identify" and event.cancel:
                    self._cancel()
                else:
                    self._stop(purpose)

    @property
    def rate(self) -> int | None:
        """Hertz of the sound that is taken in; None when none is."""
        return None if self._stream is None else self._stream.rate

    @property
    def borrows(self) -> bool:
        """Whether what is heard is meant to be recognised, and not for us."""
        return self._identification is not None or self._clip is not None

    @property
    def wants_sound(self) -> bool:
        """Whether sound is taken in, or was until a moment ago."""
        return self._stream is not None or time.monotonic() - self._ended_at < _AFTERWARDS_S

    def audio(self, event: AudioAppend | AudioCommit | AudioClear) -> None:
        """Take OpenAI's events about sound.

        Raises:
            Refused: not base64, too much, or nothing is listened to.
        """
        match event:
            case AudioAppend(audio=audio):
                try:
                    self.hear(base64.b64decode(audio, validate=True))
                except ValueError as error:
                    raise Refused("invalid_value", "The audio is not base64.") from error
            case AudioCommit():
                self.stop(ListenStop(type="refrain.listen.stop", purpose="identify"))
            case _:
                pass

    def hear(self, data: bytes) -> None:
        """Take in PCM.

        Raises:
            Refused: too much at once, or too fast.
        """
        stream = self._stream
        if stream is None:
            return
        duration_s = stream.duration_s(len(data))
        if duration_s > _MAX_FRAME_S:
            raise Refused("too_large", "A frame may hold one second of sound at most.")
        if not (self._frames.allows("this") and self._pace.allows(duration_s)):
            raise Refused("rate_limited", "The sound comes faster than it sounds.")
        samples = stream.take(data)
        if self._rings:
            self._microphones.keep(self._session_id, self, samples)
        if self._identification is not None:
            self._identification.hear(samples)
        if self._clip is not None and self._clip.hear(samples):
            self._stop("clip")

    async def close(self) -> None:
        """The connection is gone: forget everything that it was for."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._identification = self._clip = self._stream = None
        self._microphones.leave(self._session_id, self)

    def _purposes(self) -> tuple[ListenPurpose, ...]:
        found: list[ListenPurpose] = []
        if self._identification is not None:
            found.append("identify")
        if self._rings:
            found.append("ring")
        if self._clip is not None:
            found.append("clip")
        return tuple(found)

    def _stop(self, purpose: ListenPurpose) -> None:
        if purpose == "identify":
            if self._identification is not None:
                self._identification.stop()
            return  # it ends itself, with its answer
        if purpose == "ring":
            self._rings = False
        elif self._clip is not None:
            clip, self._clip = self._clip, None
            if samples := clip.samples():
                self._microphones.deliver(clip.request_id, samples[0])
            else:
                self._microphones.refuse(clip.request_id)
        self._ended(purpose)

    def _cancel(self) -> None:
        """End the identification without an answer."""
        if self._identifying is not None:
            self._identifying.cancel()
        self._identification = self._identifying = None
        self._ended("identify")

    def _ended(self, purpose: ListenPurpose) -> None:
        self._microphones.end(self._session_id, self, purpose)
        if not self._purposes():
            self._stream = None
            self._ended_at = time.monotonic()

    async def _identify(self, identification: Identification, *, respond: bool) -> None:
        identified: Identified | None = None
        try:
            identified = await identification.run()
            heard = identified.samples
            answer = await asyncio.to_thread(
                MatchOut.of_clip,
                NamedClip(identified.answer, identified.hum),
                self._presenter,
                clip_s=0.0 if heard is None else heard.size / RATE_HZ,
            )
            self._emit(
                {
                    "type": "refrain.recognition.done",
                    "purpose": "identify",
                    "answer": answer.model_dump(mode="json"),
                }
            )
        except Exception as error:  # noqa: BLE001  told to the client; the connection goes on
            problem = problem_of(error)
            if problem.code == "internal_error":
                _LOG.exception("a clip could not be recognised")
            self._emit(
                {
                    "type": "error",
                    "error": {
                        "type": "server_error",
                        "code": problem.code,
                        "message": problem.message,
                        "param": None,
                    },
                }
            )
            self._emit({"type": "refrain.recognition.done", "purpose": "identify", "answer": None})
        finally:
            identification.stop()
            if self._identification is identification:
                self._identification = self._identifying = None
                self._ended("identify")
        if respond and identified is not None:
            await self._respond(identified)

    async def _time_out(self, clip: "_Clip") -> None:
        await asyncio.sleep(_CLIP_TIMEOUT_S)
        if self._clip is clip:
            self._stop("clip")

    def _run(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


class _Clip:
    """A clip of known length that somebody asked for."""

    def __init__(self, request_id: str, seconds: float) -> None:
        self.request_id = request_id
        self._wanted = round(seconds * RATE_HZ)
        self._parts: list[Samples] = []

    def hear(self, samples: Samples) -> bool:
        """Take in samples; True when it is complete."""
        self._parts.append(samples)
        self._wanted -= samples.size
        return self._wanted <= 0

    def samples(self) -> list[Samples]:
        """The clip in a list, which is empty when nothing was heard."""
        return [np.concatenate(self._parts)] if self._parts else []
