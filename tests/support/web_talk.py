"""A server side of talking that follows a script, between the page and its real server."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from playwright.async_api import Page, WebSocketRoute

VOICE_HZ = 24_000
_OURS = (
    "session.update",
    "refrain.talk.start",
    "refrain.talk.stop",
    "refrain.playback",
    "input_audio_buffer.commit",
    "input_audio_buffer.clear",
    "conversation.item.truncate",
    "response.cancel",
)
"""Messages of the page that concern talking; all others go to the real server."""


@dataclass(slots=True)
class TalkServer:
    """Plays the server's part in talking, as the test tells it to."""

    said: list[dict[str, Any]] = field(default_factory=list)
    """Every message of the page about talking."""
    frames: list[bytes] = field(default_factory=list)
    """The sound of its microphone."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    """Every other message of the page."""
    refuses: dict[str, Any] | None = None
    """The error that talking is answered with."""
    socket: WebSocketRoute | None = None
    _talking: bool = False
    _count: int = 0

    async def attach(self, page: Page) -> None:
        """Stand between `page` and its server. Call it before the page is opened."""
        await page.route_web_socket("**/v1/realtime*", lambda socket: self._connect(socket))  # noqa: PLW0108  a slotted method cannot be wrapped

    def tell(self, kind: str, **fields: Any) -> None:
        """Say something in the server's name."""
        assert self.socket is not None
        self.socket.send(json.dumps({"type": kind, **fields}))

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.said if one["type"] == kind]

    def last(self, kind: str) -> dict[str, Any] | None:
        """The newest message of that type."""
        return next((one for one in reversed(self.said) if one["type"] == kind), None)

    # What happens in a turn

    def hear(self, *partials: str) -> str:
        """Somebody begins to speak; returns the item's id."""
        self._count += 1
        item = f"item_said_{self._count}"
        self.tell("input_audio_buffer.speech_started", item_id=item, audio_start_ms=0)
        self.tell("refrain.speech.state", state="hearing")
        for text in partials:
            self.tell("refrain.partial", item_id=item, text=text)
        return item

    def understand(self, item: str, text: str, **heard: Any) -> None:
        """They have finished, and this is what they said; `heard` tells more about it."""
        self.tell("input_audio_buffer.speech_stopped", item_id=item, audio_end_ms=1_500)
        self.tell("input_audio_buffer.committed", item_id=item)
        self.tell("refrain.speech.state", state="thinking")
        self.tell(
            "conversation.item.input_audio_transcription.completed",
            item_id=item,
            content_index=0,
            transcript=text,
        )
        if heard:
            self.tell("refrain.turn.heard", item_id=item, text=text, **heard)

    def begin(self) -> str:
        """An answer begins; returns its id."""
        self._count += 1
        response = f"resp_said_{self._count}"
        self.tell("response.created", response={"id": response, "status": "in_progress"})
        return response

    def say(self, response: str, words: str, seconds: float, hertz: float = 330.0) -> None:
        """A clause of the answer: its words and a tone of that length."""
        place = {"response_id": response, "item_id": f"item_{response}", "content_index": 0}
        self.tell("response.output_audio_transcript.delta", delta=words, **place)
        time_s = np.arange(round(seconds * VOICE_HZ)) / VOICE_HZ
        sound = (8_000 * np.sin(2 * np.pi * hertz * time_s)).astype("<i2").tobytes()
        for start in range(0, len(sound), 9_600):
            piece = base64.b64encode(sound[start : start + 9_600]).decode()
            self.tell("response.output_audio.delta", delta=piece, **place)

    def end(self, response: str, status: str = "completed") -> None:
        item = f"item_{response}"
        self.tell("response.output_audio.done", response_id=response, item_id=item)
        self.tell("response.done", response={"id": response, "status": status, "output": []})

    def answer(self, words: str, seconds: float) -> str:
        """A whole answer of one clause."""
        response = self.begin()
        self.say(response, words, seconds)
        self.end(response)
        return response

    def _connect(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        server = socket.connect_to_server()

        def from_page(message: str | bytes) -> None:
            if isinstance(message, bytes):
                if self._talking:
                    self.frames.append(message)
                else:
                    server.send(message)
                return
            event = json.loads(message)
            if event["type"] in _OURS or event.get("event_id", "").startswith("talk_"):
                self._note(event)
            else:
                self.asked.append(event)
                server.send(message)

        def from_server(message: str | bytes) -> None:
            # Whether this server can be talked to is up to the test.
            if isinstance(message, bytes) or '"refrain.speech"' not in message:
                socket.send(message)

        socket.on_message(from_page)
        server.on_message(from_server)

    def _note(self, event: dict[str, Any]) -> None:
        self.said.append(event)
        if event["type"] == "refrain.talk.start":
            if self.refuses is not None:
                self.tell("error", error={**self.refuses, "event_id": event.get("event_id")})
                return
            self._talking = True
            self.tell("refrain.speech.state", state="listening")
        elif event["type"] == "refrain.talk.stop":
            self._talking = False
