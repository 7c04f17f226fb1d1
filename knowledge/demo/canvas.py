"""A square canvas for generated covers: gradients, shapes, glow, grain and type."""

import io
import unicodedata
from collections.abc import Sequence
from typing import Self

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

SIDE = 720
"""Pixels of a finished cover."""
_SCALE = 2

Colour = tuple[int, int, int]
_ACUTE = "\u0301"
Point = tuple[float, float]


class Canvas:
    """Draws in units of one hundredth of the side, at twice the size, smoothed at the end."""

    def __init__(self, seed: int, background: Colour = (255, 255, 255)) -> None:
        self.rng = np.random.default_rng(seed)
        self._side = SIDE * _SCALE
        self._image = Image.new("RGB", (self._side, self._side), background)
        self._draw = ImageDraw.Draw(self._image)

    def gradient(self, *stops: tuple[float, Colour], sideways: bool = False) -> Self:
        """Fill with colours that change from top to bottom; stops at 0 to 100."""
        places = [place / 100 for place, _ in stops]
        line = np.linspace(0, 1, self._side)
        rows = np.stack(
            [np.interp(line, places, [colour[c] for _, colour in stops]) for c in range(3)],
            axis=1,
        )
        area = np.repeat(rows[:, None, :], self._side, axis=1)
        if sideways:
            area = area.transpose(1, 0, 2)
        self._image.paste(Image.fromarray(area.astype(np.uint8)))
        return self

    def glow(
        self, x: float, y: float, radius: float, colour: Colour, strength: float = 1.0
    ) -> Self:
        """Add light around a point."""
        line = np.arange(self._side // 4) * 400 / self._side
        distance = np.hypot(line[None, :] - x, line[:, None] - y)
        light = np.exp(-((distance / radius) ** 2))[:, :, None] * np.array(colour) * strength
        layer = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))
        layer = layer.resize(self._image.size, Image.Resampling.BICUBIC)
        self._paste(ImageChops.screen(self._image, layer))
        return self

    def circle(
        self, x: float, y: float, radius: float, fill: Colour | None = None,
        outline: Colour | None = None, width: float = 0.5,
    ) -> Self:  # fmt: skip
        """A disc or a ring."""
        box = [
            self._px(x - radius),
            self._px(y - radius),
            self._px(x + radius),
            self._px(y + radius),
        ]
        self._draw.ellipse(box, fill=fill, outline=outline, width=self._px(width) if outline else 0)
        return self

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> Self:
        """A filled ellipse."""
        box = [self._px(x - rx), self._px(y - ry), self._px(x + rx), self._px(y + ry)]
        self._draw.ellipse(box, fill=fill)
        return self

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: Colour) -> Self:
        """A filled rectangle."""
        self._draw.rectangle([self._px(x0), self._px(y0), self._px(x1), self._px(y1)], fill=fill)
        return self

    def polygon(self, points: Sequence[Point], fill: Colour) -> Self:
        """A filled polygon."""
        self._draw.polygon([(self._px(x), self._px(y)) for x, y in points], fill=fill)
        return self

    def line(self, points: Sequence[Point], colour: Colour, width: float = 0.5) -> Self:
        """A polyline with round joints."""
        drawn = [(self._px(x), self._px(y)) for x, y in points]
        self._draw.line(drawn, fill=colour, width=max(1, self._px(width)), joint="curve")
        return self

    def brush(self, points: Sequence[Point], colour: Colour, start: float, end: float) -> Self:
        """A brush stroke through `points` whose width runs from `start` to `end`."""
        xs, ys = zip(*points, strict=True)
        along = np.linspace(0, len(points) - 1, 400)
        for place in along:
            x = float(np.interp(place, range(len(points)), xs))
            y = float(np.interp(place, range(len(points)), ys))
            share = place / (len(points) - 1)
            radius = (start + (end - start) * share) / 2
            self.circle(x, y, radius, fill=colour)
        return self

    def arc(
        self, x: float, y: float, radius: float, start: float, end: float, colour: Colour,
        width: float,
    ) -> Self:  # fmt: skip
        """Part of a ring; degrees clockwise from three o'clock."""
        box = [
            self._px(x - radius),
            self._px(y - radius),
            self._px(x + radius),
            self._px(y + radius),
        ]
        self._draw.arc(box, start, end, fill=colour, width=self._px(width))
        return self

    def veil(self, colour: Colour, share: float) -> Self:
        """Tint everything drawn so far."""
        self._paste(Image.blend(self._image, Image.new("RGB", self._image.size, colour), share))
        return self

    def blur(self, amount: float) -> Self:
        """Put everything drawn so far out of focus."""
        self._paste(self._image.filter(ImageFilter.GaussianBlur(self._px(amount))))
        return self

    def text(
        self, x: float, y: float, words: str, size: float, colour: Colour, *,
        spacing: float = 0.0, weight: float = 0.0, align: str = "left",
    ) -> Self:  # fmt: skip
        """Write one line, its top left (or middle, right) at (x, y); spacing in parts of size."""
        font = ImageFont.load_default(self._px(size))
        stroke = self._px(size * weight / 10)
        # The built-in typeface has no accented letters: they are put together here.
        letters = [unicodedata.normalize("NFD", char) for char in words]
        advance = [font.getlength(char[0]) + spacing * self._px(size) for char in letters]
        total = sum(advance) - spacing * self._px(size)
        begin = self._px(x) - {"left": 0.0, "centre": total / 2, "right": total}[align]
        for char, step in zip(letters, advance, strict=True):
            self._draw.text(
                (begin, self._px(y)), char[0], font=font, fill=colour, stroke_width=stroke,
                stroke_fill=colour,
            )  # fmt: skip
            if _ACUTE in char:
                middle = 100 * (begin + font.getlength(char[0]) / 2) / self._side
                top = y + size * (0.2 if char[0].islower() else 0.05)
                self.line(
                    [(middle - size * 0.05, top + size * 0.12), (middle + size * 0.1, top)],
                    colour,
                    size * 0.09,
                )
            begin += step
        return self

    def grain(self, amount: float) -> Self:
        """Paper or film grain over everything."""
        noise = self.rng.normal(0, amount, (SIDE, SIDE, 1))
        layer = np.repeat(np.clip(128 + noise, 0, 255), 3, axis=2).astype(np.uint8)
        grown = Image.fromarray(layer).resize(self._image.size, Image.Resampling.BILINEAR)
        self._paste(ImageChops.overlay(self._image, grown))
        return self

    def jpeg(self) -> bytes:
        """The finished cover."""
        small = self._image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        small.save(file, "JPEG", quality=88, optimize=True)
        return file.getvalue()

    def _square(self, x: float, y: float, radius: float) -> list[int]:
        return [self._px(edge) for edge in (x - radius, y - radius, x + radius, y + radius)]

    def _px(self, units: float) -> int:
        return round(units * self._side / 100)

    def _paste(self, image: Image.Image) -> None:
        self._image = image
        self._draw = ImageDraw.Draw(self._image)
