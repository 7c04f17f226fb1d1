"""Reads MusicXML 4.0 (and older), part by part, plain or compressed (.mxl)."""

import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from knowledge.melody.written.models import (
    MOST_NOTES,
    TuneRefused,
    Voice,
    WrittenTune,
)
from knowledge.melody.written.repeats import Sign, unfold
from knowledge.melody.written.voices import lines_of
from knowledge.melody.written.xml_stream import XmlStream

MOST_XML_BYTES = 32_000_000
"""Of a score, uncompressed."""
_MOST_ENTRIES = 1_000
_MOST_NAME = 200
_MOST_MEASURES = 20_000
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_USUAL_TEMPO = 120.0
_CONTAINER = "META-INF/container.xml"


class NoScore(ValueError):
    """XML of another kind."""


@dataclass(frozen=True, slots=True)
class _Note:
    start: float
    """In quarters, from the beginning of the measure."""
    length: float
    pitch: float
    tied: bool
    """It goes on in the next note of the same pitch."""


@dataclass(slots=True)
class _Measure:
    number: int
    """In its part, from 0."""
    length: float = 0.0
    notes: dict[tuple[str, str], list[_Note]] = field(default_factory=lambda: defaultdict(list))
    """By staff and voice."""


@dataclass(slots=True)
class _Part:
    name: str = ""
    divisions: float = 1.0
    measures: int = 0
    written: list[_Measure | Sign] = field(default_factory=list)


def read_musicxml(data: bytes) -> WrittenTune | None:
    """Read a score; None when nothing is played in it.

    Args:
        data: the XML itself, or a compressed file with it.

    Raises:
        TuneRefused: damaged, too large, or a trap.
        NoScore: XML, but no music.
    """
    score = _Score()
    stream = XmlStream("measure", score.take_measure, score.take_text)
    score.look_in(stream.attribute)
    stream.read(_unzipped(data) if data[:2] == b"PK" else data)
    if stream.root not in {"score-partwise", "score-timewise"}:
        raise NoScore(stream.root)
    lines = lines_of(score.voices())
    return WrittenTune(score.title or score.movement, score.composer, lines) if lines else None


