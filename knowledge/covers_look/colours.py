"""Colours as people name them, in CIELAB."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Colour(StrEnum):
    """Basic colour terms (Berlin and Kay 1969), with turquoise and beige. The order is stored."""

    BLACK = "black"
    WHITE = "white"
    GREY = "grey"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    TURQUOISE = "turquoise"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"
    BROWN = "brown"
    BEIGE = "beige"


COLOURS: tuple[Colour, ...] = tuple(Colour)
NEUTRAL = frozenset({Colour.BLACK, Colour.WHITE, Colour.GREY})
WARM = frozenset(
    {Colour.RED, Colour.ORANGE, Colour.YELLOW, Colour.PINK, Colour.BROWN, Colour.BEIGE}
)
COLD = frozenset({Colour.GREEN, Colour.TURQUOISE, Colour.BLUE, Colour.PURPLE})

_WHITE_POINT = np.array([0.95047, 1.0, 1.08883])  # D65
_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def lab_of(rgb: NDArray[np.uint8]) -> Array:
    """Convert sRGB, shape (..., 3), to CIELAB: lightness 0 to 100, a and b about -100 to 100."""
    share = rgb.astype(np.float64) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    xyz = linear @ _TO_XYZ.T / _WHITE_POINT
    bent = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    x, y, z = bent[..., 0], bent[..., 1], bent[..., 2]
    result: Array = np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)
    return result


def rgb_of(lab: Array) -> NDArray[np.uint8]:
    """Convert CIELAB, shape (..., 3), to the nearest sRGB."""
    y = (lab[..., 0] + 16) / 116
    bent = np.stack([y + lab[..., 1] / 500, y, y - lab[..., 2] / 200], axis=-1)
    xyz = np.where(bent**3 > 216 / 24389, bent**3, (116 * bent - 16) * 27 / 24389)
    linear = np.clip(xyz * _WHITE_POINT @ np.linalg.inv(_TO_XYZ).T, 0, 1)
    share = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    result: NDArray[np.uint8] = np.round(np.clip(share, 0, 1) * 255).astype(np.uint8)
    return result


def name_colours(lab: Array) -> NDArray[np.int64]:
    """Name each colour; shape (n, 3) to (n,) places in `COLOURS`.

    Hue decides, but what is nearly grey, very dark or very light is not called by its hue, dark
    orange is brown, light red is pink, and pale yellow is beige.
    """
    light, a, b = lab[:, 0], lab[:, 1], lab[:, 2]
    chroma = np.hypot(a, b)
    hue = np.degrees(np.arctan2(b, a)) % 360
    names = np.full(len(lab), COLOURS.index(Colour.GREY))

    def put(colour: Colour, where: NDArray[np.bool_]) -> None:
        names[where] = COLOURS.index(colour)

    # By hue alone, the borders in degrees; sRGB red lies at 40, yellow at 103, blue at 306.
    for colour, start, stop in (
        (Colour.RED, 14, 48), (Colour.ORANGE, 48, 77), (Colour.YELLOW, 77, 108),
        (Colour.GREEN, 108, 172), (Colour.TURQUOISE, 172, 222), (Colour.BLUE, 222, 303),
        (Colour.PURPLE, 303, 338),
    ):  # fmt: skip
        put(colour, (hue >= start) & (hue < stop))
    put(Colour.PINK, (hue >= 338) | (hue < 14))
    put(Colour.BLUE, (hue >= 303) & (hue < 309) & (chroma > 70))  # pure blue is deep and dark
    put(Colour.PINK, (hue >= 330) & (hue < 338) & (light > 62))
    put(Colour.PINK, (hue >= 14) & (hue < 42) & (light > 68))
    put(Colour.RED, ((hue >= 350) | (hue < 14)) & (light < 42) & (chroma > 22))
    put(Colour.PURPLE, (hue >= 338) & (hue < 350) & (light < 40))
    warm = (hue >= 42) & (hue < 98)
    put(Colour.BROWN, warm & (light < 52) & (chroma < 62))
    put(Colour.BROWN, (hue >= 30) & (hue < 42) & (light < 40) & (chroma < 30))
    put(Colour.BROWN, warm & (light < 66) & (chroma < 34))
    put(Colour.GREEN, (hue >= 98) & (hue < 108) & (light < 68))  # olive
    pale = (hue >= 48) & (hue < 112) & (chroma < 32)
    put(Colour.BEIGE, pale & (light >= 66))
    grey = chroma < np.where(light > 80, 6.5, 9.0)
    put(Colour.GREY, grey)
    put(Colour.WHITE, (light > 88) & (chroma < 8.5))
    put(Colour.BLACK, (light < 24) & (chroma < 11))
    put(Colour.BLACK, (light < 13) & (chroma < 24))
    return names
