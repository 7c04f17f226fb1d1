"""Turns that begin and end by themselves: who has the floor, who cuts in, who has finished."""

import time
from collections import deque
from collections.abc import Callable
from typing import Final

from voice.audio import HEARING_RATE_HZ, Samples
from voice.completeness import Completeness, completeness
from voice.ears import Frame
from voice.events import (
    Ducked,
    NothingHeard,
    PartialHeard,
    SpeechStarted,
    SpeechStopped,
    StayedQuiet,
    Unducked,
    VoiceEvent,
)
from voice.interruption import BEFORE_FRAMES, Judge, Verdict
from voice.listen_options import ListenOptions
from voice.stt.transcriber import Transcriber, Urgency
from voice.telling import Floor, Teller, at_ms, cuts_in
from voice.timing import Stage
from voice.turn import Change, Endpointing, Phase, SpeechTracker
from voice.utterance import Utterance
from voice.vad import FRAME, FRAME_MS

_PARTIAL_EVERY: Final = round(0.7 * HEARING_RATE_HZ)
_PARTIAL_OVER_US: Final = round(0.5 * HEARING_RATE_HZ)
"""Over our own voice the words decide, so they are wanted earlier."""
_JUDGED_FRAMES: Final = 62
"""At most the newest two seconds are judged by their sound."""
_SURELY_SPEECH_FRAMES: Final = 32
"""A second of voice is no "mm-hm"."""
_FEWEST_FRAMES: Final = 2
"""With voice; fewer are not worth a judgement."""
_ANSWER_WINDOW: Final = 10 * HEARING_RATE_HZ
"""So long after we have spoken "mm-hm" is an answer."""
_ANSWER_WAIT_S: Final = 20.0


