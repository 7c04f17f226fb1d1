"""Talking on one connection: sound of the user comes in, turns are taken, our voice goes out."""

import asyncio
import base64
import time
from collections.abc import Callable
from dataclasses import dataclass

from server.errors import Problem, VoiceOff, problem_of
from server.realtime.client_events import (
    AudioAppend,
    AudioClear,
    AudioCommit,
    ItemTruncate,
    OutputClear,
    PlaybackReport,
    TalkStart,
    TalkStop,
)
from server.realtime.conversation import Conversation
from server.realtime.ear import Ear
from server.realtime.errors import Refused, error_event
from server.realtime.items import Items
from server.realtime.listen_link import ListenLink
from server.realtime.outgoing import ServerEvent
from server.realtime.responses import Responses, Turns
from server.realtime.session_state import SessionState
from server.realtime.speech_state import DuckMusic, SpeechState
from server.realtime.spoken_turns import SpokenTurns
from server.realtime.voice_output import VoiceOutput
from server.recognition.microphones import Microphones
from server.voice.speech import Speech
from voice.events import SpeechStarted, VoiceEvent
from voice.listening import EchoGuard

_TELL_AGAIN_S = 5.0
"""Sound that cannot be taken comes fifty times a second; why it cannot is said less often."""


@dataclass(frozen=True, slots=True)
class TalkParts:
    """What talking needs of the installation."""

    turns: Turns
    speech: Speech
    music: DuckMusic
    microphones: Microphones
    guard: Callable[[], EchoGuard | None]
    """Makes what takes our own sound out of one microphone."""
    stands_in: Callable[[str], None] = lambda _room: None
    """Told in which room the client stands, by the client itself."""


