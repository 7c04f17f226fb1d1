"""One clear match, several equal ones, or none: the rule that decides which.

Exactly the words that were said beat everything. Of several things called exactly that, an
artist beats the album and the track named after the artist; otherwise the user is asked.
"""

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.folding import fold, without_article, without_featuring
from knowledge.models import Album, Artist, PlayEvent, Playlist, Track
from knowledge.search import SearchHit, SearchResult
from tools.message import Say
from tools.regret import Deed, worth_asking
from tools.result import Ambiguous

MAX_CHOICES = 3
_CLEAR_LEAD = 0.08
"""A best hit that leads by this much of the score range is clear."""
_SURE_SCORE = 0.5
"""A best hit that is not exact and scores below this is offered, not acted upon."""

MusicItem = Track | Album | Artist


@dataclass(frozen=True, slots=True)
class Choice:
    """The one thing that was meant."""

    item: MusicItem
    alternatives: tuple[MusicItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Stakes:
    """What a wrong guess would cost, and what is known of which one is meant."""

    deed: Deed = Deed.PLAY
    spoken: bool = False
    """Whether a question would be heard and not read."""
    likely: Callable[[MusicItem], float] = lambda _: 1.0
    """How likely this person means it, compared with others of the same name."""


NO_STAKES = Stakes()


def choose(
    result: SearchResult, *, said: str, stakes: Stakes = NO_STAKES
) -> Choice | Ambiguous | tuple[MusicItem, ...]:
    """Decide what `said` names among the hits; a tuple holds near misses, best first.

    Of several that are called exactly so, the user is asked when a wrong guess would cost more
    than the question; see `tools.regret`.
    """
    if not result.hits:
        return tuple(hit.item for hit in result.nearest[:MAX_CHOICES])
    best = result.hits[0]
    exact = [hit for hit in result.hits if hit.exact]
    equal = exact or _close_to_best(result.hits)
    if not exact and best.score < _SURE_SCORE:
        return tuple(hit.item for hit in result.hits[:MAX_CHOICES])
    rivals = _without_namesakes(_distinct(equal))
    if len(rivals) == 1:
        others = [
            h.item for h in result.hits if h.item is not rivals[0].item and _alike(h, rivals[0])
        ]
        alternatives = (*rivals[0].versions, *others)
        return Choice(rivals[0].item, tuple(alternatives[:MAX_CHOICES]))
    if exact and (guess := _worth_guessing(rivals, stakes)) is not None:
        return guess
    return Ambiguous(
        tuple(hit.item for hit in rivals[:MAX_CHOICES]),
        _question(rivals[:MAX_CHOICES], said),
        said={"question": _asked(rivals[:MAX_CHOICES], said)},
    )


def _worth_guessing(rivals: list[SearchHit], stakes: Stakes) -> Choice | None:
    weights = [hit.score * stakes.likely(hit.item) * _as_album(hit, rivals) for hit in rivals]
    if worth_asking(weights, stakes.deed, spoken=stakes.spoken):
        return None
    best = weights.index(max(weights))
    others = (hit.item for place, hit in enumerate(rivals) if place != best)
    return Choice(rivals[best].item, tuple(others)[:MAX_CHOICES])


_TITLE_ALBUM = 0.1
"""An album is seldom meant by a name that its title track has, too, when nobody says "album"."""


def _as_album(hit: SearchHit, rivals: list[SearchHit]) -> float:
    if not isinstance(hit.item, Album):
        return 1.0
    tracks = [each for each in rivals if isinstance(each.item, Track)]
    named = any(_alike(each, hit) and _by(each.item) == _by(hit.item) for each in tracks)
    return _TITLE_ALBUM if named else 1.0


def kind_of(item: Track | Album | Artist | Playlist | PlayEvent) -> str:
    """The word for the kind of thing: "track", "album", "artist" or "playlist"."""
    if isinstance(item, Track | PlayEvent):
        return "track"
    return type(item).__name__.lower()


def _name(item: MusicItem) -> str:
    return without_article(fold(item.name if isinstance(item, Artist) else item.title))


def _by(item: MusicItem) -> str:
    if isinstance(item, Artist):
        return _name(item)
    return fold(item.artists[0] if isinstance(item, Track) else item.artist)


def _alike(one: SearchHit, other: SearchHit) -> bool:
    return _name(one.item) == _name(other.item)


def _close_to_best(hits: tuple[SearchHit, ...]) -> list[SearchHit]:
    floor = hits[0].score - _CLEAR_LEAD
    return [hit for hit in hits if hit.score >= floor]


def _distinct(hits: list[SearchHit]) -> list[SearchHit]:
    """One hit for each thing that a listener would call different."""
    seen: dict[tuple[str, str, str], SearchHit] = {}
    for hit in hits:
        name = _name(hit.item)
        if isinstance(hit.item, Track):
            name = without_article(fold(without_featuring(hit.item.title)))
        seen.setdefault((kind_of(hit.item), name, _by(hit.item)), hit)
    return list(seen.values())


def _without_namesakes(hits: list[SearchHit]) -> list[SearchHit]:
    """Drop the album and the track that are named after an artist who is among the hits."""
    artists = {_name(hit.item) for hit in hits if isinstance(hit.item, Artist)}
    kept = [
        hit
        for hit in hits
        if isinstance(hit.item, Artist)
        or not (_name(hit.item) in artists and _by(hit.item) in artists)
    ]
    return kept or hits


def _question(rivals: list[SearchHit], said: str) -> str:
    names = {_name(hit.item) for hit in rivals}
    kinds = {kind_of(hit.item) for hit in rivals}
    if len(names) > 1:
        return f"Which one do you mean by {said}?" if said else "Which one do you mean?"
    first = rivals[0].item
    name = first.name if isinstance(first, Artist) else first.title
    if kinds == {"track"}:
        return f"Whose {name} do you mean?"
    return f"Which {name} do you mean?"


def _asked(rivals: list[SearchHit], said: str) -> Say:
    """The same question as a message."""
    if len({_name(hit.item) for hit in rivals}) > 1:
        return Say("which-by", {"said": said}) if said else Say("which-one")
    first = rivals[0].item
    name = first.name if isinstance(first, Artist) else first.title
    only_tracks = {kind_of(hit.item) for hit in rivals} == {"track"}
    return Say("whose" if only_tracks else "which-named", {"name": name})
