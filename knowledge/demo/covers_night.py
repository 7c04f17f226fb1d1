"""Covers with dark or dusky grounds; the rest and the list of all are in covers.py."""

import math

from knowledge.demo.canvas import Canvas, Colour
from knowledge.demo.discography import Album

_KESTREL = (
    "......................",
    "........1111..........",
    ".......122221.........",
    "......12232241........",
    "......1222244411......",
    "......122222.111......",
    ".....1222222..........",
    "11..12322232..........",
    "1211233232321.........",
    ".12233323233211.......",
    "..1233333333332111....",
    "...12333333333333211..",
    "....1113333333311.....",
    ".......1113331........",
    ".........14.41........",
    ".........44.44........",
)
_LETTERS = {
    "P": "1110 1001 1110 1000 1000", "R": "1110 1001 1110 1010 1001",
    "E": "1111 1000 1110 1000 1111", "S": "0111 1000 0110 0001 1110",
    "T": "111 010 010 010 010", "A": "0110 1001 1111 1001 1001",
    "O": "0110 1001 1001 1001 0110", "D": "1110 1001 1001 1001 1110",
    "N": "1001 1101 1011 1001 1001", "C": "0111 1000 1000 1000 0111",
    "K": "1001 1010 1100 1010 1001", "I": "1 1 1 1 1", "L": "1000 1000 1000 1000 1111",
    "B": "1110 1001 1110 1001 1110", "Y": "101 101 010 010 010", " ": "00 00 00 00 00",
}  # fmt: skip


def hotel(album: Album) -> bytes:
    gold, dark = (222, 184, 112), (66, 14, 28)
    c = Canvas(21).gradient((0, (108, 22, 42)), (100, dark))
    for ring in range(7):
        for ray in range(-8, 9):
            angle = math.radians(-90 + ray * 10.5)
            inner, outer = 14 + ring * 5.6, 18 + ring * 5.6
            c.line([(50 + inner * math.cos(angle), 88 + inner * math.sin(angle)),
                    (50 + outer * math.cos(angle), 88 + outer * math.sin(angle))],
                   gold if (ring + ray) % 2 else (154, 92, 70), 0.28 + ring * 0.03)  # fmt: skip
        c.arc(50, 88, 14 + ring * 5.6, 184, 356, gold, 0.22)
    c.circle(50, 88, 10, fill=gold).circle(50, 88, 7.6, fill=dark)
    c.box(0, 88, 100, 100, dark)
    for inset, width in ((3, 0.5), (4.6, 0.22)):
        far = 100 - inset
        frame = [(inset, inset), (far, inset), (far, far), (inset, far), (inset, inset)]
        c.line(frame, gold, width)
    c.box(21, 9, 79, 30, (100, 20, 39))
    c.text(50, 10, "AN EVENING AT", 3.6, gold, spacing=0.36, align="centre")
    c.text(50, 16, "The Grand Hotel", 7.6, (250, 234, 204), align="centre")
    c.text(50, 91.3, album.artist.upper(), 2.7, gold, spacing=0.34, align="centre")
    return c.grain(9).jpeg()


