"""Whisper's servers name a language by its English name or by its code; here it is a code."""

from typing import Final

_CODES: Final = {
    "arabic": "ar", "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs",
    "danish": "da", "dutch": "nl", "english": "en", "finnish": "fi", "french": "fr",
    "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu",
    "icelandic": "is", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko",
    "norwegian": "no", "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro",
    "russian": "ru", "slovak": "sk", "spanish": "es", "swedish": "sv", "thai": "th",
    "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi", "welsh": "cy",
}  # fmt: skip
_CODE_LETTERS: Final = (2, 3)


def language_code(name: str) -> str:
    """ISO 639-1 code of "german", "German", "de" or "de-AT"; "" of a name that is not known."""
    word = name.strip().lower().replace("_", "-").partition("-")[0]
    if word in _CODES:
        return _CODES[word]
    is_code = len(word) in _CODE_LETTERS and word.isascii() and word.isalpha()
    return word if is_code else ""
