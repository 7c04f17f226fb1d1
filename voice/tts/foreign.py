"""Names in other languages for a voice that knows English only.

Known names get their pronunciation; words of other scripts and languages are read by the rules of
their language. What is English, or looks like it, is left alone.
"""

import re
from dataclasses import dataclass
from typing import Final

from anyascii import anyascii

from voice.tts.initials import LETTER_MARK
from voice.tts.letter_sounds import sounds_of
from voice.tts.pronunciations import folded, name_pattern, pronunciation_of

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LETTER_A: Final = re.compile(rf"A{LETTER_MARK}")
_LINKED: Final = re.compile(r"[\[\]{}]|(?<=\))\(")
_BREAK: Final = re.compile(r"[.,;:!?]")
_GLUE: Final = frozenset({
    "by", "from", "with", "starting", "playing", "and", "or", "is", "are", "the", "of", "to", "for",
    "featuring", "versus", "album", "playlist", "song", "artist", "like", "music", "more", "next",
    "queue", "here", "this", "that", "you", "now",
})  # fmt: skip
"""English words around a name; they end what is taken for one phrase."""
_LETTERS: Final = (  # the first that fits counts
    ("is", "ðþ"),
    ("de", "ß"),
    ("es", "ñ¿¡"),
    ("pt", "ãõ"),
    ("sv", "øå"),
    ("cs", "řěůčžťďň"),
    ("pl", "łąęśźżćń"),
    ("hu", "őű"),
    ("tr", "ğışİ"),
    ("plain", "āēīōū"),
    ("fr", "çêèàùâîôûœëï"),
    ("it", "òì"),
    ("is", "ýæ"),
    ("de", "äöü"),
    ("es", "áíóú"),
    ("fr", "é"),
)
_SMALL_WORDS: Final = {
    "fr": "le la les un une des du de je ne te se que qui et est en au aux pas ma ta sur dans avec"
    " nous vous il elle rien vie amour toi moi",
    "de": "der die das den dem des ein eine und ich du ist nicht mit auf im von zu wir mir dir bist"
    " bei aus mein dein kein hast was wenn",
    "es": "el la los las un una de del y que mi tu te se por para con en no es como amor",
    "it": "il lo la gli le di del della che ti con non un una amore sono",
    "pt": "os as de do da dos das que eu você não um uma meu minha com",
}
_ENGLISH_TOO: Final = frozenset({
    "die", "en", "la", "de", "no", "as", "mi", "amor", "hast", "was", "des", "se", "do", "los",
    "un", "tu", "te", "con", "es", "il", "le", "sur",
})  # fmt: skip
"""They stand in English titles as well, and say little."""
_WHOLE_PHRASE: Final = 1.5
"""So much evidence makes a phrase foreign, its words without accents included."""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str


def for_english_voice(text: str) -> str:
    """`text` with a pronunciation, in hibari's notation, at every word that needs one."""
    text = _LINKED.sub(" ", text)
    known = _known_names(text)
    spans = dict(known)
    for phrase in _phrases(text):
        language = _language_of(phrase)
        for word in phrase:
            if any(start <= word.start < end for start, end in known):
                continue
            if sounds := _sounds(word.text, language):
                spans[word.start, word.end] = sounds
    said, at = [], 0
    for (start, end), sounds in sorted(spans.items()):
        ending = re.match(r"['’]s\b", text[end:])
        after = end + (ending.end() if ending else 0)
        written = re.sub(r"[^\w ]", "", text[start:end])
        plural = "" if not ending else ("s" if sounds[-1] in "fkpstθ" else "z")
        said += [text[at:start], f"[{written}](/{sounds}{plural}/)"]
        at = after
    whole = "".join((*said, text[at:]))
    return _LETTER_A.sub("[A](/ˈA/)", whole).replace(LETTER_MARK, "")


def in_latin(text: str) -> str:
    """`text` in Latin letters, accents kept: for voices that read accents, but one script only."""
    romanised = _WORD.sub(
        lambda found: found[0] if _is_latin(found[0]) else anyascii(found[0]), text
    )
    return romanised.replace(LETTER_MARK, "")


def _known_names(text: str) -> dict[tuple[int, int], str]:
    return {
        found.span(): pronunciation_of(found[0])
        for found in name_pattern().finditer(folded(text))
        if not text[found.start()].islower()
    }


def _phrases(text: str) -> list[list[_Word]]:
    """Runs of words without a mark or an English word between them."""
    phrases: list[list[_Word]] = [[]]
    at = 0
    for found in _WORD.finditer(text):
        if _BREAK.search(text, at, found.start()):
            phrases.append([])
        at = found.end()
        if found[0].lower() in _GLUE:
            phrases.append([])
        else:
            phrases[-1].append(_Word(*found.span(), found[0]))
    return [phrase for phrase in phrases if phrase]


def _language_of(phrase: list[_Word]) -> str | None:
    """The language of a phrase that is foreign as a whole, or None."""
    words = [word.text.lower() for word in phrase if _is_latin(word.text)]
    marked = next((lang for word in words if (lang := _by_letters(word))), None)
    best, evidence = None, 0.0
    for language, small in _SMALL_WORDS.items():
        hints = set(small.split())
        found = {word for word in words if word in hints}
        weight = sum(0.5 if word in _ENGLISH_TOO else 1.0 for word in found)
        accented = {word for word in words if marked and not word.isascii()}
        shared = all(one.isascii() or one in "áéíóú" for word in accented for one in word)
        if marked == language or shared:
            weight += len(accented)
            found |= accented
        share = len([word for word in words if word in found]) / max(len(words), 1)
        if len(found) > 1 and share >= 0.5 and weight > max(evidence, _WHOLE_PHRASE - 0.1):
            best, evidence = language, weight
    if best:
        return best
    strong = any(set(word) & set("ðþßñãõøåřłőğ") for word in words)
    return marked if strong and len(words) <= 4 else None


def _sounds(word: str, language: str | None) -> str:
    """How a word is said, or "" when the voice reads it as English."""
    if not _is_latin(word):
        return _other_script(word)
    lowered = word.lower()
    if language and (language in _SMALL_WORDS or not word.isascii()):
        return sounds_of(lowered, language)
    if not word.isascii() and (own := _by_letters(lowered)):
        return sounds_of(lowered, own)
    return ""


def _by_letters(word: str) -> str | None:
    if word.isascii():
        return None
    letters = set(word)
    if word.endswith("ur") and letters & set("áéíóú"):
        return "is"
    return next((language for language, own in _LETTERS if letters & set(own)), None)


def _other_script(word: str) -> str:
    if "Ѐ" <= word[0] <= "ӿ":
        return sounds_of(word, "ru")
    latin = anyascii(word)
    if "一" <= word[0] <= "鿿":
        syllables = re.findall(r"[A-Z]?[a-z']+", latin)
        return " ".join(filter(None, (sounds_of(one, "zh") for one in syllables)))
    if not re.search("[aeiou]", latin.lower()):  # Arabic and Hebrew write consonants only
        latin = re.sub(r"(?<=[a-z])w(?=[^aeiou]|$)", "u", latin.lower())
        latin = re.sub(r"(?<=[a-z])y(?=[^aeiou]|$)", "i", latin)
        latin = re.sub(r"([^aeiou\s])(?=[^aeiou\s])", r"\1a", latin)
    return sounds_of(latin, "plain")


def _is_latin(word: str) -> bool:
    return all(one < "\u0250" or "\u1e00" <= one <= "\u1eff" or not one.isalpha() for one in word)
