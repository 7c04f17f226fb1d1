"""How words of other languages sound, as near as an English voice can say it.

Rules of spelling, one table for each language, in the phonemes of hibari's voice (misaki's): A, I,
O, W and Y are the vowels of "day", "my", "go", "now" and "boy"; a stress mark stands before its
vowel. This is no phonetics of those languages: it is what a well-read English speaker says.
"""

import re
import unicodedata
from functools import cache
from typing import Final

from anyascii import anyascii

_VOWELS: Final = "AIOWYaeiouɑæɛɪɔʊʌəɜ"
_STRESS: Final = "ˈ"
_MAX_LETTERS: Final = 40

# Each line: a pattern that is tried where the word is read, and its sound; "-" is silence.
# The first that fits counts. What no rule knows is read by the plain table.
_GERMAN: Final = """
tsch ʧ
sch ʃ
(?<=[aou])ch k
chs ks
ch ʃ
ei|ai|ey I
ie(?!$) i
ie i
eu|äu Y
au W
aa|ah ɑ
ee|eh A
ih i
oo|oh O
uh|üh u
äh A
öh ɜ
^sp ʃp
^st ʃt
qu kv
ck k
ph f
th|dt t
tz|z ts
ß|ss s
s(?=[aeiouäöü]) z
ig$ ɪk
b$ p
d$ t
(?<!n)g$ k
er$ əɹ
(?<=\\w\\w)en$ ən
(?<=\\w\\w)el$ əl
e$ ə
ng ŋ
v f
w v
j j
ä ɛ
ö ɜ
ü|y u
a ɑ
e ɛ
i ɪ
o(?=[bdfgklmnprstz]{2}) ɔ
o O
u(?=[bcdfgklmnprstz]{2}) ʊ
u u
"""
_FRENCH: Final = """
(?<=^[lmtscd])es$ A
(?<=^[jlmnstd])e$ ə
(?<=^qu)e$ ə
eaux?|aux?(?![aeiou]) O
oin(?![aeiouyn]) wæn
oi|oî wɑ
ou|où|oû u
œu|eu ɜ
ien(?![aeiouyn]) jæn
(?:ai|ei|i|y)[nm](?![aeiouyéèêhnm]) æn
[ae][nm](?![aeiouyéèêhnm]) ɑn
o[nm](?![aeiouyéèêhnm]) On
u[nm](?![aeiouyéèêhnm]) ʌn
(?<=[aeiou])ille?s?$ j
ill ij
ai|aî|ei|è|ê|ë ɛ
é A
(?:er|ez|et|ets)$ A
ée?s?$ A
gn nj
ch ʃ
ph f
th t
qu? k
ç s
cc(?=[eiéèêy]) ks
c(?=[eiéèêy]) s
ge(?=[aoâô]) ʒ
g(?=[eiéèêy]) ʒ
gu(?=[eiéèêy]) ɡ
j ʒ
h -
ss s
(?<=[aeiouyéèê])s(?=[aeiouyéèê]) z
(?<=[^\\W])(?:es|e|[dtpxzs]{1,2})$ -
a|à|â ɑ
e ə
i|î|ï|y i
o|ô O
u|û|ù u
w v
"""
_SPANISH: Final = """
ch ʧ
ll j
ñ nj
qu(?=[eiéí]) k
gu(?=[eiéí]) ɡ
g(?=[eiéí])|j h
h -
z s
c(?=[eiéí]) s
v b
rr ɹ
y$ i
y j
au W
ai|ay I
ei|ey A
oi|oy Y
i(?=[aeoáéó]) j
u(?=[aeioáéíó]) w
á ˈɑ
é ˈA
í ˈi
ó ˈO
ú|ü ˈu
e$ A
e ɛ
"""
_PORTUGUESE: Final = """
ão ˈWn
ãe ˈIn
õe ˈYn
ã ˈɑn
õ ˈOn
nh nj
lh lj
ch|x ʃ
j ʒ
g(?=[eiéí]) ʒ
ç s
c(?=[eiéí]) s
qu(?=[eiéí]) k
gu(?=[eiéí]) ɡ
gu ɡw
h -
^r|rr h
te$ ʧi
de$ ʤi
e$ i
o$ u
m$ n
ei A
ou O
á|â ˈɑ
é ˈɛ
ê ˈA
í ˈi
ó|ô ˈO
ú ˈu
"""
_ITALIAN: Final = """
sc(?=[eièé]) ʃ
cch?(?=[aou]) k
ch k
ci(?=[aou]) ʧ
cc?(?=[eièéì]) ʧ
gh ɡ
gi(?=[aou]) ʤ
gg?(?=[eièéì]) ʤ
gli lj
gn nj
zz?|z ts
qu kw
h -
à ˈɑ
è ˈɛ
é ˈA
ì ˈi
ò ˈO
ù ˈu
i(?=[aeo]) j
e$ A
"""
_ICELANDIC: Final = """
hv kv
au Y
ei|ey A
ur$ əɹ
(?<=[aeiouyáéíóúýæö])ll(?=[aeiouy]|$) tl
(?<=[aeiouyáéíóúýæö])f(?=[aeiouyáéíóúýæölrð]) v
þ θ
ð ð
æ I
á W
é jɛ
í|ý i
ó O
ú u
ö ɜ
i|y ɪ
u ʊ
o ɔ
a$ ə
j j
"""
_SCANDINAVIAN: Final = """
skj|stj|sj|rs(?=[eiyäöø]) ʃ
sk(?=[eiyäöø]) ʃ
kj|tj ʃ
k(?=[iyäöø]) ʃ
g(?=[eiyäöø])|gj|hj|lj j
øy|öj Y
ei I
å ɔ
ä|æ ɛ
ö|ø ɜ
y i
j j
er$ əɹ
en$ ən
e$ ə
"""
_CZECH: Final = """
ch h
č ʧ
š ʃ
ž ʒ
ř ɹʒ
ě jɛ
ň nj
ť tj
ď dj
c ts
ou O
ů|ú u
ý|í|y i
á ɑ
é ɛ
ó O
j j
"""
_POLISH: Final = """
szcz ʃʧ
cz|ć|ci(?=[aeou]) ʧ
sz|ś|si(?=[aeou]) ʃ
rz|ż|ź|zi(?=[aeou]) ʒ
ch h
ą On
ę ɛn
ł w
w v
ń nj
ó u
c ts
y ɪ
j j
"""
_HUNGARIAN: Final = """
sz s
cs ʧ
zs ʒ
gy ʤ
ny nj
ly j
s ʃ
c ts
á ɑ
é A
í i
ó|ő O
ö ɜ
ú u
ü|ű u
j j
"""
_TURKISH: Final = """
ç ʧ
c ʤ
ş ʃ
ğ -
ı ə
ö ɜ
ü u
j ʒ
y j
"""
_RUSSIAN: Final = """
ая$ əjə
щ ʃ
ш ʃ
ч ʧ
ц ts
ж ʒ
х h
я jɑ
ю ju
е|є jɛ
ё jˈO
э ɛ
и|і|ы i
ї ji
й j
ь|ъ -
а ɑ
б b
в$ f
в v
г|ґ ɡ
д d
з z
к k
л l
м m
н n
о O
п p
р ɹ
с s
т t
у|ў u
ф f
"""
_CHINESE: Final = """
zh ʤ
ch ʧ
sh|x ʃ
q ʧ
ü|(?<=[jqxy])u u
c ts
z dz
iu jO
ui wA
ian jɛn
ia jɑ
ie jɛ
ao W
ai I
ei A
ou O
eng ʌŋ
ng ŋ
(?<=[a-z])e$ ə
j ʤ
y(?=i) -
y j
"""
_PLAIN: Final = """
sh ʃ
ch ʧ
th θ
ts ts
ph f
kh h
ng ŋ
zh ʒ
eo ʌ
eu ʊ
ae ɛ
au|ao W
ai I
ei|ee A
oo|ou u
a ɑ
e ɛ
i i
o O
u u
y(?=[aeiou]) j
y i
c k
g ɡ
j ʤ
q k
r ɹ
x ks
['’] -
"""
_TABLES: Final = {
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "pt": _PORTUGUESE,
    "it": _ITALIAN,
    "is": _ICELANDIC,
    "sv": _SCANDINAVIAN,
    "cs": _CZECH,
    "pl": _POLISH,
    "hu": _HUNGARIAN,
    "tr": _TURKISH,
    "ru": _RUSSIAN,
    "zh": _CHINESE,
    "plain": "",
}
_FIRST: Final = frozenset({"de", "is", "sv", "cs", "hu"})
_LAST: Final = frozenset({"fr", "tr"})


