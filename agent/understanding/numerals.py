"""Numbers in words, as the reader of times reads them."""

from knowledge.times.numerals import (
    NumberWords,
    Reading,
    read_clock,
    read_duration,
    read_number,
    read_ordinal,
)

__all__ = [
    "NumberWords",
    "Reading",
    "read_clock",
    "read_duration",
    "read_number",
    "read_ordinal",
]
