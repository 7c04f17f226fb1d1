"""Reads Standard MIDI Files (MIDI 1.0, RP-001), of any format, also wrapped in RIFF."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from knowledge.melody.models import MelodyLine
from knowledge.melody.written.models import MOST_NOTES, TuneRefused, Voice
from knowledge.melody.written.voices import lines_of

_PERCUSSION = 9
_MOST_TRACKS = 512
_MOST_NAME = 200
_SLOWEST_US, _FASTEST_US = 10_000_000, 20_000
"""Microseconds that a quarter may last."""
_USUAL_US = 500_000
_NOT_MIDI = "It is no MIDI file."
_DATA_BYTES = {0x8: 2, 0x9: 2, 0xA: 2, 0xB: 2, 0xC: 1, 0xD: 1, 0xE: 2}
_SYSTEM_BYTES = {0xF1: 1, 0xF2: 2, 0xF3: 1}


@dataclass(slots=True)
class _Track:
    name: str = ""
    notes: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Tick of onset, tick of the end, channel, pitch."""
    programs: dict[int, int] = field(default_factory=dict)
    tempos: list[tuple[int, int]] = field(default_factory=list)
    """Tick, and microseconds a quarter from there on."""


def read_midi(data: bytes) -> tuple[MelodyLine, ...]:
    """Return the lines of a MIDI file that may be its tune, the most likely first.

    Raises:
        TuneRefused: it is no MIDI file, or it has too many notes.
    """
    start = data.find(b"MThd", 0, 64)
    if start < 0 or len(data) < start + 14:
        raise TuneRefused(_NOT_MIDI)
    division = int.from_bytes(data[start + 12 : start + 14], "big")
    if not division & 0x7FFF:
        raise TuneRefused("Its clock stands still: a quarter has no ticks.")
    header = 8 + int.from_bytes(data[start + 4 : start + 8], "big")
    tracks = [_read_track(chunk) for chunk in _chunks(data, start + header)]
    if sum(len(track.notes) for track in tracks) > MOST_NOTES:
        raise TuneRefused(f"It has more than {MOST_NOTES} notes.")
    clock = _Clock(division, [change for track in tracks for change in track.tempos])
    voices = [voice for track in tracks for voice in _voices(track, clock)]
    for rank, voice in enumerate(voices):
        voice.rank = rank
    return lines_of(voices)


def _chunks(data: bytes, at: int) -> Iterator[bytes]:
    """The tracks; the last may be cut off."""
    for _ in range(_MOST_TRACKS):
        if at + 8 > len(data):
            return
        length = int.from_bytes(data[at + 4 : at + 8], "big")
        if data[at : at + 4] == b"MTrk":
            yield data[at + 8 : at + 8 + length]
        at += 8 + length


def _read_track(data: bytes) -> _Track:
    """Read as far as the track makes sense."""
    track = _Track()
    sounding: dict[tuple[int, int], int] = {}
    now = at = status = 0
    try:
        while at < len(data):
            wait, at = _number(data, at)
            now += wait
            if data[at] >= 0xF0:
                at = _other(data, at + 1, data[at], now, track)
                continue
            if data[at] >= 0x80:  # else the command before goes on
                status = data[at]
                at += 1
            kind, channel = status >> 4, status & 15
            if kind < 8:
                break  # data without a command
            first, second = data[at], data[at + 1] if _DATA_BYTES[kind] == 2 else 0
            at += _DATA_BYTES[kind]
            if kind == 0xC:
                track.programs.setdefault(channel, first & 0x7F)
            elif kind in {0x8, 0x9} and channel != _PERCUSSION:
                began = sounding.pop((channel, first), None)
                if began is not None and now > began:
                    track.notes.append((began, now, channel, first & 0x7F))
                if kind == 0x9 and second:
                    sounding[channel, first] = now
    except IndexError:
        pass  # cut off: what came before is good
    return track


def _other(data: bytes, at: int, status: int, now: int, track: _Track) -> int:
    """Read what is no voice message; return where it ends."""
    if status not in {0xF0, 0xF7, 0xFF}:
        return at + _SYSTEM_BYTES.get(status, 0)
    kind = -1
    if status == 0xFF:
        kind = data[at]
        at += 1
    length, at = _number(data, at)
    content = data[at : at + length]
    if kind == 0x51 and length == 3:
        track.tempos.append((now, int.from_bytes(content, "big")))
    elif kind in {0x03, 0x04} and (kind == 0x03 or not track.name):
        track.name = content[:_MOST_NAME].decode("utf-8", "replace").strip()
    return at + length


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends."""
    value = 0
    for place in range(4):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value, at + 4


class _Clock:
    """Ticks to seconds."""

    def __init__(self, division: int, changes: Sequence[tuple[int, int]]) -> None:
        if division & 0x8000:  # frames of film: no tempo
            frames = 256 - (division >> 8)
            self._ticks = np.array([0.0])
            self._starts = np.array([0.0])
            self._rates = np.array([1 / (frames * max(division & 0xFF, 1))])
            return
        tempos = {0: _USUAL_US}
        for tick, length in sorted(changes):
            tempos[tick] = min(max(length, _FASTEST_US), _SLOWEST_US)
        self._ticks = np.array(sorted(tempos), np.float64)
        self._rates = np.array([tempos[tick] for tick in sorted(tempos)]) / 1e6 / division
        steps = np.diff(self._ticks) * self._rates[:-1]
        self._starts = np.concatenate(([0.0], np.cumsum(steps)))

    def seconds(self, tick: int) -> float:
        place = int(np.searchsorted(self._ticks, tick, side="right")) - 1
        return float(self._starts[place] + (tick - self._ticks[place]) * self._rates[place])


def _voices(track: _Track, clock: _Clock) -> Iterator[Voice]:
    """The track, or its channels where there are several."""
    for channel in sorted({note[2] for note in track.notes}):
        notes = []
        for began, ended, sounds_on, pitch in track.notes:
            if sounds_on == channel:
                onset = clock.seconds(began)
                notes.append((onset, clock.seconds(ended) - onset, float(pitch)))
        yield Voice(re.sub(r"[_\W]+", " ", track.name), notes, track.programs.get(channel))
