"""A wish being filled: what each meaning of the lexicon does to it, wished for or ruled out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.analysis.sound import Axis
from knowledge.models import TrackId
from knowledge.wish import Span
from knowledge.wishes.lexicon import Meaning

_SOUNDS: Mapping[str, tuple[Axis, Span, Axis, Span]] = {
    # What is wished for, and what is left when it is ruled out.
    "loud": (Axis.LOUDNESS, (0.6, 1.0), Axis.ENERGY, (0.0, 0.4)),
    "quiet": (Axis.LOUDNESS, (0.0, 0.4), Axis.LOUDNESS, (0.35, 1.0)),
    "danceable": (Axis.DANCEABILITY, (0.6, 1.0), Axis.DANCEABILITY, (0.0, 0.5)),
    "acoustic": (Axis.ACOUSTICNESS, (0.6, 1.0), Axis.ACOUSTICNESS, (0.0, 0.5)),
    "bright": (Axis.BRIGHTNESS, (0.6, 1.0), Axis.BRIGHTNESS, (0.0, 0.5)),
    "dull": (Axis.BRIGHTNESS, (0.0, 0.4), Axis.BRIGHTNESS, (0.4, 1.0)),
    "dynamic": (Axis.DYNAMICS, (0.6, 1.0), Axis.DYNAMICS, (0.0, 0.5)),
    "steady": (Axis.DYNAMICS, (0.0, 0.4), Axis.DYNAMICS, (0.4, 1.0)),
}
_TOO_MUCH: Mapping[str, tuple[Axis, Span]] = {
    # "Not too energetic" leaves energetic music, only not the most energetic.
    "energetic": (Axis.ENERGY, (0.0, 0.6)),
    "angry": (Axis.ENERGY, (0.0, 0.6)),
    "calm": (Axis.ENERGY, (0.35, 1.0)),
    "sad": (Axis.VALENCE, (0.3, 1.0)),
    "dark": (Axis.VALENCE, (0.3, 1.0)),
    "happy": (Axis.VALENCE, (0.0, 0.7)),
}
_AS_CHANGE: Mapping[Meaning, tuple[str, float]] = {
    # "Like Queen, but slow" is "like Queen, but slower".
    Meaning("moods", "calm"): ("energy", -1.0),
    Meaning("moods", "energetic"): ("energy", 1.0),
    Meaning("moods", "slow"): ("tempo", -1.0),
    Meaning("moods", "fast"): ("tempo", 1.0),
    Meaning("moods", "happy"): ("valence", 1.0),
    Meaning("moods", "sad"): ("valence", -1.0),
    Meaning("moods", "melancholic"): ("valence", -1.0),
    Meaning("moods", "dark"): ("valence", -1.0),
    Meaning("sound", "loud"): ("loudness", 1.0),
    Meaning("sound", "quiet"): ("loudness", -1.0),
    Meaning("sound", "acoustic"): ("acousticness", 1.0),
    Meaning("sound", "danceable"): ("danceability", 1.0),
    Meaning("voice", "instrumental"): ("instrumentalness", 1.0),
}
_OPPOSITES: Mapping[Meaning, Meaning] = {
    Meaning(*one): Meaning(*other)
    for pair in (
        (("moods", "sad"), ("moods", "happy")),
        (("moods", "calm"), ("moods", "energetic")),
        (("moods", "fast"), ("moods", "slow")),
        (("sound", "loud"), ("sound", "quiet")),
        (("sound", "bright"), ("sound", "dull")),
    )
    for one, other in (pair, pair[::-1])
} | {
    Meaning("moods", mood): Meaning("moods", other)
    for mood, other in (
        ("dark", "happy"), ("melancholic", "happy"), ("angry", "calm"), ("relaxing", "energetic"),
        ("tense", "calm"), ("uplifting", "sad"), ("dreamy", "energetic"), ("epic", "calm"),
    )
}  # fmt: skip
_LANGUAGE_NAMES = {
    "en": "english", "de": "german", "es": "spanish", "fr": "french", "it": "italian",
    "pt": "portuguese", "nl": "dutch", "pl": "polish", "sv": "swedish", "ja": "japanese",
    "zh": "chinese", "hi": "hindi", "ko": "korean", "ru": "russian", "ar": "arabic",
    "tr": "turkish", "no": "norwegian", "da": "danish", "fi": "finnish", "el": "greek",
    "he": "hebrew",
}  # fmt: skip
LANGUAGES_BY_NAME = {name: code for code, name in _LANGUAGE_NAMES.items()}
"""How languages are called in `MusicWish.not_words`: {"french": "fr"}."""
_SINGLE = {
    "activities": "activity", "languages": "language", "times": "time_of_day",
    "weather": "weather", "places": "place",
}  # fmt: skip
_VAGUE = frozenset({"relaxing", "weekend"})
"""Values that give way to another one in the same request: "Sunday morning" is a morning."""
_CANNOT = frozenset({"sleep", "focus", "waking"})
"""Activities that people say they cannot do when they want music for them."""


@dataclass(slots=True)
class Draft:
    """A wish being filled."""

    lists: dict[str, list[str]] = field(default_factory=dict)
    axes: dict[Axis, Span] = field(default_factory=dict)
    but: dict[str, float] = field(default_factory=dict)
    one: dict[str, str] = field(default_factory=dict)
    """Fields of a single word."""
    vocal: bool | None = None
    like: list[TrackId] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    free: list[str] = field(default_factory=list)
    cannot: list[tuple[str, str]] = field(default_factory=list)
    """Activities that somebody cannot do, with their words."""

    def add(self, name: str, value: str, words: str) -> None:
        """Put a value into a field that holds several, once."""
        values = self.lists.setdefault(name, [])
        if value not in values:
            values.append(value)
        self.tell(name, words)

    def tell(self, name: str, words: str) -> None:
        """Remember which words a field comes from."""
        self.said[name] = f"{self.said[name]}, {words}" if name in self.said else words

    def of(self, name: str) -> tuple[str, ...]:
        """Values of a field that holds several."""
        return tuple(self.lists.get(name, ()))

    def wish_for(self, meaning: Meaning, words: str) -> None:
        """Take what is wished for."""
        slot, value = meaning.slot, meaning.value
        if slot in ("genres", "moods", "instruments"):
            self.add(slot, value, words)
        elif slot == "voice":
            self._voice(value, words)
        elif slot == "sound":
            axis, span, _, _ = _SOUNDS[value]
            self.axes[axis] = span
            self.tell("axes", words)
        elif slot == "changes":
            self.but[value[:-1]] = 1.0 if value.endswith("+") else -1.0
            self.tell("but", words)
        elif slot == "themes":
            self.free.append(value)
            self.tell("free", words)
        else:
            self.set_one(_SINGLE[slot], value, words)

    def wish_for_opposite(self, meaning: Meaning, words: str) -> None:
        """Take the opposite of what is named, or rule it out where there is none."""
        opposite = _OPPOSITES.get(meaning)
        if opposite is None:
            self.rule_out(meaning, words, too=False)
        else:
            self.wish_for(opposite, words)

    def set_one(self, name: str, value: str, words: str) -> None:
        """Fill a field of a single word; the first one said stays unless it is vague."""
        if self.one.get(name) in _VAGUE:
            del self.one[name]
        if name not in self.one:
            self.one[name] = value
            self.tell(name, words)

    def change_towards(self, meaning: Meaning, words: str) -> bool:
        """Take a description as a change from an example; False when it is none."""
        change = _AS_CHANGE.get(meaning)
        if change is None:
            return False
        self.but[change[0]] = change[1]
        self.tell("but", words)
        return True

    def rule_out(self, meaning: Meaning, words: str, *, too: bool) -> None:
        """Take what is ruled out, or (`too`) only too much of it."""
        slot, value = meaning.slot, meaning.value
        if slot == "voice" and value in ("sung", "instrumental"):
            self.vocal = value == "instrumental"
            self.tell("vocal", words)
        elif slot == "voice":
            self.add("not_instruments", _voice_name(value), words)
        elif slot == "sound":
            _, _, axis, span = _SOUNDS[value]
            self.axes[axis] = span
            self.tell("axes", words)
        elif slot == "moods" and too and value in _TOO_MUCH:
            axis, span = _TOO_MUCH[value]
            self.axes[axis] = span
            self.tell("axes", words)
        elif slot in ("genres", "moods", "instruments"):
            self.add(f"not_{slot}", value, words)
        elif slot == "activities" and value in _CANNOT:
            self.cannot.append((value, words))
        elif slot == "activities":
            self.add("not_moods", value, words)
        elif slot == "languages":
            self.add("not_words", _LANGUAGE_NAMES[value], words)
        elif slot == "themes":
            self.add("not_words", value, words)

    def settle(self) -> None:
        """Look at all of it: what is said of one thing depends on the rest.

        "I cannot sleep" asks for music to sleep, "for a workout, nothing sleepy" does not.
        """
        for value, words in self.cannot:
            if self.one.get("activity", value) == value:
                self.set_one("activity", value, words)
            else:
                self.add("not_moods", value, words)
        # What is ruled out once is not wished for by another word for it.
        for name in ("genres", "moods", "instruments"):
            ruled_out = self.lists.get(f"not_{name}", [])
            if name in self.lists:
                self.lists[name] = [one for one in self.lists[name] if one not in ruled_out]

    def _voice(self, value: str, words: str) -> None:
        if value in ("sung", "instrumental"):
            if self.vocal is None:
                self.vocal = value == "sung"
        else:
            self.add("instruments", _voice_name(value), words)
            self.vocal = True
        self.tell("vocal", words)


def _voice_name(value: str) -> str:
    return "screaming" if value == "screamed" else f"{value} voice"
