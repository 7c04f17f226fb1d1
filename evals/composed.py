"""Pieces that nobody wrote before, and different bands that play them: notes, as MIDI files.

A piece is chords and a melody against a beat, drawn by chance within what sounds like a song: a
key, phrases that come back, cadences. A band decides everything else: instruments, key, tempo,
accompaniment, how the melody is varied, where it begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_MAJOR, _MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
_FOLLOWS = {
    0: (3, 4, 5, 1, 2),
    1: (4, 4, 6, 3),
    2: (5, 3, 1),
    3: (4, 0, 1, 4),
    4: (0, 5, 0, 3),
    5: (3, 1, 4, 2),
    6: (0, 2),
}
"""Which degrees follow which chord; what stands twice is likelier."""
_RHYTHMS = ((2, 2), (1, 1, 2), (2, 1, 1), (1, 1, 1, 1), (3, 1), (4,), (1.5, 0.5, 2), (1, 2, 1))
"""Of a bar, in beats."""
_PHRASE_BARS = 8
_TICKS = 480
_LEADS = (0, 4, 11, 22, 24, 26, 40, 56, 60, 65, 68, 71, 73, 80, 52)
"""General MIDI: piano, vibraphone, harmonica, guitar, violin, trumpet, horn, saxophone, ..."""
_CHORDS = (0, 4, 16, 19, 24, 25, 27, 46, 48, 50, 61, 89)
_BASSES = (32, 33, 35, 38, 42, 43, 58)
_LEAD, _ACCOMPANIMENT, _BASS, _DRUMS = 0, 1, 2, 9


@dataclass(frozen=True, slots=True)
class Phrase:
    """Eight bars of four beats.

    Attributes:
        chords: for each bar, its notes as semitones above the tonic.
        melody: (beat, length in beats, semitones above the tonic).
    """

    chords: tuple[tuple[int, ...], ...]
    melody: tuple[tuple[float, float, int], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A composition, before anybody plays it."""

    phrases: tuple[Phrase, ...]
    form: tuple[int, ...]
    """Numbers of phrases, in order."""


@dataclass(frozen=True, slots=True)
class Band:
    """How a piece is played.

    Attributes:
        lead: instrument of the melody, a number of General MIDI; so are the next two.
        accompaniment: instrument of the chords.
        bass: instrument of the bass.
        pattern: "block", "arpeggio", "offbeat" or "held".
        tonic: MIDI number of the tonic.
        tempo_bpm: beats in a minute.
        swing: where the second eighth falls in a beat; 0.5 is straight.
        drums: whether there are any.
        ornaments: share of melody notes that are varied.
        octave: octaves that the melody is moved by.
        first: place in the form where the performance begins.
        seed: of what the players decide while they play.
    """

    lead: int
    accompaniment: int
    bass: int
    pattern: str
    tonic: int
    tempo_bpm: float
    swing: float
    drums: bool
    ornaments: float
    octave: int
    first: int
    seed: int


def compose(seed: int) -> Piece:
    """Compose a piece; the same seed always gives the same."""
    random = np.random.default_rng((seed, 1))
    scale = _MAJOR if random.random() < 0.5 else _MINOR
    phrases = tuple(_phrase(scale, random) for _ in range(3))
    form = ((0, 0, 1, 0, 2, 1, 0), (0, 1, 0, 1, 2, 1), (0, 1, 2, 0, 1, 2))[int(random.integers(3))]
    return Piece(phrases, form)


def hire(seed: int, number: int) -> Band:
    """Find the band of one performance; two numbers differ in key, tempo and sound."""
    random = np.random.default_rng((seed, 2, number))
    patterns = ("block", "arpeggio", "offbeat", "held")
    usual = np.random.default_rng((seed, 3)).uniform(85, 130)
    return Band(
        lead=int(random.choice(_LEADS)),
        accompaniment=int(random.choice(_CHORDS)),
        bass=int(random.choice(_BASSES)),
        pattern=str(random.choice(patterns)),
        tonic=57 + int(random.integers(0, 12)),
        tempo_bpm=float(usual * (1.0 if number == 0 else random.uniform(0.8, 1.25))),
        swing=float(random.choice((0.5, 0.5, 0.62))),
        drums=bool(random.random() < 0.6),
        ornaments=0.0 if number == 0 else float(random.uniform(0.05, 0.3)),
        octave=int(random.choice((0, 0, 1, -1))),
        first=0 if number == 0 else int(random.integers(0, 2)),
        seed=seed * 100 + number,
    )


def midi(piece: Piece, band: Band) -> bytes:
    """Write down what a band plays as a MIDI file."""
    random = np.random.default_rng((band.seed, 4))
    notes: list[tuple[float, float, int, int, int]] = []
    begin = 0.0
    for number in piece.form[band.first :]:
        phrase = piece.phrases[number]
        notes += _melody(phrase, band, begin, random)
        for bar, chord in enumerate(phrase.chords):
            notes += _accompanied(chord, band, begin + 4 * bar)
            notes += _drummed(band, begin + 4 * bar)
        begin += 4.0 * _PHRASE_BARS
    return _file(notes, band)


def _phrase(scale: Sequence[int], random: np.random.Generator) -> Phrase:
    degree = int(random.choice((0, 0, 3, 5)))
    degrees = []
    for _ in range(_PHRASE_BARS - 1):
        degrees.append(degree)
        degree = int(random.choice(_FOLLOWS[degree]))
    degrees.append(int(random.choice((0, 4))))
    chords = tuple(_chord(degree, scale, random) for degree in degrees)
    rhythms = [_RHYTHMS[int(random.integers(len(_RHYTHMS)))] for _ in range(3)]
    melody: list[tuple[float, float, int]] = []
    place = int(random.integers(4, 10))
    for bar, chord in enumerate(chords):
        beat = 0.0
        for length in rhythms[(0, 1, 0, 2)[bar % 4]]:
            place = int(np.clip(place + random.choice((-2, -1, -1, 0, 1, 1, 2, 3)), 0, 14))
            note = _note(place, scale)
            if beat in (0.0, 2.0) and random.random() < 0.8:
                note = min((tone + 12 * k for tone in chord for k in range(3)), key=_near(note))
            if random.random() > 0.06:
                melody.append((4.0 * bar + beat, length, note))
            beat += length
    return Phrase(chords, tuple(melody))


