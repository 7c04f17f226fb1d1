"""Lyrics as values."""

from dataclasses import dataclass
from typing import Literal

from knowledge.lyrics.language import language_of
from knowledge.lyrics.lrc import LyricLine, parse_lyrics, written
from knowledge.models import TrackId

LyricsSource = Literal["tag", "file", "lrclib"]


@dataclass(frozen=True, slots=True)
class Lyrics:
    """The words of one recording."""

    text: str
    """As LRC when `synced`, else plain; lines are separated by "\\n"."""
    synced: bool
    language: str
    """ISO 639-1, or "" when it is not clear."""
    source: LyricsSource
    """A tag of the music file, a file beside it, or a service that was asked."""

    @property
    def lines(self) -> tuple[LyricLine, ...]:
        return parse_lyrics(self.text)


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line of a song that is like what somebody remembers."""

    track_id: TrackId
    line: str
    """As it is written in the lyrics."""
    score: float
    """0 to 1; from about .7 on most of the words are there."""
    start_s: float | None = None
    """When it is sung, where the lyrics say that."""


def lyrics_from(raw: str, source: LyricsSource) -> Lyrics | None:
    """Read the lyrics of a tag or a file; None when there are no words in them."""
    lines = parse_lyrics(raw)
    words = "\n".join(line.text for line in lines)
    if not any(character.isalpha() for character in words):
        return None
    synced = lines[0].start_s is not None
    return Lyrics(written(lines), synced, language_of(words), source)
