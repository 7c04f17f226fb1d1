"""A turn of the agent, asked for in Wyoming's words."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Final

from agent.events import ReplyDelta, TurnFailed, TurnFinished
from server.turns import Turns

_LOG = logging.getLogger(__name__)
TURN_S: Final = 60.0
"""Nobody waits longer for an answer; Home Assistant gives up sooner."""
_MOST_ID: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Which conversation a request belongs to, and where it was said."""

    session_id: str
    room: str = ""
    spoken: bool = False
    """Whether somebody said it aloud, as far as the client tells."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a turn ended."""

    text: str
    language: str = "en"
    done: bool = True
    """Whether the turn was taken; otherwise `text` says why not."""


def asked(data: dict[str, Any], peer: str, rooms: dict[str, str]) -> Asked:
    """Read `conversation_id`, `satellite_id` and `device_id`, wherever a client puts them.

    Args:
        data: of the event.
        peer: address of the client, whose conversation it is when it names none.
        rooms: by satellite or device.
    """
    context = data.get("context")
    places = (data, context if isinstance(context, dict) else {})
    ids = {
        key: next((value for one in places if (value := _id(one.get(key)))), "")
        for key in ("conversation_id", "satellite_id", "device_id")
    }
    device = ids["satellite_id"] or ids["device_id"]
    if ids["conversation_id"]:
        session = _session("conversation", ids["conversation_id"])
    elif device:
        session = _session("device", device)
    else:
        session = _session("peer", peer)
    room = rooms.get(ids["satellite_id"]) or rooms.get(ids["device_id"]) or ""
    return Asked(session, room, spoken=bool(device))


async def turn(
    turns: Turns, text: str, request: Asked, answer: list[Answer]
) -> AsyncGenerator[tuple[str, str], None]:
    """Take a turn; the reply comes piece by piece, each with its language.

    Args:
        turns: the agent.
        text: what was said.
        request: which conversation.
        answer: how it ended is put here; always, once the pieces are over.
    """
    language, pieces = "en", list[str]()
    try:
        async with (
            asyncio.timeout(TURN_S),
            aclosing(
                turns.run(text, session_id=request.session_id, spoken=request.spoken)
            ) as events,
        ):
            async for event in events:
                match event:
                    case ReplyDelta(text=delta, language=code):
                        language = code
                        pieces.append(delta)
                        yield delta, code
                    case TurnFinished(reply=reply):
                        answer.append(Answer(reply or "".join(pieces), language))
                    case TurnFailed(message=message):
                        answer.append(Answer(message, done=False))
    except TimeoutError:
        answer.append(Answer("That took too long; please try again.", done=False))
    except Exception:  # noqa: BLE001  whatever it is, the client gets an answer
        _LOG.exception("a turn for a Wyoming client failed")
        answer.append(Answer("Something went wrong here; the log says what.", done=False))
    if not answer:
        answer.append(Answer("Nothing was answered; please try again.", done=False))


def _session(kind: str, name: str) -> str:
    return f"wyoming-{hashlib.sha256(f'{kind} {name}'.encode()).hexdigest()[:24]}"


def _id(value: Any) -> str:
    return value if isinstance(value, str) and 0 < len(value) <= _MOST_ID else ""
