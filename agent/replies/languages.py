"""The languages that replies are worded in, and what they need beyond a catalogue."""

from types import MappingProxyType

ENGLISH = "en"
_NAMES = MappingProxyType(
    {
        "en": "English",
        "de": "German",
        "es": "Spanish",
        "fr": "French",
        "it": "Italian",
        "pt": "Portuguese",
        "nl": "Dutch",
        "pl": "Polish",
        "sv": "Swedish",
        "zh": "Chinese",
        "ja": "Japanese",
        "hi": "Hindi",
    }
)
LANGUAGES = tuple(_NAMES)
"""Codes of the languages that have a catalogue."""
_STOPS = MappingProxyType({"zh": "。", "ja": "。", "hi": "।"})
_WITHOUT_SPACES = frozenset({"zh", "ja"})


def language_name(code: str) -> str:
    """The English name of a language, as a language model is told it; English when unknown."""
    return _NAMES.get(spoken_language(code), _NAMES[ENGLISH])


def spoken_language(code: str) -> str:
    """The language to reply in: `code` without its region when it has a catalogue, or English."""
    plain = code.replace("_", "-").split("-")[0].casefold()
    return plain if plain in _NAMES else ENGLISH


def full_stop(language: str) -> str:
    """What ends a sentence."""
    return _STOPS.get(language, ".")


def between_sentences(language: str) -> str:
    """What stands between two sentences."""
    return "" if language in _WITHOUT_SPACES else " "
