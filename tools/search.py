"""Look in the library without playing anything: by name, by what it is like, by words and cover."""

import asyncio
from dataclasses import replace
from typing import Literal

from pydantic import ConfigDict, Field

from knowledge.models import Album
from knowledge.search import SearchQuery, SearchResult
from knowledge.search.finder import Finding, FoundTrack
from knowledge.wish import MusicWish
from tools import spotify
from tools.context import Fact, ToolContext
from tools.result import Failed, Found, NothingFound, ToolResult
from tools.spotify import OnService
from tools.tool import Tool
from tools.wanted import Words
from tools.wished import describes, in_words, said_of, told, with_mood

_CLEARLY_NAMED = 0.7
"""From this score on, words are the name of something, whatever else they may mean."""


class SearchMusic(OnService):
    model_config = ConfigDict(extra="ignore")

    query: Words = Field(
        "",
        description="Words of a title, artist, album or genre, or what the music is like, as the "
        "user said it, in any language",
    )
    title: Words = ""
    artist: Words = Field("", description="Only things by this artist")
    album: Words = ""
    genre: Words = ""
    mood: Words = Field("", description="A mood word, such as calm")
    lyrics: Words = Field("", description='Words that are sung: "the one that goes ..."')
    cover: Words = Field("", description='How its cover looks: "yellow", "dark with a circle"')
    year_from: int | None = Field(None, ge=1000, le=3000)
    year_to: int | None = Field(None, ge=1000, le=3000)
    liked: bool = Field(False, description="Only what the user likes")
    kind: Literal["any", "track", "album", "artist"] = "any"
    limit: int = Field(10, ge=1, le=50)


async def search_music(arguments: SearchMusic, context: ToolContext) -> ToolResult:
    """Find things in the library."""
    if arguments.service:
        words = " ".join(filter(None, (arguments.query, arguments.title, arguments.artist)))
        return await spotify.search(words, context)
    return await asyncio.to_thread(_search, arguments, context)


def _search(arguments: SearchMusic, context: ToolContext) -> ToolResult:
    wanted = _in_words(arguments)
    if not wanted:
        return Failed("nothing_named", "nothing was named to look for", "Say what to look for.")
    wish = _wish(arguments, context)
    if wish.lyrics or wish.cover:
        return _found(_find(wish, arguments, context), wish, wanted, arguments, context)
    named = _named(arguments, context)
    whole = describes(wish) and not wish.free
    if _is_clear(named, arguments, described=whole) or not (
        describes(wish) or (arguments.query and wish.free)
    ):
        return _told(named, wanted)
    finding = _find(wish, arguments, context)
    if finding is None or not finding.hits:
        return _told(named, wanted)
    return _found(finding, wish, wanted, arguments, context)


def _named(arguments: SearchMusic, context: ToolContext) -> SearchResult:
    kinds = {"track", "album", "artist"} if arguments.kind == "any" else {arguments.kind}
    query = SearchQuery(
        text=arguments.query,
        title=arguments.title or None,
        artist=arguments.artist or None,
        album=arguments.album or None,
        genre=arguments.genre or None,
        year_from=arguments.year_from,
        year_to=arguments.year_to,
        mood=arguments.mood or None,
        liked=arguments.liked,
        kinds=frozenset(kinds),
        limit=arguments.limit,
    )
    return context.services.searcher.search(query)


def _is_clear(result: SearchResult, arguments: SearchMusic, *, described: bool) -> bool:
    """Whether something is called so: "calm" finds the album "Calm" before calm music."""
    if arguments.mood:
        return False
    if not arguments.query:
        return bool(result.hits)
    return any(hit.exact or (hit.score >= _CLEARLY_NAMED and not described) for hit in result.hits)


def _told(result: SearchResult, wanted: str) -> ToolResult:
    if not result.hits:
        return NothingFound(wanted, tuple(hit.item for hit in result.nearest[:3]))
    return Found(
        tuple(hit.item for hit in result.hits), {"found": len(result.hits), "wanted": wanted}
    )


