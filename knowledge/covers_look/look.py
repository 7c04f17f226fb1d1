"""How one cover looks, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from knowledge.covers_look.colours import (
    COLD,
    COLOURS,
    NEUTRAL,
    WARM,
    Array,
    Colour,
    lab_of,
    name_colours,
)
from knowledge.covers_look.palette import Swatch, palette
from knowledge.covers_look.shapes import SIDE, Shapes, shapes_in
from knowledge.covers_look.vector import vector_of

VERSION = "look/1"
"""Raise it when looks change: covers are then looked at again."""
MAX_PIXELS = 40_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a colour there is."""

    share: float
    """Of the picture, 0 to 1."""
    lightness: float
    """On average, 0 to 100."""


@dataclass(frozen=True, slots=True)
class CoverLook:
    """What can be told about a picture without knowing what it shows."""

    colours: Mapping[Colour, Share]
    """Those that are there."""
    swatches: tuple[Swatch, ...]
    """The palette, the largest share first."""
    brightness: float
    """0 (black) to 1 (white)."""
    colourfulness: float
    """0 (grey) to 1; Hasler and Suesstrunk 2003, 1 is their "extremely colourful"."""
    grey: float
    """0 to 1: 1 is black and white, or one tint of it."""
    warmth: float
    """-1 (cold) to 1 (warm)."""
    shapes: Shapes
    vector: NDArray[np.float32]
    """For likeness; unit length, shape (n,)."""

    def facts(self) -> dict[str, Any]:
        """What is stored of it beside the vector."""
        return {
            "colours": {
                name: [round(one.share, 4), round(one.lightness, 1)]
                for name, one in self.colours.items()
            },
            "swatches": [
                [one.share, *(round(value, 1) for value in one.lab)] for one in self.swatches
            ],
            "brightness": round(self.brightness, 4),
            "colourfulness": round(self.colourfulness, 4),
            "grey": round(self.grey, 4),
            "warmth": round(self.warmth, 4),
            "shapes": {
                "circle": self.shapes.circle,
                "stripes": self.shapes.stripes,
                "text": self.shapes.text,
                "plain": self.shapes.plain,
            },
        }

    @classmethod
    def stored(cls, facts: Mapping[str, Any], vector: NDArray[np.float32]) -> "CoverLook":
        """Make it of what `facts` gave."""
        return cls(
            {
                Colour(name): Share(share, light)
                for name, (share, light) in facts["colours"].items()
            },
            tuple(Swatch(share, (x, y, z)) for share, x, y, z in facts["swatches"]),
            facts["brightness"],
            facts["colourfulness"],
            facts["grey"],
            facts["warmth"],
            Shapes(**facts["shapes"]),
            vector,
        )


def read_picture(path: Path) -> NDArray[np.uint8] | None:
    """Read a picture as sRGB, shape (SIDE, SIDE, 3); None when it is damaged or too large."""
    try:
        with Image.open(path, formats=_FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                return None
            opened.draft("RGB", (SIDE * 2, SIDE * 2))
            return picture_of(opened)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def picture_of(image: Image.Image) -> NDArray[np.uint8]:
    """Make an open picture small, shape (SIDE, SIDE, 3); what is transparent lies on white."""
    small = image.convert("RGBA" if image.has_transparency_data else "RGB")
    small = small.resize((SIDE, SIDE), Image.Resampling.BOX)
    if small.mode == "RGBA":
        ground = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(ground, small).convert("RGB")
    return np.asarray(small, np.uint8)


def look_at(rgb: NDArray[np.uint8]) -> CoverLook:
    """Look at a picture, shape (SIDE, SIDE, 3)."""
    lab = lab_of(rgb)
    pixels = lab.reshape(-1, 3)
    colours = _shares(pixels)
    return CoverLook(
        colours=colours,
        swatches=palette(pixels[::2]),
        brightness=float(pixels[:, 0].mean()) / 100,
        colourfulness=_colourfulness(rgb),
        grey=_grey(pixels),
        warmth=_warmth(colours),
        shapes=shapes_in(lab),
        vector=vector_of(lab),
    )


def _shares(pixels: Array) -> dict[Colour, Share]:
    names = name_colours(pixels)
    counts = np.bincount(names, minlength=len(COLOURS))
    light = np.bincount(names, pixels[:, 0], len(COLOURS)) / np.maximum(counts, 1)
    shares = counts / len(pixels)
    return {
        colour: Share(float(shares[place]), float(light[place]))
        for place, colour in enumerate(COLOURS)
        if shares[place] >= 0.005
    }


def _colourfulness(rgb: NDArray[np.uint8]) -> float:
    red, green, blue = (rgb[..., c].astype(np.float64) for c in range(3))
    one, other = red - green, (red + green) / 2 - blue
    spread = np.hypot(one.std(), other.std())
    middle = np.hypot(one.mean(), other.mean())
    return float(min(1.0, (spread + 0.3 * middle) / 109))


def _grey(pixels: Array) -> float:
    """Whether all colours lie on one line through lightness: grey, or a tint such as sepia."""
    chroma = np.hypot(pixels[:, 1], pixels[:, 2])
    strong = float(np.quantile(chroma, 0.95))
    return float(np.clip((16 - strong) / 8, 0, 1))


def _warmth(colours: Mapping[Colour, Share]) -> float:
    warm = sum(one.share for name, one in colours.items() if name in WARM)
    cold = sum(one.share for name, one in colours.items() if name in COLD)
    coloured = sum(one.share for name, one in colours.items() if name not in NEUTRAL)
    return (warm - cold) / coloured * min(1.0, coloured / 0.2) if coloured else 0.0