def pixels(album: Album) -> bytes:
    c = Canvas(22).gradient((0, (38, 22, 84)), (62, (112, 44, 140)), (100, (238, 108, 130)))
    for _ in range(60):
        x, y = int(c.rng.integers(0, 64)) * 1.5625, int(c.rng.integers(0, 36)) * 1.5625
        c.box(x, y, x + 0.78, y + 0.78, (236, 220, 255))
    for column in range(16):
        height = int(c.rng.integers(2, 9)) * 3.125
        shade: Colour = (30, 18, 66) if column % 2 else (44, 26, 86)
        c.box(column * 6.25, 100 - height, column * 6.25 + 6.2, 100, shade)
        for window_row in range(int(height // 3.125)):
            if c.rng.random() < 0.45:
                x, y = column * 6.25 + 1.6, 100 - height + window_row * 3.125 + 0.8
                c.box(x, y, x + 1.4, y + 1.4, (255, 214, 102))
    colours = {"1": (62, 36, 52), "2": (246, 226, 196), "3": (226, 128, 74), "4": (255, 204, 72)}
    for row, line in enumerate(_KESTREL):
        for column, cell in enumerate(line):
            if cell in colours:
                x, y = 17 + column * 3.125, 36 + row * 3.125
                c.box(x, y, x + 3.125, y + 3.125, colours[cell])
    _pixel_words(c, "PRESS START", 8, 8, 1.6, (255, 214, 102))
    _pixel_words(c, "TO DANCE", 8, 18.5, 1.6, (126, 232, 230))
    c.text(8, 29, album.artist.upper(), 2.9, (236, 220, 255), spacing=0.3)
    return c.jpeg()


def _pixel_words(c: Canvas, words: str, x: float, y: float, size: float, colour: Colour) -> None:
    for char in words:
        rows = _LETTERS[char].split()
        for row, line in enumerate(rows):
            for column, cell in enumerate(line):
                if cell == "1":
                    left, top = x + column * size, y + row * size
                    c.box(left, top, left + size - 0.08, top + size - 0.08, colour)
        x += (len(rows[0]) + 1) * size


def neon(album: Album) -> bytes:
    c = Canvas(23).gradient((0, (12, 8, 38)), (40, (66, 16, 98)), (62, (226, 52, 138)),
                            (62.2, (16, 6, 36)), (100, (30, 8, 62)))  # fmt: skip
    for _ in range(80):
        x, y = float(c.rng.uniform(0, 100)), float(c.rng.uniform(0, 46))
        c.circle(x, y, float(c.rng.uniform(0.06, 0.2)), fill=(220, 220, 255))
    c.glow(50, 48, 30, (255, 80, 150), 0.55)
    for step in range(60):
        y = 26 + step * 0.6
        half = math.sqrt(max(0.0, 18**2 - (y - 44) ** 2))
        share = step / 60
        gap = y > 44 and (y - 44) % 3.4 < 0.5 + (y - 44) * 0.09
        if not gap and y < 62:
            c.box(
                50 - half,
                y,
                50 + half,
                y + 0.62,
                (255, int(224 - 150 * share), int(96 + 80 * share)),
            )
    for line in range(-16, 17):
        c.line([(50 + line * 3.2, 62), (50 + line * 21, 101)], (78, 226, 240), 0.22)
    for line in range(12):
        y = 62 + 38 * (line / 11) ** 2.1
        c.line([(0, y), (100, y)], (78, 226, 240), 0.16 + line * 0.025)
    hull = [(30, 66), (70, 66), (65, 71.5), (35, 71.5)]
    c.polygon(hull, (10, 4, 26)).box(36, 60.5, 64, 66, (10, 4, 26)).box(
        41, 56, 57, 60.5, (10, 4, 26)
    )
    c.box(51, 50.5, 54.5, 56, (10, 4, 26))
    for port in range(7):
        c.box(38 + port * 3.6, 62.2, 39.8 + port * 3.6, 64, (255, 220, 120))
    c.line([(30, 66), (70, 66)], (255, 86, 190), 0.4)
    c.glow(50, 68, 12, (90, 220, 255), 0.3)
    for grow, colour in ((0.3, (255, 60, 170)), (0.0, (255, 236, 250))):
        c.text(50, 7, "MIDNIGHT FERRY", 7.6, colour, spacing=0.13, weight=grow * 3, align="centre")
    c.box(22, 89.6, 78, 96.6, (18, 6, 44))
    c.text(50, 91.2, album.artist.upper(), 3.2, (255, 220, 245), spacing=0.5, align="centre")
    return c.grain(7).jpeg()


def window(album: Album) -> bytes:
    c = Canvas(24).gradient((0, (126, 112, 172)), (58, (222, 156, 166)), (100, (248, 206, 170)))
    for layer, (height, colour) in enumerate(((58, (150, 112, 160)), (66, (112, 86, 142)))):
        x = -3.0
        while x < 103:
            w = float(c.rng.uniform(5, 11))
            top = height + float(c.rng.uniform(-13, 6))
            c.box(x, top, x + w, 100, colour)
            for _ in range(5 if layer else 2):
                wx, wy = x + float(c.rng.uniform(1, w - 2)), top + float(c.rng.uniform(2, 18))
                c.box(wx, wy, wx + 0.9, wy + 1.2, (255, 222, 150))
            x += w
    for _ in range(120):
        x, y = float(c.rng.uniform(0, 100)), float(c.rng.uniform(0, 82))
        c.line([(x, y), (x - 0.7, y + 3.4)], (218, 206, 230), 0.12)
    dark, wood = (58, 42, 78), (88, 60, 88)
    c.box(0, 80, 100, 100, wood).box(0, 80, 100, 81.6, (122, 86, 108))
    c.box(0, 0, 4, 82, dark).box(96, 0, 100, 82, dark).box(48.8, 0, 51.2, 80, dark)
    c.box(0, 0, 100, 4, dark).box(0, 38, 100, 39.6, dark)
    c.box(66, 70, 78, 82, (236, 128, 106)).arc(79, 76, 3.6, -95, 95, (236, 128, 106), 1.5)
    for index in range(3):
        x = 69 + index * 3
        steam = [(x + math.sin(t / 1.7 + index), 68 - t) for t in range(10)]
        c.line(steam, (250, 236, 236), 0.35)
    c.polygon([(16, 71), (30, 71), (28, 82), (18, 82)], (222, 150, 110))
    for leaf in range(9):
        angle = math.radians(-155 + leaf * 16)
        tip = (23 + 19 * math.cos(angle), 71 + 19 * math.sin(angle))
        side = (23 + 10 * math.cos(angle + 0.3), 71 + 10 * math.sin(angle + 0.3))
        other = (23 + 10 * math.cos(angle - 0.3), 71 + 10 * math.sin(angle - 0.3))
        c.polygon([(23, 71), side, tip, other], (70, 120 + leaf * 5, 104))
    c.box(36, 78.2, 60, 80.4, (92, 140, 160)).box(38, 76.2, 59, 78.2, (240, 206, 140))
    c.text(7.5, 8, "Rainy Window", 5.8, (255, 246, 240)).text(
        7.5, 16, "Study Hall", 6.6, (255, 246, 240)
    )
    c.text(50, 89, album.artist.lower(), 4.2, (248, 220, 214), spacing=0.3, align="centre")
    return c.grain(13).jpeg()


def tide(album: Album) -> bytes:
    c = Canvas(25).gradient((0, (206, 226, 222)), (49.5, (242, 226, 206)), (50, (92, 150, 158)),
                            (100, (18, 66, 86)))  # fmt: skip
    c.glow(50, 50, 26, (255, 220, 170), 0.35).circle(50, 41, 9.5, fill=(252, 246, 232))
    for row in range(70):
        y = 50.6 + row * 0.7
        width = 10.5 * (1 - row / 78) + float(c.rng.normal(0, 1.4))
        shift = float(c.rng.normal(0, 0.5 + row * 0.03))
        if c.rng.random() < 0.78 and width > 0.5:
            c.box(
                50 + shift - width, y, 50 + shift + width, y + 0.24 + row * 0.003, (236, 240, 228)
            )
    for _ in range(150):
        y = float(c.rng.uniform(51, 100))
        x, w = float(c.rng.uniform(-5, 100)), float(c.rng.uniform(2, 14)) * (y - 44) / 40
        c.box(x, y, x + w, y + 0.12, (132, 184, 188))
    c.text(50, 11, "FAR SHORE", 6.2, (52, 88, 98), spacing=0.62, align="centre")
    c.text(93, 92.5, album.artist.upper(), 2.6, (226, 238, 232), spacing=0.5, align="right")
    return c.grain(8).jpeg()


def cathedral(album: Album) -> bytes:
    c = Canvas(26, (14, 12, 14))
    palette = [(206, 22, 34), (238, 88, 30), (150, 10, 40), (250, 190, 80), (92, 12, 50)]
    for ring in range(6):
        count = 8 + ring * 4
        inner, outer = 5 + ring * 5.2, 9.6 + ring * 5.2
        for piece in range(count):
            start = 2 * math.pi * piece / count + ring * 0.2
            end = start + 2 * math.pi / count - 0.07
            tip = (outer + 1.2, (start + end) / 2)
            corners = [(inner, start), (outer, start), tip, (outer, end), (inner, end)]
            points = [(50 + r * math.cos(a), 47 + r * math.sin(a)) for r, a in corners]
            c.polygon(points, palette[int(c.rng.integers(5))])
    c.circle(50, 47, 4.4, fill=(255, 226, 150)).glow(50, 47, 22, (255, 120, 60), 0.5)
    bolt = [(56, -2), (39, 50), (51, 46), (40, 102), (64, 38), (52, 42), (66, -2)]
    c.polygon(bolt, (14, 12, 14))
    bone = (244, 238, 230)
    c.box(0, 88, 100, 100, (14, 12, 14))
    c.text(5, 4.5, "STATIC", 10.5, bone, weight=0.45, spacing=0.02)
    c.text(95, 84.5, "CATHEDRAL", 10.5, bone, weight=0.45, spacing=0.02, align="right")
    c.text(95, 6, "EMBER & OAK" if album.artist == "Ember & Oak" else album.artist, 3.2,
           (238, 88, 30), spacing=0.2, align="right")  # fmt: skip
    return c.grain(22).jpeg()


def moon(album: Album) -> bytes:
    c = Canvas(27).gradient((0, (14, 20, 56)), (70, (40, 48, 104)), (100, (84, 70, 124)))
    for _ in range(90):
        x, y = float(c.rng.uniform(0, 100)), float(c.rng.uniform(0, 80))
        c.circle(x, y, float(c.rng.uniform(0.07, 0.24)), fill=(226, 226, 250))
    c.glow(54, 44, 40, (200, 190, 255), 0.4).circle(54, 44, 27, fill=(246, 236, 214))
    for x, y, r in ((46, 36, 5), (63, 52, 7), (52, 58, 3), (66, 34, 3)):
        c.circle(x, y, r, fill=(238, 226, 200))
    ink = (36, 38, 84)
    c.brush([(45, 31), (45, 45), (43.6, 52), (40, 59)], ink, 2.6, 1.0)
    c.brush([(44, 31), (62, 30.4), (62.6, 32), (62.6, 56), (61.6, 58.6), (58.6, 57)], ink, 2.2, 1.6)
    c.brush([(46, 39.6), (61, 39.2)], ink, 1.8, 1.4).brush(
        [(45.6, 47.6), (61, 47.2)], ink, 1.8, 1.4
    )
    c.brush([(-2, 84), (18, 74), (34, 72), (46, 66)], (44, 30, 50), 2.6, 0.7)
    c.brush([(18, 74), (26, 64), (30, 56)], (44, 30, 50), 1.5, 0.5)
    for _ in range(34):
        t = float(c.rng.random())
        x = float(np_interp(t, (0, 18, 34, 46))) + float(c.rng.normal(0, 3))
        y = float(np_interp(t, (82, 74, 72, 66))) + float(c.rng.normal(-3, 5))
        _blossom(c, x, y, float(c.rng.uniform(1.0, 2.3)), float(c.rng.uniform(0, 6.28)))
    for _ in range(16):
        x, y = float(c.rng.uniform(20, 96)), float(c.rng.uniform(40, 92))
        c.ellipse(x, y, 0.9, 0.5, (246, 178, 200))
    c.text(94, 82, album.label.upper(), 4.4, (250, 236, 224), spacing=0.2, align="right")
    c.text(94, 89.5, "TSUKI NO KOBAKO", 2.7, (246, 178, 200), spacing=0.4, align="right")
    return c.grain(8).jpeg()


def np_interp(share: float, values: tuple[float, ...]) -> float:
    """The value at `share` (0 to 1) of a list of evenly spaced values."""
    place = share * (len(values) - 1)
    left = min(int(place), len(values) - 2)
    return values[left] + (values[left + 1] - values[left]) * (place - left)


def _blossom(c: Canvas, x: float, y: float, size: float, turn: float) -> None:
    for petal in range(5):
        angle = turn + petal * 2 * math.pi / 5
        c.circle(x + size * 0.7 * math.cos(angle), y + size * 0.7 * math.sin(angle), size * 0.62,
                 fill=(252, 198, 214) if petal % 2 else (248, 180, 204))  # fmt: skip
    c.circle(x, y, size * 0.3, fill=(206, 84, 118))
