"""In which language a song is sung, as far as genres and names tell where there are no lyrics."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from knowledge.lyrics.language import language_of

_LONGEST = 60
"""Titles of one artist that are read."""

GENRE_WORDS: Mapping[str, tuple[str, ...]] = {
    "en": ("english", "britpop", "country", "americana"),
    "de": (
        "german", "deutsch", "deutsche", "deutscher", "deutschrap", "deutschpop", "deutschrock",
        "schlager", "krautrock", "liedermacher", "ndw", "austropop", "volksmusik", "neue deutsche",
    ),
    "es": (
        "spanish", "espanol", "espanola", "latin", "latino", "latina", "salsa", "bachata",
        "reggaeton", "ranchera", "mariachi", "flamenco", "cumbia", "bolero", "tango", "merengue",
    ),
    "fr": ("french", "francais", "francaise", "chanson", "chansons", "variete francaise", "yeye"),
    "it": ("italian", "italiana", "italiano", "cantautori", "cantautore", "italo pop", "canzone"),
    "pt": (
        "portuguese", "brazilian", "brasileira", "brasileiro", "brasil", "mpb", "samba", "fado",
        "sertanejo", "forro", "bossa nova", "pagode", "axe",
    ),
    "nl": ("dutch", "nederlands", "nederpop", "nederlandstalig", "levenslied", "nederhop"),
    "pl": ("polish", "polski", "polska", "polskie", "disco polo"),
    "sv": ("swedish", "svensk", "svenska", "dansband", "visa"),
    "ja": ("japanese", "j pop", "jpop", "j rock", "jrock", "enka", "anime", "city pop"),
    "zh": ("chinese", "mandopop", "cantopop", "c pop", "cpop", "mandarin", "cantonese"),
    "hi": ("hindi", "bollywood", "filmi", "ghazal", "bhajan", "qawwali", "hindustani"),
    "ko": ("korean", "k pop", "kpop", "k rock", "trot"),
    "ru": ("russian", "russkij", "russkaya", "chanson russe"),
    "ar": ("arabic", "arab pop", "rai"),
    "tr": ("turkish", "turkce", "anadolu rock", "arabesk"),
    "el": ("greek", "laika", "rembetika", "rebetiko"),
    "he": ("hebrew", "israeli", "mizrahi"),
}  # fmt: skip
"""Folded words of genres that mostly go with a language."""
NAMES: Mapping[str, str] = {
    "en": "English", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian",
    "pt": "Portuguese", "nl": "Dutch", "pl": "Polish", "sv": "Swedish", "ja": "Japanese",
    "zh": "Chinese", "hi": "Hindi", "ko": "Korean", "ru": "Russian", "ar": "Arabic",
    "tr": "Turkish", "no": "Norwegian", "da": "Danish", "fi": "Finnish", "el": "Greek",
    "he": "Hebrew",
}  # fmt: skip
CODES: Mapping[str, str] = {name.casefold(): code for code, name in NAMES.items()}
"""Codes by name: {"french": "fr"}."""
_WEAK = frozenset({"country", "americana", "britpop", "latin", "tango", "city pop"})
"""They are only hints: tango is played everywhere."""


@lru_cache(maxsize=8_192)
def languages_of_genre(folded: str) -> frozenset[str]:
    """Languages that a folded genre tag speaks for."""
    padded = f" {folded} "
    return frozenset(
        code for code, words in GENRE_WORDS.items() if any(f" {word} " in padded for word in words)
    )


@lru_cache(maxsize=8_192)
def is_clear(folded: str) -> bool:
    """Whether a genre speaks for its language clearly, and is more than a hint."""
    padded = f" {folded} "
    return not any(f" {word} " in padded for word in _WEAK)


def language_of_names(titles: Sequence[str]) -> str:
    """The language of many titles together, "" when it is not clear."""
    return language_of("\n".join(titles[:_LONGEST]))
