"""Look in the library without playing anything."""

import asyncio
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.search import SearchQuery
from tools.context import ToolContext
from tools.result import Failed, Found, NothingFound, ToolResult
from tools.tool import Tool
from tools.wanted import Words


class SearchMusic(BaseModel):
    model_config = ConfigDict(extra="ignore")

    query: Words = Field("", description="Words of a title, artist, album or genre")
    title: Words = ""
    artist: Words = Field("", description="Only things by this artist")
    album: Words = ""
    genre: Words = ""
    mood: Words = Field("", description="A mood word, such as calm")
    year_from: int | None = Field(None, ge=1000, le=3000)
    year_to: int | None = Field(None, ge=1000, le=3000)
    liked: bool = Field(False, description="Only what the user likes")
    kind: Literal["any", "track", "album", "artist"] = "any"
    limit: int = Field(10, ge=1, le=50)


async def search_music(arguments: SearchMusic, context: ToolContext) -> ToolResult:
    """Find things in the library."""
    wanted = _in_words(arguments)
    if not wanted:
        return Failed("nothing_named", "nothing was named to look for", "Say what to look for.")
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
    result = await asyncio.to_thread(context.services.searcher.search, query)
    if not result.hits:
        return NothingFound(wanted, tuple(hit.item for hit in result.nearest[:3]))
    return Found(
        tuple(hit.item for hit in result.hits),
        {"found": len(result.hits), "wanted": wanted},
    )


def _in_words(arguments: SearchMusic) -> str:
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
    "Search the user's library for tracks, albums and artists; shows a numbered list and plays "
    "nothing.",
    SearchMusic,
    search_music,
)
