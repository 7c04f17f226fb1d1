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
        """One line for the embedder, at most `MAX_DOCUMENT` characters."""
        said: list[str] = []
        room = MAX_DOCUMENT
        for part in self.parts:
            sentence = _SENTENCES.get(part.kind, "{}").format(part.words.rstrip(". ")) + "."
            if len(sentence) > room:
                continue  # a later, shorter part may still fit
            said.append(sentence)
            room -= len(sentence) + 1
        return " ".join(said) or self.parts[0].words[:MAX_DOCUMENT] if self.parts else ""

    @property
    def hash(self) -> str:
        """Changes when the text does."""
        said = f"{_VERSION}\n{self.text}".encode("utf-8", "replace")
        return hashlib.sha256(said).hexdigest()[:24]

    def source_of(self, kind: str) -> Source | None:
        """Where the first part of a kind comes from."""
        return next((part.source for part in self.parts if part.kind == kind), None)


_SENTENCES = {
    "artist": "By {}",
    "album": "Album {}",
    "genre": "{} music",
    "mood": "Mood: {}",
    "sound": "It sounds {}",
    "tags": "Heard in it: {}",
    "decade": "From the {}",
    "place": "In {}",
    "language": "Sung in {}",
    "lyrics": "Lyrics: {}",
}


def listed(words: Iterable[str], most: int) -> str:
    """Join the first few distinct words."""
    return ", ".join(list(dict.fromkeys(word for word in words if word))[:most])


def decade(year: int) -> str:
    """Name the decade as people do: 1959 is in the "1950s, 50s"."""
    tens = year // 10 * 10
    short = f", {tens % 100:02}s" if 1920 <= tens <= 1990 else ""
    return f"{tens}s{short}"


def gist(text: str, most: int = 110) -> str:
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
