"""A whole turn of the agent, for neighbours that ask once and get one answer."""

import asyncio
import contextlib
import hashlib
from dataclasses import dataclass

from agent.events import NumberedResult, ReplyDelta, ResultsNumbered, TurnFailed, TurnFinished
from server.auth.identity import Identity
from server.errors import ServerBusy, TurnNotDone
from server.turns import Turns

TURN_TIMEOUT_S = 120.0
_QUESTION_MARKS = ("?", "？", "؟")


@dataclass(frozen=True, slots=True)
class WholeReply:
    """What the assistant answered."""

    text: str
    language: str
    """Code of the language of `text`, such as "en"."""
    results: tuple[NumberedResult, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it ends with a question, so that the microphone may stay open."""
        return self.text.rstrip(" \n\"'”»").endswith(_QUESTION_MARKS)


async def take_turn(
    turns: Turns,
    text: str,
    *,
    session_id: str,
    speaker: str = "",
    spoken: bool = False,
    timeout_s: float = TURN_TIMEOUT_S,
) -> WholeReply:
    """Let the agent answer `text`, and wait for all of it.

    Raises:
        TurnNotDone: the agent could not take it; the message says why.
        ServerBusy: it took over `timeout_s`.
    """
    said, language = "", "en"
    results: tuple[NumberedResult, ...] = ()
    try:
        async with (
            asyncio.timeout(timeout_s),
            contextlib.aclosing(
                turns.run(text, session_id=session_id, speaker=speaker, spoken=spoken)
            ) as events,
        ):
            async for event in events:
                match event:
                    case ReplyDelta(text=delta):
                        said += delta
                        language = event.language
                    case ResultsNumbered(items=items):
                        results = items
                    case TurnFinished(reply=reply):
                        said = reply
                    case TurnFailed(code=code, message=message):
                        raise TurnNotDone(code, message)
    except TimeoutError as error:
        raise ServerBusy(f"The answer took over {timeout_s:.0f} seconds.") from error
    return WholeReply(said.strip(), language, results)


def conversation_id(kind: str, identity: Identity, name: str = "") -> str:
    """A session of this person, client and name alone: nobody can name somebody else's."""
    whose = f"{identity.person}\n{identity.client}\n{name}"
    return f"{kind}-{hashlib.sha256(whose.encode(errors='replace')).hexdigest()[:24]}"
