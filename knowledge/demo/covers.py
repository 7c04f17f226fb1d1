"""The covers of the demo albums: each a small piece of generative art with its own palette."""

import math
from collections.abc import Callable, Mapping

from knowledge.demo.canvas import Canvas, Colour
from knowledge.demo.covers_night import cathedral, hotel, moon, neon, pixels, tide, window
from knowledge.demo.discography import Album

_INK: Colour = (34, 32, 40)
_PAPER: Colour = (246, 239, 224)


def cover_of(album: Album) -> bytes:
    """Draw the cover of `album` as a JPEG; the same album always gives the same bytes."""
    return DESIGNS[album.cover](album)


def _rain(album: Album) -> bytes:
    c = Canvas(11).gradient((0, (28, 40, 58)), (55, (62, 84, 104)), (100, (24, 34, 50)))
    for _ in range(26):
        x, y = c.rng.uniform(0, 100), c.rng.uniform(48, 92)
        warm = c.rng.choice([0, 1, 2], p=[0.5, 0.3, 0.2])
        colour = [(255, 190, 110), (240, 140, 120), (150, 190, 220)][int(warm)]
        c.glow(
            float(x), float(y), float(c.rng.uniform(3, 9)), colour, float(c.rng.uniform(0.25, 0.7))
        )
    c.blur(0.6)
    for _ in range(150):
        x, y = float(c.rng.uniform(-5, 105)), float(c.rng.uniform(-5, 100))
        length = float(c.rng.uniform(2, 9))
        c.line([(x, y), (x - length * 0.12, y + length)], (150, 172, 190), 0.13)
    for _ in range(240):
        x, y, r = (float(v) for v in c.rng.uniform((0, 0, 0.15), (100, 100, 0.75)))
        c.circle(x, y, r, fill=(120, 144, 164))
        c.circle(x - r * 0.25, y - r * 0.3, r * 0.4, fill=(214, 226, 234))
    c.box(0, 0, 100, 3.2, (22, 26, 34)).box(0, 96.8, 100, 100, (22, 26, 34))
    c.box(0, 0, 3.2, 100, (22, 26, 34)).box(96.8, 0, 100, 100, (22, 26, 34))
    c.box(65.2, 0, 67, 100, (22, 26, 34))
    c.text(8, 9, "Rooms", 11.5, (244, 238, 226)).text(8, 21.5, "After Rain", 11.5, (244, 238, 226))
    c.text(8.4, 37, album.artist.upper(), 3.0, (232, 206, 170), spacing=0.28)
    return c.grain(9).jpeg()


def _orchard(album: Album) -> bytes:
    c = Canvas(12).gradient((0, (250, 226, 190)), (60, (248, 240, 214)), (100, (250, 226, 190)))
    c.circle(74, 30, 13, fill=(240, 128, 72))
    hills = [(58, (178, 196, 132)), (68, (124, 164, 104)), (79, (74, 124, 88)), (90, (38, 82, 70))]
    for index, (height, colour) in enumerate(hills):
        wave = [
            (x, height + 4.5 * math.sin(x / (15 - index) + index * 1.9) - 0.03 * x)
            for x in range(-2, 104, 2)
        ]
        c.polygon([*wave, (104, 104), (-4, 104)], colour)
    for x, ground, size in ((20, 66, 1.25), (41, 72, 0.85), (83, 75, 1.05), (62, 68, 0.6)):
        c.polygon([(x - 0.9 * size, ground + 9 * size), (x - 0.5 * size, ground - 7 * size),
                   (x + 0.5 * size, ground - 7 * size), (x + 0.9 * size, ground + 9 * size)],
                  (88, 58, 48))  # fmt: skip
        for _ in range(11):
            dx, dy = c.rng.normal(0, 4.2 * size), c.rng.normal(-10 * size, 3 * size)
            green = (int(c.rng.integers(50, 90)), int(c.rng.integers(120, 150)), 84)
            c.circle(x + float(dx), ground + float(dy), 3.6 * size, fill=green)
        for _ in range(9):
            dx, dy = c.rng.normal(0, 4.6 * size), c.rng.normal(-10 * size, 3.4 * size)
            c.circle(x + float(dx), ground + float(dy), 0.95 * size, fill=(238, 108, 62))
    c.text(8, 8, "Letters", 11, (64, 62, 52), weight=0.15)
    c.text(8, 19.5, "from the Orchard", 7, (64, 62, 52))
    c.text(8.3, 92, album.artist.upper(), 2.9, (244, 236, 210), spacing=0.3)
    return c.grain(14).jpeg()


