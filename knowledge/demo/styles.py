"""The ways of playing that the demo library uses, by name."""

from collections.abc import Mapping

from knowledge.demo.style import Style
from knowledge.demo.styles_band import BAND_STYLES
from knowledge.demo.styles_concert import CONCERT_STYLES

STYLES: Mapping[str, Style] = {style.name: style for style in (*CONCERT_STYLES, *BAND_STYLES)}
