"""The wire between this terminal and the server: our voice up, its words and voice down."""

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from websockets.exceptions import WebSocketException

from server.dialling import dial
from server.errors import ServerUnreachable, VoiceOff
from server.running import RunningServer, find_running
from server.settings import Settings
from voice.audio import Samples

UP_RATE_HZ: Final = 16_000
"""At which our voice travels: what is heard needs no more."""
_FRAME: Final = UP_RATE_HZ // 5
"""Samples of one message: 200 ms; the server takes a second at most."""
_READY_S: Final = 120.0
"""Loading the speech models takes some seconds, and longer on a busy machine."""
_LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How we want to talk."""

    hands_free: bool = False
    """The server finds out when somebody has finished; else we say so."""
    voice: bool = True
    """Answers are spoken; else they come in writing."""
    cut_in: bool = True
    """Speaking silences the answer; only with hands free."""
    wake_word: str | None = None

    def session(self) -> dict[str, Any]:
        """The same as the server wants to be told."""
        detection = {"type": "server_vad", "interrupt_response": self.cut_in}
        pcm = {"type": "audio/pcm", "rate": 24_000}
        return {
            "type": "realtime",
            "output_modalities": ["audio" if self.voice else "text"],
            "audio": {
                "input": {
                    "format": pcm,
                    "turn_detection": detection if self.hands_free else None,
                    "transcription": {"model": "whisper-1"},
                },
                "output": {"format": pcm},
            },
            "refrain": {"partials": True, "tools": "visible", "wake_word": self.wake_word},
        }


class Socket(Protocol):
    """What is wanted of a WebSocket."""

    async def send(self, message: str | bytes) -> None: ...
    async def recv(self) -> str | bytes: ...


class TalkLink:
    """One conversation over the WebSocket."""

    def __init__(self, socket: Socket) -> None:
        self.mute = ""
        """Why the server cannot speak."""
        self._socket = socket
        self._early: list[dict[str, Any]] = []

    async def begin(self, wishes: Wishes) -> None:
        """Say how we want to talk, and wait until the server is ready for it.

        Raises:
            VoiceOff: it cannot hear, or does not want to.
            ServerUnreachable: it went away, or said nothing.
        """
        await self.send({"type": "session.update", "session": wishes.session()})
        taken = ready = False
        try:
            async with asyncio.timeout(_READY_S):
                while not (taken and ready):
                    event = await self._next()
                    self._early.append(event)
                    if event["type"] == "error":
                        raise VoiceOff(event["error"]["message"])
                    if event["type"] == "refrain.speech":
                        ready = self._is_ready(event)
                    taken = taken or event["type"] == "session.updated"
        except TimeoutError as error:
            raise ServerUnreachable("The server does not get ready to hear.") from error

    def _is_ready(self, speech: dict[str, Any]) -> bool:
        """Whether it can hear; what cannot be spoken is told in writing."""
        if (problem := speech["problem"]) is not None:
            raise VoiceOff(problem["message"], next_step=problem["next_step"])
        if (mute := speech["speaking_problem"]) is not None:
            self.mute = mute["message"]
        return bool(speech["state"] == "ready")

    async def events(self) -> AsyncIterator[dict[str, Any]]:
        """Everything that the server says, in order.

        Raises:
            ServerUnreachable: it went away.
        """
        while self._early:
            yield self._early.pop(0)
        while True:
            yield await self._next()

    async def talk(self) -> None:
        """Sound follows."""
        await self.send({"type": "refrain.talk.start", "sample_rate": UP_RATE_HZ})

    async def sound(self, samples: Samples) -> None:
        """Send sound at `UP_RATE_HZ`, in messages of a size that the server takes."""
        pcm = np.rint(np.clip(samples, -1, 1) * 32_767).astype("<i2")
        for start in range(0, len(pcm), _FRAME):
            await self._send(pcm[start : start + _FRAME].tobytes())

    async def finish(self, *, commit: bool) -> None:
        """No more sound follows; with `commit` what was said is to be answered."""
        await self.send({"type": "refrain.talk.stop", "commit": commit})

    async def say(self, text: str) -> None:
        """Ask in writing."""
        content = [{"type": "input_text", "text": text}]
        item = {"type": "message", "role": "user", "content": content}
        await self.send({"type": "conversation.item.create", "item": item})
        await self.answer()

    async def answer(self) -> None:
        """Ask for the answer to what was said."""
        await self.send({"type": "response.create"})

    async def cut(self, item_id: str, played_ms: int) -> None:
        """We have silenced the answer; so much of it was heard."""
        if item_id:
            where = {"item_id": item_id, "content_index": 0, "audio_end_ms": played_ms}
            await self.send({"type": "conversation.item.truncate", **where})

    async def cancel(self) -> None:
        """End the answer that is still being made."""
        await self.send({"type": "response.cancel"})

    async def played(self, item_id: str, played_ms: int, *, playing: bool) -> None:
        """Tell how much of the answer has sounded."""
        state = {"item_id": item_id, "played_ms": played_ms, "playing": playing}
        await self.send({"type": "refrain.playback", **state})

    async def send(self, message: dict[str, Any]) -> None:
        """Send any event."""
        await self._send(json.dumps(message))

    async def _send(self, message: str | bytes) -> None:
        try:
            await self._socket.send(message)
        except (WebSocketException, OSError) as error:
            raise ServerUnreachable("The server went away.") from error

    async def _next(self) -> dict[str, Any]:
        try:
            event = json.loads(await self._socket.recv())
        except (WebSocketException, OSError) as error:
            raise ServerUnreachable("The server went away.") from error
        return event if isinstance(event, dict) and "type" in event else {"type": ""}


@asynccontextmanager
async def open_link(settings: Settings, session_id: str) -> AsyncIterator[TalkLink]:
    """Connect to the server of this data folder when it runs, else to one of our own.

    Raises:
        ServerUnreachable: it does not let us in.
    """
    async with AsyncExitStack() as stack:
        running = find_running(settings)
        if running is None:
            running = await stack.enter_async_context(_own_server(settings))
        yield TalkLink(await stack.enter_async_context(dial(running, session_id)))


@asynccontextmanager
async def _own_server(settings: Settings) -> AsyncIterator[RunningServer]:
    """Serve inside this process, to this terminal alone, until the block ends."""
    # All of the server: only who has none running pays for it.
    from server.app import create_app  # noqa: PLC0415
    from server.auth.tokens import open_token  # noqa: PLC0415
    from server.listening import Server, address_of, listen_on  # noqa: PLC0415
    from server.opening import open_services  # noqa: PLC0415

    token, ready = open_token(settings), asyncio.Event()
    with listen_on(_LOOPBACK, 0, exactly=True) as listener:
        async with open_services(settings, serving=False, outliving=True) as services:
            telling = asyncio.create_task(services.hub.run())
            services.speech.tell(lambda: services.hub.publish("speech", services.speech.message))
            services.speech.start()
            services.turns.warm()
            opened = contextlib.nullcontext(services)
            app = create_app(settings, token=token, services=opened)
            server = Server(app, listening=ready.set, heeds_signals=False)
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            try:
                await ready.wait()
                address = address_of(_LOOPBACK, listener)
                yield RunningServer(os.getpid(), address, token.control, services.instance)
            finally:
                server.should_exit = True
                await serving
                telling.cancel()
                await asyncio.gather(telling, return_exceptions=True)
