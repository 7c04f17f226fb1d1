"""Where a reply may be cut, so that its first words sound while the rest is still being made."""

import re
from typing import Final

_OPENING: Final = 16
"""The first clause is cut at a comma once it is this long, in characters."""
_LATER: Final = 90
"""Later ones only when they are this long: a sentence spoken whole sounds better."""
_LONGEST: Final = 300
"""Without any mark it is cut between two words."""
_CLOSING: Final = "\"'”’»)\\]"
_SENTENCE: Final = re.compile(rf"[.!?…]+[{_CLOSING}]*\s+(?=\S)|[。！？]+[」』）]*|\n+")
_CLAUSE: Final = re.compile(rf"[,;:—–][{_CLOSING}]*\s+(?=\S)|\s[-—–]\s+(?=\S)|[、，；：]")
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s(\"“'])(?:[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_]|dr|mr|mrs|ms|st|sgt|jr|sr|prof|feat|ft|vs|no"
    r"|nos|op|opp|vol|pt|ca|arr|orch|approx|etc|e\.g|i\.e)\.$",
    re.IGNORECASE,
)


class ClauseCutter:
    """Takes a reply in pieces and gives it back in clauses; joined they are what was fed."""

    def __init__(self) -> None:
        self._held = ""
        self._opened = False

    def feed(self, delta: str) -> list[str]:
        """Take a piece; return the clauses that are complete, with the blanks behind them."""
        self._held += delta
        clauses = []
        while (end := self._next_end()) > 0:
            clauses.append(self._held[:end])
            self._held = self._held[end:]
            self._opened = True
        return clauses

    def finish(self) -> list[str]:
        """The reply has ended; return what is left."""
        rest, self._held, self._opened = self._held, "", False
        return [rest] if rest.strip() else []

    def _next_end(self) -> int:
        """Where the first complete clause ends, or 0."""
        held = self._held
        sentence = sentence_end(held)
        wanted = _LATER if self._opened else _OPENING
        reach = sentence or len(held)
        for mark in _CLAUSE.finditer(held, 0, reach):
            if mark.start() >= wanted and mark.end() < reach:
                return mark.end()
        if sentence and held[:sentence].strip():
            return sentence
        if len(held) > _LONGEST:
            return held.rfind(" ", 1, _LONGEST) + 1 or _LONGEST
        return 0


def sentence_end(text: str) -> int:
    """Where the first whole sentence of `text` ends, blanks behind it included; 0 without one."""
    return next((mark.end() for mark in _SENTENCE.finditer(text) if _ends(text, mark)), 0)


def _ends(text: str, mark: re.Match[str]) -> bool:
    """Whether a sentence ends here: not at "No. 5", "J. S. Bach" or "Help! by the Beatles"."""
    if mark[0][0] in "\n。！？":
        return True
    following = text[mark.end()]
    if following.islower():
        return False
    before = text[: mark.start() + 1]
    return not (mark[0].startswith(".") and _ABBREVIATED.search(before[-16:]))
