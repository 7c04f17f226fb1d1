"""What the demo covers show, as their drawings say: by it search by cover is measured."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CoverTruth:
    """One design of `knowledge.demo.covers`."""

    main: str
    """The colour that people would name first."""
    others: tuple[str, ...] = ()
    """Further colours that can be seen at once."""
    circle: bool = False
    """Whether there is one large disc or ring: a sun, a moon, a rose window."""
    dark: bool = False


TRUTH: Mapping[str, CoverTruth] = {
    "rain": CoverTruth("blue", ("grey",), dark=True),
    "orchard": CoverTruth("beige", ("green", "orange"), circle=True),
    "mill": CoverTruth("red", ("orange", "black"), circle=True),
    "kettle": CoverTruth("turquoise", ("yellow", "blue"), circle=True, dark=True),
    "shore": CoverTruth("white", ("red", "black"), circle=True),
    "lighthouse": CoverTruth("yellow", ("red", "green")),
    "kitchen": CoverTruth("brown", ("orange", "red")),
    "world": CoverTruth("beige", ("red", "blue", "orange", "green")),
    "hotel": CoverTruth("red", ("yellow", "brown"), dark=True),
    "pixels": CoverTruth("purple", ("pink",), dark=True),
    "neon": CoverTruth("purple", ("pink",), circle=True, dark=True),
    "window": CoverTruth("purple", ("pink",)),
    "tide": CoverTruth("turquoise", ("white", "beige", "blue"), circle=True),
    "cathedral": CoverTruth("black", ("red", "orange"), circle=True, dark=True),
    "moon": CoverTruth("blue", ("white", "beige"), circle=True, dark=True),
}
"""Name of the design to what it shows."""
