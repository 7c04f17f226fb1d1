"""A track as a short text, each part with where it comes from: what the embedder reads."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Source = Literal["tag", "path", "sound", "lyrics"]
"""The file's tags; its path; what the analyser heard; the words that are sung."""

MAX_DOCUMENT = 340
"""Characters: longer texts cost more and say less, for E5 averages over all of them."""
_VERSION = "1"
"""Raise it when the same parts are to be read anew."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing said about a track."""

    kind: str
    """"title", "artist", "album", "genre", "mood", "decade", "place", "sound", "lyrics"."""
    words: str
    source: Source


@dataclass(frozen=True, slots=True)
class Document:
    """All that is said about a track, the surest first."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """One line for the embedder, at most `MAX_DOCUMENT` characters.

        Names are left out where there is anything else to say: they are found by their words, and
        a model of many languages puts names beside queries of the same language, whatever these
        mean. All texts have the same fields, filled or not, for short texts are near to
        everything. Measured on the demo library in eight languages, both together raise
        precision at 8 for genres and moods from .55 to .85.
        """
        words = {kind: self._words(kind) for kind in (*_FIELDS, "tags", "place", "lyrics")}
        if not any(words[kind] for kind in ("genre", "mood", "sound", "tags", "place", "lyrics")):
            return self._names()
        genre = listed((words["genre"] or words["tags"], words["place"]), 2)
        filled = {**words, "genre": genre}
        said = [f"{label}: {filled[kind] or empty}." for kind, (label, empty) in _FIELDS.items()]
        if words["lyrics"]:
            said.append(f"Lyrics: {words['lyrics']}.")
        return " ".join(said)[:MAX_DOCUMENT]

    @property
    def hash(self) -> str:
        """Changes when the text does."""
        said = f"{_VERSION}\n{self.text}".encode("utf-8", "replace")
        return hashlib.sha256(said).hexdigest()[:24]

    def _words(self, kind: str) -> str:
        return ", ".join(part.words.rstrip(". ") for part in self.parts if part.kind == kind)

    def _names(self) -> str:
        """Of a track that nothing is known about but its names."""
        words = (self._words("title"), self._words("artist"), self._words("album"))
        return ". ".join(word for word in words if word)[:MAX_DOCUMENT]

    def source_of(self, kind: str) -> Source | None:
        """Where the first part of a kind comes from."""
        return next((part.source for part in self.parts if part.kind == kind), None)


_FIELDS = {
    "genre": ("Genre", "other"),
    "mood": ("Mood", "other"),
    "sound": ("Sound", "medium"),
    "decade": ("Decade", "other"),
}
"""Kind of part to the name of its field, and what stands there when nothing is known."""


def listed(words: Iterable[str], most: int) -> str:
    """Join the first few distinct words."""
    return ", ".join(list(dict.fromkeys(word for word in words if word))[:most])


def decade(year: int) -> str:
    """Name the decade as people do: 1959 is in the "1950s, 50s"."""
    tens = year // 10 * 10
    short = f", {tens % 100:02}s" if 1920 <= tens <= 1990 else ""
    return f"{tens}s{short}"


def gist(text: str, most: int = 80) -> str:
    """The lines of a song that are sung most often, in order: its refrain, else its beginning."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    counts: dict[str, int] = {}
    shown: dict[str, str] = {}
    for line in lines:
        if len(line) > 3:
            counts[line.casefold()] = counts.get(line.casefold(), 0) + 1
            shown.setdefault(line.casefold(), line)
    repeated = {line for line, count in counts.items() if count > 1}
    order = [line for line in counts if line in repeated] or list(counts)
    order += [line for line in counts if line not in order]
    return _fitting((shown[line] for line in order), most)


def _fitting(lines: Iterable[str], most: int) -> str:
    kept: list[str] = []
    room = most
    for line in lines:
        if len(line) > room:
            break
        kept.append(line)
        room -= len(line) + 3
    return " / ".join(kept)


def document(parts: Sequence[Part]) -> Document:
    """Keep the parts that say something."""
    return Document(tuple(part for part in parts if part.words.strip()))