def _unzipped(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > _MOST_ENTRIES:
                raise TuneRefused(f"It packs more than {_MOST_ENTRIES} files.")
            return _entry(archive, _root_file(archive, names))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise TuneRefused("It is damaged, or packed in a way that is not read.") from error


def _root_file(archive: zipfile.ZipFile, names: list[str]) -> str:
    """Name of the score in a compressed file."""
    found: list[str] = []

    def look(_path: tuple[str, ...], attributes: dict[str, str], _text: str) -> None:
        if "full-path" in attributes:
            found.append(attributes["full-path"])

    if _CONTAINER in names:
        XmlStream("", lambda _piece: None, look).read(_entry(archive, _CONTAINER))
    others = [name for name in names if name.endswith((".musicxml", ".xml")) and "META" not in name]
    score = next((name for name in (*found, *others) if name in names), None)
    if score is None:
        raise TuneRefused("There is no score in it.")
    return score


def _entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """One file, but never more of it than is allowed, whatever its header says."""
    with archive.open(name) as packed:
        data = packed.read(MOST_XML_BYTES + 1)
    if len(data) > MOST_XML_BYTES:
        raise TuneRefused(f"Unpacked it is larger than {MOST_XML_BYTES // 1_000_000} MB.")
    return data


class _Score:
    """Collects what a stream hands over."""

    def __init__(self) -> None:
        self.title = self.movement = self.composer = ""
        self._open_attribute: Callable[[str], str] = str
        self._parts: dict[str, _Part] = {}
        self._names: dict[str, str] = {}
        self._tempos: dict[int, float] = {}
        """Measure of any part -> quarters a minute from there on."""
        self._notes = 0

    def look_in(self, open_attribute: Callable[[str], str]) -> None:
        """Say how to ask for an attribute of the part that a measure belongs to."""
        self._open_attribute = open_attribute

    def take_text(self, path: tuple[str, ...], attributes: dict[str, str], text: str) -> None:
        name = path[-1]
        if name == "work-title":
            self.title = text[:_MOST_NAME]
        elif name == "movement-title":
            self.movement = text[:_MOST_NAME]
        elif name == "creator" and attributes.get("type", "composer") == "composer":
            self.composer = text[:_MOST_NAME]
        elif name == "part-name":
            self._names[str(len(self._names))] = text[:_MOST_NAME]

    def take_measure(self, measure: Element) -> None:
        timewise = measure.findall("part")
        if timewise:
            for part in timewise:
                self._add(part.get("id", ""), part)
        else:
            self._add(self._open_attribute("id"), measure)

    def voices(self) -> list[Voice]:
        voices = []
        names = list(self._names.values())
        for number, part in enumerate(self._parts.values()):
            name = names[number] if number < len(names) else ""
            voices += _voices(part, name, self._tempos)
        for rank, voice in enumerate(voices):
            voice.rank = rank
        return voices

    def _add(self, part_id: str, content: Element) -> None:
        part = self._parts.setdefault(part_id, _Part())
        if part.measures >= _MOST_MEASURES:
            raise TuneRefused(f"It has more than {_MOST_MEASURES} measures.")
        reader = _MeasureReader(part, _Measure(part.measures), self._tempos)
        reader.read(content)
        self._notes += reader.count
        if self._notes > MOST_NOTES:
            raise TuneRefused(f"It has more than {MOST_NOTES} notes.")
        part.measures += 1


class _MeasureReader:
    """Reads one measure of one part."""

    def __init__(self, part: _Part, measure: _Measure, tempos: dict[int, float]) -> None:
        self._part = part
        self._measure = measure
        self._tempos = tempos
        self._at = 0.0
        self._start = 0.0
        self.count = 0

    def read(self, content: Element) -> None:
        after: list[_Measure | Sign] = []
        for element in content:
            if element.tag == "note":
                self._note(element)
            elif element.tag in {"backup", "forward"}:
                by = self._quarters(element)
                self._at = max(self._at + (by if element.tag == "forward" else -by), 0.0)
                self._measure.length = max(self._measure.length, self._at)
            elif element.tag == "attributes":
                divisions = _number(element.findtext("divisions"))
                self._part.divisions = divisions if divisions > 0 else self._part.divisions
            elif element.tag in {"direction", "sound"}:
                self._tempo(element)
            elif element.tag == "barline":
                after += self._barline(element)
        self._part.written += [self._measure, *after]

    def _barline(self, barline: Element) -> list[_Measure | Sign]:
        """Put what opens before the measure; return what follows it."""
        ending, repeat = barline.find("ending"), barline.find("repeat")
        if repeat is not None and repeat.get("direction") == "forward":
            self._part.written.append(Sign.BEGIN)
        if ending is not None and ending.get("type") == "start":
            self._part.written.append(Sign.ENDING)
        if repeat is not None and repeat.get("direction") == "backward":
            return [Sign.END]
        if ending is not None and ending.get("type") in {"stop", "discontinue"}:
            return [Sign.CLOSE]
        return []

    def _tempo(self, element: Element) -> None:
        sound = element if element.tag == "sound" else element.find("sound")
        tempo = 0.0 if sound is None else _number(sound.get("tempo"))
        if 10 <= tempo <= 1000:
            self._tempos.setdefault(self._measure.number, tempo)

    def _note(self, note: Element) -> None:
        if note.find("grace") is not None or note.find("cue") is not None:
            return
        length = self._quarters(note)
        if note.find("chord") is None:
            self._start = self._at
            self._at += length
            self._measure.length = max(self._measure.length, self._at)
        pitch = _pitch(note.find("pitch"))
        if pitch is None or not length > 0:
            return
        self.count += 1
        tied = any(tie.get("type") == "start" for tie in note.findall("tie"))
        voice = (note.findtext("staff") or "1", note.findtext("voice") or "1")
        self._measure.notes[voice].append(_Note(self._start, length, pitch, tied))

    def _quarters(self, element: Element) -> float:
        return min(max(_number(element.findtext("duration")), 0.0) / self._part.divisions, 1000.0)


def _voices(part: _Part, name: str, tempos: dict[int, float]) -> list[Voice]:
    """The voices of a part, as they are played."""
    voices: dict[tuple[str, str], Voice] = {}
    tied: dict[tuple[str, str], dict[float, int]] = defaultdict(dict)
    now = 0.0
    for measure in unfold(part.written):
        before = [number for number in tempos if number <= measure.number]
        quarter_s = 60 / (tempos[max(before)] if before else _USUAL_TEMPO)
        for key, notes in measure.notes.items():
            voice = voices.setdefault(key, Voice(name))
            held = tied[key]
            for note in notes:
                onset, length = now + note.start * quarter_s, note.length * quarter_s
                place = held.pop(note.pitch, None)
                if place is None:
                    voice.notes.append((onset, length, note.pitch))
                    place = len(voice.notes) - 1
                else:
                    began = voice.notes[place][0]
                    voice.notes[place] = (began, max(onset + length - began, length), note.pitch)
                if note.tied:
                    held[note.pitch] = place
        now += measure.length * quarter_s
    return [voices[key] for key in sorted(voices)]


def _pitch(pitch: Element | None) -> float | None:
    if pitch is None:
        return None
    step = _STEPS.get((pitch.findtext("step") or "").strip().upper())
    if step is None:
        return None
    octave = _number(pitch.findtext("octave"))
    return 12 * (octave + 1) + step + _number(pitch.findtext("alter"))


def _number(text: str | None) -> float:
    """A number of the file; 0 where there is none, or one that is none."""
    try:
        value = float(text or 0)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e9 else 0.0