def _wish(arguments: SearchMusic, context: ToolContext) -> MusicWish:
    """What is looked for beside names."""
    understand = context.services.wish_of
    wish = understand(arguments.query)
    if arguments.lyrics:
        wish = replace(wish, lyrics=arguments.lyrics)
    if arguments.cover:
        # "The album with the yellow cover" says it as a sentence, a field says it alone.
        looks = understand(arguments.cover).cover
        wish = replace(wish, cover=looks or arguments.cover)
    if wish.lyrics or wish.cover:
        wish = replace(wish, free="")
    if arguments.mood:
        wish = with_mood(wish, arguments.mood, understand(arguments.mood))
    if arguments.genre:
        genres = understand(arguments.genre).genres or (arguments.genre,)
        wish = replace(wish, genres=tuple(dict.fromkeys((*wish.genres, *genres))))
    if arguments.artist:
        wish = replace(wish, artists=(arguments.artist,))
    if arguments.album:
        wish = replace(wish, albums=(arguments.album,))
    if arguments.year_from or arguments.year_to:
        years = (float(arguments.year_from or 1000), float(arguments.year_to or 3000))
        wish = replace(wish, years=years)
    return replace(wish, liked=wish.liked or arguments.liked)


def _find(wish: MusicWish, arguments: SearchMusic, context: ToolContext) -> Finding | None:
    finder = context.services.finder
    if finder is None:
        return None
    found = finder.find(wish, limit=arguments.limit)
    # Its firm conditions give way; words of a song and a cover are all that was asked for.
    lost = {"the words of the song", "the cover"} & set(found.relaxed)
    return replace(found, hits=()) if lost else found


def _found(
    finding: Finding | None,
    wish: MusicWish,
    wanted: str,
    arguments: SearchMusic,
    context: ToolContext,
) -> ToolResult:
    hits = finding.hits if finding is not None else ()
    if not hits or finding is None:
        return NothingFound(wanted)
    facts: dict[str, Fact] = {"wanted": wanted, "found": len(hits)}
    if describes(wish):
        facts["wished"] = in_words(wish)
    if finding.relaxed:
        facts["relaxed"] = ", ".join(finding.relaxed)
    if wish.lyrics:
        facts["lyrics"] = wish.lyrics
    if wish.cover:
        facts["cover"] = wish.cover
    if arguments.kind == "album" or "album" in wish.kinds or (wish.cover and len(told(wish)) == 1):
        albums, notes = _albums(hits, context)
        if albums:
            return Found(albums, facts | {"found": len(albums)}, notes)
    return Found(
        tuple(hit.track for hit in hits), facts, tuple(said_of(hit.reasons) for hit in hits)
    )


def _albums(
    hits: tuple[FoundTrack, ...], context: ToolContext
) -> tuple[tuple[Album, ...], tuple[str, ...]]:
    """The albums of the tracks that were found, in their order, each with why."""
    why: dict[int, str] = {}
    for hit in hits:
        if hit.track.album_id is not None:
            why.setdefault(hit.track.album_id, said_of(hit.reasons))
    albums = context.services.catalog.albums(list(why))
    return albums, tuple(why[album.id] for album in albums)


def _in_words(arguments: SearchMusic) -> str:
    if arguments.lyrics:
        return f"a song that goes “{arguments.lyrics}”"
    if arguments.cover:
        return f"a cover that is {arguments.cover}"
    named = arguments.query or arguments.title or arguments.album
    parts = [arguments.mood, arguments.genre, named]
    words = " ".join(part for part in parts if part)
    if arguments.artist:
        words = f"{words} by {arguments.artist}" if words else arguments.artist
    if arguments.year_from or arguments.year_to:
        first, last = arguments.year_from, arguments.year_to
        if first == last:
            years = f"from {first}"
        elif first and last:
            years = f"from {first} to {last}"
        else:
            years = f"since {first}" if first else f"until {last}"
        words = f"{words} {years}" if words else f"music {years}"
    if arguments.liked:
        words = f"{words} that you like" if words else "music you like"
    return words


SEARCH_MUSIC = Tool(
    "search_music",
    "Search the user's library for tracks, albums and artists by name, by what they are like, by "
    "words that are sung, or by the look of the cover; says why each was found. Shows a numbered "
    "list and plays nothing.",
    SearchMusic,
    search_music,
)
