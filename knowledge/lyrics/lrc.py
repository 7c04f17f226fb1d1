"""LRC: lyrics whose lines begin with the time at which they are sung, `[01:23.45]words`.

Lies are expected: times out of order, several for one line, tags of other programs, an offset.
"""

import re
from dataclasses import dataclass

MAX_CHARACTERS = 64 * 1024
"""The longest lyrics that are kept; an opera's libretto fits."""
MAX_LINES = 4_000
_MAX_LINE = 400
_MAX_S = 24 * 3600.0

_TIME = re.compile(r"\[(\d{1,4}):(\d{1,2})(?:[.:](\d{1,3}))?\]")
_TIMES = re.compile(r"^(?:\s*\[\d{1,4}:\d{1,2}(?:[.:]\d{1,3})?\])+")
_WORD_TIME = re.compile(r"<\d{1,4}:\d{1,2}(?:[.:]\d{1,3})?>")
_HEADER = re.compile(
    r"^\[(ar|al|ti|au|by|re|ve|la|length|offset|tool|id)\s*:([^\]]*)\]\s*$", re.IGNORECASE
)
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_HIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class LyricLine:
    """One line; empty between verses."""

    text: str
    start_s: float | None = None
    """When it is sung, in seconds; None where nobody wrote that down."""


def parse_lyrics(raw: str) -> tuple[LyricLine, ...]:
    """Read lyrics with or without times; empty when there are no words in them.

    With times the lines are sorted by them, and `[offset:±ms]` is applied; lines without a time
    between others are dropped, for players put notes of their own there. Word times
    (`<00:12.34>`) are left out.
    """
    lines: list[LyricLine] = []
    timed: list[LyricLine] = []
    offset_s = 0.0
    for line in _BREAK.split(raw[:MAX_CHARACTERS])[:MAX_LINES]:
        header = _HEADER.match(line.strip())
        if header is not None:
            if header[1].lower() == "offset":
                offset_s = _milliseconds(header[2]) / 1000
            continue
        start = _TIMES.match(line)
        words = _shown(_WORD_TIME.sub("", line[start.end() :] if start else line))
        if start is None:
            lines.append(LyricLine(words))
            continue
        for minutes, seconds, parts in _TIME.findall(start[0])[:50]:
            at = int(minutes) * 60 + int(seconds) + (float(f"0.{parts}") if parts else 0.0)
            timed.append(LyricLine(words, min(at, _MAX_S)))
    if timed and any(line.text for line in timed):
        # A positive offset means that the words come sooner.
        moved = [LyricLine(one.text, max(0.0, (one.start_s or 0.0) - offset_s)) for one in timed]
        return tuple(sorted(moved[:MAX_LINES], key=lambda one: one.start_s or 0.0))
    while lines and not lines[-1].text:
        lines.pop()
    while lines and not lines[0].text:
        del lines[0]
    return tuple(lines)


def written(lines: tuple[LyricLine, ...]) -> str:
    """Write lines as they are kept: as LRC when they have times, else as plain text."""
    return "\n".join(
        one.text if one.start_s is None else f"[{_clock(one.start_s)}]{one.text}" for one in lines
    )


def without_times(text: str) -> str:
    """The words alone of what `written` made."""
    return "\n".join(_TIMES.sub("", line) for line in text.split("\n"))


def _shown(words: str) -> str:
    return " ".join(_HIDDEN.sub("", words[: _MAX_LINE * 2]).split())[:_MAX_LINE]


def _clock(seconds: float) -> str:
    hundredths = round(seconds * 100)
    return f"{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"


def _milliseconds(said: str) -> int:
    try:
        return max(-60_000, min(60_000, int(said.strip()[:12])))
    except ValueError:
        return 0
