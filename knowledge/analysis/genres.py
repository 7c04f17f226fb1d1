"""Broad genres that the auto-tags speak of, several for one recording."""

from collections.abc import Mapping
from dataclasses import dataclass

_LEAST = 0.12
"""Less probable than this is not worth a word."""
_BESIDE_BEST = 0.35
"""A genre this much less probable than the best one is left out."""
_MOST = 4

_TAGS: Mapping[str, Mapping[str, float]] = {
    # genre: tags that mean it, and how much of it each means
    "rock": {
        "rock": 1,
        "rock (MSD)": 1,
        "classic rock": 1,
        "hard rock": 1,
        "alternative rock": 1,
        "indie rock": 1,
        "Progressive rock": 1,
    },
    "metal": {"metal": 1, "metal (MSD)": 1, "heavy metal": 1},
    "punk": {"punk": 1},
    "indie": {"indie": 1, "indie pop": 1, "indie rock": 1, "alternative": 0.7},
    "pop": {"pop": 1, "pop (MSD)": 1, "indie pop": 0.7},
    "hip hop": {"Hip-Hop": 1},
    "soul": {"soul": 1, "rnb": 1},
    "funk": {"funk": 1},
    "jazz": {"jazz": 1},
    "blues": {"blues": 1},
    "country": {"country": 1, "country (MSD)": 1},
    "folk": {"folk": 1},
    "electronic": {"electronic": 1, "electronic (MSD)": 1, "electronica": 1, "electro": 1},
    "techno": {"techno": 1},
    "dance": {"dance": 1, "dance (MSD)": 1, "House": 1},
    "ambient": {"ambient": 1, "ambient (MSD)": 1, "chillout": 0.6, "new age": 0.8},
    "classical": {"classical": 1, "classic": 0.8, "opera": 0.8, "choral": 0.7},
    "opera": {"opera": 1},
    "indian": {"indian": 1, "sitar": 0.8},
    "experimental": {"experimental": 1},
    "easy listening": {"easy listening": 1, "oldies": 0.6},
}
GENRES = tuple(_TAGS)
"""Every genre that can be heard."""


@dataclass(frozen=True, slots=True)
class GenreHeard:
    """One genre a recording may belong to."""

    name: str
    probability: float
    """0 to 1, as the tagger gives it; the probabilities of several genres need not add up to 1."""


def genres_of(tags: Mapping[str, float]) -> tuple[GenreHeard, ...]:
    """Return the broad genres a recording most probably belongs to, best first, at most four.

    Both lists of tags know some of the genres, and a genre has several tags. One of them is
    evidence enough, so the strongest decides.

    Args:
        tags: probability of each of `MusicTagger.tag_names`, or {}.
    """
    heard = sorted(
        (
            GenreHeard(
                genre, round(max(tags.get(tag, 0.0) * weight for tag, weight in said.items()), 3)
            )
            for genre, said in _TAGS.items()
        ),
        key=lambda each: -each.probability,
    )
    least = max(_LEAST, _BESIDE_BEST * heard[0].probability)
    return tuple(each for each in heard[:_MOST] if each.probability >= least)
