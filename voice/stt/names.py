"""The names that a library holds, found by how they sound."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from voice.stt.phonetics import folded, likeness, sounds

NameKind = Literal["track", "album", "artist", "playlist", "command"]
_SHORTLIST: Final = 60
_LIKE: Final = 0.55
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


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name that sounds like what was heard."""

    name: SpokenName
    likeness: float
    """0..1; 1 is the same rough sound."""


class NameIndex:
    """Names by sound: an inverted index of three neighbouring sounds. Immutable, thread-safe."""

    def __init__(self, names: Iterable[SpokenName]) -> None:
        kept: dict[tuple[str, str, str], tuple[SpokenName, str, str]] = {}
        for name in names:
            spoken = spoken_part(name.text)
            sound = sounds(spoken)
            if sound and len(spoken) <= _MAX_NAME:
                key = (folded(name.text), name.kind, name.artist)
                kept.setdefault(key, (name, sound, folded(spoken)))
        self._names = [name for name, _, _ in kept.values()]
        self._sounds = [sound for _, sound, _ in kept.values()]
        self._written: dict[str, list[int]] = {}
        self._of_artist: dict[str, list[int]] = {}
        postings: dict[str, list[int]] = {}
        sizes = np.zeros(max(1, len(self._names)), np.float32)
        for number, (name, sound, written) in enumerate(kept.values()):
            self._written.setdefault(written, []).append(number)
            if name.artist:
                self._of_artist.setdefault(folded(name.artist), []).append(number)
            parts = _parts(sound)
            sizes[number] = len(parts)
            for part in parts:
                postings.setdefault(part, []).append(number)
        self._sizes = sizes
        self._postings: dict[str, NDArray[np.int32]] = {
            part: np.array(numbers, np.int32) for part, numbers in postings.items()
        }

    def __len__(self) -> int:
        return len(self._names)

    def written(self, text: str) -> tuple[SpokenName, ...]:
        """The names that are written like `text`, apart from case, accents and punctuation."""
        return tuple(self._names[number] for number in self._written.get(folded(text), ()))

    def nearest(self, text: str, limit: int = 8) -> tuple[NameMatch, ...]:
        """The names that sound most like `text`, the likest first."""
        sound = sounds(text)
        parts = _parts(sound)
        found = [numbers for part in parts if (numbers := self._postings.get(part)) is not None]
        if not found:
            return ()
        shared = np.bincount(np.concatenate(found), minlength=len(self._names))
        overlap = 2.0 * shared / (self._sizes + len(parts))
        size = min(_SHORTLIST, len(overlap))
        best = np.argpartition(overlap, -size)[-size:]
        matches = [
            NameMatch(self._names[number], like)
            for number in best.tolist()
            if overlap[number] > 0 and (like := likeness(sound, self._sounds[number])) >= _LIKE
        ]
        return tuple(sorted(matches, key=lambda match: -match.likeness)[:limit])

    def by_artist(self, artist: str, text: str, limit: int = 3) -> tuple[NameMatch, ...]:
        """The tracks and albums of one artist that sound most like `text`."""
        sound = sounds(text)
        matches = (
            NameMatch(self._names[number], likeness(sound, self._sounds[number]))
            for number in self._of_artist.get(folded(artist), ())
        )
        return tuple(sorted(matches, key=lambda match: -match.likeness)[:limit])


def spoken_part(title: str) -> str:
    """A title as people say it: without "(Remastered 2011)" and the like."""
    for mark in (" (", " [", " - ", " / "):
        head = title.split(mark, 1)[0].strip()
        if head and len(head) < len(title):
            title = head
    return title


def _parts(sound: str) -> Sequence[str]:
    edged = f"{_EDGE}{sound}{_EDGE}"
    return [edged[at : at + 3] for at in range(len(edged) - 2)]
