"""The names that a library holds, found by how they sound."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from voice.stt.phonetics import folded, likeness, sounds, spelled
from voice.stt.phrase_book import MAX_NAMES, PhraseBook

NameKind = Literal["track", "album", "artist", "playlist", "command"]
_SHORTLIST: Final = 60
_LIKE: Final = 0.55
_SHARED: Final = 0.2
"""Share of three neighbouring sounds that a name must have in common to be considered."""
_MAX_NAME: Final = 80
_EDGE: Final = "_"


@dataclass(frozen=True, slots=True)
class SpokenName:
    """Something that people may name."""

    text: str
    """As it is written."""
    kind: NameKind
    artist: str = ""
    """Of a track or album."""

    @property
    def in_full(self) -> str:
        """As it is asked for most clearly: a track or album by its artist."""
        return f"{spoken_part(self.text)} by {self.artist}" if self.artist else self.text


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name that sounds like what was heard."""

    name: SpokenName
    likeness: float
    """0..1; 1 is the same rough sound."""
    in_full: bool = False
    """Whether it was matched together with its artist."""

    @property
    def text(self) -> str:
        """What to write for it."""
        return self.name.in_full if self.in_full else self.name.text


class NameIndex:
    """Names by sound: an inverted index of three neighbouring sounds. Immutable, thread-safe.

    Tracks and albums are in it twice: alone, and with their artist, because a longer phrase is
    recognised even when every word of it was misheard a little.
    """

    def __init__(self, names: Iterable[SpokenName]) -> None:
        kept: dict[tuple[str, str, str, bool], tuple[SpokenName, str]] = {}
        self._written: dict[str, list[SpokenName]] = {}
        for name in names:
            alone = spoken_part(name.text)
            if not sounds(alone) or len(alone) > _MAX_NAME:
                continue
            key = (folded(alone), name.kind, folded(name.artist))
            if (*key, False) not in kept:
                kept[*key, False] = (name, sounds(alone))
                self._written.setdefault(_key(alone), []).append(name)
                if name.artist:
                    kept[*key, True] = (name, sounds(name.in_full))
                    self._written.setdefault(_key(name.in_full), []).append(name)
        self._names = [name for name, _ in kept.values()]
        self._in_full = [key[3] for key in kept]
        self._sounds = [sound for _, sound in kept.values()]
        postings: dict[str, list[int]] = {}
        sizes = np.zeros(max(1, len(self._names)), np.float32)
        for number, sound in enumerate(self._sounds):
            parts = _parts(sound)
            sizes[number] = len(parts)
            for part in parts:
                postings.setdefault(part, []).append(number)
        self._sizes = sizes
        self._book: PhraseBook | None = None
        self._postings: dict[str, NDArray[np.int32]] = {
            part: np.array(numbers, np.int32) for part, numbers in postings.items()
        }

    def __len__(self) -> int:
        return len(self._names)

    def book(self, openings: tuple[str, ...]) -> PhraseBook | None:
        """The names as they may follow an opening; None when there are too many of them."""
        if self._book is None or self._book.openings != openings:
            texts = dict.fromkeys(
                name.in_full if in_full else spoken_part(name.text)
                for name, in_full in zip(self._names, self._in_full, strict=True)
                if name.kind != "command"
            )
            key = sha256("\0".join((*openings, *texts)).encode()).hexdigest()
            self._book = PhraseBook(key, openings, tuple(texts))
        return self._book if len(self._book.names) <= MAX_NAMES else None

    def written(self, text: str) -> tuple[SpokenName, ...]:
        """The names that are written like `text`, apart from case, accents and numerals."""
        return tuple(self._written.get(_key(text), ()))

    def nearest(self, text: str, limit: int = 8) -> tuple[NameMatch, ...]:
        """The names that sound most like `text`, the likest first."""
        return self.nearest_sound(sounds(text), limit)

    def nearest_sound(self, sound: str, limit: int = 8) -> tuple[NameMatch, ...]:
        """The names that sound most like a result of `phonetics.sounds`, the likest first."""
        parts = _parts(sound)
        found = [numbers for part in parts if (numbers := self._postings.get(part)) is not None]
        if not found:
            return ()
        shared = np.bincount(np.concatenate(found), minlength=len(self._names))
        # Most names share nothing worth mentioning; only the others are looked at more closely.
        near = np.flatnonzero(shared >= max(1, round(_SHARED * len(parts))))
        overlap = shared[near] / (self._sizes[near] + len(parts))
        if near.size > _SHORTLIST:
            near = near[np.argpartition(overlap, -_SHORTLIST)[-_SHORTLIST:]]
        matches = [
            NameMatch(self._names[number], like, self._in_full[number])
            for number in near.tolist()
            if (like := likeness(sound, self._sounds[number])) >= _LIKE
        ]
        return tuple(sorted(matches, key=lambda match: -match.likeness)[:limit])


def spoken_part(title: str) -> str:
    """A title as people say it: without "(Remastered 2011)" and the like."""
    for mark in (" (", " [", " - ", " / "):
        head = title.split(mark, 1)[0].strip()
        if head and len(head) < len(title):
            title = head
    return title


def _key(text: str) -> str:
    return " ".join(spelled(text).split())


def _parts(sound: str) -> Sequence[str]:
    edged = f"{_EDGE}{sound}{_EDGE}"
    return [edged[at : at + 3] for at in range(len(edged) - 2)]
