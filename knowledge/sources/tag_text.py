"""Text from strangers' tags, made safe and readable.

A tag may be megabytes long, hide control characters, reverse the line it is shown in, or be
Russian read as Western European. What leaves this module is short, visible text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from knowledge.folding import fold

MAX_NAME = 250
"""Characters of a title, a name or an album; longer ones are cut."""
MAX_ARTISTS = 12
MAX_GENRES = 8
MAX_MOODS = 8
_MAX_WORD = 60

# Joiners shape Persian, Indic scripts and emoji; all other invisible characters only mislead.
_JOINERS: Final = "\u200c\u200d"
_INVISIBLE = frozenset({"Cf", "Cs", "Co", "Cn"})
_MAX_MARKS = 4
_MARKS = re.compile(
    r"((?:[\u0300-\u036f\u0489\u1ab0-\u1aff\u1dc0-\u1dff]){4})[\u0300-\u036f\u0489]+"
)

_BETWEEN_ARTISTS = re.compile(
    r"\s*;\s*|\x00|\s+/\s+|\s+(?:feat|ft|featuring)\b\.?\s+", re.IGNORECASE
)
_FEATURED = re.compile(r"[\(\[](?:feat|ft|featuring)\b\.?\s+([^\)\]]+)[\)\]]", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[;,/|\\\x00]|\s+-\s+")
_ONE_GENRE = frozenset({"singer/songwriter", "pop/funk"})
_NO_NAME = frozenset(
    {"unknown", "unknown artist", "unknown album", "unknown title", "no artist", "no title"}
)
_NO_GENRE = frozenset({"none", "unknown", "no genre", "other", "misc", "genre", "undefined"})
_VARIOUS = frozenset({"various artists", "various", "va", "v a", "various artist"})
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")

_HIGH_LETTERS = re.compile(r"[\u00c0-\u00ff]{3,}")
_MIXED_WORD = re.compile(r"[A-Za-z][\u00c0-\u00ff]|[\u00c0-\u00ff][A-Za-z]")


def clean(raw: str, limit: int = MAX_NAME) -> str:
    """Return `raw` as one line of at most `limit` visible characters, in normal form C."""
    text = raw[: limit * 8]
    if not text.isascii():
        text = unicodedata.normalize("NFC", repaired(text))
        text = _MARKS.sub(r"\1", "".join(c for c in text if _visible(c)))
    text = " ".join(text.translate(_CONTROLS).split())
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def repaired(text: str) -> str:
    """Undo the usual wrong decoding: bytes of UTF-8 or Windows-1251 read as Latin-1.

    Western European text is never touched: its accented letters stand among plain ones, while in
    misread Russian whole words are accented.
    """
    if text.isascii():
        return text
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        return text
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if not _HIGH_LETTERS.search(text) or _MIXED_WORD.search(text):
        return text
    try:
        return raw.decode("cp1251")
    except UnicodeDecodeError:
        return text


def name(raw: str | None) -> str | None:
    """Return a clean name, or None for an empty one and for placeholders such as "Unknown"."""
    text = clean(raw or "")
    return None if not text or fold(text) in _NO_NAME else text


def artist_names(values: Iterable[str]) -> tuple[str, ...]:
    """Split credits into artists.

    Only separators that no name contains count: several values, ";", " / " and "feat.". "AC/DC",
    "Simon & Garfunkel" and "Tyler, the Creator" stay whole.
    """
    given = [value for value in values if value.strip()]
    # Some taggers write the whole credit and then each artist; the parts say more.
    if len(given) > 2 and all(part.strip() in given[0] for part in given[1:]):
        given = given[1:]
    open_values = (_FEATURED.sub(r" feat. \1", value) for value in given)
    names = (name(part) for value in open_values for part in _BETWEEN_ARTISTS.split(value))
    distinct: dict[str, str] = {}
    for shown in names:
        if shown:
            distinct.setdefault(fold(shown), shown)
    return tuple(distinct.values())[:MAX_ARTISTS]


def featured_in(title: str) -> tuple[str, ...]:
    """Return the guests that a title names: "Song (feat. Guest)"."""
    found = _FEATURED.search(title)
    return artist_names([found.group(1)]) if found else ()


def genre_names(values: Iterable[str]) -> tuple[str, ...]:
    """Split genres; several in one value are separated by ";", "," or "/"."""
    words = _words(values, MAX_GENRES)
    return tuple(word for word in words if fold(word) not in _NO_GENRE)


def mood_words(values: Iterable[str]) -> tuple[str, ...]:
    """Split mood tags into lower-case words."""
    return tuple(word.lower() for word in _words(values, MAX_MOODS))


def is_various(artist: str) -> bool:
    """Whether an album artist says that there is none."""
    return fold(artist) in _VARIOUS


def year(raw: str | None) -> int | None:
    """Return the year in a date of any spelling, 1000 to 2099, or None."""
    found = _YEAR.search((raw or "")[:64])
    return int(found.group(1)) if found else None


def number(raw: str | None, largest: int) -> int | None:
    """Return the first number of "3", "03/12" or "3 of 12" when it is 1 to `largest`."""
    found = re.match(r"\s*(\d{1,5})(?!\d)", raw or "")
    value = int(found.group(1)) if found else 0
    return value if 1 <= value <= largest else None


def _words(values: Iterable[str], most: int) -> tuple[str, ...]:
    distinct: dict[str, str] = {}
    for word in (word for value in values for word in _word_parts(value)):
        if len(distinct) < most and word:
            distinct.setdefault(fold(word), word)
    return tuple(distinct.values())


def _word_parts(value: str) -> Iterator[str]:
    if value.strip().lower() in _ONE_GENRE:
        yield clean(value, _MAX_WORD)
        return
    for part in _BETWEEN_WORDS.split(value[: _MAX_WORD * 16]):
        yield clean(part, _MAX_WORD)


def _visible(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in _INVISIBLE


_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), " ")
