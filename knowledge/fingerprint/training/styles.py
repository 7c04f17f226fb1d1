"""Instrumentations and harmonies the composer chooses from."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an instrument does in a piece."""

    MELODY = "melody"
    BASS = "bass"
    PAD = "pad"
    ARPEGGIO = "arpeggio"
    COMP = "comp"


_PIANOS = (0, 1, 2, 3, 4, 5, 6, 7)
_BELLS = (8, 9, 10, 11, 12, 13, 14, 15, 98, 112, 114)
_ORGANS = (16, 17, 18, 19, 20, 21, 22, 23)
_GUITARS = (24, 25, 26, 27, 28)
_DISTORTED = (29, 30, 30, 31)
_BASSES = (32, 33, 34, 35, 36, 37, 38, 39)
_STRINGS = (40, 41, 42, 43, 44, 45, 46, 48, 49, 50, 51)
_VOICES = (52, 53, 54, 85, 91)
_BRASS = (56, 57, 58, 59, 60, 61, 62, 63)
_REEDS = (64, 65, 66, 67, 68, 69, 70, 71, 109, 111)
_PIPES = (72, 73, 74, 75, 76, 77, 78, 79)
_LEADS = (80, 81, 82, 83, 84, 86, 87)
_PADS = (88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 99, 100, 101, 102, 103)
_FOLK = (104, 105, 106, 107, 108, 110, 15, 21)


@dataclass(frozen=True, slots=True)
class Style:
    """What a kind of piece is made of.

    Attributes:
        tempo: beats a minute, lowest and highest.
        parts: fewest and most instruments beside drums.
        density: chance that an instrument plays in a section.
        drums: 0 for none to 1 for busy.
        roles: what instruments may do, and the programs that do it.
        shapes: weights of the chord shapes (triad twice, seventh, power, fourth, second, ninth).
        drive: how hard the mix is overdriven, 0 for not at all.
        texture: chance of a synthetic layer.
    """

    name: str
    tempo: tuple[float, float]
    parts: tuple[int, int]
    density: float
    drums: float
    roles: tuple[tuple[Role, tuple[int, ...]], ...]
    shapes: tuple[float, ...] = (2, 2, 1, 0.3, 0.3, 0.3, 0.3)
    drive: float = 0.0
    texture: float = 0.15


