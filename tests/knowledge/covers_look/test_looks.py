"""Colours, light and simple shapes of pictures."""

import numpy as np
import pytest
from PIL import ImageColor

from cover_pictures import disc, plain, stripes, writing
from knowledge.covers_look.colours import COLOURS, Colour, lab_of, name_colours, rgb_of
from knowledge.covers_look.finding import colour_fit, fit
from knowledge.covers_look.look import CoverLook, look_at
from knowledge.covers_look.words import CoverWords, Quality, read_cover_words


@pytest.mark.unit
@pytest.mark.parametrize(
    ("css", "name"),
    [
        ("red", Colour.RED), ("darkred", Colour.RED), ("orange", Colour.ORANGE),
        ("gold", Colour.YELLOW), ("yellow", Colour.YELLOW), ("darkgreen", Colour.GREEN),
        ("lime", Colour.GREEN), ("teal", Colour.TURQUOISE), ("skyblue", Colour.BLUE),
        ("navy", Colour.BLUE), ("indigo", Colour.PURPLE), ("hotpink", Colour.PINK),
        ("saddlebrown", Colour.BROWN), ("tan", Colour.BEIGE), ("silver", Colour.GREY),
        ("#0a0a0c", Colour.BLACK), ("#fbfbf8", Colour.WHITE),
    ],
)  # fmt: skip
def test_colours_have_the_names_that_people_give_them(css: str, name: Colour) -> None:
    lab = lab_of(np.array([ImageColor.getrgb(css)], np.uint8))
    assert COLOURS[int(name_colours(lab)[0])] is name


@pytest.mark.unit
def test_cielab_goes_there_and_back() -> None:
    rgb = np.array([[0, 0, 0], [255, 255, 255], [12, 200, 99], [250, 3, 77]], np.uint8)
    assert np.allclose(lab_of(rgb)[1], [100, 0, 0], atol=0.01)
    assert np.array_equal(rgb_of(lab_of(rgb)), rgb)


@pytest.mark.unit
def test_a_disc_on_a_ground_is_seen() -> None:
    look = look_at(disc("ivory", "crimson"))
    assert look.colours[Colour.WHITE].share > 0.6
    assert 0.2 < look.colours[Colour.RED].share < 0.35
    assert [one.hex for one in look.swatches[:2]] == ["#fffff0", "#dc143c"]
    assert look.shapes.circle > 0.9
    assert look.shapes.stripes == look.shapes.text == 0
    assert look.brightness > 0.7
    assert look.warmth > 0.8
    assert look.grey == 0


@pytest.mark.unit
@pytest.mark.parametrize("degrees", [0, 35, 90])
def test_stripes_are_seen_in_any_direction(degrees: float) -> None:
    shapes = look_at(stripes("black", "white", degrees=degrees)).shapes
    assert shapes.stripes > 0.8
    assert shapes.circle < 0.5


@pytest.mark.unit
def test_writing_alone_is_told_from_a_shape() -> None:
    assert look_at(writing("white", "black")).shapes.text > 0.4
    assert look_at(writing("navy", "gold")).shapes.text > 0.4
    assert look_at(disc("white", "black")).shapes.text == 0
    assert look_at(plain("white")).shapes.text == 0


@pytest.mark.unit
def test_black_and_white_is_what_has_no_colour() -> None:
    assert look_at(stripes("black", "#dddddd")).grey == 1
    assert look_at(stripes("black", "#dd8844")).grey == 0


@pytest.mark.unit
def test_looks_can_be_stored() -> None:
    look = look_at(disc("teal", "orange"))
    again = CoverLook.stored(look.facts(), look.vector)
    assert again.facts() == look.facts()
    assert again.shapes == look.shapes


@pytest.mark.unit
def test_looking_twice_says_the_same() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (96, 96, 3)).astype(np.uint8)
    assert look_at(noise).facts() == look_at(noise).facts()
    assert abs(float(np.linalg.norm(look_at(noise).vector)) - 1) < 1e-5


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "colours"),
    [
        ("the album with the yellow cover", "yellow"),
        ("das Album mit dem gelben Cover", "yellow"),
        ("el disco de la portada amarilla", "yellow"),
        ("l'album à la pochette jaune", "yellow"),
        ("l'album con la copertina gialla", "yellow"),
        ("o disco da capa amarela", "yellow"),
        ("het album met de gele hoes", "yellow"),
        ("płyta z żółtą okładką", "yellow"),
        ("skivan med det gula omslaget", "yellow"),
        ("黄色いジャケットのアルバム", "yellow"),
        ("黄色封面的专辑", "yellow"),
        ("पीले कवर वाला एल्बम", "yellow"),
        ("the red and white one", "red white"),
        ("schwarze Hülle mit roter Schrift", "black red"),
        ("水色のジャケット", "turquoise"),
        ("play something", ""),
    ],
)
def test_colours_are_understood_in_twelve_languages(said: str, colours: str) -> None:
    assert " ".join(read_cover_words(said).colours) == colours


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "quality"),
    [
        ("the black and white one", Quality.BLACK_AND_WHITE),
        ("ein Schwarz-Weiß-Foto", Quality.BLACK_AND_WHITE),
        ("白黒のジャケット", Quality.BLACK_AND_WHITE),
        ("the dark one with the big moon", Quality.CIRCLE),
        ("la portada a rayas", Quality.STRIPES),
        ("nur Schrift", Quality.TEXT),
        ("une pochette très colorée", Quality.COLOURFUL),
        ("रंगीन कवर", Quality.COLOURFUL),
    ],
)
def test_other_looks_are_understood(said: str, quality: Quality) -> None:
    assert quality in read_cover_words(said).qualities


@pytest.mark.unit
def test_what_there_is_more_of_fits_better() -> None:
    much, little = look_at(disc("gold", "black", 10)), look_at(disc("black", "gold", 10))
    assert colour_fit(much, Colour.YELLOW) == 1 > 4 * colour_fit(little, Colour.YELLOW) > 0.2
    assert colour_fit(much, Colour.GREEN) < 0.1
    both = CoverWords((Colour.YELLOW, Colour.BLACK))
    half = look_at(stripes("gold", "black"))
    assert fit(half, both) > fit(much, both)
    assert fit(half, CoverWords()) == 0


@pytest.mark.unit
def test_dark_blue_says_how_dark_the_blue_is() -> None:
    navy, sky = look_at(disc("white", "navy")), look_at(disc("white", "skyblue"))
    dark_blue = read_cover_words("the dark blue one")
    assert fit(navy, dark_blue) > 2 * fit(sky, dark_blue)
    assert fit(sky, read_cover_words("light blue")) > fit(navy, read_cover_words("light blue"))
