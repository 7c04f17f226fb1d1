"""The numbers of listening as values. Imported listens are included and always told apart."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

HOURS_OF_WEEK = 168


class Mood(StrEnum):
    """A quarter of the emotional map: energy above or below the middle, mood bright or dark."""

    JOYFUL = "joyful"
    """Energetic and bright."""
    TENSE = "tense"
    """Energetic and dark."""
    BROODING = "brooding"
    """Calm and dark."""
    PEACEFUL = "peaceful"
    """Calm and bright."""

    @classmethod
    def at(cls, valence: float, arousal: float) -> "Mood":
        """The quarter of a place on the map; both coordinates are 0 to 1."""
        middle = 0.5
        if arousal >= middle:
            return cls.JOYFUL if valence >= middle else cls.TENSE
        return cls.PEACEFUL if valence >= middle else cls.BROODING


@dataclass(frozen=True, slots=True)
class Totals:
    plays: int = 0
    """How often a track began to sound, imported listens included."""
    seconds: float = 0.0
    imported_plays: int = 0
    imported_s: float = 0.0
    estimated_s: float = 0.0
    """Part of the seconds whose length no export told; the track's own length stands for it."""
    skips: int = 0
    """Plays that somebody moved on from before half of the track."""
    tracks: int = 0
    """Different recordings."""

    @property
    def skipped_share(self) -> float:
        """Skips for each play, 0 to 1."""
        return min(1.0, self.skips / self.plays) if self.plays else 0.0


@dataclass(frozen=True, slots=True)
class Day:
    """One day of listening, in local time."""

    day: date
    seconds: float
    imported_s: float
    plays: int


@dataclass(frozen=True, slots=True)
class Favourite:
    """A track, artist, album or genre that was listened to."""

    name: str
    by: str = ""
    """Artist of a track or an album."""
    id: int | None = None
    """In the library; None for what only an import knows, and for genres."""
    cover_id: str | None = None
    plays: int = 0
    """Not counting skipped ones."""
    seconds: float = 0.0
    imported_plays: int = 0


@dataclass(frozen=True, slots=True)
class Favourites:
    """Most played first."""

    tracks: tuple[Favourite, ...] = ()
    artists: tuple[Favourite, ...] = ()
    albums: tuple[Favourite, ...] = ()
    genres: tuple[Favourite, ...] = ()


@dataclass(frozen=True, slots=True)
class MoodsOfHours:
    """How the music of one part of the day sounds."""

    hour: int
    """0 to 23, where the part begins."""
    until: int
    """1 to 24, where it ends."""
    plays: dict[Mood, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row with music."""

    days: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The listening of a range of days."""

    first: date
    last: date
    """Both inside."""
    begun: date | None
    """The first day of all that is known; None when nothing is."""
    totals: Totals
    before: Totals | None
    """The same number of days just before; None where there is no beginning."""
    days: tuple[Day, ...]
    """Only those with music, in order."""
    week: tuple[float, ...]
    """Seconds by hour of the week, Monday midnight first; `HOURS_OF_WEEK` numbers."""
    favourites: Favourites
    moods: tuple[MoodsOfHours, ...]
    """Empty where nothing was analysed."""
    longest: Streak
    current: Streak
    """The one that reaches today or yesterday; none when it is broken."""
