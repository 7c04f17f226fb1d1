"""Pictures for tests of how covers look."""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from knowledge.covers_look.shapes import SIDE

Picture = NDArray[np.uint8]


def plain(colour: str) -> Picture:
    return _array(Image.new("RGB", (SIDE, SIDE), colour))


def disc(ground: str, colour: str, radius: int = 28, at: tuple[int, int] = (48, 44)) -> Picture:
    image = Image.new("RGB", (SIDE * 4, SIDE * 4), ground)
    x, y = at
    box = [4 * (x - radius), 4 * (y - radius), 4 * (x + radius), 4 * (y + radius)]
    ImageDraw.Draw(image).ellipse(box, fill=colour)
    return _array(image)


def stripes(one: str, other: str, count: int = 10, degrees: float = 0.0) -> Picture:
    y, x = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    angle = math.radians(degrees)
    along = (x * math.sin(angle) + y * math.cos(angle)) * count
    colours = np.array([Image.new("RGB", (1, 1), c).getpixel((0, 0)) for c in (one, other)])
    picture: Picture = colours[np.floor(along).astype(int) % 2].astype(np.uint8)
    return picture


def writing(ground: str, colour: str) -> Picture:
    image = Image.new("RGB", (SIDE * 4, SIDE * 4), ground)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(44)
    for row, words in enumerate(("SONGS FOR THE", "LONG WINTER", "volume four")):
        draw.text((28, 60 + 96 * row), words, font=font, fill=colour)
    return _array(image)


def _array(image: Image.Image) -> Picture:
    return np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BOX), np.uint8)
