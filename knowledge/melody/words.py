"""What was sung says which song it is, too: words and tune together.

Both are probabilities over the songs of the library; they are multiplied, as for two witnesses who
did not talk to each other, and divided by what was to be expected beforehand (a log-linear sum). A
song that only one of them names keeps a share of what the other leaves open.
"""

import math
import re
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from knowledge.folding import fold
from knowledge.lyrics.words import words_of
from knowledge.models import TrackId

if TYPE_CHECKING:
    from knowledge.lyrics.index import LyricsIndex
    from knowledge.search.searcher import Searcher

Key = TypeVar("Key", bound=Hashable)

_SYLLABLES = re.compile(
    r"(?:l[aeiou]+|n[aeiou]+h?|d[aeiou]+[mnh]?|t[aeiou]+|d?[uo]+h*|[aou]+h*|h*m+|hm+|mh?m+|y[eai]+h*|"
    r"ba[mp]?|pa[mp]?|pom|bum|dum|ti|ra|hey|oh|ooh|music|applause)",
)
"""What is sung in place of words, and what machines write for humming."""
_HEARD_IN_NOISE = frozenset(
    ("thank you", "thanks for watching", "thank you for watching", "you", "bye", "the end",
     "subtitles by the amara org community", "please subscribe", "okay", "so")
)  # fmt: skip
"""What a recogniser of speech writes when there is none."""
_SMALL_WORDS = """
a an and the of to in on at it is i im you me my we he she they that this be do not no so for with
de la le les el der die das und et y que en un une
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_LEAST_LINE = 0.6
"""A line that is less like what was sung says nothing."""
_SURE_LINE, _SPREAD = 0.78, 0.06
"""Likeness at which half of the lines are right, and how sharply that rises."""
_CEILING = (0.0, 0.0, 0.35, 0.6, 0.75, 0.85, 0.9)
"""How far words can be trusted, by how many telling ones there are."""
_SHARP = 25.0
"""A line that is likelier by 0.04 counts e times as much."""
_TITLE = 0.5
"""How likely a song is that has its whole title in what was sung."""
_OPEN = 0.5
"""Share of what a witness leaves open that is for songs of the library that it did not name."""
_LEAST_OPEN = 1e-3
"""Nobody is surer than that."""
_PRIOR_NONE = 0.3
"""How often none of the songs of the library is meant."""


def telling_words(transcript: str) -> list[str]:
    """The words of a transcript that can tell songs apart; none for la la la."""
    if fold(transcript) in _HEARD_IN_NOISE:
        return []
    return [word for word in words_of(transcript[:1_000]) if not _SYLLABLES.fullmatch(word)]


class WordWitness:
    """Says which songs are likely by what was sung. Safe to share between threads."""

    def __init__(
        self, searcher: "Searcher | None" = None, lyrics: "LyricsIndex | None" = None
    ) -> None:
        self._searcher = searcher
        self._lyrics = lyrics

    def likely(
        self, transcript: str, titles: Mapping[TrackId, str] | None = None
    ) -> dict[TrackId, float]:
        """Return how likely tracks are, altogether at most 1; nothing when no words were sung.

        Args:
            transcript: what was sung, as far as it was understood.
            titles: tracks that are likely by their tune, with their titles.
        """
        words = telling_words(transcript)
        telling = sum(word not in _SMALL for word in set(words))
        ceiling = _CEILING[min(telling, len(_CEILING) - 1)]
        if not ceiling:
            return {}
        found = self._by_line(" ".join(words), ceiling)
        for track_id in self._by_title(words, titles or {}):
            found[track_id] = 1 - (1 - found.get(track_id, 0.0)) * (1 - _TITLE * ceiling)
        total = sum(found.values())
        most = max(ceiling, max(found.values(), default=0.0))
        return {one: share * min(1.0, most / total) for one, share in found.items()}

    def _by_line(self, sung: str, ceiling: float) -> dict[TrackId, float]:
        """By the lyrics: the best line and how it stands out."""
        lines = () if self._lyrics is None else self._lyrics.find(sung, least=_LEAST_LINE)
        if not lines:
            return {}
        best = max(line.score for line in lines)
        trust = ceiling / (1 + math.exp((_SURE_LINE - best) / _SPREAD))
        weights = {line.track_id: math.exp(_SHARP * (line.score - best)) for line in lines}
        total = sum(weights.values())
        return {track_id: trust * weight / total for track_id, weight in weights.items()}

    def _by_title(self, words: Sequence[str], titles: Mapping[TrackId, str]) -> set[TrackId]:
        """Songs whose whole title was sung."""
        sung = f" {' '.join(words)} "
        named = {one for one, title in titles.items() if _is_sung(title, sung)}
        if self._searcher is not None:
            from knowledge.search.models import SearchQuery  # noqa: PLC0415  few sing words

            query = SearchQuery(text=" ".join(words[:12]), kinds=frozenset({"track"}), limit=5)
            named |= {
                hit.item.id
                for hit in self._searcher.search(query).hits
                if _is_sung(hit.item.title if hasattr(hit.item, "title") else "", sung)
            }
        return named


def fuse(tune: Mapping[Key, float], words: Mapping[Key, float], *, songs: int) -> dict[Key, float]:
    """Return how likely songs are by tune and words together, altogether at most 1.

    Args:
        tune: how likely songs are by their tune, altogether at most 1.
        words: the same by what was sung; empty when that says nothing.
        songs: how many there are in the library.
    """
    if not words:
        return dict(tune)
    named = tune.keys() | words.keys()
    count = max(songs, len(named), 1)
    prior = (1 - _PRIOR_NONE) / count
    by_tune, by_words = _Witness(tune, count), _Witness(words, count)
    joint = {one: by_tune.says(one) * by_words.says(one) / prior for one in named}
    unnamed = (count - len(named)) * by_tune.floor * by_words.floor / prior
    none = by_tune.none * by_words.none / _PRIOR_NONE
    total = sum(joint.values()) + unnamed + none
    return {one: share / total for one, share in joint.items()}


class _Witness(Generic[Key]):
    """A probability of every song, and of none."""

    def __init__(self, said: Mapping[Key, float], count: int) -> None:
        whole = max(sum(said.values()), 1.0)
        self._said = {one: share / whole for one, share in said.items()}
        left = max(1 - sum(self._said.values()), _LEAST_OPEN)
        self.none = left * (1 - _OPEN)
        self.floor = left * _OPEN / max(count - len(said), 1)

    def says(self, one: Key) -> float:
        return max(self._said.get(one, 0.0), self.floor)


def _is_sung(title: str, sung: str) -> bool:
    words = [word for word in words_of(title) if word not in _SMALL]
    return len(words) >= 2 and f" {' '.join(words_of(title))} " in sung
