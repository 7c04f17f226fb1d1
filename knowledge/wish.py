"""What somebody wishes to hear, as structure: the meeting point of search and recommendation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from knowledge.analysis.sound import Axis
from knowledge.models import TrackId

Arc = Literal["", "flat", "ramp", "hill", "wind_down"]
Span = tuple[float, float]
"""Lower and upper end, both inside."""


@dataclass(frozen=True, slots=True)
class MusicWish:
    """One request, parsed. Words are canonical English ("calm", "workout", "piano") or names.

    Facts (years, artists, genres, language, tempo said as a number, negations) are conditions that
    every answer obeys; the rest is weighed.
    """

    text: str = ""
    """The request as it was said."""
    free: str = ""
    """What is left for meaning once the structure is taken out; "" when nothing is."""
    said_in: str = "en"
    """Language of the request, ISO 639-1."""
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    activity: str = ""
    """"workout", "running", "study", "sleep", "party", "dinner", "commute" and so on."""
    instruments: tuple[str, ...] = ()
    tempo_bpm: Span | None = None
    """Beats per minute; half and double count unless `tempo_exact`."""
    tempo_exact: bool = False
    cadence: float | None = None
    """Steps per minute to run in."""
    axes: Mapping[Axis, Span] = field(default_factory=dict)
    """Stretches of the library by percentile, 0 to 1: {ENERGY: (0, .4)} is "not too loud"."""
    years: Span | None = None
    vocal: bool | None = None
    """True: somebody sings; False: "no vocals"."""
    language: str = ""
    """Language of the words, ISO 639-1: "French songs"."""
    artists: tuple[str, ...] = ()
    albums: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    lyrics: str = ""
    """Words of the song: "the one that goes ..."."""
    cover: str = ""
    """What its cover looks like: "yellow"."""
    liked: bool = False
    not_genres: tuple[str, ...] = ()
    not_moods: tuple[str, ...] = ()
    not_instruments: tuple[str, ...] = ()
    not_artists: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    """Other things ruled out: "christmas"."""
    like: tuple[TrackId, ...] = ()
    """Like these recordings."""
    but: Mapping[str, float] = field(default_factory=dict)
    """Changes from what it shall be like: an axis, "tempo" or "year" to -1..1: "calmer" is
    {"energy": -1}."""
    time_of_day: str = ""
    weather: str = ""
    place: str = ""
    count: int | None = None
    duration_s: float | None = None
    arc: Arc = ""
    kinds: tuple[str, ...] = ()
    """"track", "album", "artist", when the request names one."""
    said: Mapping[str, str] = field(default_factory=dict)
    """Field name to the words of the request that it comes from, for explanations."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing but the text is known."""
        return self == MusicWish(text=self.text, free=self.free, said_in=self.said_in)
