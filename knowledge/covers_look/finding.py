"""How well a cover fits what somebody says about it, and why."""

from collections.abc import Callable, Mapping
from math import prod

from knowledge.covers_look.colours import NEUTRAL, Colour
from knowledge.covers_look.look import CoverLook
from knowledge.covers_look.words import CoverWords, Quality

_NEAR: Mapping[Colour, Mapping[Colour, float]] = {
    Colour.RED: {Colour.PINK: 0.2, Colour.ORANGE: 0.2, Colour.BROWN: 0.1},
    Colour.ORANGE: {Colour.YELLOW: 0.25, Colour.RED: 0.2, Colour.BROWN: 0.2},
    Colour.YELLOW: {Colour.ORANGE: 0.25, Colour.BEIGE: 0.15},
    Colour.GREEN: {Colour.TURQUOISE: 0.35, Colour.YELLOW: 0.05},
    Colour.TURQUOISE: {Colour.BLUE: 0.35, Colour.GREEN: 0.3},
    Colour.BLUE: {Colour.TURQUOISE: 0.35, Colour.PURPLE: 0.2},
    Colour.PURPLE: {Colour.PINK: 0.35, Colour.BLUE: 0.15},
    Colour.PINK: {Colour.PURPLE: 0.3, Colour.RED: 0.15},
    Colour.BROWN: {Colour.ORANGE: 0.2, Colour.BEIGE: 0.2, Colour.RED: 0.1},
    Colour.BEIGE: {Colour.WHITE: 0.15, Colour.BROWN: 0.15, Colour.YELLOW: 0.15},
    Colour.WHITE: {Colour.BEIGE: 0.25, Colour.GREY: 0.1},
    Colour.GREY: {Colour.BLACK: 0.1, Colour.WHITE: 0.1},
    Colour.BLACK: {Colour.GREY: 0.1},
}
"""Where one of us says orange another says yellow: the share of it that counts too."""
_ENOUGH = 0.8
"""A colour that covers so much of a picture is its colour without any doubt."""
_NEAR_WEIGHT = 0.5
_AMONG_WEIGHT = 0.15
_SEEN = 0.02


def fit(look: CoverLook, said: CoverWords) -> float:
    """How well a cover fits, 0 to 1: every colour and quality must, for the least counts most."""
    scores = [colour_fit(look, one) for one in said.colours]
    if len(scores) > 1:
        # Of several colours none covers so much: "red and white" is half and half.
        scores = [min(1.0, score * (1 + 0.5 * (len(scores) - 1))) for score in scores]
    scores += [_quality_fit(look, one, said) for one in said.qualities]
    if not scores:
        return 0.0
    mean: float = prod(max(score, 1e-6) for score in scores) ** (1 / len(scores))
    return round(0.5 * min(scores) + 0.5 * mean, 4)


def colour_fit(look: CoverLook, colour: Colour) -> float:
    """How much a cover is of a colour, 0 to 1.

    Among greys a bright colour is what people remember, so its share of all that is coloured
    counts as well.
    """
    shares = {name: one.share for name, one in look.colours.items()}
    own = shares.get(colour, 0.0)
    near = sum(shares.get(name, 0.0) * much for name, much in _NEAR[colour].items())
    share = own + _NEAR_WEIGHT * near * min(1.0, own / 0.05 + 0.5)
    coloured = sum(one for name, one in shares.items() if name not in NEUTRAL)
    if colour in NEUTRAL:
        seen = share
    else:
        among = share / coloured if coloured > _SEEN else 0.0
        seen = (1 - _AMONG_WEIGHT) * share + _AMONG_WEIGHT * among * min(1.0, coloured / 0.2)
    return float(min(1.0, (seen / _ENOUGH) ** 0.8))


def reasons(look: CoverLook, said: CoverWords) -> tuple[str, ...]:
    """Why a cover fits, in a few words, the strongest first."""
    told = [(colour_fit(look, one), _percent(look, one)) for one in said.colours]
    told += [(_quality_fit(look, one, said), str(one)) for one in said.qualities]
    return tuple(words for score, words in sorted(told, reverse=True) if score >= 0.25)


def _percent(look: CoverLook, colour: Colour) -> str:
    share = look.colours[colour].share if colour in look.colours else 0.0
    return f"{round(share * 100)} % {colour}" if share >= _SEEN else f"something near {colour}"


def _quality_fit(look: CoverLook, quality: Quality, said: CoverWords) -> float:
    if quality in {Quality.DARK, Quality.BRIGHT}:
        # "Dark blue" says how dark the blue is, not the whole.
        named = [look.colours[one].lightness for one in said.colours if one in look.colours]
        light = sum(named) / len(named) / 100 if named else look.brightness
        return _ramp(light, 0.6, 0.25) if quality is Quality.DARK else _ramp(light, 0.4, 0.8)
    return _FITS[quality](look)


def _colourful(look: CoverLook) -> float:
    several = sum(one.share > 0.06 for name, one in look.colours.items() if name not in NEUTRAL)
    return 0.5 * _ramp(look.colourfulness, 0.25, 0.8) + 0.5 * _ramp(several, 1, 4)


def _ramp(value: float, none: float, full: float) -> float:
    return min(1.0, max(0.0, (value - none) / (full - none)))


_FITS: Mapping[Quality, Callable[[CoverLook], float]] = {
    Quality.COLOURFUL: _colourful,
    Quality.PALE: lambda look: (
        _ramp(look.brightness, 0.45, 0.75) * _ramp(look.colourfulness, 0.5, 0.15)
    ),
    Quality.BLACK_AND_WHITE: lambda look: look.grey,
    Quality.WARM: lambda look: _ramp(look.warmth, 0.0, 0.8),
    Quality.COLD: lambda look: _ramp(-look.warmth, 0.0, 0.8),
    Quality.CIRCLE: lambda look: _ramp(look.shapes.circle, 0.6, 1.0),
    Quality.STRIPES: lambda look: look.shapes.stripes,
    Quality.TEXT: lambda look: look.shapes.text,
    Quality.PLAIN: lambda look: look.shapes.plain,
}
