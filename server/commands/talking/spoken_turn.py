"""One spoken turn as the terminal knows it, put together from the server's events."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from server.conversations import ToolCall, TurnRecord
from voice.audio import SPEAKING_RATE_HZ, Samples


@dataclass(slots=True)
class SpokenTurn:
    """What was said, what was done, what was answered, and how long that took."""

    source: str = ""
    """The sound file, or "" for the microphone and typed words."""
    record: TurnRecord = field(default_factory=lambda: TurnRecord(""))
    partial: str = ""
    """What was said so far."""
    spoken: str = ""
    """The words of our voice."""
    response_id: str = ""
    item_id: str = ""
    """The item that holds our voice."""
    pieces: list[Samples] = field(default_factory=list)
    """Our voice, mono at `SPEAKING_RATE_HZ`."""
    stages_ms: dict[str, float] = field(default_factory=dict)
    """From the end of speech; see `voice.timing.Stage`."""
    interrupted: bool = False
    is_over: bool = False

    @property
    def audio_s(self) -> float:
        """Length of our voice."""
        return sum(map(len, self.pieces)) / SPEAKING_RATE_HZ

    @property
    def reply(self) -> str:
        """The answer in writing, which may say more than our voice did."""
        return self.record.reply or self.spoken

    def as_json(self) -> dict[str, Any]:
        """One object for scripts."""
        value = {"source": self.source} | self.record.as_json() | {"reply": self.reply}
        return value | {
            "spoken": self.spoken,
            "audio_s": round(self.audio_s, 3),
            "interrupted": self.interrupted,
            "stages_ms": self.stages_ms,
        }


class TurnBook:
    """Takes the server's events in order, and keeps the turn that goes on."""

    def __init__(self, source: str = "") -> None:
        self.turn = SpokenTurn(source)
        self._calls: dict[str, ToolCall] = {}

    def begin(self, source: str = "") -> SpokenTurn:
        """A new turn begins; what comes late of the one before is left out."""
        self.turn = SpokenTurn(source)
        self._calls = {}
        return self.turn

    def take(self, event: dict[str, Any]) -> None:
        """Note one event of the server's."""
        match event:
            case {"type": "refrain.partial", "text": text}:
                self.turn.partial = text
            case {
                "type": "conversation.item.input_audio_transcription.completed",
                "transcript": text,
            }:
                self.turn.record.text = text
            case {"type": "conversation.item.input_audio_transcription.failed", "error": error}:
                self._failed(error.get("message") or "That could not be understood.")
            case {"type": "response.created", "response": response}:
                self.turn.response_id = response["id"]
            case {"type": "error", "error": error}:
                self._failed(error["message"])
            case {"response_id": other} if other != self.turn.response_id:
                pass  # of an answer that was cut short
            case {"type": "response.done", "response": response}:
                if response["id"] == self.turn.response_id:
                    self._done(response)
            case _:
                self._note(event)

    def _failed(self, why: str) -> None:
        """Where no answer is under way, none will come."""
        self.turn.record.error = why
        if not self.turn.response_id:
            self.turn.is_over = True

    def _note(self, event: dict[str, Any]) -> None:
        match event:
            case {"type": "response.function_call_arguments.done"}:
                call = ToolCall(event["name"], json.loads(event["arguments"]))
                self._calls[event["call_id"]] = call
                self.turn.record.tool_calls.append(call)
            case {"type": "conversation.item.done", "item": {"type": "function_call_output"}}:
                if (known := self._calls.get(event["item"]["call_id"])) is not None:
                    known.result = json.loads(event["item"]["output"])
            case {"type": "refrain.results", "items": items}:
                self.turn.record.results = items
            case _:
                self._answer(event)

    def _answer(self, event: dict[str, Any]) -> None:
        turn, record = self.turn, self.turn.record
        match event:
            case {"type": "response.output_text.delta", "delta": text}:
                record.reply += text
            case {"type": "response.output_audio_transcript.delta", "delta": text}:
                turn.spoken += text
            case {"type": "response.output_audio_transcript.done", "transcript": text}:
                turn.spoken = text
            case {"type": "response.output_audio.delta", "delta": sound, "item_id": item_id}:
                turn.item_id = item_id
                turn.pieces.append(_samples(sound))
            case {"type": "refrain.reply", "text": text}:
                record.reply = text
            case {"type": "refrain.timing", "stages": stages}:
                turn.stages_ms = stages

    def _done(self, response: dict[str, Any]) -> None:
        turn, record = self.turn, self.turn.record
        metadata = response.get("metadata") or {}
        record.model = metadata.get("model", "")
        record.cpu_ms = float(metadata.get("cpu_ms", 0.0))
        turn.interrupted = response["status"] == "cancelled"
        if response["status"] == "completed":
            record.error = None  # a word of warning on the way to a good answer
        elif response["status"] == "failed" and record.error is None:
            record.error = "The answer broke off."
        turn.is_over = True


def _samples(sound: str) -> Samples:
    pcm = np.frombuffer(base64.b64decode(sound), "<i2")
    return pcm.astype(np.float32) / np.float32(32_768)
