"""What people ask for, word for word."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from evals.hearing.names import Name, Names, Source, Split, unique_titles
from knowledge.folding import fold

Kind: TypeAlias = Literal["track", "artist", "album"]

_TRACK = (
    "Play {title} by {artist}.",
    "Put on {title} by {artist}.",
    "Play the song {title} by {artist}.",
    "I want to hear {title} by {artist}.",
    "Can you play {title} by {artist}?",
)
_TITLE = ("Play {title}.", "Put on {title}.", "I'd like to hear {title}.")
_ARTIST = (
    "Play {artist}.",
    "Play some {artist}.",
    "Play something by {artist}.",
    "Put on {artist}.",
)
_ALBUM = ("Play the album {album} by {artist}.", "Put on the album {album} by {artist}.")
_PHRASES: dict[str, tuple[str, ...]] = {
    "track": _TRACK, "title": _TITLE, "artist": _ARTIST, "album": _ALBUM
}  # fmt: skip
_SOURCES: tuple[tuple[Source, float], ...] = (("real", 0.5), ("made", 0.3), ("demo", 0.2))
_ABSENT_SHARE = 0.2
_SEEDS = {"dev": 5, "test": 11}


@dataclass(frozen=True, slots=True)
class SpokenRequest:
    """One thing that somebody says, and what must come of it."""

    text: str
    """As it is written."""
    said: str
    """The same, spelled so that an English voice says it as people do."""
    kind: Kind
    name: Name
    present: bool
    """Whether the library holds it; if not, nothing may be played."""


def make_requests(names: Names, split: Split, count: int) -> tuple[SpokenRequest, ...]:
    """`count` requests for what is in the library, and a fifth as many for what is not.

    More requests begin with the same ones.
    """
    rng = random.Random(_SEEDS[split])
    return (
        *_drawn(rng, names, names.asked, count, present=True),
        *_drawn(rng, names, names.absent, round(_ABSENT_SHARE * count), present=False),
    )


def _drawn(
    rng: random.Random, names: Names, pool: Sequence[Name], count: int, *, present: bool
) -> Iterator[SpokenRequest]:
    held = {fold(draft.title) for draft in names.library}
    unique = unique_titles(names.library)
    alone = unique if present else frozenset(fold(name.title) for name in pool) - held
    waiting = {source: _shuffled(rng, pool, source) for source, _ in _SOURCES}
    seed = rng.random()
    for number in range(count):
        own = random.Random(f"{seed}/{number}")  # so that a longer list begins like a shorter one
        left = [(source, share) for source, share in _SOURCES if waiting[source]]
        if not left:
            return
        source = own.choices([one for one, _ in left], [share for _, share in left])[0]
        yield _request(own, waiting[source].pop(), alone, present=present)


def _shuffled(rng: random.Random, pool: Sequence[Name], source: Source) -> list[Name]:
    """Names in disorder; artists that had their turn come last."""
    mine = [name for name in pool if name.source == source and _can_be_said(name)]
    rng.shuffle(mine)
    turns: dict[str, int] = {}
    order: list[tuple[int, int, Name]] = []
    for name in mine:
        turns[name.artist] = turns.get(name.artist, 0) + 1
        order.append((turns[name.artist], len(order), name))
    return [name for _, _, name in sorted(order, key=lambda one: one[:2], reverse=True)]


def _can_be_said(name: Name) -> bool:
    """Leave out other scripts, and versions that nobody asks for by their whole title."""
    latin = all(letter < "\u0370" or letter in "’–" for letter in name.artist + name.title)
    return latin and "(" not in name.title and name.artist != "Various Artists"


def _request(
    rng: random.Random, name: Name, alone: frozenset[str], *, present: bool
) -> SpokenRequest:
    roll = rng.random()
    if name.source != "real" and roll < 0.1:
        form = "album"
    elif roll < 0.35:
        form = "artist"
    elif roll < 0.5 and fold(name.title) in alone:
        form = "title"
    else:
        form = "track"
    phrase = rng.choice(_PHRASES[form])
    if name.artist.startswith("The ") and "some {artist}" in phrase:
        phrase = _ARTIST[0]
    parts = {"title": name.title, "artist": name.artist, "album": name.album}
    spoken = {key: name.said.get(value, value) for key, value in parts.items()}
    kind: Kind = (
        "track" if form in {"track", "title"} else "artist" if form == "artist" else "album"
    )
    return SpokenRequest(phrase.format(**parts), phrase.format(**spoken), kind, name, present)
