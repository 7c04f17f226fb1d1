"""An agent that does what a test tells it, in place of the real one."""

import asyncio
from collections.abc import AsyncIterator

from agent.events import (
    AgentEvent,
    NumberedResult,
    ReplyDelta,
    ResultsNumbered,
    ToolFinished,
    ToolStarted,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from knowledge.models import Track
from tools.result import Found


class ScriptedTurns:
    """Answers by the words: "slowly" never ends, "fail" fails, "break" raises, else it plays."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        """Session and text of every turn."""
        self.cancelled = 0
        self.amended: list[tuple[str, str, str]] = []
        """Session, what was heard, and turn of every reply that was cut off."""
        self.remembered: list[tuple[str, str]] = []
        self.said_by: list[tuple[str, bool]] = []
        """Speaker of each turn, and whether it was spoken."""

    async def amend(self, session_id: str, spoken: str, *, turn_id: str = "") -> bool:
        self.amended.append((session_id, spoken, turn_id))
        return True

    async def remember(self, text: str, *, session_id: str) -> None:
        self.remembered.append((session_id, text))

    async def run(
        self, text: str, *, session_id: str, speaker: str = "", spoken: bool = False
    ) -> AsyncIterator[AgentEvent]:
        self.heard.append((session_id, text))
        self.said_by.append((speaker, spoken))
        yield TurnStarted("turn_1", text)
        if "slowly" in text:
            yield ReplyDelta("I am thinking")
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                self.cancelled += 1
                raise
        if "fail" in text:
            yield TurnFailed("turn_1", "model_unavailable", "The model is away.")
            return
        if "break" in text:
            raise RuntimeError("/home/ann/secret")
        track = Track(1, "Still Water", ("Artist 2",))
        yield ToolStarted("call_1", "play_music", {"query": text})
        yield ToolFinished("call_1", "play_music", Found((track,), {"playing": track.title}))
        yield ResultsNumbered((NumberedResult(1, "track", 1, track.title, track.artist),))
        for word in ("Playing ", "Still ", "Water."):
            yield ReplyDelta(word)
        yield TurnFinished("turn_1", "Playing Still Water.", "offline", 2.5)
