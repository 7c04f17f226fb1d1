"""Weather and places in terms of sound. All of it is convention: no study was found."""

from collections.abc import Mapping

import numpy as np

from knowledge.analysis.sound import Axis, Vector
from knowledge.folding import fold
from knowledge.recommend.frame import Frame
from knowledge.wish import Span

_WEATHER: Mapping[str, tuple[str, Mapping[Axis, Span]]] = {
    "rain": ("for a rainy day", {Axis.ENERGY: (0.1, 0.5), Axis.ACOUSTICNESS: (0.4, 1.0)}),
    "snow": ("for a snowy day", {Axis.ENERGY: (0.05, 0.45), Axis.ACOUSTICNESS: (0.4, 1.0)}),
    "fog": ("for a foggy day", {Axis.ENERGY: (0.05, 0.4), Axis.BRIGHTNESS: (0.0, 0.5)}),
    "storm": ("for a stormy day", {Axis.ENERGY: (0.45, 0.9), Axis.DYNAMICS: (0.4, 1.0)}),
    "sun": ("for a sunny day", {Axis.ENERGY: (0.45, 0.9), Axis.BRIGHTNESS: (0.4, 1.0)}),
    "heat": ("for a hot day", {Axis.ENERGY: (0.3, 0.7), Axis.DANCEABILITY: (0.4, 1.0)}),
    "cold": ("for a cold day", {Axis.ENERGY: (0.15, 0.55), Axis.ACOUSTICNESS: (0.3, 1.0)}),
}
_SAME = {
    "rainy": "rain", "raining": "rain", "drizzle": "rain", "snowy": "snow", "snowing": "snow",
    "foggy": "fog", "cloudy": "fog", "clouds": "fog", "overcast": "fog", "grey": "fog",
    "stormy": "storm", "thunder": "storm", "thunderstorm": "storm", "windy": "storm",
    "sunny": "sun", "clear": "sun", "sunshine": "sun", "hot": "heat", "warm": "heat",
    "freezing": "cold", "frost": "cold", "winter": "cold",
}  # fmt: skip
_PLACES = {
    "gym": "workout", "car": "commute", "train": "commute", "bus": "commute", "kitchen": "cooking",
    "office": "focus", "desk": "focus", "library": "study", "bedroom": "relax", "bath": "relax",
    "bathroom": "relax", "garden": "relax", "beach": "relax", "restaurant": "dinner",
    "cafe": "dinner", "club": "party", "bar": "party", "park": "walking", "forest": "walking",
}  # fmt: skip


def activity_at(place: str) -> str:
    """What one mostly does at a place: "gym" is workout; "" when nothing is known of it."""
    return _PLACES.get(fold(place), "") if place.strip() else ""


def fitting_weather(frame: Frame, weather: str) -> tuple[Vector, str] | None:
    """How well candidates go with the weather, 0 to 1, and that in words; None when unknown."""
    if not weather.strip():
        return None
    folded = fold(weather)
    named = next((word for word in folded.split() if word in _WEATHER or word in _SAME), None)
    if named is None:
        return None
    words, axes = _WEATHER[_SAME.get(named, named)]
    fits = [frame.within(axis, span) for axis, span in axes.items()]
    return np.asarray(np.mean(fits, axis=0), np.float32), words
