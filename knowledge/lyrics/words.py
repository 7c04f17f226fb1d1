"""The words of lyrics as they are compared: any script, whatever the accents.

Scripts that are written without spaces are cut into characters, which are then found as phrases:
so two characters of Chinese find their line. All other words are folded to plain letters.
"""

import re

from knowledge.folding import fold

# Han, kana, Hangul, Thai, Lao, Myanmar, Khmer: the word's borders are not written, or matter less.
_CHARACTER = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
)
_PIECES = re.compile(rf"[{_CHARACTER}]|[^\s{_CHARACTER}]+")
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
MAX_WORDS = 40
"""Words of a question that are looked at."""


def words_of(line: str) -> list[str]:
    """Cut a line into folded words and single characters."""
    found: list[str] = []
    for piece in _PIECES.findall(line.translate(_KATAKANA)):
        if is_character(piece):
            found.append(piece)
        else:
            found += [word for word in fold(piece).split() if word.isascii() and word.isalnum()]
    return found


def is_character(word: str) -> bool:
    """Whether a word is one character of a script without spaces."""
    return len(word) == 1 and not word.isascii()
