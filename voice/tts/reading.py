"""From how a reply is written to how it is said.

The result is plain English text for any voice: no digits, no signs, no markup. Names in other
languages stay; a voice that cannot read them respells them itself (`voice.tts.foreign`).
"""

import re
import unicodedata
from typing import Final

from voice.tts.initials import LETTER_MARK, spell_initials
from voice.tts.music_words import spell_titles
from voice.tts.quantity_words import spell_numbers, spell_units
from voice.tts.times_words import spell_times

_MAX_CHARACTERS: Final = 4_000
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MARKUP: Final = re.compile(
    r"(?<!\w)[*_`~#]+(?=[^\W\d])|(?<=[\w.!?])[*_`~]+(?!\w)|`|^\s*[-•]\s+", re.MULTILINE
)
_LONG_NUMBER: Final = re.compile(r"\d{16,}")
_CENSORED: Final = re.compile(r"(?<=\w)\*+(?=\w)")
_WORDS: Final = {
    "&": " and ",
    "＆": " and ",
    "@": " at ",
    "=": " equals ",
    "→": " to ",
    "×": " times ",
    "…": ", ",
    "♯": " sharp ",
    "♭": " flat ",
}
_ROCK_AND_ROLL: Final = re.compile(r"(?<=\w) ?['’]n['’]? ?(?=\w)", re.IGNORECASE)
_ASIDE: Final = re.compile(r"\s*[(\[{]\s*([^()\[\]{}]*?)\s*[)\]}]")
_LEADING_ASIDE: Final = re.compile(r"\(([^()]*)\)(?= [A-Z])")
"""As in "(Sittin' On) The Dock of the Bay": said in one breath with what follows."""
_DASH: Final = re.compile(r"\s+[-–—]+\s+|\s*—\s*")
_INNER_END: Final = re.compile(r"[!?.…]+(?=[\"”’')]*,|[\"”’')]*\s+[a-z])")
_QUOTES: Final = re.compile(r"[\"“”„«»‹›]|(?<!\w)['‘‚](?=\w)|(?<=[\w.!?,])['’](?!\w)")
_SLASH: Final = re.compile(r"(?<=\w)\s*/\s*(?=\w)")
_LETTERS_OR_NUMBERS: Final = frozenset("LMN")
_KEPT: Final = frozenset(".,;:!?'-%$€£#+°′″½¼¾−–/" + LETTER_MARK)
_TIDY: Final = (
    (re.compile(r"\s+"), " "),
    (re.compile(r" (?=[,.;:!?])"), ""),
    (re.compile(r"[,;:]+(?=[.!?,;:])"), ""),
    (re.compile(r"([.!?])[.,;:]+"), r"\1"),
    (re.compile(r"^[\s,;:.!?'-]+"), ""),
)


def spell_out(text: str, language: str = "en") -> str:
    """The words to be spoken for a piece of a reply; "" when there is nothing to say.

    Args:
        text: as it is shown, in any script; of more than 4,000 characters the first.
        language: of the reply; other than English only what no voice can say is dropped.
    """
    text = _plain(
        unicodedata.normalize("NFKC" if language == "ja" else "NFC", text)[:_MAX_CHARACTERS]
    )
    if not language.startswith("en"):
        return _tidy(_speakable(text))
    text = spell_titles(_LONG_NUMBER.sub(" a long number ", text))
    text = _ROCK_AND_ROLL.sub(" and ", text)
    text = spell_times(text)
    text = spell_units(text)
    text = spell_initials(text)
    text = spell_numbers(text)
    for sign, words in _WORDS.items():
        text = text.replace(sign, words)
    text = _LEADING_ASIDE.sub(r"\1", text)
    text = _ASIDE.sub(lambda found: f", {found[1]}," if found[1] else " ", text)
    text = _DASH.sub(", ", text)
    text = _INNER_END.sub("", text)
    text = _QUOTES.sub("", text)
    text = _SLASH.sub(" ", text)
    return _tidy(_speakable(text))


def _plain(text: str) -> str:
    """Without links, markup and control characters."""
    text = "".join(" " if unicodedata.category(one) in {"Cc", "Zl", "Zp"} else one for one in text)
    text = _LINK.sub(r"\1", text)
    text = _ADDRESS.sub("", text)
    text = _MARKUP.sub("", text)
    return _CENSORED.sub(" ", text).replace("’", "'")


def _speakable(text: str) -> str:
    """Letters, numbers and the marks a voice knows; emoji and signs without a word are gone."""
    kept = (
        one if unicodedata.category(one)[0] in _LETTERS_OR_NUMBERS or one in _KEPT else " "
        for one in text
    )
    return "".join(kept)


def _tidy(text: str) -> str:
    for pattern, put in _TIDY:
        text = pattern.sub(put, text)
    text = text.strip(" ,;:-/")
    return text if any(one.isalnum() for one in text) else ""
