"""Turns that the user begins and ends with a button."""

import time
from collections.abc import Callable
from typing import Final

from voice.ears import Frame
from voice.events import NothingHeard, PartialHeard, VoiceEvent
from voice.listen_options import ListenOptions
from voice.stt.transcriber import Transcriber, Urgency
from voice.telling import Floor, Teller, at_ms
from voice.timing import Stage
from voice.turn import Change, Phase, SpeechTracker
from voice.utterance import Utterance
from voice.vad import FRAME

_SURELY_SILENT: Final = 0.15
"""No frame was more probably speech than this: not worth the transcriber's time."""
_PARTIAL_EVERY: Final = 11_200


class PushToTalk:
    """Keeps what is heard until the user says that it is all. Belongs to one event loop."""

    def __init__(
        self,
        transcriber: Transcriber,
        teller: Teller,
        *,
        options: ListenOptions,
        on_event: Callable[[VoiceEvent], None],
        position: int = 0,
        who: str = "",
        changed: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Begin at `position`, in samples; `changed` is called when words have come."""
        self._transcriber, self._teller, self._on_event = transcriber, teller, on_event
        self._who, self._changed, self._clock = who, changed, clock
        self._options = options
        self._tracker = SpeechTracker(options.threshold)
        self._tracker.skip(position)
        self._utterance: Utterance | None = None
        self._told_text = ""
        self._loudest = 0.0
        self._next_partial = position + _PARTIAL_EVERY

    @property
    def position(self) -> int:
        """How much was heard, in samples."""
        return self._tracker.position

    @property
    def is_taken(self) -> bool:
        """Never: the button ends the turn, however long nothing is heard."""
        return False

    @property
    def may_end(self) -> bool:
        """Never: only the button ends the turn."""
        return False

    async def answered(self) -> None:
        """Nothing is waited for before the button is released."""

    def hear(self, frame: Frame, arrived: float) -> None:  # noqa: ARG002 (as `TurnTaking` has it)
        """Take the next frame."""
        change = self._tracker.step(frame.probability)
        utterance = self._utterance
        if utterance is None:
            utterance = self._utterance = Utterance(
                self._transcriber,
                start=self.position - FRAME,
                language=self._options.language,
                who=self._who,
                changed=self._changed,
                clock=self._clock,
            )
        voiced = self._tracker.voiced_until == self.position
        utterance.add(frame.sound, voiced=voiced, keep_s=self._options.max_turn_s)
        self._loudest = max(self._loudest, frame.probability)
        if change is Change.PAUSED:
            utterance.ask(Urgency.FINAL)
        elif self._tracker.phase is Phase.SPEECH and self.position >= self._next_partial:
            self._next_partial = self.position + _PARTIAL_EVERY
            if self._options.partials and not utterance.is_asking:
                utterance.ask(Urgency.PARTIAL)

    def consider(self) -> None:
        """Tell the words that have come by now."""
        text = self._utterance.text if self._utterance is not None else ""
        if self._options.partials and text and text != self._told_text:
            self._told_text = text
            self._on_event(PartialHeard(text))

    def end(self) -> None:
        """Nothing: the button ends the turn."""

    def commit(self) -> None:
        """End the turn with what was heard so far."""
        utterance = self._utterance
        if utterance is None or self._loudest < _SURELY_SILENT:
            start = self.position if utterance is None else utterance.start
            self._on_event(
                NothingHeard(at_ms(start), at_ms(self.position), "Nobody was heard to speak.")
            )
        else:
            utterance.pressed = True
            utterance.timing.mark(Stage.SPEECH_END)
            utterance.timing.mark(Stage.ENDPOINT)
            self._teller.tell(
                utterance, start=utterance.start, end=self.position, floor=Floor.THEIRS
            )
        self._forget()

    def clear(self) -> None:
        """Forget what was heard so far."""
        if self._utterance is not None:
            self._utterance.drop_question()
        self._forget()

    def drop(self) -> None:
        """Stop without a word."""
        if self._utterance is not None:
            self._utterance.drop_question()
        self._utterance = None

    def skip(self, samples: int) -> None:
        """Sound was lost; what came before it is kept."""
        self._tracker.skip(samples)

    def we_speak(self, speaking: bool) -> None:
        """Our own voice does not matter: who presses the button speaks to us."""

    def update(self, options: ListenOptions) -> None:
        """Go on with other options of the same mode."""
        self._options = options
        self._tracker.threshold = options.threshold

    def _forget(self) -> None:
        self._utterance = None
        self._told_text = ""
        self._loudest = 0.0
        self._next_partial = self.position + _PARTIAL_EVERY
        self._tracker.reset()
