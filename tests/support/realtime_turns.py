"""An agent that has much to say, or is asked for what only the client can do."""

from collections.abc import AsyncIterator

from agent.events import (
    AgentEvent,
    ReplyDelta,
    ToolFinished,
    ToolStarted,
    TurnFinished,
    TurnStarted,
)
from server_turns import ScriptedTurns
from tools.result import Found

NEWS = "Still Water is at number one again, which is what nobody had thought possible."
STORY = (
    "Still Water was recorded in one night. "
    "Nobody in the studio had slept. "
    "The piano was out of tune, and they kept it that way. "
    "It became the song that everybody knows. "
    "Twenty years later they played it again, in the same room and on the same piano. "
    "This time it was in tune, and nobody liked it half as much as the first."
)
"""At 50 ms a letter longer than what is sent ahead."""
LIST = "Here is what I found:\n" + "\n".join(f"{n}. Song {n} by Ann" for n in range(1, 8))


class TalkativeTurns(ScriptedTurns):
    """Tells a story when asked for one, lists songs, steers the player; else as scripted."""

    async def run(
        self, text: str, *, session_id: str, speaker: str = "", spoken: bool = False
    ) -> AsyncIterator[AgentEvent]:
        words = text.casefold()
        if not any(one in words for one in ("story", "list", "pause", "news")):
            async for event in super().run(
                text, session_id=session_id, speaker=speaker, spoken=spoken
            ):
                yield event
            return
        self.heard.append((session_id, text))
        turn = f"turn_{len(self.heard)}"
        yield TurnStarted(turn, text)
        if "pause" in words:
            yield ToolStarted("call_p", "control_playback", {"action": "pause"})
            yield ToolFinished("call_p", "control_playback", Found((), {"status": "paused"}))
        replies = {"story": STORY, "list": LIST, "news": NEWS, "pause": "Paused."}
        reply = next(text for word, text in replies.items() if word in words)
        for word in reply.split(" "):
            yield ReplyDelta(f"{word} ")
        yield TurnFinished(turn, reply, "offline", 2.5)