class TalkLink:
    """Joins ear, turns, answers and voice of one connection. Lives on the event loop."""

    def __init__(
        self,
        session: SessionState,
        conversation: Conversation,
        emit: Callable[[ServerEvent], None],
        parts: TalkParts,
        *,
        listen: ListenLink,
        drop_sound: Callable[[str], None],
        hang_up: Callable[[], None],
        owner: str,
    ) -> None:
        """Stand ready; nothing is heard before sound comes.

        Args:
            session: what the client wishes.
            conversation: its items.
            emit: takes each event.
            parts: of the installation.
            listen: the same microphone as recognition uses it.
            drop_sound: forgets the sound of a response that was not sent yet.
            hang_up: ends the connection of a client that says nothing for too long.
            owner: in whose name the music is ducked.
        """
        self._session = session
        self._emit = emit
        self._speech = parts.speech
        self._listen = listen
        self._hang_up = hang_up
        self._push_to_talk = session.wishes.turn_detection is None
        self._told_at = -_TELL_AGAIN_S
        self._state = SpeechState(emit, parts.music, owner)
        self._spoken = SpokenTurns(emit, conversation, lambda: session.wishes, self._state)
        self.items = Items(emit, conversation, lambda: session.wishes, parts.speech, who=session.id)
        self._voice = VoiceOutput(parts.speech, self._sounds)
        self.responses = Responses(
            session,
            conversation,
            emit,
            turns=parts.turns,
            voice=self._voice,
            microphones=parts.microphones,
            drop_sound=drop_sound,
            changed=self._follow,
            settled=self._settled,
        )
        self._ear = Ear(
            parts.speech,
            lambda: session.wishes,
            self,
            who=session.id,
            busy=lambda: self._state.is_busy,
            guard=lambda: self._voice.guarded(parts.guard()),
        )
        self._spoken.connect(
            self.responses, session_ms=self._ear.session_ms, turn_taken=self._ear.turn_taken
        )

    # What the client sends.

    def append(self, event: AudioAppend) -> None:
        """Take sound in base64: for recognition, for talking, or for both.

        Raises:
            Refused: it cannot be taken.
        """
        if self._listen.wants_sound:
            self._listen.audio(event)
        if self._listen.wants_sound and not self._ear.is_open:
            return
        try:
            data = base64.b64decode(event.audio, validate=True)
        except ValueError as error:
            raise Refused("invalid_value", "The audio is not base64.", param="audio") from error
        if self._may_hear():
            self._lend()
            self._ear.append(data)
            self._heard_sound(hangs_up=True)

    def frame(self, data: bytes) -> None:
        """Take a binary frame.

        Raises:
            Refused: nobody said what it is for, or it cannot be taken.
        """
        if not (self._listen.wants_sound or self._ear.takes_frames):
            raise Refused(
                "invalid_message",
                "Send JSON as text; sound after refrain.talk.start or refrain.listen.start.",
            )
        if self._listen.wants_sound:
            self._listen.hear(data)
        if self._ear.takes_frames:
            self._lend()
            self._ear.frame(data)
            self._heard_sound(hangs_up=False)

    def commit(self, event: AudioCommit) -> None:
        """End the turn, or what is being recognised.

        Raises:
            Refused: hardly anything was said.
        """
        if self._listen.wants_sound and not self._ear.is_open:
            self._listen.audio(event)
            return
        self._speech.require()
        push_to_talk = self._session.wishes.turn_detection is None
        if not push_to_talk and not self._state.hears:
            raise Refused(
                "input_audio_buffer_commit_empty",
                "Nobody was heard to speak: there is no turn to commit.",
            )
        self._ear.commit()
        if push_to_talk:
            self._spoken.committed()
        self._follow()

    def clear(self, event: AudioClear) -> None:
        """Forget what was said since the last turn."""
        if self._listen.wants_sound and not self._ear.is_open:
            self._listen.audio(event)
            return
        self._ear.clear()
        self._emit({"type": "input_audio_buffer.cleared"})

    def clear_output(self, _: OutputClear) -> None:
        """Say no more of what is being said."""
        self.responses.cut("client_cancelled")

    def talk(self, event: TalkStart) -> None:
        """Take binary frames as the user's voice from now on.

        Raises:
            Refused: frames are taken already, at another rate.
            VoiceOff: nobody can talk here.
        """
        self._speech.require()
        rate = self._listen.rate
        if rate is not None and rate != event.sample_rate:
            raise Refused("already_listening", f"The microphone runs at {rate} Hz already.")
        self._ear.begin_talk(event.sample_rate)
        self._state.listens = True
        self._follow()

    def stop_talk(self, event: TalkStop) -> None:
        """Take no more frames."""
        push_to_talk = self._session.wishes.turn_detection is None
        if self._ear.end_talk(commit=event.commit) and push_to_talk:
            self._spoken.committed()
        self._state.listens = False
        self._follow()

    def report(self, event: PlaybackReport) -> None:
        """Learn how much of our voice has sounded."""
        self.responses.played(event.item_id, event.played_ms, playing=event.playing)

    def truncate(self, event: ItemTruncate) -> None:
        """Remember of an item only what was heard.

        Raises:
            Refused: it is none of our spoken messages.
        """
        self.responses.truncate(event.item_id, event.audio_end_ms)
        self._emit(
            {
                "type": "conversation.item.truncated",
                "item_id": event.item_id,
                "content_index": event.content_index,
                "audio_end_ms": event.audio_end_ms,
            }
        )

    def check_rate(self, rate_hz: int) -> None:
        """See whether sound to be recognised may come at this rate.

        Raises:
            Refused: frames come already, at another one.
        """
        if self._ear.frame_rate not in {None, rate_hz}:
            raise Refused(
                "already_listening", f"The microphone runs at {self._ear.frame_rate} Hz already."
            )

    def updated(self) -> None:
        """The client's wishes have changed."""
        push_to_talk = self._session.wishes.turn_detection is None
        if push_to_talk is not self._push_to_talk:  # a turn that went on is forgotten
            self._push_to_talk = push_to_talk
            self._state.hears = self._state.perhaps = False
        self._ear.update()
        self._follow()

    async def close(self) -> None:
        """The client is gone: end everything that goes on."""
        await self._ear.close()
        await self.items.close()
        await self.responses.close()
        self._state.close()

    # What the ear tells.

    def heard(self, event: VoiceEvent) -> None:
        """Follow what was heard."""
        if isinstance(event, SpeechStarted):
            self._ear.spoke()
        self._spoken.heard(event)
        self._follow()

    def deaf(self, problem: Problem) -> None:
        """Nothing can be heard."""
        self._told_at = time.monotonic()
        self._spoken.deaf(problem)
        self._state.listens = self._state.hears = self._state.perhaps = False
        self._follow()

    # Between them.

    def _sounds(self, on: bool) -> None:
        if on is not self._state.speaks:
            self._state.speaks = on
            self._ear.we_speak(on)
        self._follow()

    def _follow(self) -> None:
        self._state.awaits = self._spoken.is_settling or self.responses.is_spoken
        self._state.asleep = self._ear.asleep and self._state.listens
        self._state.changed()

    async def _settled(self) -> None:
        await asyncio.gather(self._spoken.settled(), self.items.settled())

    def _lend(self) -> None:
        self._ear.lent = self._listen.borrows

    def _may_hear(self) -> bool:
        """Whether sound can be taken; why not is said now and then."""
        try:
            self._speech.require()
        except VoiceOff as error:
            now = time.monotonic()
            if now - self._told_at >= _TELL_AGAIN_S:
                self._told_at = now
                problem = problem_of(error)
                said = f"{problem.message} {problem.next_step}".strip()
                self._emit(error_event(problem.code, said))
            return False
        return True

    def _heard_sound(self, *, hangs_up: bool) -> None:
        """Follow what the sound changed without an event: sleep, and silence for too long."""
        if not self._state.listens or self._state.asleep is not self._ear.asleep:
            self._state.listens = True
            self._follow()
        limit_s = self._speech.settings.idle_timeout_s
        if self._ear.idle_s < limit_s or self._ear.asleep or self._state.is_busy:
            return
        said = f"Nobody has spoken for {limit_s:.0f} s; the microphone is not listened to any more."
        self._emit(error_event("idle_timeout", said, kind="server_error"))
        self.stop_talk(TalkStop(type="refrain.talk.stop"))
        if hangs_up:
            self._hang_up()