def sounds_of(word: str, language: str) -> str:
    """The phonemes of a word; "" when it holds nothing that can be said.

    Args:
        word: one word, in the script of the language; for "zh" and "plain" in Latin letters.
        language: one of the tables' ISO 639-1 codes, or "plain" for romanised words.
    """
    word = unicodedata.normalize("NFC", word.lower())[:_MAX_LETTERS]
    parts = (_part(one, language) for one in word.split("-") if one)
    return " ".join(part for part in parts if part)


def _part(word: str, language: str) -> str:
    said, at = "", 0
    while at < len(word):
        sound, at = _read(word, at, language)
        said += sound
    said = re.sub(r"([bdfhkmnpstvzɡlɹʃ])\1+", r"\1", said)
    said = said.replace("Oj", "Y").replace("ɑj", "I")
    return _stressed(said, word, language)


def _read(word: str, at: int, language: str) -> tuple[str, int]:
    """The next sound, and where the word goes on."""
    for pattern, sound in (*_rules(language), *_rules("plain")):
        if (found := pattern.match(word, at)) and found.end() > at:
            return found.expand(sound), found.end()
    letter = word[at]
    if letter.isascii():
        return (letter if letter.isalpha() else ""), at + 1
    known = "".join(one for one in unicodedata.normalize("NFD", letter) if one.isalpha())
    if known == letter:
        known = anyascii(letter).lower()
    said = ""
    for one in known:
        if one.isascii() and one.isalpha():
            said += _read(one, 0, language)[0]
    return said, at + 1


def _stressed(said: str, word: str, language: str) -> str:
    if _STRESS in said:
        first = said.index(_STRESS) + 1
        return said[:first] + said[first:].replace(_STRESS, "")
    vowels = [place for place, one in enumerate(said) if one in _VOWELS]
    if not vowels:
        return said
    full = [place for place in vowels if said[place] != "ə"] or vowels
    if language in _FIRST:
        place = full[0]
    elif (
        language in _LAST
        or (language == "es" and word[-1] not in "aeiouns")
        or (language == "ru" and said[-1] not in _VOWELS)
    ):
        place = full[-1]
    else:
        place = full[-2] if len(full) > 1 else full[0]
    return said[:place] + _STRESS + said[place:]


@cache
def _rules(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    table = _PLAIN if language == "plain" else _TABLES[language]
    rules = []
    for line in table.strip().splitlines():
        pattern, _, sound = line.rpartition(" ")
        rules.append((re.compile(pattern), "" if sound == "-" else sound))
    return tuple(rules)