def _mill(album: Album) -> bytes:
    c = Canvas(13).gradient((0, (96, 30, 52)), (45, (206, 76, 62)), (78, (248, 164, 92)),
                            (100, (250, 196, 120)))  # fmt: skip
    for radius, colour in ((30, (226, 96, 66)), (23, (238, 128, 74)), (16, (252, 178, 96))):
        c.circle(50, 62, radius, fill=colour)
    c.polygon([(40, 92), (45, 52), (55, 52), (60, 92)], (44, 18, 34))
    c.polygon([(43.5, 53), (50, 43), (56.5, 53)], (44, 18, 34))
    for quarter in range(4):
        angle = math.radians(24 + 90 * quarter)
        along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))

        def at(
            a: float,
            b: float,
            along: tuple[float, float] = along,
            across: tuple[float, float] = across,
        ) -> tuple[float, float]:
            return 50 + a * along[0] + b * across[0], 49 + a * along[1] + b * across[1]

        c.line([at(0, 0), at(30, 0)], (44, 18, 34), 0.9)
        for rung in range(8, 31, 3):
            c.line([at(rung, 0), at(rung, 5)], (44, 18, 34), 0.45)
        c.line([at(8, 5), at(30, 5)], (44, 18, 34), 0.45)
    c.circle(50, 49, 1.6, fill=(44, 18, 34))
    c.polygon([(-2, 92), (30, 87), (70, 89), (102, 85), (102, 102), (-2, 102)], (44, 18, 34))
    c.text(50, 6.5, "LIVE AT THE OLD MILL", 5.6, (255, 228, 190), spacing=0.14, align="centre")
    c.text(50, 93, album.artist.upper(), 2.9, (252, 190, 130), spacing=0.32, align="centre")
    return c.grain(12).jpeg()


def _kettle(album: Album) -> bytes:
    c = Canvas(14, (22, 78, 92))
    palette = [(232, 180, 72), (222, 98, 66), (240, 228, 200), (16, 52, 66), (44, 122, 128)]
    for row in range(5):
        for column in range(8):
            x, y = column * 12.5, 56 + row * 9
            kind, colour = int(c.rng.integers(4)), palette[int(c.rng.integers(5))]
            c.box(x, y, x + 12.5, y + 9, palette[int(c.rng.integers(3, 5))])
            if kind == 0:
                c.polygon([(x, y + 9), (x + 12.5, y + 9), (x + 6.2, y)], colour)
            elif kind == 1:
                c.ellipse(x + 6.2, y + 4.5, 4, 4, colour)
            elif kind == 2:
                c.box(x + 2, y + 1.8, x + 10.5, y + 7.2, colour)
    cream, dark = (240, 228, 200), (14, 44, 56)
    c.circle(74, 34, 20, fill=(232, 180, 72))
    c.ellipse(71, 40, 13.5, 12, dark).box(60.5, 49, 81.5, 53, dark)
    c.polygon([(82, 38), (93.5, 27), (96, 29), (85.5, 48)], dark)
    c.arc(60, 38, 9, 95, 265, dark, 2.2)
    c.ellipse(71, 28.6, 6.4, 1.7, dark).circle(71, 26, 1.7, fill=dark)
    for index in range(3):
        x = 91 + index * 2.4
        c.line([(x + 1.4 * math.sin(t / 2), 24 - t) for t in range(16)], cream, 0.5)
    c.text(7, 9, "Tea for", 10, cream, weight=0.2).text(7, 20, "the Night", 10, cream, weight=0.2)
    c.text(7, 31, "Owls", 10, (232, 180, 72), weight=0.2)
    c.text(7.3, 46.5, album.artist.upper(), 2.8, cream, spacing=0.26)
    return c.grain(16).jpeg()


def _shore(album: Album) -> bytes:
    c = Canvas(15, (244, 241, 234))
    c.circle(50, 34, 19, fill=(236, 84, 58))
    for band in range(9):
        y = 51 + band * 6
        upper = [(x, y + 2.7 * math.sin((x + band * 6.5) / 5.2)) for x in range(-2, 104)]
        lower = [(x, py + 3.0) for x, py in reversed(upper)]
        c.polygon([*upper, *lower], (24, 26, 30))
    c.text(50, 7, "AREIA BRANCA", 6.4, (24, 26, 30), spacing=0.2, align="centre", weight=0.1)
    c.box(24, 89.5, 76, 97, (244, 241, 234))
    c.text(50, 91, album.artist, 4.2, (236, 84, 58), spacing=0.06, align="centre")
    return c.grain(10).jpeg()


