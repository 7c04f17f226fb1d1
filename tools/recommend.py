"""Suggest music for a mood, an activity, a genre, a time, or like something known."""

import asyncio
from datetime import timedelta
from typing import Literal

from pydantic import Field

from knowledge.folding import fold
from knowledge.models import PlayEventKind, Track
from knowledge.recommend.likeness import alike
from knowledge.recommend.selection import Candidate, recency, spread
from knowledge.recommend.wishes import Wish, wish_for
from knowledge.search import SearchQuery
from tools.context import ToolContext
from tools.result import Found, NothingFound, ToolResult
from tools.tool import Tool
from tools.wanted import Resolved, Selection, Wanted, Words, find

_TEMPI = {"slow": (0.0, 95.0), "medium": (85.0, 130.0), "fast": (118.0, 400.0)}
_SLICE = 2000
_POOL = 400
_RECENT_PLAYS = 60
_TEMPO_SURE = 0.3
"""Tempo below this confidence is not held against a track."""


class RecommendMusic(Wanted):
    mood: Words = Field("", description="Mood or activity in a word or two: calm, workout, dinner")
    tempo: Literal["", "slow", "medium", "fast"] = ""
    year_from: int | None = Field(None, ge=1000, le=3000)
    year_to: int | None = Field(None, ge=1000, le=3000)
    similar: bool = Field(
        False, description="Music like what is named (or, with no name, like what is playing)"
    )
    count: int = Field(10, ge=1, le=50)
    exclude: list[str] = Field(
        default_factory=list, max_length=100, description='References to leave out, "track:12"'
    )


async def recommend_music(arguments: RecommendMusic, context: ToolContext) -> ToolResult:
    """Choose a varied handful. Plays nothing."""
    return await asyncio.to_thread(_recommend, arguments, context)


