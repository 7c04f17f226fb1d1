"""Years, genres and moods among the words of a query: "jazz from 1959", "calm 70s folk"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.recommend.wishes import wish_for
from knowledge.search.words import FILLER, LIGHT, squeezed

_YEAR = re.compile(r"^(1[89]\d\d|20\d\d)$")
_DECADE = re.compile(r"^(1[89]|20)?(\d)0s$")
_DECADE_WORDS = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5,
    "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9,
}  # fmt: skip
_SINCE = frozenset({"since", "after"})
_UNTIL = frozenset({"before", "until", "till"})
_JOINING = FILLER | LIGHT | _SINCE | _UNTIL | {"between", "year", "early", "late"}
_LONGEST_GENRE = 4


@dataclass(frozen=True, slots=True)
class Facets:
    """What a query says about a track besides its names."""

    year_from: int | None = None
    year_to: int | None = None
    genres: tuple[str, ...] = ()
    """Folded genres of the library, any of which will do; the best match first."""
    mood: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """The words for what is set: ("genre", "year")."""
        years = self.year_from is not None or self.year_to is not None
        said = (("genre", bool(self.genres)), ("year", years), ("mood", self.mood is not None))
        return tuple(name for name, is_set in said if is_set)


class Genres:
    """The genres of a library, by the words people use for them."""

    def __init__(self, folded: Iterable[str]) -> None:
        self._folded = tuple(folded)
        self._by_key: dict[str, list[str]] = {}
        for genre in self._folded:
            self._by_key.setdefault(squeezed(genre.split()), []).append(genre)

    def called(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the genres called so, then those that contain the words: "jazz", "acid jazz"."""
        exact = self._by_key.get(squeezed(words), [])
        inside = f" {' '.join(words)} "
        wider = [genre for genre in self._folded if inside in f" {genre} " and genre not in exact]
        return (*exact, *wider)

    def is_called(self, words: Sequence[str]) -> bool:
        """Say whether a genre is called exactly so, spaces aside."""
        return squeezed(words) in self._by_key


def find_facets(words: Sequence[str], genres: Genres) -> tuple[Facets, tuple[int, ...]]:
    """Take years, genres and a mood out of the words of a query.

    Returns:
        The facets, and the places of the words left over, small words between them not counted.
    """
    taken: set[int] = set()
    year_from, year_to = _years(words, taken)
    named: tuple[str, ...] = ()
    for length in range(min(_LONGEST_GENRE, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            span = range(start, start + length)
            if named or taken.intersection(span) or words[start] in LIGHT:
                continue
            if genres.is_called(words[start : start + length]):
                named = genres.called(words[start : start + length])
                taken.update(span)
    mood = None
    for place, word in enumerate(words):
        if place not in taken and word not in _JOINING and mood is None and wish_for(word):
            mood = word
            taken.add(place)
    facets = Facets(year_from, year_to, named, mood)
    left = tuple(
        place
        for place, word in enumerate(words)
        if place not in taken and (word not in _JOINING or not taken)
    )
    return facets, left


def _years(words: Sequence[str], taken: set[int]) -> tuple[int | None, int | None]:
    spans: list[tuple[int, int]] = []
    places: list[int] = []
    for place, word in enumerate(words):
        span = _span(word)
        if span is not None and len(spans) < 2:
            spans.append(span)
            places.append(place)
    if not spans:
        return None, None
    taken.update(places)
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    before = words[places[0] - 1] if places[0] else ""
    if len(spans) == 1 and before in _SINCE:
        return (last + 1 if before == "after" else first), None
    if len(spans) == 1 and before in _UNTIL:
        return None, (first - 1 if before == "before" else last)
    return first, last


def _span(word: str) -> tuple[int, int] | None:
    """Turn "1959", "70s", "1970s" or "seventies" into its first and last year."""
    if _YEAR.match(word):
        return int(word), int(word)
    if word in _DECADE_WORDS:
        first = 1900 + 10 * _DECADE_WORDS[word]
        return first, first + 9
    if decade := _DECADE.match(word):
        tens = int(decade[2]) * 10
        century = int(decade[1]) * 100 if decade[1] else (2000 if tens < 20 else 1900)
        return century + tens, century + tens + 9
    return None