def _lighthouse(album: Album) -> bytes:
    yellow = (252, 202, 22)
    c = Canvas(16, yellow)
    for index in range(22):
        angle = math.radians(index * 360 / 22)
        wide = math.radians(4.2)
        c.polygon(
            [(62, 34), (62 + 130 * math.cos(angle - wide), 34 + 130 * math.sin(angle - wide)),
             (62 + 130 * math.cos(angle + wide), 34 + 130 * math.sin(angle + wide))],
            (255, 222, 92),
        )  # fmt: skip
    green, red, dark = (28, 122, 74), (214, 48, 44), (36, 30, 26)
    for band, colour in enumerate((red, yellow, green)):
        wave = [(x, 78 + band * 6.5 + 1.8 * math.sin(x / 6 + band)) for x in range(-2, 104, 2)]
        c.polygon([*wave, (104, 104), (-4, 104)], colour)
    tower = [(54.5, 79), (57.6, 40), (66.4, 40), (69.5, 79)]
    c.polygon(tower, (250, 246, 234))
    for top in (46, 60):
        w0, w1 = 3.1 * (top - 40) / 39, 3.1 * (top - 33) / 39
        c.polygon(
            [(57.6 - w0, top), (66.4 + w0, top), (66.4 + w1, top + 7), (57.6 - w1, top + 7)], red
        )
    c.box(56.4, 38.4, 67.6, 40.4, dark).box(58.8, 31, 65.2, 38.4, (255, 244, 190))
    c.box(61.6, 31, 62.4, 38.4, dark).polygon([(57.6, 31), (62, 25.5), (66.4, 31)], dark)
    c.text(6.5, 8, "Lighthouse", 12.4, dark, weight=0.3).text(6.5, 21, "Dub", 22, red, weight=0.3)
    c.text(50, 92.8, album.artist.upper(), 2.9, (250, 246, 234), spacing=0.2, align="centre")
    return c.grain(12).jpeg()


def _kitchen(album: Album) -> bytes:
    c = Canvas(17, (92, 44, 30))
    stripes = [(236, 196, 134), (226, 148, 70), (200, 88, 44), (150, 52, 40), (92, 44, 30)]
    for index in range(15):
        c.circle(100, 100, 74 - index * 4.9, fill=stripes[index % 5])
    c.circle(100, 100, 5, fill=(250, 226, 170))
    cream = (250, 232, 200)
    c.text(7, 8, "sunday", 15, cream, weight=0.5).text(7, 23, "kitchen", 15, cream, weight=0.5)
    c.text(7.6, 43, album.artist, 5.2, (236, 176, 96), spacing=0.03)
    return c.grain(18).jpeg()


def _world(album: Album) -> bytes:
    c = Canvas(18, _PAPER)
    palette = [(222, 84, 70), (240, 168, 62), (60, 140, 130), (44, 76, 122), (150, 88, 140),
               (244, 214, 160), (110, 170, 92)]  # fmt: skip
    for row in range(6):
        for column in range(6):
            x, y = 5 + column * 15, 5 + row * 12.2
            back, front, dot = (palette[int(i)] for i in c.rng.permutation(7)[:3])
            c.box(x, y, x + 15, y + 12.2, back)
            kind = int(c.rng.integers(5))
            if kind == 0:
                c.ellipse(x + 7.5, y + 6.1, 5, 5, front).ellipse(x + 7.5, y + 6.1, 2.4, 2.4, dot)
            elif kind == 1:
                c.polygon(
                    [(x + 7.5, y), (x + 15, y + 6.1), (x + 7.5, y + 12.2), (x, y + 6.1)], front
                )
                c.ellipse(x + 7.5, y + 6.1, 2.2, 2.2, dot)
            elif kind == 2:
                c.polygon([(x, y), (x + 15, y), (x, y + 12.2)], front)
            elif kind == 3:
                for step in range(4):
                    c.box(x + 0.5 + step * 3.8, y, x + 2.4 + step * 3.8, y + 12.2, front)
            else:
                c.arc(x + 7.5, y + 12.2, 6.2, 180, 360, front, 2.2)
                c.arc(x + 7.5, y + 12.2, 3.0, 180, 360, dot, 1.8)
    c.text(5, 80.5, "One World, Many Kitchens", 6.2, _INK, weight=0.15)
    c.text(5.3, 90.5, album.artist.upper(), 2.9, (222, 84, 70), spacing=0.3)
    return c.grain(12).jpeg()


DESIGNS: Mapping[str, Callable[[Album], bytes]] = {
    "rain": _rain,
    "orchard": _orchard,
    "mill": _mill,
    "kettle": _kettle,
    "shore": _shore,
    "lighthouse": _lighthouse,
    "kitchen": _kitchen,
    "world": _world,
    "hotel": hotel,
    "pixels": pixels,
    "neon": neon,
    "window": window,
    "tide": tide,
    "cathedral": cathedral,
    "moon": moon,
}