def _near(note: int) -> "_Distance":
    return _Distance(note)


@dataclass(frozen=True, slots=True)
class _Distance:
    note: int

    def __call__(self, other: int) -> int:
        return abs(other - self.note)


def _chord(degree: int, scale: Sequence[int], random: np.random.Generator) -> tuple[int, ...]:
    tones = [_note(degree + step, scale) for step in (0, 2, 4)]
    if scale is _MINOR and degree == 4:
        tones[1] += 1
    if random.random() < 0.2:
        tones.append(_note(degree + 6, scale))
    if random.random() < 0.08:  # borrowed from another key
        tones[1] += 1 if tones[1] - tones[0] == 3 else -1
    return tuple(tones)


def _note(place: int, scale: Sequence[int]) -> int:
    return 12 * (place // 7) + scale[place % 7]


def _melody(
    phrase: Phrase, band: Band, begin: float, random: np.random.Generator
) -> list[tuple[float, float, int, int, int]]:
    notes = []
    for beat, length, pitch in phrase.melody:
        key = band.tonic + 12 * band.octave + pitch
        at = begin + _swung(beat, band.swing) + float(random.normal(0, 0.015))
        loud = int(np.clip(96 + random.normal(0, 6), 60, 120))
        if random.random() < band.ornaments:
            kind = int(random.integers(4))
            if kind == 0:
                continue
            if kind == 1 and length >= 1:
                notes.append((at, length / 2, key, loud, _LEAD))
                at, length = at + length / 2, length / 2  # noqa: PLW2901 the note again
            elif kind == 2:
                notes.append((at - 0.15, 0.15, key + 2, loud - 15, _LEAD))
            else:
                at += 0.25
                length *= 0.7  # noqa: PLW2901 late, and short
        notes.append((at, length * 0.93, key, loud, _LEAD))
    return notes


def _accompanied(
    chord: Sequence[int], band: Band, begin: float
) -> list[tuple[float, float, int, int, int]]:
    low = 48
    keys = sorted(low + (band.tonic + tone - low) % 12 for tone in chord)
    root = 36 + (band.tonic + chord[0]) % 12
    bass = [(begin, 1.9, root, 92, _BASS), (begin + 2, 1.9, root, 84, _BASS)]
    if band.pattern == "held":
        return bass + [(begin, 3.9, key, 70, _ACCOMPANIMENT) for key in keys]
    if band.pattern == "block":
        return bass + [
            (begin + beat, 0.9, key, 66, _ACCOMPANIMENT) for beat in range(4) for key in keys
        ]
    if band.pattern == "offbeat":
        return bass + [
            (begin + beat + band.swing, 0.4, key + 12, 70, _ACCOMPANIMENT)
            for beat in range(4)
            for key in keys
        ]
    return bass + [
        (begin + _swung(step / 2, band.swing), 0.6, keys[step % len(keys)] + 12, 68, _ACCOMPANIMENT)
        for step in range(8)
    ]


def _drummed(band: Band, begin: float) -> list[tuple[float, float, int, int, int]]:
    if not band.drums:
        return []
    hits = [(begin, 36), (begin + 1, 38), (begin + 2, 36), (begin + 3, 38)]
    hits += [(begin + _swung(step / 2, band.swing), 42) for step in range(8)]
    return [(at, 0.2, key, 80, _DRUMS) for at, key in hits]


def _swung(beat: float, swing: float) -> float:
    whole, rest = divmod(beat, 1.0)
    return whole + (rest * 2 * swing if rest < 0.5 else swing + (rest - 0.5) * 2 * (1 - swing))


def _file(notes: Sequence[tuple[float, float, int, int, int]], band: Band) -> bytes:
    events: list[tuple[int, int, bytes]] = []
    for channel, program in (
        (_LEAD, band.lead),
        (_ACCOMPANIMENT, band.accompaniment),
        (_BASS, band.bass),
    ):
        events.append((0, 0, bytes((0xC0 | channel, program))))
    for at, length, key, loud, channel in notes:
        start = max(0, round(at * _TICKS))
        end = start + max(1, round(length * _TICKS))
        pitch = int(np.clip(key, 0, 127))
        events.append((start, 2, bytes((0x90 | channel, pitch, int(np.clip(loud, 1, 127))))))
        events.append((end, 1, bytes((0x80 | channel, pitch, 0))))
    events.sort(key=lambda event: event[:2])
    tempo = round(60_000_000 / band.tempo_bpm)
    track = bytearray(b"\x00\xff\x51\x03" + tempo.to_bytes(3, "big"))
    now = 0
    for at_tick, _, message in events:
        track += _variable(at_tick - now) + message
        now = at_tick
    track += b"\x00\xff\x2f\x00"
    header = (6).to_bytes(4, "big") + bytes((0, 0, 0, 1)) + _TICKS.to_bytes(2, "big")
    return b"MThd" + header + b"MTrk" + len(track).to_bytes(4, "big") + bytes(track)


def _variable(value: int) -> bytes:
    """A length as MIDI files write it: seven bits a byte, highest first."""
    out = [value & 0x7F]
    while value := value >> 7:
        out.append(0x80 | (value & 0x7F))
    return bytes(reversed(out))