def _recommend(arguments: RecommendMusic, context: ToolContext) -> ToolResult:
    wish = wish_for(arguments.mood) if arguments.mood else None
    excluded = {
        int(ref[6:]) for ref in arguments.exclude if ref[:6] == "track:" and ref[6:].isdigit()
    }
    facts: dict[str, str | int | float | bool] = {}
    if arguments.similar:
        seeds = _seeds(arguments, context)
        if not isinstance(seeds, Selection):
            return seeds
        excluded |= {track.id for track in seeds.tracks}
        candidates = alike(seeds.tracks, _library(context), context.services.catalog)
        facts["like"] = seeds.name or seeds.tracks[0].title
    elif not arguments.is_empty:
        found = _named(arguments, context)
        if not isinstance(found, Selection):
            return found
        candidates = [Candidate(t, 0.5) for t in found.tracks]
        facts["name"], facts["kind"] = found.name, found.kind
    else:
        candidates = _for_wish(arguments, wish, context)
    if wish is not None:
        facts["mood"] = wish.name
        candidates = _fitting(candidates, wish, context)
    candidates = _narrowed(candidates, arguments, context)
    chosen = spread(
        [c for c in candidates if c.track.id not in excluded],
        arguments.count,
        recent=_memory(context),
        artist_cap=arguments.count if arguments.artist else max(2, arguments.count // 4),
    )
    if not chosen:
        return NothingFound(_wanted(arguments))
    facts["count"] = len(chosen)
    facts["wanted"] = _wanted(arguments)
    if arguments.mood and wish is None and not any((arguments.genre, arguments.query)):
        facts["unknown_mood"] = arguments.mood
    return Found(tuple(c.track for c in chosen), facts)


def _seeds(arguments: RecommendMusic, context: ToolContext) -> Resolved:
    if not arguments.is_empty:
        return find(arguments, context)
    current = context.services.playback.queue.current
    if current is None:
        played = context.services.history.last(1)
        if not played:
            return NothingFound("anything played yet to go by")
        return Selection((played[0].track,), "track", played[0].track.title)
    return Selection((current.track,), "track", current.track.title, current.track.artist)


def _named(arguments: RecommendMusic, context: ToolContext) -> Resolved:
    if arguments.genre and not arguments.artist:
        tracks = _of_genre(arguments.genre, context)
        if tracks:
            return Selection(tracks, "genre", arguments.genre)
        return NothingFound(f"{arguments.genre} music")
    return find(arguments, context)


def _of_genre(genre: str, context: ToolContext) -> tuple[Track, ...]:
    catalog = context.services.catalog
    exact = catalog.genre_tracks(genre, limit=_POOL)
    if exact:
        return exact
    wanted = fold(genre)
    similar = [
        name for name, _ in catalog.genres() if wanted in fold(name) or fold(name) in wanted.split()
    ]
    return tuple(t for name in similar[:5] for t in catalog.genre_tracks(name, limit=_POOL))


def _library(context: ToolContext) -> tuple[Track, ...]:
    """A slice of the library that is large enough to choose from, from calm to driving.

    While the analysis is under way, what it has not reached yet is chosen from as well.
    """
    catalog = context.services.catalog
    ranked = catalog.calm_to_driving()
    step = max(1, len(ranked) // _SLICE)
    slice_ = {t.id: t for t in catalog.tracks([track_id for track_id, _ in ranked[::step]])}
    if len(slice_) < _SLICE:
        slice_ |= {t.id: t for t in catalog.list_tracks(limit=_SLICE)[0]}
    return tuple(slice_.values())


def _for_wish(
    arguments: RecommendMusic, wish: Wish | None, context: ToolContext
) -> list[Candidate]:
    catalog = context.services.catalog
    ranked = catalog.calm_to_driving()
    tracks: dict[int, Track] = {}
    if wish is not None:
        middle = (wish.low + wish.high) / 2
        within = [(abs(p - middle), i) for i, p in ranked if wish.low <= p <= wish.high]
        tracks = {t.id: t for t in catalog.tracks([i for _, i in sorted(within)[:_POOL]])}
    query = SearchQuery(
        mood=wish.name if wish is not None else arguments.mood or None,
        year_from=arguments.year_from,
        year_to=arguments.year_to,
        liked=arguments.liked,
        kinds=frozenset({"track"}),
        limit=_POOL,
    )
    if query.mood or query.year_from or query.year_to or query.liked:
        hits = context.services.searcher.search(query).hits
        tracks |= {hit.item.id: hit.item for hit in hits if isinstance(hit.item, Track)}
    if not tracks and not arguments.mood:
        tracks = {t.id: t for t in _library(context)}
    return [Candidate(track, 0.5) for track in tracks.values()]


def _fitting(candidates: list[Candidate], wish: Wish, context: ToolContext) -> list[Candidate]:
    """Weigh tags first, then energy; what contradicts both falls out."""
    energy = dict(context.services.catalog.calm_to_driving())
    fitting = []
    for candidate in candidates:
        words = {fold(word) for word in (*candidate.track.moods, *candidate.track.genres)}
        tagged = bool(words & (wish.tags | {wish.name}))
        place = energy.get(candidate.track.id)
        near = 0.5 if place is None else _closeness(place, wish)
        if near <= 0.0 and not tagged:
            continue
        if place is None and not tagged:
            continue
        why = "tagged " + wish.name if tagged else f"sounds {wish.name}"
        fitting.append(Candidate(candidate.track, (0.5 if tagged else 0.0) + near / 2, why))
    return fitting


def _closeness(place: float, wish: Wish) -> float:
    """1 at the heart of the wish's stretch, 0.4 at its edge, 0 a quarter of the scale outside."""
    heart = (
        wish.low if wish.low == 0 else wish.high if wish.high == 1 else (wish.low + wish.high) / 2
    )
    if wish.low <= place <= wish.high:
        width = max(abs(wish.high - heart), abs(heart - wish.low), 1e-6)
        return 1.0 - 0.6 * abs(place - heart) / width
    outside = wish.low - place if place < wish.low else place - wish.high
    return max(0.0, 0.4 - outside * 1.6)


def _narrowed(
    candidates: list[Candidate], arguments: RecommendMusic, context: ToolContext
) -> list[Candidate]:
    kept = [c for c in candidates if _in_years(c.track, arguments)]
    if not arguments.tempo:
        return kept
    slowest, fastest = _TEMPI[arguments.tempo]
    features = context.services.catalog.features([c.track.id for c in kept])
    return [
        c
        for c in kept
        if (f := features.get(c.track.id)) is not None
        and f.tempo_bpm is not None
        and f.tempo_confidence >= _TEMPO_SURE
        and slowest <= f.tempo_bpm <= fastest
    ]


def _in_years(track: Track, arguments: RecommendMusic) -> bool:
    if arguments.year_from is None and arguments.year_to is None:
        return True
    if track.year is None:
        return False
    return (arguments.year_from or 0) <= track.year <= (arguments.year_to or 9999)


def _memory(context: ToolContext) -> dict[int, float]:
    """What was heard or offered lately, and what the user dislikes (never again)."""
    services = context.services
    events = services.history.last(_RECENT_PLAYS, {PlayEventKind.PLAY, PlayEventKind.SKIP})
    fresh = services.clock() - timedelta(days=7)
    memory = recency((e.track.id for e in events if e.at >= fresh), fade=_RECENT_PLAYS)
    for track_id in context.offered:
        memory[track_id] = max(memory.get(track_id, 0.0), 0.8)
    for track_id in services.ratings.disliked_ids():
        memory[track_id] = -1.0
    return memory


def _wanted(arguments: RecommendMusic) -> str:
    words = " ".join(w for w in (arguments.tempo, arguments.mood, arguments.genre) if w)
    named = arguments.query or arguments.title or arguments.album
    if arguments.similar and (named or arguments.artist):
        return f"music like {named or arguments.artist}"
    words = f"{words} {named}".strip() or "music"
    if words == arguments.mood or words.endswith(
        (arguments.tempo or "\0", arguments.genre or "\0")
    ):
        words = f"{words} music"
    if arguments.artist:
        words = f"{words} by {arguments.artist}"
    if arguments.year_from or arguments.year_to:
        first, last = (
            arguments.year_from or arguments.year_to,
            arguments.year_to or arguments.year_from,
        )
        decade = first == (last or 0) - 9
        words += (
            f" from the {first}s"
            if decade
            else f" from {first}" + (f" to {last}" if last != first else "")
        )
    return words


RECOMMEND_MUSIC = Tool(
    "recommend_music",
    "Suggest music for a mood or activity, a genre, years, a tempo, or similar to something. Shows "
    "a numbered list and plays nothing: to play it, call play_music with its numbers.",
    RecommendMusic,
    recommend_music,
)
