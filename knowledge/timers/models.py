"""Sleep timers and alarms as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from knowledge.people.current import PersonId, current_person

TimerId = int

FADE_S = 20.0
"""So long the music gets quieter before it stops, unless something else is wanted."""
RAMP_S = 30.0
"""So long the music of an alarm gets louder."""
LONGEST_FADE_S = 600.0


class SleepUntil(StrEnum):
    """What ends the music."""

    TIME = "time"
    SONG = "song"
    """The end of the song that plays then."""
    SONGS = "songs"
    """The end of the last of so many songs."""
    ALBUM = "album"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class SleepTimer:
    """Stops the music by itself."""

    id: TimerId
    until: SleepUntil
    at: datetime | None = None
    """When, with `SleepUntil.TIME`; with a time zone."""
    songs: int = 0
    """How many songs still play, the current one counted, with `SleepUntil.SONGS`."""
    item_id: str = ""
    """The item of the queue that was counted last."""
    fade_s: float = FADE_S
    session_id: str = ""
    person: PersonId = field(default_factory=current_person)
    """Who set it."""
    room: str = ""
    """In which room the music stops; "": the music that belongs to no room."""


@dataclass(frozen=True, slots=True)
class AlarmMusic:
    """What an alarm plays; nothing named means music that is liked."""

    label: str = ""
    """What it is called, for people: "Kind of Blue", "calm jazz"."""
    named: Mapping[str, Any] = field(default_factory=dict)
    """Names music as the arguments of a tool do: {"refs": ["album:3"]}, {"liked": True}."""
    wish: str = ""
    """What it shall be like, in somebody's words."""

    @property
    def is_open(self) -> bool:
        """Whether any liked music will do."""
        return not self.named and not self.wish


@dataclass(frozen=True, slots=True)
class Alarm:
    """Plays music at a time, once or on some days of each week."""

    id: TimerId
    at: datetime
    """The next time, with a time zone."""
    clock: time | None = None
    """What the clock shows then; None when so much time from then was said."""
    weekdays: frozenset[int] = frozenset()
    """On which days again and again; 0 is Monday. Empty: once."""
    music: AlarmMusic = field(default_factory=AlarmMusic)
    volume: int | None = None
    """How loud it gets, 0 to 100; None: as loud as it was."""
    ramp_s: float = RAMP_S
    player: str = ""
    """On which player; "": the one in use."""
    session_id: str = ""
    person: PersonId = field(default_factory=current_person)
    """Who set it: the music is chosen for them."""


Timer = SleepTimer | Alarm


class NewsKind(StrEnum):
    RANG = "rang"
    """A player confirmed that the music plays."""
    MISSED = "missed"
    """It was too late: the machine slept, Refrain did not run, or no player played."""
    FAILING = "failing"
    """No player plays yet; it is tried again."""
    STOPPED = "stopped"
    """A sleep timer stopped the music."""


@dataclass(frozen=True, slots=True)
class TimerNews:
    """What became of a timer."""

    id: int
    at: datetime
    timer_id: TimerId
    kind: NewsKind
    due_at: datetime | None = None
    music: str = ""
    """What plays, or was to be played."""
    reason: str = ""
    """Why it did not happen, or why something else plays."""
