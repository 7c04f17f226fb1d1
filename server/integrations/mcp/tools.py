"""The tools that other assistants get: those of our own agent, and the agent itself."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, ToolAnnotations
from pydantic import Field

from knowledge.wish import Arc
from server.auth.identity import Permission
from server.errors import ServerError, TurnNotDone
from server.integrations.mcp.asking import require, who_asks
from server.integrations.mcp.results import (
    Outcome,
    QueueState,
    Reply,
    numbered_item,
    told,
    with_text,
)
from server.integrations.mcp.state import queue_state
from server.integrations.turn import conversation_id, take_turn
from server.services import Services
from tools.context import ToolContext
from tools.history import RECALL_HISTORY
from tools.playback import CONTROL_PLAYBACK, PLAY_MUSIC
from tools.queue import EDIT_QUEUE
from tools.recommend import RECOMMEND_MUSIC
from tools.report import fenced
from tools.search import SEARCH_MUSIC
from tools.tool import Tool

Words = Annotated[str, Field(max_length=300)]
Year = Annotated[int | None, Field(ge=1000, le=3000)]
Refs = Annotated[
    tuple[Annotated[str, Field(max_length=40)], ...],
    Field(max_length=500, description='Handles from other results, such as "track:12"'),
]
Room = Annotated[
    str,
    Field(max_length=300, description='Room or speaker, such as "kitchen", or "everywhere"'),
]
Answer = Annotated[CallToolResult, Outcome]
Action = Literal[
    "pause", "resume", "stop", "next", "previous", "seek", "volume", "shuffle", "repeat"
]

READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
STEERS = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False
)
SETS = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
DESTROYS = ToolAnnotations(
    read_only_hint=False, destructive_hint=True, idempotent_hint=False, open_world_hint=False
)
ANYTHING = ToolAnnotations(
    read_only_hint=False, destructive_hint=True, idempotent_hint=False, open_world_hint=True
)


class MusicTools:
    """What the tools do. Each first looks at what the asker may."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, server: MCPServer) -> None:
        """Offer them. `now_playing` is not here: it comes with a view."""
        add = server.add_tool
        add(self.search_music, title="Search the library", annotations=READS)
        add(self.recommend_music, title="Recommend music", annotations=READS)
        add(self.play_music, title="Play or queue music", annotations=DESTROYS)
        add(self.control_playback, title="Pause, skip, seek, volume", annotations=STEERS)
        add(self.show_queue, title="Show the queue", annotations=READS)
        add(self.edit_queue, title="Change the queue", annotations=DESTROYS)
        add(self.recall_history, title="What was played or heard", annotations=READS)
        add(self.ask, title="Ask Refrain", annotations=ANYTHING)

    async def search_music(
        self,
        query: Annotated[
            Words, Field(description="Title, artist, album, genre, or what the music is like")
        ] = "",
        title: Words = "",
        artist: Words = "",
        album: Words = "",
        genre: Words = "",
        mood: Words = "",
        lyrics: Annotated[Words, Field(description="Words that are sung")] = "",
        year_from: Year = None,
        year_to: Year = None,
        liked: Annotated[bool, Field(description="Only what the user likes")] = False,
        kind: Literal["any", "track", "album", "artist"] = "any",
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> Answer:
        """Search the user's music library by name, sound or words. Plays nothing.

        Use the `ref` of a result to play it.
        """
        require(Permission.LISTEN)
        return await self._call(SEARCH_MUSIC, {
            "query": query, "title": title, "artist": artist, "album": album, "genre": genre,
            "mood": mood, "lyrics": lyrics, "year_from": year_from, "year_to": year_to,
            "liked": liked, "kind": kind, "limit": limit,
        })  # fmt: skip

    async def recommend_music(
        self,
        wish: Annotated[
            Words, Field(description="Mood, activity, tempo, years, in the user's own words")
        ] = "",
        like: Annotated[Refs, Field(description="Like these tracks, albums or artists")] = (),
        minutes: Annotated[
            float | None, Field(ge=1, le=720, description="Exact length of the whole list")
        ] = None,
        arc: Annotated[Arc, Field(description="How energy moves through the list")] = "",
        count: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> Answer:
        """Choose music of the library for a wish, with the reason for each track. Plays nothing."""
        require(Permission.LISTEN)
        return await self._call(RECOMMEND_MUSIC, {
            "wish": wish, "refs": list(like), "minutes": minutes, "arc": arc, "count": count,
            "ask": False,
        })  # fmt: skip

    async def play_music(
        self,
        query: Annotated[Words, Field(description="Words, when no field fits better")] = "",
        title: Words = "",
        artist: Words = "",
        album: Words = "",
        genre: Words = "",
        playlist: Words = "",
        liked: Annotated[bool, Field(description="The tracks that the user likes")] = False,
        refs: Refs = (),
        mode: Annotated[
            Literal["now", "next", "add"],
            Field(description="now replaces the queue; next and add put it in"),
        ] = "now",
        shuffle: bool = False,
        room: Room = "",
    ) -> Answer:
        """Play music of the library now, or put it into the queue.

        It plays only if the facts of the result hold `playing`: the speaker has confirmed it.
        When the result is `ambiguous`, nothing plays yet: ask, then play by `refs`.
        """
        require(Permission.CONTROL)
        return await self._call(PLAY_MUSIC, {
            "query": query, "title": title, "artist": artist, "album": album, "genre": genre,
            "playlist": playlist, "liked": liked, "refs": list(refs), "mode": mode,
            "shuffle": shuffle, "room": room,
        })  # fmt: skip

    async def control_playback(
        self,
        action: Action,
        volume: Annotated[int | None, Field(ge=0, le=100)] = None,
        change: Annotated[
            int | None, Field(ge=-100, le=100, description="Louder or, negative, quieter")
        ] = None,
        mute: bool | None = None,
        position_s: Annotated[float | None, Field(ge=0, le=86_400)] = None,
        by_s: Annotated[float | None, Field(ge=-86_400, le=86_400)] = None,
        on: Annotated[bool | None, Field(description="Shuffle on or off")] = None,
        mode: Annotated[
            Literal["off", "one", "all"] | None, Field(description="What to repeat")
        ] = None,
        count: Annotated[int, Field(ge=1, le=50, description="How many tracks to skip")] = 1,
        room: Room = "",
    ) -> Answer:
        """Steer what plays. The facts of the result are what the speaker confirmed."""
        require(Permission.CONTROL)
        return await self._call(CONTROL_PLAYBACK, {
            "action": action, "volume": volume, "change": change, "mute": mute,
            "position_s": position_s, "by_s": by_s, "on": on, "mode": mode, "count": count,
            "room": room,
        })  # fmt: skip

    async def show_queue(self) -> Annotated[CallToolResult, QueueState]:
        """Show the play queue: what plays and what follows."""
        require(Permission.LISTEN)
        shown = queue_state(self._services)
        lines = [
            f"{'>' if one.current else ' '} {one.place}. {fenced(one.track.title)}"
            f" by {fenced(one.track.artist)}"
            for one in shown.items
        ]
        return with_text(shown, "\n".join(lines) or "The queue is empty.")

    async def edit_queue(
        self,
        action: Literal["clear", "remove", "move", "undo"],
        positions: Annotated[
            tuple[int, ...],
            Field(
                max_length=200, description="The current track is 1, the next one 2, the last -1"
            ),
        ] = (),
        query: Annotated[Words, Field(description="Words of the tracks to remove or move")] = "",
        to: Annotated[int | None, Field(ge=1, le=500, description="New place, for move")] = None,
        room: Room = "",
    ) -> Answer:
        """Clear the queue, remove or move tracks in it, or undo the last change of it."""
        require(Permission.CONTROL)
        return await self._call(EDIT_QUEUE, {
            "action": action, "positions": list(positions), "query": query, "to": to,
            "room": room,
        })  # fmt: skip

    async def recall_history(
        self,
        kind: Annotated[
            Literal["play", "skip", "like", "dislike", "heard"],
            Field(description="heard: recognised around the user, by a microphone or on radio"),
        ] = "play",
        when: Annotated[Words, Field(description='Words: "yesterday evening", "last week"')] = "",
        about: Annotated[Words, Field(description="Only this artist, album or title")] = "",
        place: Annotated[Words, Field(description="Of heard: only there")] = "",
        order: Literal["newest", "oldest", "most"] = "newest",
        limit: Annotated[int, Field(ge=1, le=100)] = 10,
    ) -> Answer:
        """What was played, skipped, liked or heard around the user, and when.

        Of what was heard, certainty `likely` may only be told with "probably".
        """
        require(Permission.HISTORY)
        return await self._call(RECALL_HISTORY, {
            "kind": kind, "when": when, "about": about, "place": place, "order": order,
            "limit": limit,
        })  # fmt: skip

    async def ask(
        self,
        text: Annotated[str, Field(min_length=1, max_length=2_000, description="In any language")],
        conversation: Annotated[
            str, Field(max_length=64, description="From an earlier reply, to go on with it")
        ] = "",
    ) -> Annotated[CallToolResult, Reply]:
        """Hand a request in plain words to Refrain's own music assistant, and get its answer.

        For everything the other tools do not do: playlists, ratings, timers, what a song is.
        """
        require(Permission.LISTEN)  # the agent does nothing that this asker may not
        name = conversation or "default"
        try:
            reply = await take_turn(
                self._services.turns, text, session_id=conversation_id("mcp", who_asks(), name)
            )
        except (TurnNotDone, ServerError) as error:
            raise ToolError(str(error)) from error
        items = tuple(numbered_item(one) for one in reply.results)
        answer = Reply(
            reply=reply.text,
            language=reply.language,
            asks=reply.asks,
            conversation=name,
            items=items,
        )
        return with_text(answer, reply.text)

    async def _call(self, tool: Tool[Any], arguments: Mapping[str, Any]) -> CallToolResult:
        given = {key: value for key, value in arguments.items() if value not in (None, "", [])}
        context = ToolContext(self._services.tools, conversation_id("mcp", who_asks()))
        return told(await tool.call(given, context))
