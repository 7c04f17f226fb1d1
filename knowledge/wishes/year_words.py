"""Years written in words, made numbers: "nineteen seventy-five", "mille neuf cent dix"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

from knowledge.wishes.tokens import Token, key_of

_THIS_CENTURY_ENDS = 30
_TENS = {
    "en": "ten twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "es": "diez veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "fr": "dix vingt trente quarante cinquante soixante soixante-dix quatre-vingt quatre-vingt-dix",
    "it": "dieci venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "pt": "dez vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "nl": "tien twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "sv": "tio tjugo trettio fyrtio femtio sextio sjuttio åttio nittio",
    "pl": "dziesiąt* dwudziest* trzydziest* czterdziest* pięćdziesiąt* sześćdziesiąt* "
    "siedemdziesiąt* osiemdziesiąt* dziewięćdziesiąt*",
}
_ONES = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "seize dix-sept dix-huit dix-neuf",
    "it": "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici "
    "quindici sedici diciassette diciotto diciannove",
    "pt": "um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze "
    "dezesseis dezessete dezoito dezenove",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien "
    "zestien zeventien achttien negentien",
    "sv": "ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton "
    "sjutton arton nitton",
    "pl": "pierwsz* drug* trzec* czwart* piąt* szóst* siódm* ósm* dziewiąt* dziesiąt* jedenast* "
    "dwunast* trzynast* czternast* piętnast* szesnast* siedemnast* osiemnast* dziewiętnast*",
}
_HINDI = (
    "एक दो तीन चार पाँच|पांच छह|छः सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस "
    "इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस "
    "छत्तीस सैंतीस अड़तीस उनतालीस चालीस इकतालीस बयालीस तैंतालीस चवालीस पैंतालीस छियालीस सैंतालीस "
    "अड़तालीस उनचास पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन|अठावन उनसठ साठ इकसठ बासठ "
    "तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर "
    "सतहत्तर अठहत्तर उन्यासी|उनासी अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी|अठासी "
    "नवासी नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे|पंचानवे छियानवे सत्तानवे अट्ठानवे|अठानवे निन्यानवे"
)
_LAST_CENTURY = {
    "en": ("nineteen ", "nineteen hundred and ", "nineteen hundred "),
    "de": ("neunzehnhundert", "neunzehnhundert "),
    "es": ("mil novecientos ",),
    "fr": ("mille neuf cent ", "mil neuf cent ", "dix neuf cent "),
    "it": ("millenovecento", "mille novecento", "novecento"),
    "pt": ("mil novecentos e ", "mil e novecentos e "),
    "nl": ("negentienhonderd", "negentien", "negentien ", "negentienhonderd "),
    "sv": ("nittonhundra", "nittonhundra ", "nitton "),
    "pl": ("tysiąc dziewięćset ",),
    "hi": ("उन्नीस सौ ", "उन्नीससौ "),
}
_THIS_CENTURY = {
    "en": ("two thousand ", "two thousand and ", "twenty "),
    "de": ("zweitausend", "zweitausendund", "zweitausend "),
    "es": ("dos mil ",),
    "fr": ("deux mille ",),
    "it": ("duemila", "due mila "),
    "pt": ("dois mil e ",),
    "nl": ("tweeduizend", "tweeduizend en ", "tweeduizend "),
    "sv": ("tvåtusen", "tjugohundra", "tvåtusen "),
    "pl": ("dwa tysiące ",),
    "hi": ("दो हज़ार ", "दो हजार "),
}
_SHORT_PREFIXES = frozenset({"twenty ", "nineteen ", "nitton ", "negentien ", "negentien"})
"""What does not stand before less than ten: "twenty five" is no year."""
_DIGITS = {letter: str(value) for value, letter in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_DIGIT = "[零〇一二三四五六七八九]"
_SHORTEST_LONG = 10
_WRITTEN = re.compile(
    f"(?P<four>[一二]{_DIGIT}{{3}})"
    "|(?P<long>千九百(?:[二三四五六七八九]?十)?[一二三四五六七八九]?(?=年))"
    "|(?P<two>[二三四五六七八九]{2})十(?=年代)"
    "|(?P<tens>[二三四五六七八九])十(?=年代)"
    f"|(?P<short>[四五六七八九]{_DIGIT})(?=年)"
)


def with_years_in_digits(tokens: Sequence[Token], text: str, language: str) -> tuple[Token, ...]:
    """Tokens in which each year that is written in words is a number: "1975" for its words."""
    if language in ("ja", "zh"):
        return _characters(tokens, text, language)
    years = _years(language)
    longest = max((len(words) for words in years), default=0)
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        for length in range(min(longest, len(tokens) - place), 0, -1):
            words = tokens[place : place + length]
            year = years.get(tuple(token.text for token in words))
            if year is not None:
                found.append(Token(str(year), words[0].start, words[-1].end, "number"))
                place += length
                break
        else:
            found.append(tokens[place])
            place += 1
    return tuple(found)


def _characters(tokens: Sequence[Token], text: str, language: str) -> tuple[Token, ...]:
    """Read "一九七五年", "七七年", "七十年代", and "五六十年代" for the fifties and sixties."""
    found = list(tokens)
    for match in _WRITTEN.finditer(text):
        start, end = match.span()
        inside = [token for token in found if token.start < end and token.end > start]
        if not inside or inside[0].start < start or inside[-1].end > end:
            continue
        if match["two"]:
            joint = "和" if language == "zh" else "と"
            one, other = (
                Token(f"{_DIGITS[letter]}0", start, end, "number") for letter in match["two"]
            )
            made = [one, Token(joint, start, end, "ideograph"), other]
        else:
            made = [Token(_shown(match), start, end, "number")]
        at = found.index(inside[0])
        found[at : at + len(inside)] = made
    return tuple(found)


def _shown(match: re.Match[str]) -> str:
    if match["long"]:
        tens, _, ones = match["long"].removeprefix("千九百").rpartition("十")
        has_ten = "十" in match["long"]
        ten = int(_DIGITS.get(tens, "1")) if has_ten else 0
        return str(1900 + 10 * ten + int(_DIGITS.get(ones, "0")))
    if match["tens"]:
        return f"{_DIGITS[match['tens']]}0"
    return "".join(_DIGITS[letter] for letter in match["four"] or match["short"])


@lru_cache(maxsize=16)
def _years(language: str) -> Mapping[tuple[str, ...], int]:
    years: dict[tuple[str, ...], int] = {}
    for prefixes, century, last in (
        (_LAST_CENTURY, 1900, 99),
        (_THIS_CENTURY, 2000, _THIS_CENTURY_ENDS),
    ):
        for value, prefix in product(range(1, last + 1), prefixes.get(language, ())):
            if value < _SHORTEST_LONG and prefix in _SHORT_PREFIXES:
                continue
            for words in _below_hundred(value, language):
                joined = prefix + words
                for spelled in (joined, joined.replace("oo", "o")):  # "millenovecentottanta"
                    years[key_of(spelled)] = century + value
    return years


def _below_hundred(value: int, language: str) -> Iterator[str]:
    """How a number from 1 to 99 is said."""
    if language == "hi":
        yield from _HINDI.split()[value - 1].split("|")
        return
    ones = _ONES[language].split()
    ten, one = divmod(value, 10)
    if value <= len(ones):
        said = [ones[value - 1]]
    elif language == "fr" and ten in (7, 9):  # sixty-fifteen, eighty-twelve
        before = "soixante" if ten == 7 else "quatre-vingt"
        said = [f"{before} {ones[9 + one]}", f"{before} et {ones[9 + one]}"]
    else:
        tens = _TENS[language].split()[ten - 1]
        said = list(_joined(tens, ones[one - 1], language)) if one else [tens]
    for words in said:
        yield from _polish(words) if language == "pl" else (words,)
        if language == "fr" and words.endswith("quatre-vingt"):
            yield words + "s"


def _joined(tens: str, one: str, language: str) -> Iterator[str]:
    if language == "de":
        yield f"{one.removesuffix('s') if one == 'eins' else one}und{tens}"
        yield f"{one}und{tens}".replace("ü", "ue").replace("ß", "ss")
    elif language == "nl":
        yield f"{one}en{tens}"
    elif language in ("es", "pt"):
        joint = "y" if language == "es" else "e"
        yield f"{tens} {joint} {one}"
        if tens == "veinte":
            yield f"veinti{one}"
    elif language == "it":
        yield (tens[:-1] if one in ("uno", "otto") else tens) + one
    elif language == "sv":
        yield tens + one
    else:
        yield f"{tens} {one}"
        if language == "fr" and one == "un":
            yield f"{tens} et un"


def _polish(words: str) -> Iterator[str]:
    """An ordinal of one or two words, in the cases in which years are said."""
    for hard, soft in (("ego", "iego"), ("y", "i"), ("ym", "im")):
        yield " ".join(
            word[:-1] + (soft if word.endswith(("g*", "c*")) else hard) for word in words.split()
        )
