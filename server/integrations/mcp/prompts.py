"""Prompts: good beginnings that a client offers to its user."""

from typing import Annotated

from mcp.server.mcpserver import MCPServer
from pydantic import Field

Short = Annotated[str, Field(max_length=300)]


def add_prompts(server: MCPServer) -> None:
    """Offer them; each describes itself and its arguments."""

    def play_something(
        mood: Annotated[Short, Field(description="A mood, an activity or a moment: dinner, calm")],
    ) -> str:
        return (
            f"Use recommend_music with the wish {mood!r}, then play the refs of what it found "
            "with play_music. Tell me in one sentence what plays and why it fits. Say that it "
            "plays only if the result of play_music holds the fact `playing`."
        )

    def like_this(
        change: Annotated[Short, Field(description="What should differ: calmer, older")] = "",
    ) -> str:
        but = f", but {change}" if change else ""
        return (
            f"Look at what is playing with now_playing, and find more like it{but} with "
            "recommend_music. Put the results into the queue with mode add, and tell me which."
        )

    def my_week(
        when: Annotated[
            Short, Field(description="A past time: last week, yesterday")
        ] = "last week",
    ) -> str:
        return (
            f"Use recall_history for {when!r}, once for what was played (order most) and once "
            "for what was heard, and tell me in a few sentences what I listened to."
        )

    for name, title, function, description in (
        ("play_something", "Play something for", play_something,
         "Choose music of the library for a mood or an activity, and play it."),
        ("more_like_this", "More like this", like_this,
         "Find more music like what is playing, and queue it."),
        ("my_listening", "What did I listen to", my_week,
         "Tell what was played and heard in some time."),
    ):  # fmt: skip
        server.prompt(name=name, title=title, description=description)(function)
