"""Requests in other languages, translated into the English requests they mean.

Each language has a small translation grammar (`languages/CODE.pivot.toml`): templates on the left,
the English request on the right. Names stay as they were said. What comes out goes the same way as
a request made in English, so a language costs one data file and nothing else.

The idea of a grammar with a left and a right side is that of syntax-directed translation schemata
(Lewis and Stearns, "Syntax-directed transduction", Journal of the ACM 15, 1968).
"""

from agent.understanding.pivot.language import PIVOT_LANGUAGES
from agent.understanding.pivot.translator import Part, Translation, Translator

__all__ = ["PIVOT_LANGUAGES", "Part", "Translation", "Translator"]
