"""What is asked of timers: the arguments of the tool, and how they are read."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from knowledge.timers.models import LONGEST_FADE_S, SleepTimer
from knowledge.times import UnclearTime, Upcoming, future_time
from tools.context import ToolContext
from tools.place import InRoom, queue_of, rooms_in
from tools.playback import volume_of
from tools.regret import Deed
from tools.timer_facts import QueueOf
from tools.wanted import Numbers, Wanted, Words

_MAX_SONGS = 100


class SetTimer(Wanted, InRoom):
    action: Literal["sleep", "alarm", "show", "cancel"] = Field(
        description="sleep: stop the music later. alarm: play music at a time, once or on some "
        "days of the week. show: what is set. cancel: take out what is set"
    )
    when: Words = Field(
        "",
        description='Words for a time to come, as the user said them: "in half an hour", "at '
        'eleven", "tomorrow at 6:30", "every weekday at 7"; or ISO 8601. Of cancel: which alarm',
    )
    after: Literal["", "song", "songs", "album", "queue"] = Field(
        "", description="Of sleep, instead of a time: stop when this is over"
    )
    songs: int | None = Field(
        None, ge=1, le=_MAX_SONGS, description="Of after songs: how many, the current one counted"
    )
    longer_by_minutes: float | None = Field(
        None, ge=-1440, le=1440, description="Of sleep: change the timer that is set by so much"
    )
    fade_s: float | None = Field(
        None, ge=0, le=LONGEST_FADE_S, description="Seconds in which it gets quieter, or louder"
    )
    wish: Words = Field(
        "",
        description="Of alarm: music in the user's words when no other field names it: \"calm "
        'jazz". With nothing named it plays music that the user likes',
    )
    waking: bool = Field(False, description="Of alarm: the user wants to be woken by it")
    volume: Annotated[int | None, BeforeValidator(volume_of)] = Field(
        None, description="Of alarm: how loud it gets, 0 to 100"
    )
    player: Words = Field("", description="Of alarm: on which player, by its name")
    which: Numbers = Field(
        default_factory=list, description="Of cancel: numbers as show lists them, first is 1"
    )
    timer_id: int | None = Field(
        None, ge=1, description="Of cancel: the one with the fact timer_id of an earlier result"
    )
    everything: bool = Field(False, description="Of cancel: all of them")
    only: Literal["", "sleep", "alarm"] = Field(
        "", description="Of show and cancel: only the sleep timer, or only alarms"
    )

    @property
    def deed(self) -> Deed:
        """What a wrong guess would cost."""
        return Deed.WAKE


def time_said(when: str, now: datetime, *, waking: bool) -> Upcoming | UnclearTime | None:
    """Read the words of a time; a model may leave out the "in" and the "at"."""
    if not when:
        return None
    found = future_time(when, now, waking=waking)
    for lead in ("in", "at"):
        found = found or future_time(f"{lead} {when}", now, waking=waking)
    return found


def queues(context: ToolContext) -> QueueOf:
    """The queue that each timer is about."""
    rooms = rooms_in(context)
    return lambda timer: queue_of(timer.room if isinstance(timer, SleepTimer) else "", rooms)
