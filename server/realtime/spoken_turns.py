"""What is heard, told as OpenAI Realtime events; whoever has finished speaking is answered."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from server.errors import Problem
from server.realtime.conversation import Conversation, Item, new_id
from server.realtime.errors import error_event
from server.realtime.outgoing import ServerEvent
from server.realtime.responses import Responses
from server.realtime.speech_state import SpeechState
from server.realtime.wishes import Wishes
from voice.events import (
    Ducked,
    HearingBroke,
    NothingHeard,
    PartialHeard,
    SpeechStarted,
    SpeechStopped,
    StayedQuiet,
    TurnHeard,
    Unducked,
    VoiceEvent,
    WakeWordHeard,
)

_PART = 0
"""Index of the sound in a spoken item."""
_STILL_THERE = "Is there anything you would like to hear?"


@dataclass(slots=True)
class _Spoken:
    """A turn whose words are not known yet."""

    item: Item
    known: asyncio.Event = field(default_factory=asyncio.Event)


class SpokenTurns:
    """Follows one listener's events. Lives on the event loop."""

    def __init__(
        self,
        emit: Callable[[ServerEvent], None],
        conversation: Conversation,
        wishes: Callable[[], Wishes],
        state: SpeechState,
    ) -> None:
        """Stand ready; `connect` comes before the first event."""
        self._emit = emit
        self._conversation = conversation
        self._wishes = wishes
        self._state = state
        self._next_id = new_id("item")
        self._pending: deque[_Spoken] = deque()

    def connect(
        self,
        responses: Responses,
        *,
        session_ms: Callable[[int], int],
        turn_taken: Callable[[], None],
    ) -> None:
        """Say who answers, and how times and turns are counted."""
        self._responses = responses
        self._session_ms = session_ms
        self._turn_taken = turn_taken

    @property
    def is_settling(self) -> bool:
        """Whether the words of a turn are awaited."""
        return bool(self._pending)

    async def settled(self) -> None:
        """Wait until the words of every turn so far are known."""
        for spoken in tuple(self._pending):
            await spoken.known.wait()

    def committed(self) -> None:
        """The client ended a turn with push to talk."""
        self._commit()

    def heard(self, event: VoiceEvent) -> None:
        """Tell the client, and do what follows."""
        match event:
            case SpeechStarted(at_ms=at_ms):
                self._started(at_ms)
            case SpeechStopped(at_ms=at_ms):
                self._stopped(at_ms)
            case Ducked() | Unducked():
                self._state.perhaps = isinstance(event, Ducked)
            case TurnHeard() | NothingHeard() | HearingBroke():
                self._ended(event)
            case PartialHeard(text=text):
                self._emit({"type": "refrain.partial", "item_id": self._next_id, "text": text})
            case StayedQuiet(start_ms=start_ms, end_ms=end_ms):
                self._quiet(start_ms, end_ms)
            case WakeWordHeard(word=word, at_ms=at_ms):
                self._emit({"type": "refrain.wake", "word": word, "at_ms": at_ms})

    def deaf(self, problem: Problem) -> None:
        """Nothing can be heard: say why, and what to do."""
        said = f"{problem.message} {problem.next_step}".strip()
        self._emit(error_event(problem.code, said, kind="server_error"))
        while self._pending:
            self._fail(self._pending.popleft(), problem.code, problem.message)

    # One after the other.

    def _started(self, at_ms: int) -> None:
        self._state.hears, self._state.perhaps = True, False
        self._emit(
            {
                "type": "input_audio_buffer.speech_started",
                "audio_start_ms": self._session_ms(at_ms),
                "item_id": self._next_id,
            }
        )
        detection = self._wishes().turn_detection
        if detection is None or detection.interrupts:
            self._responses.cut("turn_detected")

    def _stopped(self, at_ms: int) -> None:
        self._emit(
            {
                "type": "input_audio_buffer.speech_stopped",
                "audio_end_ms": self._session_ms(at_ms),
                "item_id": self._next_id,
            }
        )
        self._commit()
        self._state.hears = False

    def _commit(self) -> None:
        item: Item = {
            "id": self._next_id,
            "object": "realtime.item",
            "type": "message",
            "status": "completed",
            "role": "user",
            "content": [{"type": "input_audio", "transcript": None}],
        }
        self._next_id = new_id("item")
        self._turn_taken()
        before = self._conversation.append(item)
        committed = {"type": "input_audio_buffer.committed", "item_id": item["id"]}
        self._emit(committed | {"previous_item_id": before})
        for kind in ("conversation.item.added", "conversation.item.done"):
            self._emit({"type": kind, "item": item | {}, "previous_item_id": before})
        self._pending.append(_Spoken(item))

    def _ended(self, event: TurnHeard | NothingHeard | HearingBroke) -> None:
        match event:
            case TurnHeard():
                self._turn(event)
            case NothingHeard():
                self._nothing()
            case HearingBroke(code=code, message=message):
                self._broke(code, message)

    def _turn(self, event: TurnHeard) -> None:
        spoken = self._next_spoken()
        text = event.transcript.text
        self._transcribed(spoken.item, text, event.transcript.audio_s)
        self._emit(
            {
                "type": "refrain.turn.heard",
                "item_id": spoken.item["id"],
                "text": text,
                "heard": event.transcript.heard,
                "confidence": round(event.transcript.confidence, 3),
                "language": event.transcript.language,
            }
        )
        spoken.known.set()
        detection = self._wishes().turn_detection
        self._responses.heard(event.timing)
        if detection is None or not detection.answers:
            return
        if detection.interrupts or not self._responses.is_active:
            self._responses.answer()

    def _nothing(self) -> None:
        spoken = self._next_spoken()
        push_to_talk = self._wishes().turn_detection is None
        if not push_to_talk:
            self._conversation.answered(spoken.item["id"])
        self._transcribed(spoken.item, "", 0.0)
        spoken.known.set()

    def _broke(self, code: str, message: str) -> None:
        if not self._pending:  # sound was lost, but no turn
            self._emit(error_event(code, message, kind="server_error"))
            return
        self._fail(self._pending.popleft(), code, message)

    def _quiet(self, start_ms: int, end_ms: int) -> None:
        self._emit(
            {
                "type": "input_audio_buffer.timeout_triggered",
                "audio_start_ms": self._session_ms(start_ms),
                "audio_end_ms": self._session_ms(end_ms),
                "item_id": self._next_id,
            }
        )
        if not self._responses.is_active:
            self._responses.prompt(_STILL_THERE)

    def _next_spoken(self) -> _Spoken:
        if not self._pending:  # only what was committed is told, but nothing depends on that
            self._commit()
        return self._pending.popleft()

    def _transcribed(self, item: Item, text: str, seconds: float) -> None:
        item["content"] = [{"type": "input_audio", "transcript": text}]
        if not self._wishes().transcribes:
            return
        place = {"item_id": item["id"], "content_index": _PART}
        kind = "conversation.item.input_audio_transcription"
        if text:
            self._emit({"type": f"{kind}.delta", "delta": text, **place})
        usage = {"type": "duration", "seconds": round(seconds, 2)}
        self._emit({"type": f"{kind}.completed", "transcript": text, "usage": usage, **place})

    def _fail(self, spoken: _Spoken, code: str, message: str) -> None:
        item = spoken.item
        self._conversation.answered(item["id"])
        self._emit(
            {
                "type": "conversation.item.input_audio_transcription.failed",
                "item_id": item["id"],
                "content_index": _PART,
                "error": {
                    "type": "transcription_error",
                    "code": code,
                    "message": message,
                    "param": None,
                },
            }
        )
        spoken.known.set()
