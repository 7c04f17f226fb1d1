"""From words to a wish: the way in."""

from knowledge.wish import MusicWish
from knowledge.wishes.assembling import Assembly
from knowledge.wishes.detection import detect_language
from knowledge.wishes.lexicon import LANGUAGES
from knowledge.wishes.names import Names
from knowledge.wishes.pieces import cut
from knowledge.wishes.tokens import read_text, tokenize
from knowledge.wishes.year_words import with_years_in_digits


def parse_wish(text: str, *, language: str | None = None, names: Names | None = None) -> MusicWish:
    """Understand what music somebody asks for.

    Args:
        text: the request, in English, German, Spanish, French, Italian, Portuguese, Dutch, Polish,
            Swedish, Japanese, Chinese or Hindi; of other languages only the words that all share.
            What is longer than 600 characters is cut off.
        language: ISO 639-1; found out when None.
        names: knows the names of the library, which are taken out first; without it nothing is a
            name.

    Returns:
        The wish. Words without a known meaning are in `free`, and `said` tells which words each
        field comes from.
    """
    clean = read_text(text)
    tokens = tokenize(clean)
    if not tokens:
        return MusicWish(text=text)
    code = language if language in LANGUAGES else detect_language(clean, tokens)
    tokens = with_years_in_digits(tokens, clean, code)
    return Assembly(cut(clean, tokens, code, names), original=text).wish()
