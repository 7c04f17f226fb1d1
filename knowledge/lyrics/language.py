"""Which language a song is sung in: by its script, and by its small words. Light, and modest."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

_READ = 4_000
_LEAST_WORDS = 8
_LEAST_SHARE = 0.12
"""So many of the words must be small words of the language; most songs have two or three times
that."""
_AHEAD = 1.25
"""The best language has so many times the small words of the second, or it is not clear."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

_SMALL: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the and you i to a my it me in of is that on your for be with this all don't i'm "
        "when we know what just so are was have but like it's can will she he they there if",
        "de": "und ich du die der das nicht ist in es ein mein dich mich zu mir wir wenn so den "
        "auf mit dir was wie für ist's bin hab nur noch doch kein eine sie auch",
        "fr": "et je tu de la le les que dans un une pas mon est ne pour moi toi qui des en sur "
        "c'est j'ai du au il elle nous avec plus comme mais ma tout",
        "es": "y que de la el no en te mi tu me un es por lo los una con para se si yo las como "
        "pero más cuando amor al del ya está eres sin quiero",
        "pt": "e que de não o a eu meu você me um te em do no é da pra mais se uma por com os na "
        "minha quando tudo só vai isso sem ao teu sou",
        "it": "e che di non la il un mi per è ti sei una in io come più ma con le si se mio "
        "questo del sono te amore tu nel quando cosa anche della c'è gli",
        "nl": "en ik je de het een in van niet dat is mijn jij op met wat me voor maar als zo er "
        "ben aan hij nog ze door naar heb mij jou zijn wil",
        "sv": "och jag du det i en att är som på inte mig min vi för han har med dig så när om "
        "till ett den var kan här ska ingen allt",
        "da": "og jeg du det i en at er som på ikke mig min vi for han har med dig så når om til "
        "et den var kan her af hvad bare",
        "no": "og jeg du det i en at er som på ikke meg min vi for han har med deg så når om til "
        "et den var kan her av hva bare",
        "pl": "i nie w się na to że ja mnie z jak mi jest ty co do tak już ci tu gdy po mój tylko "
        "za by ale jestem wiem czy kiedy",
        "fi": "ja on ei se mä sä en kun mun että niin sen sun minä sinä vaan nyt jos kuin ole "
        "minun sinun olen tämä mutta oon",
        "tr": "bir ve ben sen bu beni seni ne var gibi için yok da de benim o kadar her çok mi "
        "bana sana ama aşk olsun değil",
    }.items()
}  # fmt: skip
_CYRILLIC = (("uk", frozenset("іїєґ")), ("ru", frozenset("ыэъё")))


def language_of(text: str) -> str:
    """Return the ISO 639-1 code, or "" when it is not clear."""
    head = text[:_READ]
    return _by_script(head) or _by_small_words(head)


def _by_script(text: str) -> str:
    scripts: Counter[str] = Counter()
    for character in text:
        if character.isalpha():
            scripts[unicodedata.name(character, "").partition(" ")[0].partition("-")[0]] += 1
    total = sum(scripts.values())
    if not total:
        return ""
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana > 0.05 * total:
        return "ja"
    for script, code in (
        ("HANGUL", "ko"), ("CJK", "zh"), ("DEVANAGARI", "hi"), ("ARABIC", "ar"),
        ("HEBREW", "he"), ("GREEK", "el"), ("THAI", "th"),
    ):  # fmt: skip
        if scripts[script] > 0.3 * total:
            return code
    if scripts["CYRILLIC"] > 0.5 * total:
        letters = set(text.casefold())
        return next((code for code, only in _CYRILLIC if letters & only), "ru")
    return ""


def _by_small_words(text: str) -> str:
    words = [word.replace("’", "'") for word in _WORD.findall(text.casefold())]
    if len(words) < _LEAST_WORDS:
        return ""
    counts = Counter(words)
    found = sorted(
        ((sum(counts[word] for word in small), code) for code, small in _SMALL.items()),
        reverse=True,
    )
    (most, code), (second, _) = found[0], found[1]
    clear = most >= _LEAST_SHARE * len(words) and most >= _AHEAD * second
    return code if clear else ""
