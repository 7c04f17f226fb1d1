"""How well a track, an album or an artist explains the words of a query.

Every word must find its place: in the title, the artists, the album, or as a mark of the recording
("live"). What is left of the name counts against it, so "hello" is "Hello" before it is "Hello
Goodbye". Popularity plays no part here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from knowledge.search.candidates import TrackRow
from knowledge.search.names import Name, Named
from knowledge.search.versions import Version, version_word
from knowledge.search.words import LIGHT, NUMERALS, Word, content, squeezed

QUALIFIES = 0.4
"""Below this score something is at most offered."""
_SEQUEL = 0.38
_ALIKE = 0.78
"""Share of equal letters from which a title by the named artist is taken for misspelled."""
_PARTS = frozenset({"part", "pt", "vol", "volume", "no", "chapter", "op"})


@dataclass(frozen=True, slots=True)
class Match:
    """One candidate and how well it fits."""

    kind: Literal["track", "album", "artist"]
    id: int
    score: float
    exact: bool
    why: str
    whole: bool = False
    """Every word of the query is in the name itself, and the name has no other."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """The words that found a place among some terms."""

    terms: tuple[str, ...] = ()
    closeness: float = 0.0
    left: tuple[Word, ...] = ()

    @property
    def is_literal(self) -> bool:
        return self.closeness >= len(self.terms)


def match_track(
    words: Sequence[Word], row: TrackRow, *, only_title: bool = False, by_artist: bool = False
) -> Match | None:
    """Explain `words` by a track; None when a word finds no place.

    Args:
        words: at least one, none of them light unless all are.
        row: the track.
        only_title: the words are known to be a title.
        by_artist: the track is known to be by an artist who was named besides `words`.
    """
    match = _match_track(words, row, only_title=only_title, by_artist=by_artist)
    if only_title or (match is not None and match.score > 0.85):
        return match
    if not any(word.text in row.artist_folded for word in words):
        return match
    # "dylan bob dylans dream": perhaps a word that stands in the title meant the artist.
    other = _match_track(words, row, by_artist=by_artist, artist_first=True)
    return max((m for m in (match, other) if m), key=lambda m: m.score, default=None)


def match_letters(text: str, row: TrackRow) -> Match | None:
    """Take `text` for a misspelled title of a track whose artist was named; None when it is not."""
    wanted = squeezed(content(text.split()))
    song = row.song
    best = 0.0
    for name in {song.key, song.short}:
        best = max(best, fuzz.ratio(wanted, squeezed(content(name.split()))) / 100)
    if best < _ALIKE or len(wanted) < 4:
        return None
    return Match("track", row.id, 0.96 * best, best >= 1.0, "title and artist")


def match_album(
    words: Sequence[Word], album: Name, *, only_title: bool = False, by_artist: bool = False
) -> Match | None:
    """Explain `words` by an album and its artist; None when a word finds no place."""
    title = _claim(words, album.words)
    owner = _Claim(left=title.left) if only_title else _claim(title.left, album.owner)
    if owner.left:
        return None
    if not title.terms:
        return Match("album", album.id, 0.5 * _closeness(words, owner), exact=False, why="artist")
    base, complete = _fit(title, album.words, album.words)
    if complete and owner.terms:
        base *= 1.0 if _share(owner.terms, album.owner) >= 0.5 else 0.98
    return Match(
        "album",
        album.id,
        base * _closeness(words, title, owner),
        complete and base > 0.95 and title.is_literal and owner.is_literal,
        "album and artist" if owner.terms or by_artist else "album",
        whole=complete and not owner.terms,
    )


def match_artist(named: Named) -> Match:
    """Score an artist whose name some words stand for."""
    base = 1.0 if named.is_whole else 0.55 + 0.35 * named.complete
    return Match(
        "artist",
        named.name.id,
        base * named.closeness,
        named.is_whole and named.closeness >= 1.0,
        "artist" if named.is_whole else "part of the artist's name",
        whole=named.is_whole,
    )


def _match_track(
    words: Sequence[Word],
    row: TrackRow,
    *,
    only_title: bool = False,
    by_artist: bool = False,
    artist_first: bool = False,
) -> Match | None:
    song = row.song
    key = song.key.split()
    artist = _Claim(left=tuple(words))
    if artist_first:
        artist = _claim(words, _artist_terms(row))
    title = _claim(artist.left, key)
    if not artist_first and not only_title:
        artist = _claim(title.left, _artist_terms(row))
    left = title.left if artist_first or only_title else artist.left
    unmarked = tuple(word for word in left if version_word(word.text) not in song.versions)
    marked = len(left) - len(unmarked)
    album = _Claim(left=unmarked) if only_title else _claim(unmarked, row.album_folded.split())
    if album.left:
        return None
    if title.terms:
        base, complete = _fit(title, key, song.short.split())
        if artist.terms and complete:
            base *= 1.0 if _share(artist.terms, row.artist_folded.split()) >= 0.5 else 0.98
        elif artist.terms or by_artist:
            base = min(base + 0.04, 1.0)
        if album.terms:
            base *= 0.96 if _share(album.terms, row.album_folded.split()) >= 1.0 else 0.9
    elif artist.terms or album.terms or by_artist:
        base, complete = 0.5 + (0.02 if album.terms else 0.0), False
    else:
        return None
    said = {"title": title.terms, "artist": artist.terms or by_artist, "album": album.terms}
    return Match(
        "track",
        row.id,
        base * _closeness(words, title, artist, album, marked=marked),
        complete and base > 0.93 and title.is_literal and artist.is_literal and album.is_literal,
        " and ".join(name for name, is_said in said.items() if is_said),
        whole=complete and not (artist.terms or album.terms),
    )


def _claim(words: Sequence[Word], terms: Sequence[str]) -> _Claim:
    """Give each word its term, each term to one word."""
    if not words or not terms:
        return _Claim(left=tuple(words))
    remaining = list(terms)
    claimed: list[str] = []
    left: list[Word] = []
    total = 0.0
    for word in words:
        closeness, term = word.closeness(remaining)
        if closeness:
            remaining.remove(term)
            claimed.append(term)
            total += closeness
        else:
            left.append(word)
    return _Claim(tuple(claimed), total, tuple(left))


def _fit(title: _Claim, key: Sequence[str], short: Sequence[str]) -> tuple[float, bool]:
    """Score how the claimed words cover a name, and say whether they are all of it."""
    said = [term for term in title.terms if term not in LIGHT] or list(title.terms)
    for name in (key, short):
        names = content(name)
        if said == names:
            return 1.0, True
        if sorted(said) == sorted(names):
            return 0.92, True
    names = content(key)
    missing = list(names)
    for term in said:
        if term in missing:
            missing.remove(term)
    if _is_sequel(names, missing):
        return _SEQUEL, False
    return 0.55 + 0.3 * (len(names) - len(missing)) / len(names), False


def _is_sequel(names: Sequence[str], missing: Sequence[str]) -> bool:
    """Say whether what is missing makes another song of it: "Hayloft" is not "Hayloft II"."""
    if not missing or len(missing) > 2 or list(names[-len(missing) :]) != list(missing):
        return False
    number = missing[-1]
    if not (number in NUMERALS or (number.isdecimal() and len(number) <= 2)):
        return False
    return len(missing) == 1 or missing[0] in _PARTS


def _artist_terms(row: TrackRow) -> list[str]:
    terms = row.artist_folded.split()
    more = f"{row.album_artist_folded} {row.song.guests}".split()
    return terms + [term for term in more if term not in terms]


def _share(claimed: Sequence[str], name: Sequence[str]) -> float:
    names = content(name)
    return len([term for term in claimed if term in names]) / len(names) if names else 0.0


def _closeness(words: Sequence[Word], *claims: _Claim, marked: int = 0) -> float:
    return (sum(claim.closeness for claim in claims) + marked) / len(words)


def asked_versions(words: Sequence[str], row: TrackRow) -> frozenset[Version]:
    """The versions that the query asks for in words that are not part of the song's title."""
    key = row.song.key.split()
    asked = (version_word(word) for word in words if word not in key)
    return frozenset(version for version in asked if version is not None)