class TurnTaking:
    """Follows the frames of one microphone and tells of turns. Belongs to one event loop."""

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
        self._tracker = SpeechTracker(options.threshold)
        self._tracker.skip(position)
        self._endpointing = Endpointing(options.silence_ms)
        self._utterance: Utterance | None = None
        self._before: deque[Samples] = deque(maxlen=_prefix_frames(options))
        self._onset = 0
        self._judge = Judge()
        self._told_text = ""
        self._next_partial = 0
        self._voice_arrived = 0.0
        self._speaking = self._answered_aloud = False
        self._spoke_until: int | None = None
        self._idle_from: int | None = None
        self._options = options

    @property
    def position(self) -> int:
        """How much was heard, in samples."""
        return self._tracker.position

    @property
    def is_taken(self) -> bool:
        """Whether somebody perhaps speaks."""
        return self._utterance is not None

    @property
    def may_end(self) -> bool:
        """Whether the turn would be over if its words, which are not known yet, were whole."""
        utterance = self._utterance
        if utterance is None or self._tracker.phase is not Phase.PAUSE or not utterance.is_asking:
            return False
        whole = self._endpointing.silence_ms(Completeness.WHOLE)
        return self._tracker.silence_ms >= whole

    async def answered(self) -> None:
        """Wait for the words that were asked for, but not for ever."""
        if self._utterance is not None:
            await self._utterance.answered(_ANSWER_WAIT_S)

    def hear(self, frame: Frame, arrived: float) -> None:
        """Take the next frame, which arrived at a reading of the clock."""
        change = self._tracker.step(frame.probability)
        utterance = self._utterance
        if utterance is None:
            if change is not Change.ONSET:
                self._before.append(frame.sound)
                self._watch_quiet()
                return
            utterance = self._begin()
        voiced = self._tracker.voiced_until == self._tracker.position
        utterance.add(frame.sound, voiced=voiced, keep_s=self._options.max_turn_s)
        if voiced:
            self._voice_arrived = arrived
        self._follow(utterance, change)

    def consider(self) -> None:
        """Decide with the words that have come by now."""
        utterance = self._utterance
        if utterance is None:
            return
        self._tell_partial(utterance)
        if not utterance.announced and self._speaking and cuts_in(utterance.text):
            self._announce(utterance)
        if self._tracker.phase is not Phase.PAUSE:
            return
        answer = utterance.answer
        if answer is not None:
            needed = self._endpointing.silence_ms(completeness(answer.text, answer.language))
        elif utterance.is_asking:
            needed = self._endpointing.silence_ms(Completeness.UNFINISHED)
        else:
            needed = self._endpointing.silence_ms(Completeness.OPEN)
        if self._tracker.silence_ms >= needed:
            self.end()

    def end(self) -> None:
        """End the turn now, if there is one."""
        utterance = self._utterance
        if utterance is None:
            return
        if self._tracker.phase is Phase.ONSET:
            self._lose(utterance)
        else:
            utterance.timing.mark(Stage.SPEECH_END, at=self._voice_arrived)
            utterance.timing.mark(Stage.ENDPOINT)
            self._teller.tell(
                utterance,
                start=self._onset,
                end=self._tracker.voiced_until,
                floor=self._floor(),
                may_join=not self._answered_aloud,
            )
            self._idle_from = None
            self._answered_aloud = self._speaking
        self._utterance = None
        self._tracker.reset()

    def commit(self) -> None:
        """End the turn with what was heard so far."""
        self.end()

    def clear(self) -> None:
        """Forget what was heard so far."""
        utterance, self._utterance = self._utterance, None
        self._before.clear()
        if utterance is not None:
            utterance.drop_question()
            end_ms = at_ms(self.position)
            if utterance.announced:
                self._on_event(SpeechStopped(end_ms))
                self._on_event(NothingHeard(at_ms(self._onset), end_ms, "It was taken back."))
            elif utterance.ducked:
                self._on_event(Unducked(end_ms))
        self._tracker.reset()

    def drop(self) -> None:
        """Stop without a word."""
        if self._utterance is not None:
            self._utterance.drop_question()
        self._utterance = None

    def skip(self, samples: int) -> None:
        """Sound was lost; a turn that went on is over."""
        self.end()
        self._before.clear()
        self._tracker.skip(samples)

    def we_speak(self, speaking: bool) -> None:
        """Our own voice sounds from now on, or no longer."""
        if self._speaking and not speaking:
            self._spoke_until = self._idle_from = self.position
        elif speaking:
            self._idle_from = None
            self._answered_aloud = True
        self._speaking = speaking

    def update(self, options: ListenOptions) -> None:
        """Go on with other options of the same mode."""
        self._options = options
        self._tracker.threshold = options.threshold
        self._endpointing.base_ms = options.silence_ms
        self._before = deque(self._before, maxlen=_prefix_frames(options))

    def _begin(self) -> Utterance:
        self._onset = self._tracker.onset
        start = self._onset - FRAME * len(self._before)
        self._utterance = Utterance(
            self._transcriber,
            start=start,
            before=self._before,
            language=self._options.language,
            who=self._who,
            changed=self._changed,
            clock=self._clock,
        )
        self._before.clear()
        self._judge = Judge()
        self._told_text = ""
        self._next_partial = self.position + (
            _PARTIAL_OVER_US if self._speaking else _PARTIAL_EVERY
        )
        return self._utterance

    def _follow(self, utterance: Utterance, change: Change) -> None:
        if change is Change.LOST:
            self._lose(utterance)
            self._utterance = None
            return
        if not utterance.announced:
            self._notice(utterance)
        if change is Change.PAUSED:
            utterance.ask(Urgency.FINAL)
        elif change is Change.RESUMED:
            self._endpointing.note_pause(self._tracker.pause_ms)
        elif self._tracker.phase is Phase.SPEECH and self.position >= self._next_partial:
            self._ask_partial(utterance)
        if utterance.seconds + FRAME / HEARING_RATE_HZ > self._options.max_turn_s:
            self.end()

    def _notice(self, utterance: Utterance) -> None:
        """Decide whether somebody begins to speak to us."""
        confirmed = self._tracker.phase in {Phase.SPEECH, Phase.PAUSE}
        if not self._speaking:
            if confirmed:
                self._announce(utterance)
            return
        if self._options.interrupt and not utterance.ducked:
            utterance.ducked = True
            self._on_event(Ducked(at_ms(self.position)))
        if self._cuts_in(utterance):
            self._announce(utterance)

    def _cuts_in(self, utterance: Utterance) -> bool:
        """Whether the sound alone says that somebody wants us to be silent."""
        voiced = self._tracker.voiced_frames
        if voiced < _FEWEST_FRAMES:
            return False
        first = (self._onset - utterance.start) // FRAME - BEFORE_FRAMES
        newest = utterance.frames - _JUDGED_FRAMES
        verdict = self._judge.hear(utterance.sound(max(first, newest, 0)), voiced_frames=voiced)
        if verdict is Verdict.INTERRUPTION:
            return True
        return verdict is not Verdict.HUM and voiced >= _SURELY_SPEECH_FRAMES

    def _announce(self, utterance: Utterance) -> None:
        utterance.announced = True
        self._idle_from = None
        self._on_event(SpeechStarted(at_ms(self._onset)))

    def _lose(self, utterance: Utterance) -> None:
        utterance.drop_question()
        self._before.extend(utterance.recent(self._before.maxlen or 0))
        if utterance.ducked and not utterance.announced:
            self._on_event(Unducked(at_ms(self.position)))

    def _ask_partial(self, utterance: Utterance) -> None:
        wanted = self._options.partials or not utterance.announced
        if wanted and not utterance.is_asking:
            utterance.ask(Urgency.PARTIAL)
            self._next_partial = self.position + _PARTIAL_EVERY

    def _tell_partial(self, utterance: Utterance) -> None:
        text = utterance.text
        if self._options.partials and utterance.announced and text and text != self._told_text:
            self._told_text = text
            self._on_event(PartialHeard(text))

    def _watch_quiet(self) -> None:
        wanted, since = self._options.idle_timeout_ms, self._idle_from
        if wanted is not None and since is not None and at_ms(self.position - since) >= wanted:
            self._idle_from = None
            self._on_event(StayedQuiet(at_ms(since), at_ms(self.position)))

    def _floor(self) -> Floor:
        if self._speaking:
            return Floor.OURS
        since = self._spoke_until
        if since is not None and self._onset - since < _ANSWER_WINDOW:
            return Floor.THEIRS
        return Floor.NOBODYS


def _prefix_frames(options: ListenOptions) -> int:
    return max(round(options.prefix_ms / FRAME_MS), BEFORE_FRAMES)
