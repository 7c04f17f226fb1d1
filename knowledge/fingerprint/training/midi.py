"""A score of notes and its Standard MIDI File."""

import struct
from dataclasses import dataclass, field

TICKS = 480
"""Ticks a beat."""
DRUMS = 9
"""The channel on which General MIDI keeps percussion."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note; times in beats from the start of the piece.

    Attributes:
        channel: 0 to 15.
        pitch: MIDI number, or the drum on channel `DRUMS`.
        velocity: 1 to 127.
    """

    start: float
    length: float
    channel: int
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class Control:
    """A controller (number below 128) or the pitch wheel (`BEND`, value 0 to 16383)."""

    start: float
    channel: int
    number: int
    value: int


BEND = 128


@dataclass(slots=True)
class Score:
    """A piece: `programs` gives the General MIDI instrument of each channel."""

    beats_per_minute: float
    programs: dict[int, int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)


def midi_file(score: Score) -> bytes:
    """The score as a Standard MIDI File, format 0."""
    events: list[tuple[int, int, bytes]] = []
    for channel, program in score.programs.items():
        events.append((0, 0, bytes((0xC0 | channel, program & 127))))
    for control in score.controls:
        tick = max(0, round(control.start * TICKS))
        if control.number == BEND:
            low, high = control.value & 127, control.value >> 7 & 127
            events.append((tick, 1, bytes((0xE0 | control.channel, low, high))))
        else:
            message = bytes((0xB0 | control.channel, control.number, control.value & 127))
            events.append((tick, 1, message))
    for note in score.notes:
        if not 0 <= note.pitch < 128:
            continue
        start = max(0, round(note.start * TICKS))
        end = max(start + 1, round((note.start + note.length) * TICKS))
        velocity = min(127, max(1, note.velocity))
        events.append((start, 3, bytes((0x90 | note.channel, note.pitch, velocity))))
        events.append((end, 2, bytes((0x80 | note.channel, note.pitch, 0))))
    events.sort(key=lambda event: event[:2])
    micros = round(60_000_000 / score.beats_per_minute)
    track = bytearray(b"\x00\xff\x51\x03" + micros.to_bytes(3, "big"))
    now = 0
    for tick, _, message in events:
        track += _variable(tick - now) + message
        now = tick
    track += b"\x00\xff\x2f\x00"
    header = b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS)
    return header + b"MTrk" + struct.pack(">I", len(track)) + bytes(track)


def _variable(number: int) -> bytes:
    """A number as MIDI writes it: seven bits a byte, all but the last marked."""
    result = bytes((number & 127,))
    while number := number >> 7:
        result = bytes((number & 127 | 128,)) + result
    return result
