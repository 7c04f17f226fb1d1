"""When each stage of a spoken turn was reached."""

import time
from collections.abc import Callable
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """The stages of a turn, in their usual order."""

    SPEECH_END = "speech_end"
    """The last sound of the user arrived; everything is counted from here."""
    ENDPOINT = "endpoint"
    """It was decided that they have finished."""
    TRANSCRIPT = "transcript"
    """The final transcript was there; before ENDPOINT when it was made ahead of time."""
    TOOL = "tool"
    """The first tool had finished."""
    FIRST_WORD = "first_word"
    """The first words of the reply were known."""
    FIRST_AUDIO = "first_audio"
    """The first sound of the reply was on its way to the client."""
    DONE = "done"
    """All of the reply was on its way."""


STAGES: Final = tuple(Stage)


class TurnTiming:
    """The clock of one turn. Marks each stage once; a later mark of the same stage is ignored."""

    def __init__(self, *, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._marks: dict[Stage, float] = {}

    def mark(self, stage: Stage, *, at: float | None = None) -> None:
        """Note that a stage is reached, now or at a reading of the same clock."""
        self._marks.setdefault(stage, self._clock() if at is None else at)

    def ms(self, stage: Stage) -> float | None:
        """Milliseconds from the end of speech to `stage`; None when either is not known."""
        start, end = self._marks.get(Stage.SPEECH_END), self._marks.get(stage)
        return None if start is None or end is None else (end - start) * 1000.0

    def stages_ms(self) -> dict[str, float]:
        """Every stage that was reached, in milliseconds from the end of speech."""
        return {str(one): round(ms, 1) for one in STAGES if (ms := self.ms(one)) is not None}
