"""Covers that are drawn by chance, each with what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

SIDE = 300
"""Pixels."""

Rgb = tuple[int, int, int]

EXEMPLARS: Mapping[str, tuple[str, ...]] = {
    "black": ("#000000", "#101114", "#1a1718", "#0c0f14"),
    "white": ("#ffffff", "#f7f7f2", "#f2f4f5", "#fbf9f4"),
    "grey": ("#808080", "#9a9da1", "#5f6368", "#b8b8b8"),
    "red": ("#d81e2c", "#b11226", "#e03a2f", "#8b0f1a", "#c8102e"),
    "orange": ("#f58220", "#ff9a1f", "#e8701a", "#ffa53b"),
    "yellow": ("#ffd400", "#f9e04c", "#f2c500", "#ffea00", "#e8c21a"),
    "green": ("#1f8a3c", "#3fae49", "#0f5d2e", "#78b82a", "#2f6b45"),
    "turquoise": ("#12a5a0", "#40e0d0", "#0b7d84", "#2fbfb4"),
    "blue": ("#1e4fa3", "#2f6fd0", "#12306b", "#5ca4e6", "#0a2a8c"),
    "purple": ("#6a2c91", "#8e44ad", "#4b1d6f", "#7b3fb3"),
    "pink": ("#ff69b4", "#f48fb1", "#ffb6c8", "#e75a9c"),
    "brown": ("#6b4226", "#7b4a21", "#5a3a22", "#8a5a34"),
    "beige": ("#e8d8b8", "#f0e2c4", "#d9c6a0", "#eadfca"),
}
"""Shades that everybody calls by the name, chosen by eye and not by what our code says."""
KINDS = ("ground", "halves", "disc", "stripes", "writing", "grey", "clouds")
_GREY = ("black", "white", "grey")


@dataclass(frozen=True, slots=True)
class DrawnCover:
    """A picture and what is true of it."""

    picture: Image.Image
    kind: str
    main: str
    """The colour of most of it; of stripes one of two equals."""
    second: str = ""

    def gain(self, colour: str) -> float:
        """What finding it is worth when a colour was asked for: 2 for the main one."""
        if self.kind == "stripes":
            return 1.5 if colour in {self.main, self.second} else 0.0
        return 2.0 * (colour == self.main) + 1.0 * (colour == self.second)

    def encoded(self) -> bytes:
        """As the JPEG that a music file would hold."""
        return jpeg(self.picture)


def draw_covers(count: int, seed: int) -> list[DrawnCover]:
    """Draw so many covers, of all kinds in turn."""
    rng = np.random.default_rng(seed)
    return [_drawn(KINDS[number % len(KINDS)], rng) for number in range(count)]


def altered(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """The same picture as another shop sells it: cropped, another light, badly compressed."""
    width, height = picture.size
    left, top = (int(rng.uniform(0, 0.06) * side) for side in (width, height))
    right, bottom = (int(side * rng.uniform(0.94, 1)) for side in (width, height))
    other = picture.crop((left, top, right, bottom)).resize((180, 180))
    other = ImageEnhance.Brightness(other).enhance(float(rng.uniform(0.85, 1.15)))
    other = ImageEnhance.Color(other).enhance(float(rng.uniform(0.8, 1.2)))
    return Image.open(BytesIO(jpeg(other, quality=45))).convert("RGB")


def jpeg(picture: Image.Image, *, quality: int = 85) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _drawn(kind: str, rng: np.random.Generator) -> DrawnCover:
    names = list(EXEMPLARS)
    main, second = (str(one) for one in rng.choice(names, 2, replace=False))
    if kind == "grey":
        return DrawnCover(_grey(rng), kind, "grey")
    if kind == "clouds":
        main, second = _apart(rng)
        return DrawnCover(_finished(_clouds(main, second, rng), rng), kind, main, second)
    image = Image.new("RGB", (SIDE, SIDE), _shade(main, rng))
    draw = ImageDraw.Draw(image)
    if kind == "ground":
        for _ in range(int(rng.integers(2, 7))):
            left, top = (int(one) for one in rng.integers(0, SIDE, 2))
            wide, high = (int(one) for one in rng.integers(12, 70, 2))
            draw.rectangle([left, top, left + wide, top + high], _shade(second, rng))
    elif kind == "halves":
        edge = int(SIDE * rng.uniform(0.55, 0.65))
        draw.polygon(
            [(edge, 0), (SIDE, 0), (SIDE, SIDE), (edge - int(rng.integers(0, 40)), SIDE)],
            _shade(second, rng),
        )
    elif kind == "disc":
        main, second = _apart(rng)
        image.paste(_shade(main, rng), (0, 0, SIDE, SIDE))
        radius = SIDE * rng.uniform(0.16, 0.32)
        x, y = (float(one) for one in rng.uniform(0.38 * SIDE, 0.62 * SIDE, 2))
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], _shade(second, rng))
    elif kind == "stripes":
        main, second = _apart(rng)
        image = _stripes(main, second, rng)
    elif kind == "writing":
        main, second = _apart(rng)
        image.paste(_shade(main, rng), (0, 0, SIDE, SIDE))
        _write(draw, _shade(second, rng), rng, rows=int(rng.integers(3, 6)))
    if kind in {"ground", "halves", "disc"}:
        _write(draw, _shade(str(rng.choice(_GREY)), rng), rng, rows=1)
    return DrawnCover(_finished(image, rng), kind, main, second)


def _apart(rng: np.random.Generator) -> tuple[str, str]:
    """Two colours that can be told from each other at once: one light, one dark."""
    light = ("white", "yellow", "beige", "pink", "turquoise", "orange")
    dark = ("black", "red", "green", "blue", "purple", "brown")
    pair = [str(rng.choice(light)), str(rng.choice(dark))]
    rng.shuffle(pair)
    return pair[0], pair[1]


def _shade(name: str, rng: np.random.Generator) -> Rgb:
    code = str(rng.choice(EXEMPLARS[name]))
    red, green, blue = (int(code[at : at + 2], 16) for at in (1, 3, 5))
    shift = rng.integers(-6, 7, 3)
    values = np.clip(np.array([red, green, blue]) + shift, 0, 255)
    return int(values[0]), int(values[1]), int(values[2])


def _write(draw: ImageDraw.ImageDraw, ink: Rgb, rng: np.random.Generator, *, rows: int) -> None:
    size = int(rng.integers(24, 40)) if rows > 1 else 20
    font = ImageFont.load_default(size)
    left, top = int(rng.integers(12, 40)), int(rng.integers(12, 60))
    for row in range(rows):
        letters = "".join(chr(int(one)) for one in rng.integers(65, 91, int(rng.integers(6, 12))))
        draw.text((left, top + row * size * 1.5), letters, font=font, fill=ink)


def _stripes(main: str, second: str, rng: np.random.Generator) -> Image.Image:
    y, x = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    angle = rng.uniform(0, np.pi)
    along = (x * np.cos(angle) + y * np.sin(angle)) * rng.integers(8, 15)
    colours = np.array([_shade(main, rng), _shade(second, rng)])
    return Image.fromarray(colours[np.floor(along).astype(int) % 2].astype(np.uint8))


def _clouds(main: str, second: str, rng: np.random.Generator) -> Image.Image:
    """Soft shapes, mostly of one colour: as a photograph out of focus."""
    field = Image.fromarray(rng.uniform(0, 255, (7, 7)).astype(np.uint8))
    share = np.asarray(field.resize((SIDE, SIDE), Image.Resampling.BICUBIC), np.float64)
    share = np.clip((share - np.quantile(share, 0.62)) / 60 + 0.5, 0, 1)[..., None]
    one, other = np.array(_shade(main, rng)), np.array(_shade(second, rng))
    return Image.fromarray((one * (1 - share) + other * share).astype(np.uint8))


def _grey(rng: np.random.Generator) -> Image.Image:
    field = Image.fromarray(rng.integers(0, 256, (9, 9)).astype(np.uint8))
    image = field.resize((SIDE, SIDE), Image.Resampling.BICUBIC).convert("RGB")
    tint = Image.new("RGB", image.size, (128, 120 + int(rng.integers(0, 9)), 120))
    return _finished(Image.blend(image, tint, 0.05), rng)


def _finished(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    noise = rng.normal(0, rng.uniform(2, 10), (SIDE, SIDE, 1))
    grainy = np.clip(np.asarray(image, np.float64) + noise, 0, 255).astype(np.uint8)
    return Image.fromarray(grainy).filter(ImageFilter.GaussianBlur(float(rng.uniform(0, 0.8))))
