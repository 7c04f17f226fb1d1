"""Reads a file of notation of any kind that we know."""

from pathlib import Path

from knowledge.melody.models import MelodyLine
from knowledge.melody.written.abc import read_abc
from knowledge.melody.written.endings import ABC, MUSICXML
from knowledge.melody.written.midi import read_midi
from knowledge.melody.written.models import (
    FEWEST_NOTES,
    MOST_BYTES,
    ReadFile,
    TuneRefused,
    WrittenTune,
)
from knowledge.melody.written.musicxml import MOST_XML_BYTES, NoScore, read_musicxml

_NOTHING = f"There is no tune of {FEWEST_NOTES} notes or more in it."
_MOST_TITLE = 200


def read_file(path: Path) -> ReadFile:
    """Read the tunes of a file; what cannot be read has a reason.

    Raises:
        OSError: it cannot be opened.
    """
    ending = path.suffix.lower()
    most = MOST_XML_BYTES if ending in MUSICXML else MOST_BYTES
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        return ReadFile(reason=f"It is larger than {most // 1_000_000} MB.")
    if not data:
        return ReadFile(reason="The file is empty.", foreign=ending == ".xml")
    try:
        tunes = _tunes(path, ending, data)
    except NoScore as error:
        reason = f"It is XML of another kind ({str(error)[:40]})."
        return ReadFile(reason=reason, foreign=ending == ".xml")
    except TuneRefused as error:
        return ReadFile(reason=str(error), foreign=ending == ".xml" and b"score-" not in data)
    return ReadFile(tunes) if tunes else ReadFile(reason=_NOTHING)


def _tunes(path: Path, ending: str, data: bytes) -> tuple[WrittenTune, ...]:
    if ending in ABC:
        return tuple(_named(path, tune) for tune in read_abc(_text(data)))
    if ending in MUSICXML:
        tune = read_musicxml(data)
        return () if tune is None else (_named(path, tune),)
    lines: tuple[MelodyLine, ...] = read_midi(data)
    return (_named(path, WrittenTune("", "", lines)),) if lines else ()


def _named(path: Path, tune: WrittenTune) -> WrittenTune:
    """A tune without a title is called as its file, "Artist - Title" or "Title"."""
    if tune.title:
        return tune
    said = " ".join(path.stem.replace("_", " ").split())
    artist, dash, title = said.partition(" - ")
    if dash and title and not artist.isdigit():
        return WrittenTune(title[:_MOST_TITLE], tune.composer or artist[:_MOST_TITLE], tune.lines)
    return WrittenTune((title or said)[:_MOST_TITLE], tune.composer, tune.lines)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