STYLES: tuple[Style, ...] = (
    Style(
        "rock",
        (95, 170),
        (3, 6),
        0.8,
        0.8,
        (
            (Role.COMP, _DISTORTED + _GUITARS),
            (Role.BASS, _BASSES),
            (Role.MELODY, _DISTORTED + _LEADS),
            (Role.PAD, _ORGANS + _DISTORTED),
        ),
        (1, 1, 0.3, 4, 0.5, 0.3, 0.2),
        1.5,
        0.1,
    ),
    Style(
        "metal",
        (110, 200),
        (3, 5),
        0.9,
        1.0,
        (
            (Role.COMP, _DISTORTED),
            (Role.BASS, (33, 34, 38)),
            (Role.MELODY, (29, 30, 30, 81)),
            (Role.ARPEGGIO, _DISTORTED),
        ),
        (1, 0.3, 0.1, 6, 0.5, 0.2, 0.1),
        4.0,
        0.05,
    ),
    Style(
        "pop",
        (80, 135),
        (3, 7),
        0.75,
        0.6,
        (
            (Role.COMP, _PIANOS + _GUITARS),
            (Role.BASS, _BASSES),
            (Role.MELODY, _LEADS + _REEDS + _VOICES),
            (Role.PAD, _PADS + _STRINGS),
            (Role.ARPEGGIO, _GUITARS + _BELLS),
        ),
    ),
    Style(
        "electronic",
        (100, 150),
        (3, 6),
        0.75,
        0.8,
        (
            (Role.BASS, (38, 39, 87)),
            (Role.ARPEGGIO, _LEADS + _PADS),
            (Role.PAD, _PADS),
            (Role.MELODY, _LEADS + _BELLS),
            (Role.COMP, _LEADS + _ORGANS),
        ),
        (2, 2, 1, 1, 0.5, 0.5, 0.5),
        0.7,
        0.5,
    ),
    Style(
        "ambient",
        (45, 85),
        (2, 5),
        0.7,
        0.0,
        (
            (Role.PAD, _PADS + _VOICES + _STRINGS),
            (Role.MELODY, _BELLS + _PIPES + _PIANOS),
            (Role.ARPEGGIO, _BELLS + _PADS),
            (Role.BASS, _PADS + _STRINGS),
        ),
        (1, 1, 2, 1, 1, 1, 2),
        0.0,
        0.7,
    ),
    Style(
        "orchestra",
        (55, 150),
        (5, 11),
        0.65,
        0.15,
        (
            (Role.MELODY, _STRINGS + _BRASS + _PIPES + _REEDS),
            (Role.PAD, _STRINGS + _BRASS + _VOICES),
            (Role.COMP, _STRINGS + _BRASS),
            (Role.BASS, (42, 43, 58, 70)),
            (Role.ARPEGGIO, _STRINGS + _PIPES),
        ),
    ),
    Style(
        "battle",
        (110, 170),
        (5, 9),
        0.8,
        0.7,
        (
            (Role.MELODY, _BRASS + _STRINGS),
            (Role.COMP, _BRASS + _STRINGS + _DISTORTED),
            (Role.BASS, (43, 58, 38)),
            (Role.ARPEGGIO, (44, 45, 48, 49)),
            (Role.PAD, _VOICES + _STRINGS),
        ),
        (2, 1, 0.4, 2, 0.5, 0.5, 0.3),
        1.0,
        0.2,
    ),
    Style(
        "piano",
        (50, 140),
        (1, 2),
        1.0,
        0.0,
        ((Role.MELODY, (0, 1, 2, 4)), (Role.ARPEGGIO, (0, 1, 2, 4, 46)), (Role.COMP, (0, 1, 3))),
    ),
    Style(
        "solo",
        (50, 150),
        (1, 2),
        1.0,
        0.0,
        (
            (Role.MELODY, _PIPES + _REEDS + _STRINGS + _BRASS + _GUITARS),
            (Role.ARPEGGIO, (*_GUITARS, 46, 6)),
            (Role.PAD, _ORGANS + _PADS),
        ),
    ),
    Style(
        "jazz",
        (75, 210),
        (2, 5),
        0.8,
        0.6,
        (
            (Role.COMP, (0, 4, 26, 16)),
            (Role.BASS, (32, 33, 35)),
            (Role.MELODY, (56, 57, 65, 66, 64, 71, 26, 11)),
            (Role.ARPEGGIO, (11, 26)),
        ),
        (0.5, 0.5, 5, 0.1, 0.5, 0.5, 3),
    ),
    Style(
        "folk",
        (80, 180),
        (2, 5),
        0.85,
        0.3,
        (
            (Role.MELODY, _FOLK + _PIPES + (40, 109)),
            (Role.COMP, _GUITARS[:2] + _FOLK),
            (Role.PAD, (21, 22, 109, 20)),
            (Role.ARPEGGIO, (*_GUITARS[:2], 46, 105)),
            (Role.BASS, (32, 33, 43)),
        ),
    ),
    Style(
        "chip",
        (100, 180),
        (2, 4),
        0.9,
        0.4,
        (
            (Role.MELODY, (80, 81, 87)),
            (Role.ARPEGGIO, (80, 81, 84)),
            (Role.BASS, (80, 38, 39)),
            (Role.COMP, (80, 81)),
        ),
    ),
    Style(
        "percussion",
        (80, 160),
        (0, 2),
        0.6,
        1.0,
        (
            (Role.BASS, (47, 116, 117, 118, 13)),
            (Role.ARPEGGIO, (12, 13, 108, 114, 115)),
            (Role.MELODY, (12, 77, 108)),
        ),
    ),
    Style(
        "choir",
        (45, 100),
        (3, 6),
        0.8,
        0.05,
        (
            (Role.PAD, (*_VOICES, 19)),
            (Role.MELODY, _VOICES),
            (Role.BASS, (19, 43, 52)),
            (Role.COMP, (19, 48, 53)),
        ),
    ),
    Style(
        "anything",
        (50, 190),
        (2, 8),
        0.7,
        0.4,
        tuple((role, tuple(range(120))) for role in Role),
        (1, 1, 1, 1, 1, 1, 1),
        0.5,
        0.4,
    ),
)

SCALES: tuple[tuple[int, ...], ...] = (
    (0, 2, 4, 5, 7, 9, 11),
    (0, 2, 4, 5, 7, 9, 11),
    (0, 2, 3, 5, 7, 8, 10),
    (0, 2, 3, 5, 7, 8, 10),
    (0, 2, 3, 5, 7, 9, 10),
    (0, 2, 4, 5, 7, 9, 10),
    (0, 1, 3, 5, 7, 8, 10),
    (0, 2, 4, 6, 7, 9, 11),
    (0, 2, 3, 5, 7, 8, 11),
    (0, 1, 4, 5, 7, 8, 11),
    (0, 2, 4, 7, 9),
    (0, 3, 5, 7, 10),
    (0, 2, 4, 6, 8, 10),
    (0, 3, 5, 6, 7, 10),
)

PROGRESSIONS: tuple[tuple[int, ...], ...] = (
    (0, 4, 5, 3),
    (0, 5, 3, 4),
    (5, 3, 0, 4),
    (0, 3, 4, 3),
    (0, 0, 3, 4),
    (1, 4, 0, 0),
    (0, 6, 5, 4),
    (0, 5, 1, 4),
    (0, 2, 3, 4),
    (0, 3, 0, 4),
    (0, 4, 1, 3),
    (0, 6, 3, 0),
    (0, 1),
    (0, 5),
    (0, 0, 0, 4),
    (0, 4, 5, 2, 3, 0, 3, 4),
    (0, 0, 0, 0, 3, 3, 0, 0),
    (0, 2, 5, 1),
    (3, 4, 2, 5),
)
