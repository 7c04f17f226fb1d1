"""Queries made from the tracks of a generated library, family by family.

Each knows what it was made from, so whether a hit is right needs no judgement.
"""

import random
import string
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.generated_library import MadeTrack, latin_letters, spread_sample
from knowledge.models import Album, Artist, Track
from knowledge.search import MusicItem

_SHORTEST_TO_SPOIL = 4
_PLAIN = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "đ": "d", "Đ": "D"})


@dataclass(frozen=True, slots=True)
class MadeQuery:
    """A query and what it was made from."""

    family: str
    text: str
    source: MadeTrack
    right: Callable[[MusicItem, MadeTrack], bool]

    def is_right(self, item: MusicItem) -> bool:
        """Say whether `item` is what the query was made from, or cannot be told from it."""
        return self.right(item, self.source)


def make_queries(
    tracks: Sequence[MadeTrack], per_family: int, *, seed: int = 11
) -> Iterator[MadeQuery]:
    """Yield up to `per_family` queries of each family."""
    for family, (text, right, scripts) in _FAMILIES.items():
        rng = random.Random(f"{seed}-{family}")
        fitting = [track for track in tracks if track.script in scripts]
        if family == "feat":
            fitting = [track for track in fitting if "(feat. " in track.draft.title]
        for track in spread_sample(rng, fitting, per_family):
            query = text(track, rng)
            if query:
                yield MadeQuery(family, query, track, right)


def spoil(word: str, rng: random.Random) -> str:
    """Make one typing error: a letter left out, doubled up, changed or swapped with the next."""
    place = rng.randrange(len(word))
    kind = rng.randrange(4)
    letter = rng.choice(string.ascii_lowercase)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + letter + word[place:]
    if kind == 2 or place + 1 == len(word):
        return word[:place] + letter + word[place + 1 :]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def spoil_one_word(text: str, rng: random.Random, edits: int = 1) -> str:
    """Spoil one word of at least four letters, drawn at random; "" when there is none."""
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) >= _SHORTEST_TO_SPOIL]
    if not long:
        return ""
    place = rng.choice(long)
    for _ in range(edits):
        words[place] = spoil(words[place], rng)
    return " ".join(words)


def without_accents(text: str) -> str:
    """Write `text` on a keyboard without accents."""
    parts = unicodedata.normalize("NFD", text.translate(_PLAIN))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _title_artist(track: MadeTrack, rng: random.Random) -> str:
    order = rng.choice(["{0} {1}", "{1} {0}", "{0} by {1}"])
    return order.format(track.song, track.artist)


def _typo(track: MadeTrack, rng: random.Random) -> str:
    edits = 2 if rng.random() < 0.25 and max(map(len, track.song.split())) >= 8 else 1
    title = spoil_one_word(track.song, rng, edits)
    artist = spoil_one_word(track.artist, rng)
    return f"{title} {artist}" if title and artist else ""


def _prefix(track: MadeTrack, rng: random.Random) -> str:
    last = track.song.split()[-1]
    if len(last) < 5:
        return ""
    return f"{track.artist} {track.song[: len(track.song) - rng.randint(1, len(last) - 3)]}"


def _the(track: MadeTrack, _: random.Random) -> str:
    name = track.artist
    other = name.removeprefix("The ") if name.startswith("The ") else f"the {name}"
    return f"{track.song} {other}"


def _same_title(item: MusicItem, source: MadeTrack) -> bool:
    return isinstance(item, Track) and _plain(item.title).startswith(_plain(source.song))


def _same_song(item: MusicItem, source: MadeTrack) -> bool:
    return (
        isinstance(item, Track)
        and item.artists[0] == source.artist
        and _plain(item.title).startswith(_plain(source.song))
    )


def _artist_right(item: MusicItem, source: MadeTrack) -> bool:
    return isinstance(item, Artist) and item.name == source.artist


def _album_right(item: MusicItem, source: MadeTrack) -> bool:
    return (
        isinstance(item, Album)
        and item.artist == source.artist
        and item.title == source.draft.album
    )


def _plain(text: str) -> str:
    kept = without_accents(text).lower().replace("&", "and")
    return "".join(letter for letter in kept if letter.isalnum()).removeprefix("the")


_ANY = frozenset({"latin", "accented", "cyrillic", "kana"})
_LATIN = frozenset({"latin", "accented"})
_Text = Callable[[MadeTrack, random.Random], str]
_Right = Callable[[MusicItem, MadeTrack], bool]

_FAMILIES: Mapping[str, tuple[_Text, _Right, frozenset[str]]] = {
    "title_artist": (_title_artist, _same_song, _ANY),
    "title": (lambda track, _: track.song, _same_title, _ANY),
    "typo": (_typo, _same_song, _LATIN),
    "title_typo": (lambda track, rng: spoil_one_word(track.song, rng), _same_title, _LATIN),
    "accents": (
        lambda track, _: without_accents(f"{track.song} {track.artist}"),
        _same_song,
        frozenset({"accented"}),
    ),
    "script": (
        lambda track, _: latin_letters(f"{track.song} {track.artist}"),
        _same_song,
        frozenset({"cyrillic", "kana"}),
    ),
    "prefix": (_prefix, _same_song, _LATIN),
    "artist": (lambda track, _: track.artist, _artist_right, _ANY),
    "artist_typo": (lambda track, rng: spoil_one_word(track.artist, rng), _artist_right, _LATIN),
    "album": (lambda track, _: f"{track.draft.album} {track.artist}", _album_right, _ANY),
    "feat": (lambda track, _: f"{track.song} {track.artist}", _same_song, _LATIN),
    "the": (_the, _same_song, _LATIN),
}
FAMILIES = tuple(_FAMILIES)
